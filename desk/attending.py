"""Who is here, as people say it while a meeting goes on: who comes later, who leaves, who somebody is."""

import re

from meetings.models import Attendance, Person, Role
from web import forms

Presence = Attendance.Presence
LONGEST = Attendance._meta.get_field("present_for").max_length
# What was said last of when somebody was there: "from item 2", and "items 2 to 4" ends it.
SINCE = re.compile(r"from item (?P<since>\S+)$")


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


def facts_of(answer: str, attendance: Attendance, number: str, typed: str = "") -> dict[str, str] | None:
    """How somebody attended, by the button that was pressed; None for what is no answer."""
    part, spoken = Presence.PART, attendance.present_for if attendance.presence == Presence.PART else ""
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
    return {"presence": presence, "present_for": present_for}


def told(attendance: Attendance) -> str:
    """What was recorded of somebody, in a sentence."""
    if attendance.presence == Presence.APOLOGIES:
        return f"{attendance.name} sent apologies"
    if attendance.presence == Presence.PART:
        return f"{attendance.name} is present {attendance.present_for or 'for part of the meeting'}"
    return f"{attendance.name} is present throughout"


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
