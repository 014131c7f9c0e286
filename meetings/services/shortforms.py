"""The office's short forms and one's own: added, changed, removed, brought back, and taken back in a text."""

from dataclasses import replace
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from accounts.models import User
from meetings import permissions
from meetings.models import Contribution, Revision, SavedText, ShortForm
from meetings.reading.shortforms import Expansion, take_back
from meetings.services.removal import remove_together
from meetings.services.saving import Refused, save_as
from meetings.services.spoken import Spoken
from meetings.services.wording import save_contribution

TAKEN = "There is a short form of these letters already. Enter different letters, or change that one"
MOVED_ON = "These words were changed meanwhile, so the short form was not put back."


def short_forms_of(user: User) -> dict[str, str]:
    """What somebody's short forms stand for, by their letters in small; one's own go before the office's."""
    forms = sorted(ShortForm.objects.for_user(user), key=lambda form: form.owner_id is not None)
    return {form.short.lower(): form.full for form in forms}


def add_short_form(*, short: str, full: str, owner: User | None, by: User) -> ShortForm:
    """Add letters that stand for words; without an owner they are the office's. Raises `Refused` when taken."""
    form = ShortForm(owner=owner, short=short, full=full)
    _require_own(form, by)
    return _save(form, by)


def change_short_form(form: ShortForm, *, short: str, full: str, by: User) -> ShortForm:
    """Change the letters or the words; what was written out before stays as it is."""
    _require_own(form, by)
    form.short, form.full = short, full
    return _save(form, by)


@transaction.atomic
def remove_short_form(form: ShortForm, *, by: User) -> None:
    _require_own(form, by)
    remove_together([form], by=by)


def restore_short_form(form: ShortForm, *, by: User) -> ShortForm:
    """Undo a removal. Raises `Refused` when the letters were given to other words meanwhile."""
    _require_own(form, by)
    form.removed_at = form.removed_by = None
    return _save(form, by)


def written_out(revision: Revision) -> list[Expansion]:
    """The short forms that were written out in this version of a text, or in the rough line that waits for one."""
    return [Expansion(*one) for one in revision.details.get("short_forms", [])]


def put_back(
    contribution: Contribution, place: int, *, base_version: int | None, op_id: UUID, by: User
) -> Revision:
    """Put a short form back as it was typed; `place` counts those of the version that the asker saw.

    Raises what `texts.save` raises, and `Refused` where the words do not stand there any more.
    """
    words, rest = without(contribution, place, base_version)
    said = Spoken.of(contribution)
    said = replace(said, text=words) if said.text else replace(said, rough=words)
    said = replace(said, short_forms=tuple(rest))
    return save_contribution(contribution, said, base_version=base_version, op_id=op_id, by=by)


def without(row: SavedText, place: int, base_version: int | None) -> tuple[str, list[list]]:
    """A version of a text, or of the rough line that waits for one, with one of its short forms as it was typed.

    With it come those that are still written out in it.
    """
    seen = Revision.objects.filter(subject=row.uid, version=base_version).first()
    forms = written_out(seen) if seen else []
    if place >= len(forms):
        raise Refused(MOVED_ON)
    taken, others = forms[place], forms[:place] + forms[place + 1 :]
    text = take_back(seen.text or seen.details.get("rough", ""), taken)
    if text is None:
        raise Refused(MOVED_ON)
    shorter = len(taken.full) - len(taken.short)
    return text, [[one.short, one.full, one.at - shorter if one.at > taken.at else one.at] for one in others]


def _require_own(form: ShortForm, by: User) -> None:
    """Whoever minutes looks after the office's short forms and their own, not after anybody else's."""
    permissions.require_planning(by)
    if form.owner_id and form.owner_id != by.pk:
        raise PermissionDenied("Only their owner changes somebody's own short forms.")


def _save(form: ShortForm, by: User) -> ShortForm:
    try:
        with transaction.atomic():
            save_as(form, by)
    except IntegrityError as error:
        raise Refused(TAKEN) from error
    return form
