"""Who said what, and what has to be checked of it: words that stay where they are and are said otherwise."""

from dataclasses import replace
from uuid import UUID, uuid5

from django.db import transaction

from accounts.models import User
from meetings.models import Attendance, Contribution
from meetings.services.layout import remembered
from meetings.services.rearranging import fresh, meeting_to_edit, rearranged, require_one_meeting, save_words
from meetings.services.saving import Refused
from meetings.services.spoken import Spoken
from publications.notes import ContributionKind

LONGEST_NOTE = 500


@transaction.atomic
def change_speakers(
    seen: list[tuple[Contribution, int]], speaker: Attendance | None, *, by: User, op_id: UUID
) -> None:
    """Let somebody else have said a run of contributions, each upon the version that was seen; None: nobody named.

    What is printed before them follows. Raises `texts.Conflict` when any was changed meanwhile; then none is.
    """
    meeting = meeting_to_edit(seen[0][0].exchange, by)
    for one, _ in seen:
        require_one_meeting(meeting, one.exchange.item.meeting_id)

    def change() -> dict:
        def do() -> None:
            for row, version in seen:
                current = fresh(row)
                if not (current.speaker_id == (speaker and speaker.pk) and not current.nobody_named):
                    save_words(current, _said_by(current, speaker), version, uuid5(op_id, str(row.pk)), by)

        return remembered([], [fresh(row).exchange_id for row, _ in seen], do)

    asked = {"seen": [[row.pk, version] for row, version in seen], "speaker": speaker and speaker.pk}
    rearranged(meeting, "change speakers", asked, op_id, by, change)


@transaction.atomic
def flag(contribution: Contribution, note: str, *, by: User, op_id: UUID) -> Contribution:
    """Mark what somebody said to be checked, with a note; a note that is there already stays beside it."""
    meeting = meeting_to_edit(contribution.exchange, by)

    def mark() -> dict:
        def do() -> int:
            row = fresh(contribution)
            notes = both_notes(row.to_check, note)
            save_words(row, replace(Spoken.of(row), to_check=notes), row.version, op_id, by)
            return row.pk

        return remembered([], [fresh(contribution).exchange_id], do)

    asked = {"contribution": contribution.pk, "note": note}
    return Contribution.with_removed.get(pk=rearranged(meeting, "flag", asked, op_id, by, mark))


@transaction.atomic
def checked(contribution: Contribution, note: str, *, by: User, op_id: UUID) -> Contribution:
    """Tick what was marked as checked. Raises `Refused` when its note is no longer the one that was seen."""
    meeting = meeting_to_edit(contribution.exchange, by)

    def tick() -> dict:
        def do() -> int:
            row = fresh(contribution)
            if row.to_check and row.to_check != note:
                raise Refused(f"The note has changed meanwhile: {row.to_check}. Check that too.")
            if row.to_check:
                save_words(row, replace(Spoken.of(row), to_check=""), row.version, op_id, by)
            return row.pk

        return remembered([], [fresh(contribution).exchange_id], do)

    asked = {"contribution": contribution.pk, "note": note}
    return Contribution.with_removed.get(pk=rearranged(meeting, "checked", asked, op_id, by, tick))


def both_notes(one: str, other: str) -> str:
    notes = "; ".join(dict.fromkeys(note for note in (one, other) if note))
    if len(notes) > LONGEST_NOTE:
        raise Refused("Together the notes to check are too long. Check one of them first.")
    return notes


def _said_by(row: Contribution, speaker: Attendance | None) -> Spoken:
    is_answer = row.kind == ContributionKind.ANSWER
    return replace(
        Spoken.of(row),
        speaker=speaker,
        nobody_named=speaker is None and is_answer,
        lead=_lead_of(row, speaker),
    )


def _lead_of(row: Contribution, speaker: Attendance | None) -> str:
    """What is printed before it: the new speaker's form in place of the old one's; other words stay."""
    was, new = row.speaker.printed if row.speaker else "", speaker.printed if speaker else ""
    if row.lead == was and (was or new):
        return new if row.lead or not row.speaker else ""
    if was and new and (at := row.lead.casefold().find(was.casefold())) >= 0:
        printed = new[:1].lower() + new[1:] if row.lead[at : at + 1].islower() else new
        return f"{row.lead[:at]}{printed}{row.lead[at + len(was) :]}"
    return row.lead
