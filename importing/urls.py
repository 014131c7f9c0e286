"""Addresses of bringing old notes in."""

from django.urls import path

from importing import views

app_name = "importing"
urlpatterns = [
    path("import/", views.bring_in, name="import"),
    path("import/make/", views.make, name="make"),
]
