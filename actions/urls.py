from django.urls import include, path

from actions.views import (
    agreeing,
    calendars,
    deciding,
    listing,
    reading,
    recording,
    sending,
    settings,
    taking_away,
)

app_name = "actions"
urlpatterns = [
    path("actions/", listing.log, name="list"),
    path("actions.xlsx", taking_away.workbook, name="workbook"),
    path("actions.csv", taking_away.csv, name="csv"),
    path("actions.pdf", taking_away.paper, name="paper"),
    path("account/calendar/", calendars.address, name="calendar_address"),
    path("account/calendar/stop/", calendars.stop, name="stop_calendar"),
    path("calendar/<str:token>.ics", calendars.calendar, name="calendar"),
    path("settings/references/", settings.references, name="references"),
    path("actions/agreed/", agreeing.agreed, name="agreed"),
    path("actions/agreed/<int:pk>/drop/", agreeing.drop, name="drop"),
    path("actions/<int:pk>/", reading.action, name="action"),
    path("actions/<int:pk>/decide/", deciding.decide, name="decide"),
    path("actions/<int:pk>/end/", deciding.end, name="end"),
    path("actions/<int:pk>/reopen/", deciding.reopen, name="reopen"),
    path("actions/<int:pk>/undo/<int:event_pk>/", deciding.undo, name="undo"),
    path("actions/<int:pk>/", include("actions.urls_of_owners")),
    path("actions/<int:pk>/wording/", recording.change_wording, name="wording"),
    path("actions/<int:pk>/owner/", recording.change_owner, name="owner"),
    path("actions/<int:pk>/due/", recording.change_due, name="due"),
    path("actions/<int:pk>/remove/", recording.remove, name="remove"),
    path("actions/<int:pk>/restore/", recording.restore, name="restore"),
    path("meetings/<int:meeting_pk>/items/<int:item_pk>/action/", recording.add, name="add"),
    path("meetings/<int:meeting_pk>/send-actions/", sending.send, name="send"),
    path(
        "meetings/<int:meeting_pk>/items/<int:item_pk>/earlier-action/",
        recording.add_earlier,
        name="add_earlier",
    ),
    path(
        "meetings/<int:meeting_pk>/items/<int:item_pk>/carried/<int:pk>/", recording.outcome, name="outcome"
    ),
    path(
        "meetings/<int:meeting_pk>/items/<int:item_pk>/not-reached/",
        recording.not_reached,
        name="not_reached",
    ),
]
