"""One meeting at a glance: the tasks that lead to published notes, and what is left of each."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from actions.carried import Carried
from desk.promises import Promise, arose_at, carried_to, has_outcome, taking_up
from desk.standing import stages_of, standing_of
from desk.writing_up import rough_lines
from importing.models import Source
from meetings import permissions
from meetings.models import Attendance, Meeting
from meetings.outline import Branch, Outline, outline_of, says_next_meeting
from review.checks import all_checks, items_with_actions
from review.models import Stage


@dataclass(frozen=True)
class Task:
    """A row of the task list: a link, a short sentence, and what is left to do; nothing left is "Completed"."""

    title: str
    url: str
    hint: str
    left: str = ""


@dataclass(frozen=True)
class Line:
    """An item of the agenda, with how its record stands."""

    branch: Branch
    state: str
    is_done: bool
    children: list["Line"]


def overview_of(meeting: Meeting, user: User) -> dict:
    """Everything that the page of one meeting shows."""
    outline = outline_of(meeting)
    promises, carried = arose_at(meeting), carried_to(meeting, outline)
    stage = stages_of([meeting]).get(meeting.pk, Stage.DRAFT)
    minuted = items_with_actions(meeting)
    blockers = [check for check in all_checks(meeting) if check.is_blocker]
    may_edit = permissions.can_edit_record(user, meeting)
    return {
        "standing": standing_of(meeting, stage),
        "stage": stage,
        "tasks": tasks(meeting, outline, promises, carried, stage, len(blockers), minuted, may_edit=may_edit),
        "lines": [line_of(outline, branch, minuted) for branch in outline.branches],
        "attendances": outline.attendances,
        "rough_lines": rough_lines(outline),
        "promises": promises,
        "carried": carried,
        "source": Source.objects.defer("content").filter(meeting=meeting).first(),
        "may_edit": may_edit,
        "is_to_confirm": meeting.status == Meeting.Status.PLANNED
        and (meeting.date is None or meeting.date <= timezone.localdate()),
    }


def tasks(
    meeting: Meeting,
    outline: Outline,
    promises: list[Promise],
    carried: list[Carried],
    stage: str,
    blockers: int,
    minuted: set[int],
    *,
    may_edit: bool,
) -> list[Task]:
    """The tasks of a meeting, in the order in which they are usually done; what is only a form leads nobody else on."""
    details, following = (_page(name, meeting) if may_edit else "" for name in ["details", "next"])
    return [
        Task("Meeting details", details, *_details(meeting)),
        Task("Attendance", _page("attendance", meeting), *_attendance(outline)),
        Task("Agenda", _page("agenda", meeting), *_agenda(outline)),
        Task("Record", _record_url(meeting, outline, minuted), *_record(outline, minuted)),
        Task("Actions", _actions_url(meeting, outline), *_actions(promises, carried)),
        *_sending(meeting, promises),
        Task("Next meeting", following, *_next(meeting)),
        Task("Check and approve", reverse("review:check", args=[meeting.pk]), *_approval(stage, blockers)),
    ]


def line_of(outline: Outline, branch: Branch, minuted: set[int]) -> Line:
    """An item as the overview lists it: "3 entries", "None", "No record yet"."""
    count = len(branch.entries)
    is_done = outline.is_settled(branch) or branch.item.pk in minuted
    if branch.item.none:
        state = "None"
    elif count:
        state = counted(count, "entry", "entries")
    elif branch.branches:
        state = ""
    else:
        state = "Recorded" if is_done else "No record yet"
    return Line(branch, state, is_done, [line_of(outline, child, minuted) for child in branch.branches])


def counted(number: int, one: str, many: str = "") -> str:
    """1 person, 2 people"""
    return f"{number} {one if number == 1 else many or one + 's'}"


def _details(meeting: Meeting) -> tuple[str, str]:
    missing = [
        word
        for word, value in [("date", meeting.date), ("start time", meeting.start), ("venue", meeting.venue)]
        if not value
    ]
    return (
        (f"Missing: {', '.join(missing)}", "Incomplete") if missing else ("Date, time and venue are set", "")
    )


def _attendance(outline: Outline) -> tuple[str, str]:
    absent = sum(one.presence == Attendance.Presence.APOLOGIES for one in outline.attendances)
    here = len(outline.attendances) - absent
    hint = counted(here, "person", "people") + (
        f", {counted(absent, 'apology', 'apologies')}" if absent else ""
    )
    has_chair = any(one.chair for one in outline.attendances)
    return (hint, "") if has_chair else (f"{hint}, nobody in the chair", "Incomplete")


def _agenda(outline: Outline) -> tuple[str, str]:
    number = sum(1 for _ in outline.every_branch())
    return counted(number, "item"), "" if number else "Incomplete"


def _to_minute(outline: Outline, minuted: set[int]) -> list[Branch]:
    return [
        branch
        for branch in outline.every_branch()
        if not outline.is_settled(branch) and branch.item.pk not in minuted
    ]


def _record(outline: Outline, minuted: set[int]) -> tuple[str, str]:
    every = list(outline.every_branch())
    left = len(_to_minute(outline, minuted))
    return (
        f"{len(every) - left} of {counted(len(every), 'item')} completed",
        "Incomplete" if left or not every else "",
    )


def _record_url(meeting: Meeting, outline: Outline, minuted: set[int]) -> str:
    left = _to_minute(outline, minuted)
    return left[0].item.get_absolute_url() if left else reverse("desk:whole", args=[meeting.pk])


def _actions(promises: list[Promise], carried: list[Carried]) -> tuple[str, str]:
    waiting = sum(not has_outcome(one) for one in carried)
    arose = counted(len(promises), "action") + " arose"
    if not carried:
        return arose, ""
    left = (
        f"{waiting} of {counted(len(carried), 'earlier one')} without an outcome"
        if waiting
        else "each earlier one has an outcome"
    )
    return f"{arose}, {left}", "Incomplete" if waiting else ""


def _sending(meeting: Meeting, promises: list[Promise]) -> list[Task]:
    """Sending what arose to its owners, once there is something to send; old notes were sent long ago."""
    actions = [one.action for one in promises if one.action.is_open or one.action.sent_at]
    if not actions or meeting.published_elsewhere:
        return []
    left = sum(action.sent_at is None for action in actions)
    hint = f"{counted(left, 'action')} not sent yet" if left else "Every owner has theirs"
    url = reverse("actions:send", args=[meeting.pk])
    return [Task("Send the actions to their owners", url, hint, "Not sent" if left else "")]


def _actions_url(meeting: Meeting, outline: Outline) -> str:
    branch = taking_up(outline)
    return branch.item.get_absolute_url() if branch else reverse("desk:whole", args=[meeting.pk])


def _next(meeting: Meeting) -> tuple[str, str]:
    return ("Agreed", "") if says_next_meeting(meeting) else ("Nothing is known of it yet", "Incomplete")


def _approval(stage: str, blockers: int) -> tuple[str, str]:
    if stage == Stage.PUBLISHED:
        return "The notes are published", ""
    if stage == Stage.APPROVED:
        return "Approved and ready to publish", "Not published"
    waiting = "Sent to the approver" if stage == Stage.WITH_APPROVER else "Not sent for approval yet"
    if blockers:
        return f"{waiting}, {counted(blockers, 'thing')} to put right", "Incomplete"
    return waiting, "Waiting for approval" if stage == Stage.WITH_APPROVER else "Ready to send"


def _page(name: str, meeting: Meeting) -> str:
    return reverse(f"meetings:{name}", args=[meeting.pk])
