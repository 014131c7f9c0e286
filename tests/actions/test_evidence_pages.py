"""The pages on which evidence is given, read and removed."""

from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.client import encode_multipart
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from actions.evidence import shelf
from actions.models import EventKind, Evidence
from review.action_log import compile_log
from review.compilation import compile_notes
from tests.actions import files
from tests.meetings.pages import undo_of, words_of


@pytest.fixture(autouse=True)
def own_shelf(settings, tmp_path):
    settings.EVIDENCE_FOLDER = tmp_path / "evidence"


def page_of(action, name="action", *args):
    return reverse(f"actions:{name}", args=[action.pk, *args])


def upload(name="report.png", content=None) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, files.png() if content is None else content)


def update(*chosen, **changed) -> dict:
    typed = {"text": "Half of it is done", "kind": "update", "op_id": uuid4(), "files": list(chosen)}
    return typed | changed


@pytest.fixture
def photo(liaison_client, action) -> Evidence:
    liaison_client.post(page_of(action, "report"), update(upload("Cells in June.png")))
    return Evidence.objects.get()


def test_a_liaison_gives_files_with_an_update(liaison, liaison_client, action):
    typed = update(upload("a.png"), upload("b.docx", files.docx()))
    answer = liaison_client.post(page_of(action, "report"), typed, follow=True)
    event = action.events.get(kind=EventKind.UPDATE)
    assert [(row.name, row.event, row.by) for row in Evidence.objects.all()] == [
        ("a.png", event, liaison),
        ("b.docx", event, liaison),
    ]
    assert "Evidence: " in words_of(answer)


def test_an_update_that_is_sent_twice_has_its_files_once(liaison_client, action):
    op_id = uuid4()
    for _ in range(2):
        liaison_client.post(page_of(action, "report"), update(upload(), op_id=op_id))
    assert Evidence.objects.count() == 1
    assert len(list(shelf.folder().iterdir())) == 1


def test_the_same_update_with_another_file_is_refused_and_kept(liaison_client, action):
    op_id = uuid4()
    liaison_client.post(page_of(action, "report"), update(upload(), op_id=op_id))
    answer = liaison_client.post(
        page_of(action, "report"), update(upload("c.jpg", files.jpeg()), op_id=op_id)
    )
    assert answer.status_code == 422
    assert "Choose again, because a page cannot keep files: “c.jpg”" in words_of(answer)
    assert [row.name for row in Evidence.objects.all()] == ["report.png"]


@pytest.mark.parametrize(
    ("chosen", "sentence"),
    [
        ([upload("virus.html", b"<script>alert(1)</script>")], "“virus.html” is not a PDF, a Word document"),
        ([upload("empty.pdf", b"")], "“empty.pdf” is empty"),
        ([upload(f"{n}.png") for n in range(30)], "Choose at most 10 files at a time. You chose 30"),
        ([upload("cut.png", files.png()[:-6])], "“cut.png” is damaged, or was cut off on its way"),
        ([upload("safe\u202egnp.exe", b"MZ" + bytes(64))], "“safegnp.exe” is not a PDF"),
    ],
)
def test_a_file_that_is_refused_is_named_and_what_was_typed_stays(liaison_client, action, chosen, sentence):
    page = words_of(liaison_client.post(page_of(action, "report"), update(*chosen)))
    assert sentence in page
    assert "<title>Error: Add an update" in page
    assert "Half of it is done" in page
    assert not Evidence.objects.exists()
    assert action.events.count() == 1


def test_a_file_that_is_too_large_is_measured_but_not_taken(settings, liaison_client, action):
    settings.EVIDENCE_LARGEST, settings.LARGEST_UPLOAD = 1024, 3 * 1024 * 1024
    page = words_of(
        liaison_client.post(
            page_of(action, "report"), update(upload("scan.pdf", b"%PDF-" + bytes(5_000_000)))
        )
    )
    assert "“scan.pdf” must be smaller than 1 KB. It has 4.8 MB" in page
    assert "Half of it is done" in page


def test_only_the_files_that_were_well_are_to_be_chosen_again(liaison_client, action):
    chosen = [upload("a.png"), upload("b.png", b"<svg/>")]
    page = words_of(liaison_client.post(page_of(action, "report"), update(*chosen)))
    assert "“b.png” is not a PDF" in page
    assert "a page cannot keep files: “a.png”<" in page


def test_when_something_else_is_wrong_the_files_to_choose_again_are_named(liaison_client, action):
    page = words_of(
        liaison_client.post(page_of(action, "report"), update(upload("a.png"), upload("b.png"), text=""))
    )
    assert "Enter the update" in page
    assert "Choose again, because a page cannot keep files: “a.png” and “b.png”" in page


def test_who_was_signed_out_meanwhile_copies_the_text_and_is_told_which_files_to_choose_again(client, action):
    answer = client.post(page_of(action, "report"), update(upload("Cells in June.png")))
    assert answer.status_code == 401
    page = words_of(answer)
    assert "Half of it is done" in page
    assert "Files to choose again" in page
    assert "Cells in June.png" in page


def test_an_upload_that_breaks_off_keeps_the_text_and_stores_nothing(liaison_client, action):
    whole = encode_multipart("line", update(upload("report.pdf", files.pdf())))
    answer = liaison_client.post(
        page_of(action, "report"),
        whole[: len(whole) - 200],
        content_type="multipart/form-data; boundary=line",
    )
    page = words_of(answer)
    assert "A file was cut off on its way, so nothing was saved. Choose the files again" in page
    assert "Half of it is done" in page
    assert action.events.count() == 1


def test_files_are_added_without_an_update(officer_client, action):
    page = officer_client.post(
        page_of(action, "add_evidence"), {"op_id": uuid4(), "files": [upload()]}, follow=True
    )
    assert "Evidence added to action 2026/1" in words_of(page)
    assert Evidence.objects.get().event is None


def test_at_least_one_file_has_to_be_chosen(officer_client, action):
    page = officer_client.post(page_of(action, "add_evidence"), {"op_id": uuid4()})
    assert "Choose a file" in words_of(page)


# --- Reading ----------------------------------------------------------------------------------------


def test_a_file_is_saved_and_never_shown_as_a_page(officer_client, photo):
    answer = officer_client.get(photo.get_absolute_url())
    assert b"".join(answer) == files.png()
    assert answer["Content-Disposition"] == 'attachment; filename="Cells in June.png"'
    assert answer["Content-Type"] == "image/png"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer["Cache-Control"]
    policy = answer["Content-Security-Policy"]
    assert "sandbox" in policy
    assert "default-src 'none'" in policy
    assert "'self'" not in policy


def test_a_file_that_is_not_what_was_given_is_not_handed_out(officer_client, photo):
    shelf.place_of(photo.stored_as).write_bytes(b"something else")
    answer = officer_client.get(photo.get_absolute_url())
    assert answer.status_code == 500
    assert "This file cannot be read" in words_of(answer)


def test_a_file_of_another_action_is_not_found(officer_client, photo, action):
    for pk in (action.pk + 1, 10**30):
        assert officer_client.get(reverse("actions:evidence", args=[pk, photo.pk])).status_code == 404


@pytest.mark.parametrize("who", ["administrator_client", "stranger_client"])
def test_others_do_not_find_it(request, photo, who):
    assert request.getfixturevalue(who).get(photo.get_absolute_url()).status_code in {403, 404}


def test_what_the_office_added_is_not_found_by_the_force(officer_client, liaison_client, action):
    officer_client.post(page_of(action, "add_evidence"), {"op_id": uuid4(), "files": [upload("secret.png")]})
    row = Evidence.objects.get()
    assert liaison_client.get(row.get_absolute_url()).status_code == 404
    assert "secret.png" not in words_of(liaison_client.get(page_of(action)))


def test_its_hash_is_shown(officer_client, action, photo):
    assert photo.sha256 in words_of(officer_client.get(page_of(action)))


def test_no_notes_no_log_and_no_export_knows_of_it(approver_client, action, photo):
    told = [compile_notes(action.meeting, audience).to_bytes().decode() for audience in ("office", "public")]
    told += [str(compile_log(timezone.localdate(), [action.pk]).log)]
    told += [
        approver_client.get(reverse(f"actions:{name}")).content.decode("latin-1") for name in ("list", "csv")
    ]
    assert sum("2026/1" in one for one in told) >= 4
    for secret in ("Cells in June", photo.sha256, photo.stored_as):
        assert not any(secret in one for one in told)


# --- Removing ---------------------------------------------------------------------------------------


def test_a_file_is_removed_with_a_reason_and_brought_back(officer_client, action, photo):
    away = page_of(action, "remove_evidence", photo.pk)
    assert "Enter why this file is removed" in words_of(officer_client.post(away, {"why": ""}))
    done = officer_client.post(away, {"why": "It shows a victim"}, follow=True)
    assert "“Cells in June.png” removed" in words_of(done)
    assert officer_client.get(photo.get_absolute_url()).status_code == 404
    back = officer_client.post(undo_of(done), follow=True)
    assert "“Cells in June.png” is back" in words_of(back)
    history = [entry.title for entry in back.context["history"]]
    assert history[:2] == ["Evidence brought back", "Evidence removed"]
    assert "Evidence added" in history
    assert "It shows a victim" in words_of(back)


@pytest.mark.parametrize("who", ["liaison_client", "approver_client"])
def test_others_are_told_that_they_do_not_remove(request, action, photo, who):
    client = request.getfixturevalue(who)
    assert client.get(page_of(action, "remove_evidence", photo.pk)).status_code == 403
    assert page_of(action, "remove_evidence", photo.pk) not in words_of(client.get(page_of(action)))


def test_the_page_costs_the_same_however_many_files_there_are(officer_client, action, photo):
    def queries():
        with CaptureQueriesContext(connection) as counted:
            officer_client.get(page_of(action))
        return len(counted)

    few = [queries() for _ in range(2)][-1]
    chosen = [upload("x.jpg", files.jpeg(str(n).encode())) for n in range(8)]
    officer_client.post(page_of(action, "add_evidence"), {"op_id": uuid4(), "files": chosen})
    assert [queries() for _ in range(2)][-1] == few
