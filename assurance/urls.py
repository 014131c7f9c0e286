"""Every address: the office under /office/, everything else public."""

from django.urls import include, path

urlpatterns = [
    path("office/", include("desk.urls")),
    path("office/", include("review.urls")),
    path("office/", include("importing.urls")),
    path("office/", include("actions.urls")),
    path("office/", include("meetings.urls")),
    path("office/", include("accounts.urls")),
    path("office/", include("web.urls")),
    path("", include("following.urls")),
    path("", include("publications.urls")),
]

# Nobody loses a text to a page that is gone.
handler404 = "desk.views.gone.not_found"
