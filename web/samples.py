"""What the components page shows: made-up forms and lists, with and without errors."""

import datetime as dt

from django.core.paginator import Paginator

from web import forms

OWNERS = [("CC", "CC – Chief Constable"), ("ACC", "ACC – Assistant Chief Constable")]
DUE = [
    ("next", "At the next meeting, Wednesday 28 October 2020"),
    ("weeks", "In 4 weeks, Thursday 22 October 2020"),
    ("date", "On another date"),
    ("none", "No date was agreed"),
]
THEMES = [("mental-health", "Mental health"), ("custody", "Custody"), ("roads", "Roads policing")]


class SampleForm(forms.Form):
    """One of every question."""

    submit = "Save action"
    reveals = {"due_kind": {"date": ["due_on"]}}

    text = forms.Text(
        "Action",
        max_length=400,
        rows=3,
        missing="Enter the action",
        help_text="What will be done, as it will be read: “provide an update on response times”",
    )
    owner = forms.ChoiceField(
        label="Who owns this action?",
        choices=[("", "Select from the list"), *OWNERS],
    )
    due_kind = forms.ChoiceField(
        label="When is it due?",
        choices=DUE,
        widget=forms.RadioSelect,
        error_messages={"required": "Select when it is due"},
    )
    due_on = forms.DateField("Due date", help_text="For example, 28 10 2020")
    themes = forms.MultipleChoiceField(
        label="Themes. Select all that apply",
        choices=THEMES,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    start = forms.TimeField("Start time", help_text="For example, 10am or 2:30pm")
    reference = forms.Line("Reference in the source", required=False)
    told = forms.EmailListField("Who is told", help_text="One e-mail address on each line")
    paper = forms.FileField(label="Paper", required=False, help_text="A PDF or Word file")
    published = forms.BooleanField(
        label="Publish with the notes", required=False, help_text="The public can read it from then on"
    )


MISTAKEN = {
    "filled-due_kind": "date",
    "filled-due_on_day": "31",
    "filled-due_on_month": "Sept",
    "filled-due_on_year": "2020",
    "filled-start": "2:30",
    "filled-told": "liaison@force.example\nnobody",
    "filled-themes": ["custody"],
}


def components_context() -> dict:
    """Everything that the page's template draws."""
    return {
        "form": SampleForm(initial={"due_kind": "next", "start": dt.time(10)}),
        "mistaken": SampleForm(MISTAKEN, {}, prefix="filled"),
        "page": Paginator(range(240), 20).page(4),
        "today": dt.date(2020, 9, 24),
        "instant": dt.datetime(2020, 9, 24, 9, 32),
        "time": dt.time(17, 30),
    }
