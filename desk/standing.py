"""Where the work on a meeting stands, in one adjective and in the words that explain it."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone

from meetings.models import Meeting
from publications.models import Edition
from review.models import Preparation, Stage


@dataclass(frozen=True)
class Standing:
    """An adjective for a tag, and the kind of tag."""

    word: str
    tag: str = ""
    # What somebody has to know before they change the record.
    mind: str = ""


STAGES = {
    Stage.DRAFT: Standing("Draft", "tag-quiet"),
    Stage.WITH_APPROVER: Standing(
        "Waiting for approval", mind="The approver is reading this. What you change now is what they approve."
    ),
    Stage.APPROVED: Standing(
        "Approved",
        "tag-good",
        "These notes are approved as they were. What you change now is published only after another approval.",
    ),
    Stage.PUBLISHED: Standing(
        "Published",
        "tag-good",
        "These notes are published. What you change here changes nothing of what the public reads.",
    ),
}
CANCELLED = Standing("Cancelled", "tag-quiet")
MOVED = Standing("Moved", "tag-quiet")
PLANNED = Standing("Planned")
NOT_CONFIRMED = Standing("Not confirmed", "tag-warning")


def stages_of(meetings: Collection[Meeting]) -> dict[int, str]:
    """The stage of each meeting's notes by the meeting's id, in one query; without a row it is a draft."""
    rows = Preparation.objects.filter(meeting__in=meetings, kind=Edition.Kind.NOTES)
    return dict(rows.values_list("meeting_id", "stage"))


def with_stage(meetings: QuerySet[Meeting]) -> QuerySet[Meeting]:
    """The same meetings, each with the `stage` of its notes, in the same query."""
    notes = Preparation.objects.filter(meeting=OuterRef("pk"), kind=Edition.Kind.NOTES)
    return meetings.annotate(stage=Subquery(notes.values("stage")[:1]))


def standing_of(meeting: Meeting, stage: str | None, today: dt.date | None = None) -> Standing:
    """How a meeting is marked in lists. One that is past and still planned has to be confirmed."""
    if stage and stage != Stage.DRAFT:
        return STAGES[Stage(stage)]
    if meeting.status == Meeting.Status.CANCELLED:
        return CANCELLED
    if meeting.status == Meeting.Status.MOVED:
        return MOVED
    if meeting.status == Meeting.Status.HELD:
        return STAGES[Stage.DRAFT]
    is_past = meeting.date is not None and meeting.date < (today or timezone.localdate())
    return NOT_CONFIRMED if is_past else PLANNED
