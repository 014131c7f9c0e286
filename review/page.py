"""What the page shows that somebody reads before they approve or publish."""

from dataclasses import dataclass

from django.urls import reverse

from accounts.models import User
from actions.agreed import Agreed, agreed_list
from actions.models import Action
from meetings.checks import DOUBT, REMARK, Check
from meetings.models import Attendance, Meeting, SettledDoubt
from meetings.permissions import can_edit_record
from publications.notes import NextMeeting, Notes
from review import permissions
from review.changes import Change, changes
from review.checks import all_checks, can_be_settled
from review.compilation import compile_notes
from review.forms import SettleForm
from review.models import NEXT_STAGES, Preparation, Snapshot, Stage
from review.services import approved_notes, digest_of, preparation_of
from web.dates import weekday_day


@dataclass(frozen=True)
class Question:
    """Something in the way, with the form that settles it where it can be settled."""

    check: Check
    form: SettleForm | None


@dataclass(frozen=True)
class Part:
    """One part of the record in a line: what it holds, and where it is changed."""

    name: str
    told: str
    url: str


@dataclass(frozen=True)
class CheckPage:
    """The whole page of one meeting for one person."""

    meeting: Meeting
    preparation: Preparation
    notes: Notes
    questions: list[Question]
    doubts: list[Check]
    remarks: list[Check]
    settled: list[SettledDoubt]
    changes: list[Change]
    agreed: list[Agreed]  # proposed in these notes, and decided where the approver ticks them
    not_called_late: list[Action]  # past their dates, and not called overdue in these notes
    user: User

    @property
    def stage(self) -> Stage:
        return Stage(self.preparation.stage)

    @property
    def tag(self) -> str:
        """The colour that repeats the stage's word."""
        return {Stage.PUBLISHED: "tag-good", Stage.DRAFT: "tag-quiet"}.get(self.stage, "")

    @property
    def seen(self) -> str:
        """The version that this page asks about: the approved one once there is one."""
        approved = self.preparation.approved
        return approved.sha256 if approved else digest_of(self.notes)

    @property
    def open_doubts(self) -> list[Check]:
        """Doubts that nobody settled: worth a look, and not in the way."""
        settled = {(doubt.code, doubt.where) for doubt in self.settled}
        return [check for check in self.doubts if (check.code, check.where) not in settled]

    @property
    def parts(self) -> list[Part]:
        return parts_of(self.meeting, self.notes)

    @property
    def may_change(self) -> bool:
        """Whether the places that this page names open for this person; an approver reads the whole meeting."""
        return can_edit_record(self.user, self.meeting)

    @property
    def may_settle(self) -> bool:
        return permissions.can_settle(self.user) and self.stage in {Stage.DRAFT, Stage.WITH_APPROVER}

    @property
    def may_send(self) -> bool:
        return permissions.can_send(self.user) and self._may_become(Stage.WITH_APPROVER)

    @property
    def may_approve(self) -> bool:
        return permissions.can_approve(self.user) and self._may_become(Stage.APPROVED)

    @property
    def may_reopen(self) -> bool:
        return permissions.can_publish(self.user) and self._may_become(Stage.DRAFT)

    @property
    def may_publish(self) -> bool:
        return permissions.can_publish(self.user) and self._may_become(Stage.PUBLISHED)

    def _may_become(self, stage: Stage) -> bool:
        return stage in NEXT_STAGES[self.stage]


def page_of(
    meeting: Meeting,
    user: User,
    *,
    refused: SettleForm | None = None,
    agreed: list[Agreed] | None = None,
) -> CheckPage:
    """Collect what the page shows; `refused` is a settlement that has to be put right, `agreed` what was ticked."""
    preparation = preparation_of(meeting)
    notes = compile_notes(meeting, Snapshot.Audience.PUBLIC)
    approved = approved_notes(preparation)
    found = all_checks(meeting)
    return CheckPage(
        meeting=meeting,
        preparation=preparation,
        notes=notes,
        questions=[
            Question(check, _form_for(place, check, meeting, refused))
            for place, check in enumerate(one for one in found if one.is_blocker)
        ],
        doubts=[check for check in found if check.severity == DOUBT],
        remarks=[check for check in found if check.severity == REMARK],
        settled=list(meeting.settled_doubts.select_related("by")),
        changes=changes(approved, notes) if approved else [],
        agreed=_agreed(meeting, preparation) if agreed is None else agreed,
        not_called_late=_not_called_late(approved or notes),
        user=user,
    )


def _agreed(meeting: Meeting, preparation: Preparation) -> list[Agreed]:
    """What the notes propose and nobody decided, until they are approved."""
    is_open = preparation.stage in {Stage.DRAFT, Stage.WITH_APPROVER}
    return agreed_list(meeting) if is_open else []


def _not_called_late(notes: Notes) -> list[Action]:
    """Actions whose date had passed that these notes do not call overdue, because something waited in the office."""
    late = [one.reference for one in notes.actions if one.overdue is False]
    found = Action.objects.in_bulk(late, field_name="reference") if late else {}
    return [found[reference] for reference in late if reference in found]


def _form_for(place: int, check: Check, meeting: Meeting, refused: SettleForm | None) -> SettleForm | None:
    if not can_be_settled(check, meeting):
        return None
    if refused and (refused.data.get("code"), refused.data.get("where", "")) == (check.code, check.where):
        return refused
    return SettleForm(initial={"code": check.code, "where": check.where}, auto_id=f"settle_{place}_%s")


def parts_of(meeting: Meeting, notes: Notes) -> list[Part]:
    """The record part by part, as counts that a reader can check at a glance."""
    items = list(notes.every_item())
    exchanges = sum(len(item.exchanges) for item in items)
    here = [one for one in notes.people if one.attendance != Attendance.Presence.APOLOGIES]
    named = sum(one.name is not None for one in notes.people)
    counted = sum(one.number for one in notes.counted)
    arose = sum(action.carried_from is None for action in notes.actions)
    coming = notes.next_meeting
    return [
        Part(
            "People",
            _people(len(here), len(notes.people) - len(here), named, counted),
            _to("attendance", meeting),
        ),
        Part(
            "Items",
            f"{_number(len(items), 'item')}, {_number(exchanges, 'paragraph')}",
            _to("agenda", meeting),
        ),
        Part(
            "Actions",
            f"{_number(arose, 'action')} agreed, {len(notes.actions) - arose} from earlier meetings",
            reverse("desk:whole", args=[meeting.pk]),
        ),
        Part("Next meeting", _coming(coming), _to("next", meeting)),
    ]


def _people(here: int, away: int, named: int, counted: int) -> str:
    told = [f"{here} at the meeting", f"{away} sent apologies" if away else "", f"{named} published by name"]
    told.append(f"{counted} only counted" if counted else "")
    return ", ".join(filter(None, told))


def _coming(coming: NextMeeting | None) -> str:
    if coming is None:
        return "Not provided"
    told = [coming.type, coming.subject, weekday_day(coming.date) if coming.date else None]
    return ", ".join(filter(None, told)) or "Not provided"


def _number(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _to(page: str, meeting: Meeting) -> str:
    return reverse(f"meetings:{page}", args=[meeting.pk])
