"""What moves a meeting's notes to the public: sent, approved, published; each step through one gate."""

import datetime as dt
import hashlib
from collections.abc import Callable, Iterable

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from actions.services import Confirmation, NotPossible, confirm_all, give_references
from meetings.models import Meeting, SettledDoubt
from meetings.numbering import store_numbers
from publications.action_log import Document
from publications.models import Edition
from publications.notes import Notes, read
from publications.services import CannotPublish, PublishedMeanwhile, make, store
from review import permissions
from review.checks import all_checks, blockers, can_be_settled
from review.compilation import compile_notes
from review.models import NEXT_STAGES, Preparation, Snapshot, Stage

PUBLIC, OFFICE = Snapshot.Audience.PUBLIC, Snapshot.Audience.OFFICE


class NotReady(Exception):
    """Something is in the way; `sentences` say what, in the words of the page."""

    def __init__(self, sentences: list[str]):
        super().__init__(" ".join(sentences))
        self.sentences = sentences


def preparation_of(meeting: Meeting) -> Preparation:
    """Where the meeting's notes stand; without a row they are in draft."""
    found = meeting.preparations.filter(kind=Edition.Kind.NOTES).select_related(
        "approved__by", "edition__meeting", "changed_by"
    )
    return found.first() or Preparation(meeting=meeting)


def digest_of(notes: Document) -> str:
    """The SHA-256 by which a person says which version they read."""
    return hashlib.sha256(notes.to_bytes()).hexdigest()


@transaction.atomic
def send_for_approval(meeting: Meeting, *, by: User | None, at: dt.datetime | None = None) -> Preparation:
    """Hand the record to the approver, open questions and all: the approver sees the same list.

    What was handed over is kept as the office reads it, so that a later draft can be compared with it.
    """
    _require(permissions.can_send, by, "Only a policy officer sends notes for approval.")
    at = at or timezone.now()
    preparation = _enter(_locked(meeting), Stage.WITH_APPROVER, by=by, at=at)
    _snapshot(meeting, OFFICE, Snapshot.Purpose.SENT, by=by, at=at)
    return preparation


@transaction.atomic
def reopen_draft(meeting: Meeting, *, by: User | None, at: dt.datetime | None = None) -> Preparation:
    """Make it a draft again; an approval that was given no longer counts."""
    _require(permissions.can_publish, by, "Only the office takes notes back to draft.")
    preparation = _locked(meeting)
    preparation.approved = None
    return _enter(preparation, Stage.DRAFT, by=by, at=at)


@transaction.atomic
def approve(
    meeting: Meeting,
    *,
    by: User,
    seen: str | None = None,
    decide: Iterable[Confirmation] = (),
    at: dt.datetime | None = None,
) -> Preparation:
    """Approve the record as the public would read it now. Raises `NotReady` while anything is in the way.

    `seen` is the digest of the Notes that the approver read: a record that was changed
    since is not approved unread. `decide` are the outcomes proposed in them that the approver
    ticked: they are decided first, so that the notes tell of them. From here on numbers and
    references are kept for ever, and publication publishes these bytes, whatever happens to the record.
    """
    _require(permissions.can_approve, by, "Only an approver approves notes.")
    at = at or timezone.now()
    preparation = _locked(meeting)
    _require_step(preparation, Stage.APPROVED)
    if in_the_way := blockers(meeting):
        raise NotReady([check.sentence for check in in_the_way])
    if seen is not None and seen != digest_of(compile_notes(meeting, PUBLIC)):
        raise NotReady(["The notes were changed after you opened this page. Read them again, then approve"])
    store_numbers(meeting, at)
    give_references(meeting, at)
    _confirm(decide, by=by, at=at)
    preparation.approved = _snapshot(meeting, PUBLIC, Snapshot.Purpose.APPROVAL, by=by, at=at)
    return _enter(preparation, Stage.APPROVED, by=by, at=at)


def publish(
    meeting: Meeting, *, by: User | None, seen: str | None = None, at: dt.datetime | None = None
) -> Edition:
    """Publish exactly what is approved, once: whoever comes second gets the first one's edition.

    `seen` is the hash of the approved snapshot that the person meant. Raises `NotReady`.
    """
    _require(permissions.can_publish, by, "Only the office publishes notes.")
    at = at or timezone.now()
    preparation = preparation_of(meeting)
    if edition := _published(preparation, seen):
        return edition
    _require_approved(preparation, seen)
    approved = preparation.approved
    try:
        # The PDF takes a second or more: it is made before the transaction, not inside it.
        made = make(bytes(approved.notes), sha256=approved.sha256, at=at)
        with transaction.atomic():
            preparation = _locked(meeting)
            if edition := _published(preparation, approved.sha256):
                return edition
            _require_approved(preparation, approved.sha256)
            preparation.edition = store(made)
            return _enter(preparation, Stage.PUBLISHED, by=by, at=at).edition
    except CannotPublish as error:
        raise NotReady(error.blockers) from error
    except PublishedMeanwhile as error:
        raise NotReady([f"{error} Look at it before you publish another one"]) from error


@transaction.atomic
def settle(
    meeting: Meeting,
    *,
    code: str,
    where: str,
    public_note: str,
    by: User | None,
    at: dt.datetime | None = None,
) -> SettledDoubt:
    """Leave something as in the original, in doubt, with a note that the public reads.

    Only for a record that was published elsewhere before: it cannot be put right by guessing.
    """
    _require(permissions.can_settle, by, "Only a policy officer settles a doubt.")
    check = next((one for one in all_checks(meeting) if (one.code, one.where) == (code, where)), None)
    if check is None:
        raise NotReady(["This was put right meanwhile. Nothing is left to settle"])
    if not can_be_settled(check, meeting):
        raise NotReady([f"This has to be put right in the record: {check.sentence}"])
    doubt, _ = SettledDoubt.objects.update_or_create(
        meeting=meeting,
        code=code,
        where=where,
        defaults={
            "sentence": check.sentence,
            "public_note": public_note,
            "by": by,
            "at": at or timezone.now(),
        },
    )
    return doubt


@transaction.atomic
def unsettle(doubt: SettledDoubt, *, by: User | None) -> None:
    """Take a settlement back: the question is open again."""
    _require(permissions.can_settle, by, "Only a policy officer settles a doubt.")
    doubt.delete()


def approved_notes(preparation: Preparation) -> Notes | None:
    """What was approved, to be compared with the record as it is now."""
    return read(bytes(preparation.approved.notes)) if preparation.approved else None


def last_sent(meeting: Meeting) -> Snapshot | None:
    """The version that was last sent to anybody, as the office reads it."""
    return meeting.snapshots.filter(purpose=Snapshot.Purpose.SENT).select_related("by").first()


def _confirm(ticked: Iterable[Confirmation], *, by: User, at: dt.datetime) -> None:
    """Decide what was ticked; where one cannot be, nothing is approved."""
    try:
        confirm_all(ticked, by=by, at=at)
    except NotPossible as refused:
        raise NotReady([refused.sentence]) from refused


def _snapshot(
    meeting: Meeting,
    audience: Snapshot.Audience,
    purpose: Snapshot.Purpose,
    *,
    by: User | None,
    at: dt.datetime,
) -> Snapshot:
    content = compile_notes(meeting, audience).to_bytes()
    return Snapshot.objects.create(
        meeting=meeting,
        audience=audience,
        purpose=purpose,
        notes=content,
        sha256=hashlib.sha256(content).hexdigest(),
        by=by,
        at=at,
    )


def _locked(meeting: Meeting) -> Preparation:
    """The preparation, held until the transaction ends."""
    # The meeting's own row is there also when the preparation is not yet.
    Meeting.objects.select_for_update().get(pk=meeting.pk)
    return preparation_of(meeting)


def _enter(preparation: Preparation, stage: Stage, *, by: User | None, at: dt.datetime | None) -> Preparation:
    """Go on to a stage, if `NEXT_STAGES` allows it: the one place where a stage changes."""
    _require_step(preparation, stage)
    preparation.stage = stage
    preparation.changed_by, preparation.changed_at = by, at or timezone.now()
    preparation.save()
    return preparation


def _require_step(preparation: Preparation, stage: Stage) -> None:
    if stage not in NEXT_STAGES[Stage(preparation.stage)]:
        now = preparation.get_stage_display().lower()
        raise NotReady([f"The notes are {now}, so they cannot become “{stage.label.lower()}” now"])


def _published(preparation: Preparation, seen: str | None) -> Edition | None:
    """The edition, when exactly this was published already."""
    is_out = preparation.stage == Stage.PUBLISHED and seen in {None, preparation.approved.sha256}
    return preparation.edition if is_out else None


def _require_approved(preparation: Preparation, seen: str | None) -> None:
    _require_step(preparation, Stage.PUBLISHED)
    if seen not in {None, preparation.approved.sha256}:
        raise NotReady(["Another version was approved after you opened this page. Read it, then publish"])


def _require(predicate: Callable[[User], bool], by: User | None, sentence: str) -> None:
    if by is not None and not predicate(by):
        raise PermissionDenied(sentence)
