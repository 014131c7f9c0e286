"""Who is here, as people say it while a meeting goes on: who comes later, who leaves, who somebody is."""

import re
from dataclasses import dataclass

from django.db import transaction

from accounts.models import User
from meetings import services
from meetings.models import Attendance, Person, Role
from web import forms

Presence = Attendance.Presence
LONGEST = Attendance._meta.get_field("present_for").max_length
# What was said last of when somebody was there: "from item 2", and "items 2 to 4" ends it.
SINCE = re.compile(r"from item (?P<since>\S+)$")


@dataclass(frozen=True)
class Seen:
    """How somebody attended, as a page showed it; its forms carry that as their base: "part:from item 2"."""

    presence: str
    present_for: str

    @classmethod
    def of(cls, attendance: Attendance) -> "Seen":
        return cls(attendance.presence, attendance.present_for)

    @classmethod
    def read(cls, base_version: str) -> "Seen | None":
        """What a form says that it showed; None where that cannot be."""
        presence, colon, present_for = base_version.partition(":")
        return cls(presence, present_for) if colon and presence in Presence else None

    def __str__(self):
        return f"{self.presence}:{self.present_for}"


@transaction.atomic
def attend(attendance: Attendance, asked: Seen, *, seen: Seen, by: User) -> bool:
    """Record how somebody attended; False, and nothing is written, where somebody recorded otherwise meanwhile."""
    held = Attendance.objects.select_for_update().get(pk=attendance.pk)
    now = Seen.of(held)
    attendance.presence, attendance.present_for = now.presence, now.present_for
    if now not in (seen, asked):
        return False
    if now != asked:
        services.change_attendee(attendance, presence=asked.presence, present_for=asked.present_for, by=by)
    return True


def on_arriving(present_for: str, number: str) -> str:
    """What somebody is present for who comes in during an item: "from item 2.1"."""
    if not present_for or SINCE.search(present_for):
        return f"from item {number}"
    return f"{present_for}, and from item {number}"


def on_leaving(present_for: str, number: str) -> str:
    """What somebody was present for who leaves during an item: "until item 4", or "items 2 to 4" of a late arrival."""
    if not present_for:
        return f"until item {number}"
    if came := SINCE.search(present_for):
        since = came["since"]
        stayed = f"item {number}" if since == number else f"items {since} to {number}"
        return f"{present_for[: came.start()]}{stayed}"
    return f"{present_for}, until item {number}"


def asked_by(answer: str, seen: Seen, number: str, typed: str = "") -> Seen | None:
    """How somebody attended, by the button that was pressed beside what was seen; None for what is no answer."""
    part, spoken = Presence.PART, seen.present_for if seen.presence == Presence.PART else ""
    answers = {
        "arrived": (part, on_arriving(spoken, number)),
        "left": (part, on_leaving(spoken, number)),
        "apologies": (Presence.APOLOGIES, ""),
        "present": (Presence.PRESENT, ""),
        "part": (part if typed else Presence.PRESENT, typed),
    }
    if answer not in answers or (answer in {"arrived", "left"} and not number):
        return None
    presence, present_for = answers[answer]
    return Seen(str(presence), present_for)


def told(name: str, seen: Seen) -> str:
    """What was recorded of somebody, in a sentence."""
    if seen.presence == Presence.APOLOGIES:
        return f"{name} sent apologies"
    if seen.presence == Presence.PART:
        return f"{name} is present {seen.present_for or 'for part of the meeting'}"
    return f"{name} is present throughout"


class JoinForm(forms.Form):
    """A person who is not on the list, in as few words as there is time for."""

    submit = "Add this person"
    name = forms.Line("Name", max_length=200, missing="Enter the name")
    role = forms.Line(
        "Role", max_length=300, required=False, help_text="For example Chief Constable, or its short name"
    )
    abbreviation = forms.Line(
        "Short name", max_length=40, required=False, help_text="As you type it before what they say"
    )
    item = forms.CharField(widget=forms.HiddenInput, required=False)
    op_id = forms.UUIDField(widget=forms.HiddenInput, required=False)
    layout = ["name", "role", "abbreviation"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, auto_id="join-%s", **kwargs)

    def clean_name(self) -> str:
        name = self.cleaned_data["name"]
        self.known = list(Person.objects.filter(name__iexact=name)[:2])
        if len(self.known) > 1:
            self.add_error(
                "name", f"Two people are called {name}. Add the one you mean with Change who is here"
            )
        return name

    def facts(self) -> dict:
        """The answers in the service's words: a person and a role that the office knows, or new ones as they are printed."""
        typed, short = self.cleaned_data["role"], self.cleaned_data["abbreviation"]
        role = role_called(typed or short)
        return {
            "person": self.known[0] if self.known else None,
            "new_name": self.cleaned_data["name"],
            "role": role,
            "role_title": "" if role else typed,
            "abbreviation": short,
        }


def role_called(words: str) -> Role | None:
    """The one role of this title or short name, in any case."""
    if not words:
        return None
    titled = Role.objects.filter(title__iexact=words)
    short = Role.objects.filter(abbreviation__iexact=words)
    found = list(titled[:2]) or list(short[:2])
    return found[0] if len(found) == 1 else None
