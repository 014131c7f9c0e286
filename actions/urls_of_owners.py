"""The addresses at which owners report, and evidence is given and read; part of `actions.urls`."""

from django.urls import path

from actions.views import evidence, reporting

urlpatterns = [
    path("update/", reporting.report, name="report"),
    path("evidence/add/", reporting.add, name="add_evidence"),
    path("evidence/<int:evidence_pk>/", evidence.read, name="evidence"),
    path("evidence/<int:evidence_pk>/remove/", evidence.remove, name="remove_evidence"),
    path("evidence/<int:evidence_pk>/restore/", evidence.restore, name="restore_evidence"),
]
