"""Which actions somebody asks for: read from an address, kept nowhere, the same for page and exports.

The address says everything, so it can be sent to a colleague; what each of them is shown is still
decided by what they may see.
"""

from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from django.db.models import F, Q, QuerySet, Value
from django.http import QueryDict

from accounts.models import User
from actions.log import SORTS, Log, Row, lately, read_log
from actions.models import ENDED, Action, State
from actions.timing import Diary, Timing
from meetings.models import AgendaItem, MeetingType, Priority, Role, Theme
from web import forms

WAITS, EVER_ENDED, EVERY = "waits", "ended", "all"
STATUSES = [
    ("", "Open, and closed lately"),
    (WAITS, "Waiting for decision"),
    (State.OPEN, "Open"),
    (State.RETURNED, "Returned"),
    (State.RETAINED, "Watching brief"),
    (EVER_ENDED, "Closed, at any time"),
    (EVERY, "Open and closed, at any time"),
]


class FilterForm(forms.Form):
    """Which actions the log shows."""

    method = "get"
    submit = None
    form_tag = False
    mark_optional = False
    q = forms.Line("Words or reference", required=False, max_length=200)
    owner = forms.ChoiceField(required=False)
    theme = forms.ChoiceField(required=False)
    priority = forms.ChoiceField(required=False)
    type = forms.ChoiceField(label="Meeting type", required=False)
    timing = forms.ChoiceField(choices=[("", "Any"), *Timing.choices], required=False)
    status = forms.ChoiceField(choices=STATUSES, required=False)

    def __init__(self, data, *, user: User):
        super().__init__(data)
        known = what_can_be_chosen(user)
        for name, nothing in [
            ("owner", "Everybody"),
            ("theme", "All themes"),
            ("priority", "All priorities"),
            ("type", "All types"),
        ]:
            self.fields[name].choices = [("", nothing), *known.get(name, [])]
        for name in {"theme", "priority", "type"} if not user.is_office else []:
            del self.fields[name]
        for field in self.fields.values():
            field.error_messages["invalid_choice"] = (
                "Select one of these. What the address asks for is not here"
            )


def what_can_be_chosen(user: User) -> dict[str, list[tuple[str, str]]]:
    """Every owner, theme, priority and meeting type as choices, in one query."""
    found = _named(
        "owner", Role.objects.all() if user.is_office else Role.objects.filter(body=user.body), "title"
    )
    if user.is_office:
        found = found.union(
            _named("theme", Theme.objects.all(), "name"),
            _named("priority", Priority.objects.all(), "title"),
            _named("type", MeetingType.objects.all(), "name"),
        )
    choices: dict[str, list[tuple[str, str]]] = {}
    for question, pk, words in sorted(found, key=lambda one: (one[2].casefold(), one[1])):
        choices.setdefault(question, []).append((str(pk), words))
    return choices


def _named(question: str, rows: QuerySet, name: str) -> QuerySet:
    return rows.order_by().values_list(Value(question), F("pk"), F(name))


@dataclass(frozen=True)
class Chosen:
    """One filter that is set, in words, and the address at which it is not."""

    label: str
    words: str
    without: str


@dataclass(frozen=True)
class Asked:
    """What an address asks of the log, for one person."""

    user: User
    form: FilterForm
    sort: str

    @classmethod
    def read(cls, query: QueryDict, user: User) -> "Asked":
        """What is not among the choices is said in the form, and passed over."""
        form = FilterForm(query, user=user)
        form.is_valid()
        sort = query.get("sort", "")
        return cls(user, form, sort if sort in SORTS else "due")

    @property
    def answers(self) -> dict[str, str]:
        """The answers that were given and can be used."""
        return {name: value for name, value in self.form.cleaned_data.items() if value}

    @cached_property
    def parameters(self) -> dict[str, str]:
        """The address of this list, in its shortest form."""
        return self.answers | ({"sort": self.sort} if self.sort != "due" else {})

    def without(self, *names: str, **instead: str) -> str:
        """The query of this list without some of its answers, or with others."""
        left = {name: value for name, value in self.parameters.items() if name not in names} | instead
        return f"?{urlencode(left)}" if left else "?"

    @property
    def query(self) -> str:
        return urlencode(self.parameters)

    @property
    def chosen(self) -> list[Chosen]:
        """Each filter that is set."""
        return [
            Chosen(self.form.fields[name].label, self._in_words(name, value), self.without(name))
            for name, value in self.answers.items()
        ]

    def _in_words(self, name: str, value: str) -> str:
        return str(dict(getattr(self.form.fields[name], "choices", [])).get(value, value))

    @property
    def in_words(self) -> str:
        """The filters in a line, for what leaves the screen: Owner: Chief Constable; Timing: Overdue."""
        return "; ".join(f"{one.label}: {one.words}" for one in self.chosen)

    @property
    def reaches_back(self) -> bool:
        """Whether actions count that ended long ago."""
        return self.answers.get("status") in {EVER_ENDED, EVERY}

    def log(self, diary: Diary | None = None) -> Log:
        """The actions that this person may see and asks for, in order."""
        diary = diary or Diary.read()
        return read_log(
            fitting(Action.objects.visible_to(self.user), self.answers),
            diary,
            is_office=self.user.is_office,
            since=None if self.reaches_back else lately(diary),
            fits=self.fits,
            sort=self.sort,
        )

    def fits(self, row: Row) -> bool:
        """Whether a row fits in what is worked out and not stored."""
        timing = self.answers.get("timing")
        return (not timing or row.due.timing == timing) and (self.answers.get("status") != WAITS or row.waits)


def fitting(actions: QuerySet[Action], answers: dict[str, str]) -> QuerySet[Action]:
    """The actions that fit in what is stored."""
    if (status := answers.get("status")) and status not in {WAITS, EVERY}:
        actions = actions.filter(state__in=ENDED if status == EVER_ENDED else [status])
    if owner := answers.get("owner"):
        helped = Action.supporting.through.objects.filter(role=owner).values("action")
        actions = actions.filter(Q(owner=owner) | Q(pk__in=helped))
    if theme := answers.get("theme"):
        actions = actions.filter(item__in=items_about(Q(themes=theme)))
    if priority := answers.get("priority"):
        actions = actions.filter(item__in=items_about(Q(themes__priorities=priority)))
    if type_id := answers.get("type"):
        actions = actions.filter(Q(meeting__type=type_id) | Q(meeting=None, recorded_in__type=type_id))
    if words := answers.get("q"):
        actions = actions.filter(Q(text__icontains=words) | Q(reference__icontains=words))
    return actions


def items_about(subject: Q) -> QuerySet[AgendaItem]:
    """The items about something, and those under them."""
    about = AgendaItem.objects.filter(subject).values("pk")
    return AgendaItem.objects.filter(Q(pk__in=about) | Q(parent__in=about)).values("pk")
