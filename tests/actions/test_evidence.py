"""Giving evidence: what is listed is on the disk and whole; removed, brought back, swept; whose it is."""

import datetime as dt
import io

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.db import transaction
from django.utils import timezone

from accounts.models import Body, DutyKind
from actions import evidence, services
from actions.evidence import names, shelf
from actions.evidence.giving import KEPT_AFTER_REMOVAL, Given
from actions.models import Evidence
from tests.actions import files
from tests.actions.conftest import promise
from tests.conftest import person


@pytest.fixture(autouse=True)
def own_shelf(settings, tmp_path):
    settings.EVIDENCE_FOLDER = tmp_path / "evidence"


def given(name="report.pdf", content=b"%PDF-1.7 as it was") -> Given:
    return Given.of(name, "pdf", content)


def on_the_shelf() -> set[str]:
    return {path.name for path in shelf.folder().iterdir()}


@pytest.fixture
def report(liaison, action) -> Evidence:
    return evidence.give(action, [given()], by=liaison)[0]


def test_what_is_listed_lies_on_the_disk_as_it_was_given(report, liaison):
    assert shelf.place_of(report.stored_as).read_bytes() == b"%PDF-1.7 as it was"
    assert (report.name, report.size, report.body, report.by) == ("report.pdf", 18, Body.FORCE, liaison)
    assert "report" not in report.stored_as


def test_a_file_of_which_nothing_came_is_not_kept(liaison, action):
    def give_and_fail():
        with evidence.putting([given()]) as put, transaction.atomic():
            evidence.add(action, put, by=liaison)
            raise services.NotPossible("Something else went wrong")

    with pytest.raises(services.NotPossible):
        give_and_fail()
    assert not Evidence.objects.exists()
    assert on_the_shelf() == set()


class CutOff(io.BytesIO):
    """A file that can be read for a while, and then not any more."""

    def read(self, *args):
        if self.tell():
            raise OSError("The disk is full")
        return super().read(4)


def test_a_file_that_cannot_be_written_to_its_end_leaves_nothing(liaison, action):
    broken = Given("report.pdf", "pdf", 18, "0" * 64, CutOff(b"%PDF-1.7 as it was"))
    with pytest.raises(OSError, match="full"):
        evidence.give(action, [given(), broken], by=liaison)
    assert on_the_shelf() == set()
    assert not Evidence.objects.exists()


def test_a_new_action_has_no_evidence_yet(officer, new_action):
    with pytest.raises(services.NotPossible, match="gets its reference first"):
        evidence.give(new_action, [given()], by=officer)


def test_after_an_action_has_ended_only_the_office_adds_to_it(officer, liaison, approver, action):
    services.close(action, by=approver, reason="Done")
    with pytest.raises(services.NotPossible, match="not open any more"):
        evidence.give(action, [given()], by=liaison)
    assert evidence.give(action, [given()], by=officer)


# --- Whose it is ------------------------------------------------------------------------------------


@pytest.fixture
def council(db):
    """The liaison of another body, which helps with the action."""
    return person("liaison@council.example", "Cora Reeve", DutyKind.LIAISON, body=Body.OTHER)


def test_a_body_sees_what_it_gave_and_the_office_everything(
    office, officer, liaison, council, action, report
):
    helper = type(office.cc).objects.create(title="Council", abbreviation="MC", body=Body.OTHER)
    action.supporting.add(helper)
    theirs = evidence.give(action, [given("council.pdf")], by=council)[0]
    ours = evidence.give(action, [given("note.pdf")], by=officer)[0]
    seen = {user: set(Evidence.objects.visible_to(user)) for user in (officer, liaison, council)}
    assert seen == {officer: {report, theirs, ours}, liaison: {report}, council: {theirs}}


@pytest.mark.parametrize("who", ["administrator", "stranger"])
def test_nobody_else_sees_any(request, report, who):
    assert not Evidence.objects.visible_to(request.getfixturevalue(who)).exists()


def test_a_body_that_owes_nothing_gives_nothing(liaison, office, september):
    other = promise(september, office.pcc)
    services.give_references(september)
    with pytest.raises(PermissionDenied):
        evidence.give(other, [given()], by=liaison)
    assert on_the_shelf() == set()


# --- Removed ----------------------------------------------------------------------------------------


def test_an_officer_removes_a_file_with_a_reason_and_brings_it_back(officer, report):
    with pytest.raises(services.NotPossible, match="Enter why this file is removed"):
        evidence.remove(report, by=officer, why=" ")
    evidence.remove(report, by=officer, why="It names a victim")
    assert not Evidence.objects.exists()
    assert evidence.restore(report, by=officer).why_removed == ""
    assert Evidence.objects.get() == report


@pytest.mark.parametrize("who", ["liaison", "approver", "administrator"])
def test_others_remove_nothing(request, report, who):
    by = request.getfixturevalue(who)
    with pytest.raises(PermissionDenied):
        evidence.remove(report, by=by, why="Away with it")
    with pytest.raises(PermissionDenied):
        evidence.restore(report, by=by)


def test_what_was_removed_long_ago_is_deleted_and_its_row_stays(officer, report):
    now = timezone.now()
    evidence.remove(report, by=officer, why="It names a victim", at=now - KEPT_AFTER_REMOVAL)
    assert evidence.sweep(now - dt.timedelta(hours=1)) == 0
    assert evidence.sweep(now + dt.timedelta(minutes=1)) == 1
    assert on_the_shelf() == set()
    assert Evidence.with_removed.get().name == "report.pdf"
    with pytest.raises(services.NotPossible, match="removed too long ago"):
        evidence.restore(report, by=officer)


def test_what_a_crash_left_behind_is_swept_and_nothing_else(report):
    for name in ("half.part", "whole-without-a-row"):
        shelf.place_of(name).write_bytes(b"x")
    assert evidence.sweep() == 0
    assert evidence.sweep(timezone.now() + dt.timedelta(days=2)) == 2
    assert on_the_shelf() == {report.stored_as}


def test_the_nightly_command_says_what_is_not_as_it_was_given(report, capsys):
    call_command("sweep_evidence")
    assert "0 files deleted.\nAll evidence is as it was given." in capsys.readouterr().out
    shelf.place_of(report.stored_as).write_bytes(b"something else")
    with pytest.raises(
        CommandError, match=r"“report.pdf” of action 2026/1 is not on the disk as it was given"
    ):
        call_command("sweep_evidence")


def test_no_server_serves_the_folder():
    from assurance import settings as ours

    assert not ours.EVIDENCE_FOLDER.is_relative_to(ours.STATIC_ROOT)
    assert not any(ours.EVIDENCE_FOLDER.is_relative_to(path) for path in ours.STATICFILES_DIRS)


# --- Names ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("Wellbeing report.pdf", "Wellbeing report.pdf"),
        ("C:\\Users\\me\\report.pdf", "report.pdf"),
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("re\x00po\nrt\u202efdp.exe.pdf", "reportfdp.exe.pdf"),
        ("  two   spaces .pdf ", "two spaces .pdf"),
        ("Adroddiad lles – Ŵyl.pdf", "Adroddiad lles – Ŵyl.pdf"),
        ("\u202e\u200b", "evidence"),
        ("..", "evidence"),
        ("", "evidence"),
    ],
)
def test_a_name_is_kept_as_text_that_does_no_harm(sent, shown):
    assert names.clean(sent) == shown


def test_a_long_name_keeps_its_ending():
    shown = names.clean("x" * 300 + ".pdf")
    assert len(shown) == 200
    assert shown.endswith("….pdf")


@pytest.mark.parametrize(
    ("name", "kind", "saved_as"),
    [
        ("report.pdf", "pdf", "report.pdf"),
        ('a"b<c>:d|e?.pdf', "pdf", "a-b-c-d-e.pdf"),
        ("con.docx", "docx", "con-file.docx"),
        ("photo.JPEG", "jpeg", "photo.jpg"),
        ("x" * 300 + ".pdf", "pdf", "x" * 100 + ".pdf"),
        ("???.png", "png", "evidence.png"),
    ],
)
def test_a_download_has_a_name_that_every_computer_takes(name, kind, saved_as):
    assert names.for_download(name, kind) == saved_as


def test_every_kind_has_its_type_its_beginning_and_its_ending():
    from actions.evidence import kinds
    from actions.models import FileKind

    everything = set(FileKind)
    assert set(kinds.MIME) == set(kinds.BEGINNINGS) == set(kinds.CHECKS) == set(names.ENDING) == everything
    assert set(kinds.ENDINGS.values()) == everything
    assert files.pdf().startswith(kinds.BEGINNINGS[FileKind.PDF])
