"""Addresses of planning, and of what the office looks after between meetings."""

from django.urls import include, path, register_converter

from meetings.views import agenda, attendance, office, people, plans, types
from meetings.views import planning as views


class Direction:
    """Up or down a list, and nothing else."""

    regex = "up|down"

    def to_python(self, value):
        return value

    def to_url(self, value):
        return value


register_converter(Direction, "direction")

app_name = "meetings"

meeting_urls = [
    path("details/", views.details, name="details"),
    path("next/", views.next_meeting, name="next"),
    path("attendance/", attendance.attendance, name="attendance"),
    path("attendance/usual/", attendance.invite_usual_people, name="invite_usual_people"),
    path("attendance/add/", attendance.invite, name="invite"),
    path("attendance/<int:attendance_pk>/", attendance.attendee, name="attendee"),
    path("attendance/<int:attendance_pk>/remove/", attendance.remove_attendee, name="remove_attendee"),
    path(
        "attendance/<int:attendance_pk>/bring-back/",
        attendance.bring_back_attendee,
        name="bring_back_attendee",
    ),
    path("agenda/", agenda.agenda, name="agenda"),
    path("agenda/<int:item_pk>/", agenda.item_details, name="item_details"),
    path("agenda/<int:item_pk>/move/<direction:direction>/", agenda.move_item, name="move_item"),
    path("agenda/<int:item_pk>/nest/", agenda.nest_item, name="nest_item"),
    path("agenda/<int:item_pk>/unnest/", agenda.unnest_item, name="unnest_item"),
    path("agenda/<int:item_pk>/remove/", agenda.remove_item, name="remove_item"),
    path("agenda/<int:item_pk>/bring-back/", agenda.bring_back_item, name="bring_back_item"),
]

role_urls = [
    path("", people.role, name="role"),
    path("change/", people.change_role, name="change_role"),
    path("remove/", people.remove_role, name="remove_role"),
    path("bring-back/", people.bring_back_role, name="bring_back_role"),
    path("appoint/", people.appoint, name="appoint"),
    path("appointments/<int:appointment_pk>/", people.change_appointment, name="change_appointment"),
    path("appointments/<int:appointment_pk>/remove/", people.remove_appointment, name="remove_appointment"),
    path(
        "appointments/<int:appointment_pk>/bring-back/",
        people.bring_back_appointment,
        name="bring_back_appointment",
    ),
]

person_urls = [
    path("", people.person, name="person"),
    path("change/", people.change_person, name="change_person"),
    path("remove/", people.remove_person, name="remove_person"),
    path("bring-back/", people.bring_back_person, name="bring_back_person"),
]

plan_urls = [
    path("", plans.plan, name="plan"),
    path("change/", plans.change_plan, name="change_plan"),
    path("remove/", plans.remove_plan, name="remove_plan"),
    path("bring-back/", plans.bring_back_plan, name="bring_back_plan"),
    path("priorities/add/", plans.add_priority, name="add_priority"),
    path("priorities/<int:priority_pk>/", plans.change_priority, name="change_priority"),
    path(
        "priorities/<int:priority_pk>/move/<direction:direction>/", plans.move_priority, name="move_priority"
    ),
    path("priorities/<int:priority_pk>/remove/", plans.remove_priority, name="remove_priority"),
    path("priorities/<int:priority_pk>/bring-back/", plans.bring_back_priority, name="bring_back_priority"),
]

theme_urls = [
    path("", plans.theme, name="theme"),
    path("change/", plans.change_theme, name="change_theme"),
    path("remove/", plans.remove_theme, name="remove_theme"),
    path("bring-back/", plans.bring_back_theme, name="bring_back_theme"),
]

type_urls = [
    path("", types.type, name="type"),
    path("change/", types.change_type, name="change_type"),
    path("remove/", types.remove_type, name="remove_type"),
    path("bring-back/", types.bring_back_type, name="bring_back_type"),
    path("items/add/", types.add_usual_item, name="add_usual_item"),
    path("items/<int:item_pk>/", types.change_usual_item, name="change_usual_item"),
    path("items/<int:item_pk>/move/<direction:direction>/", types.move_usual_item, name="move_usual_item"),
    path("items/<int:item_pk>/nest/", types.nest_usual_item, name="nest_usual_item"),
    path("items/<int:item_pk>/unnest/", types.unnest_usual_item, name="unnest_usual_item"),
    path("items/<int:item_pk>/remove/", types.remove_usual_item, name="remove_usual_item"),
    path("items/<int:item_pk>/bring-back/", types.bring_back_usual_item, name="bring_back_usual_item"),
    path("people/add/", types.add_usual_person, name="add_usual_person"),
    path("people/<int:usual_pk>/", types.change_usual_person, name="change_usual_person"),
    path(
        "people/<int:usual_pk>/move/<direction:direction>/", types.move_usual_person, name="move_usual_person"
    ),
    path("people/<int:usual_pk>/remove/", types.remove_usual_person, name="remove_usual_person"),
    path("people/<int:usual_pk>/bring-back/", types.bring_back_usual_person, name="bring_back_usual_person"),
]

settings_urls = [
    path("", office.settings, name="settings"),
    path("office/", office.identity, name="identity"),
    path("office/add/", office.add_identity, name="add_identity"),
    path("office/<int:pk>/", office.change_identity, name="change_identity"),
    path("roles/", people.roles, name="roles"),
    path("roles/add/", people.add_role, name="add_role"),
    path("roles/<int:pk>/", include(role_urls)),
    path("people/", people.people, name="people"),
    path("people/add/", people.add_person, name="add_person"),
    path("people/<int:pk>/", include(person_urls)),
    path("plans/", plans.plans, name="plans"),
    path("plans/add/", plans.add_plan, name="add_plan"),
    path("plans/<int:pk>/", include(plan_urls)),
    path("themes/", plans.themes, name="themes"),
    path("themes/add/", plans.add_theme, name="add_theme"),
    path("themes/<int:pk>/", include(theme_urls)),
    path("types/", types.types, name="types"),
    path("types/add/", types.add_type, name="add_type"),
    path("types/<int:pk>/", include(type_urls)),
]

urlpatterns = [
    path("meetings/new/", views.plan_meeting, name="plan_meeting"),
    path("meetings/<int:pk>/", include(meeting_urls)),
    path("settings/", include(settings_urls)),
]
