"""Who else has a meeting's record open, what they write in, and which entries changed meanwhile."""

import hashlib
import re
from collections.abc import Callable
from functools import lru_cache
from operator import attrgetter

from django.db import models
from django.utils import timezone

from accounts.models import User
from actions.models import Action, CarriedAction
from desk.models import Presence
from desk.record import Section, Shown
from meetings.models import AgendaItem, Contribution, Exchange, Meeting, SavedText
from meetings.numbering import numbers_of

KEY = re.compile(r"(words|item)-([0-9]{1,18})(?:-(?:box|entry))?")


def note(meeting: Meeting, user: User, editing: str) -> None:
    """Remember that somebody is here, and forget those who have gone."""
    Presence.objects.update_or_create(
        meeting=meeting, user=user, defaults={"editing": editing[:60], "seen_at": timezone.now()}
    )


def leave(meeting: Meeting, user: User) -> None:
    """Forget that somebody was here, and all who have been silent for long."""
    gone = models.Q(meeting=meeting, user=user) | ~models.Q(pk__in=Presence.objects.counting().values("pk"))
    Presence.objects.filter(gone).delete()


def others_at(meeting: Meeting, user: User) -> list[Presence]:
    """Everybody else who is here now."""
    return list(Presence.objects.counting().filter(meeting=meeting).exclude(user=user).select_related("user"))


def sentence(others: list[Presence], meeting: Meeting) -> str:
    """What those who are here do: "Ada is editing 2.1.3. Ben is here."; those who write come first."""
    places = _places({key for other in others if (key := _key(other))}, meeting)
    doing = [(other, places.get(_key(other), "")) for other in others]
    doing.sort(key=lambda one: (not one[1], str(one[0].user)))
    return " ".join(f"{other.user} {does or 'is here'}." for other, does in doing)


def _key(presence: Presence) -> tuple[str, int] | None:
    """What somebody writes in, and its id; None where the key of the form says nothing of the record."""
    key = KEY.fullmatch(presence.editing)
    return (key[1], int(key[2])) if key else None


def _places(keys: set[tuple[str, int]], meeting: Meeting) -> dict[tuple[str, int], str]:
    """What is done by whoever writes there, with the number of the place as it stands now."""
    if not keys:
        return {}
    numbers = numbers_of(meeting)
    words = [pk for kind, pk in keys if kind == "words"]
    entries = dict(Contribution.objects.filter(pk__in=words).values_list("pk", "exchange"))
    editing = {("words", pk): numbers.exchanges.get(entry, "") for pk, entry in entries.items()}
    writing = {(kind, pk): numbers.items.get(pk, "") for kind, pk in keys if kind == "item"}
    return {
        **{key: f"is editing {number}" for key, number in editing.items() if number},
        **{key: f"is writing in {number}" for key, number in writing.items() if number},
    }


def stamp_of(meeting: Meeting) -> str:
    """A mark for the whole record, told from light rows: as long as it is equal, nothing that is shown changed."""
    rows = [
        _light(AgendaItem.objects.filter(meeting=meeting)),
        _light(Exchange.objects.filter(item__meeting=meeting)),
        _light(Contribution.objects.filter(exchange__item__meeting=meeting)),
        _light(Action.objects.recorded_with(meeting)),
        list(CarriedAction.objects.filter(meeting=meeting).values_list("action", "outcome", "exchanges")),
    ]
    return hashlib.blake2b(repr(rows).encode(), digest_size=12).hexdigest()


def _light(rows: models.QuerySet) -> list[tuple]:
    # A text that changes has another version.
    fields = [one.attname for one in rows.model._meta.concrete_fields if one.name not in {"text", "uid"}]
    return list(rows.order_by("pk").values_list(*fields))


def marks_of(section: Section) -> dict[int, str]:
    """A mark for each entry of an item, by its id: equal as long as nothing in it changes."""
    return {shown.entry.exchange.pk: _mark(shown) for shown in section.shown}


def written(marks: dict[int, str]) -> str:
    """Marks as a page carries them: "17:0a1b2c3d4e5f 18:…"."""
    return " ".join(f"{pk}:{mark}" for pk, mark in marks.items())


def _mark(shown: Shown) -> str:
    promises = [(_values(one.action), one.due) for one in shown.promises]
    about = [one.action.label for one in shown.about]
    contributions = [_values(one) for one in shown.entry.contributions]
    seen = (shown.entry.number, _values(shown.entry.exchange), contributions, promises, about)
    return hashlib.blake2b(repr(seen).encode(), digest_size=6).hexdigest()


def _values(row: models.Model) -> tuple:
    return _shown_of(type(row))(row)


@lru_cache
def _shown_of(model: type[models.Model]) -> Callable[[models.Model], tuple]:
    """What reads a row at one go: a page has a thousand of them. A text that changes has another version."""
    # Its place shows in its number; a new neighbour does not change an entry.
    never = {"order", "uid", "removed_at", "removed_by"} | (
        {"text"} if issubclass(model, SavedText) else set()
    )
    return attrgetter(*(field.attname for field in model._meta.concrete_fields if field.name not in never))
