"""Every public address. It serves under the whole site's addresses and, with ASSURANCE_SITE=public, alone."""

from django.urls import include, path

from publications import views

public = [
    path("meetings/<slug:slug>/", views.meeting, name="meeting"),
]
# The namespace is named here, so that these addresses have it also where this is the root.
urlpatterns = [path("", include((public, "publications")))]
