"""What was typed in the one box becomes the record: exchanges, actions, outcomes, flags, in one transaction.

`read` tells what the lines say and what has to be asked first; `keep` stores it, once
however often it is sent.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from uuid import UUID, uuid5

from django.db import transaction

from accounts.models import User
from actions import services as actions
from actions.models import Action, CarriedAction, Outcome
from desk import spoken as reading
from desk.forms import EntryForm
from meetings import services
from meetings.models import AgendaItem, Attendance, Contribution, Exchange, PreparedQuestion, Role
from meetings.outline import Entry, Outline
from meetings.reading.cast import Cast, Voice
from meetings.reading.directions import SPOKEN_OF, WHO_OWNS, ActionLine, Agreed, OutcomeLine
from meetings.reading.lines import (
    ExchangeLine,
    FlagLine,
    Line,
    NoneLine,
    QuestionLine,
    Room,
    UnclearLine,
    Words,
    question_of,
    read_lines,
)
from meetings.reading.promises import Due
from meetings.reading.shortforms import Expansion
from meetings.reading.verbs import ASKING, reporting_verb
from meetings.services import Spoken
from meetings.services.shortforms import short_forms_of
from publications.notes import ContributionKind
from web.dates import day
from web.models import OneTimeOperation
from web.operations import OperationReused, digest_of, once

LONGEST_NOTE = 500  # as much as `Contribution.to_check` holds
LONGEST_ACTION = 5000
SHOWN_FIRST = 3  # more exchanges than these are looked over before they are kept


@dataclass(frozen=True)
class Setting:
    """Where something is typed: the item, who is here, what is above the box, and what lines may name."""

    item: AgendaItem
    outline: Outline
    before: Entry | None
    questions: list[PreparedQuestion]
    roles: dict[str, Role]
    carried: dict[str, Action]
    room: Room
    is_rough: bool = False  # what people say is written up later

    @property
    def people(self) -> dict[str, Attendance]:
        return {reading.key_of(one): one for one in self.outline.attendances}

    @property
    def choices(self) -> dict[str, str]:
        """What a voice or a post is called where one is chosen."""
        called = {key: str(one) for key, one in self.people.items()}
        return called | {key: str(role) for key, role in self.roles.items()}


@dataclass(frozen=True)
class Kept:
    """What was stored: the ids of entries and actions, and what else was done, in words."""

    entries: list[int] = field(default_factory=list)
    actions: list[int] = field(default_factory=list)
    outcomes: list[int] = field(default_factory=list)  # the earlier actions of which something was agreed
    done: list[str] = field(default_factory=list)


def setting_of(
    item: AgendaItem,
    outline: Outline,
    before: Entry | None,
    user: User,
    given: Mapping[str, str],
    *,
    is_rough: bool = False,
) -> Setting:
    """Gather what reading needs; `given` are the answers to what was asked about, by line."""
    attendances = outline.attendances
    here = {one.role_id for one in attendances}
    roles = {f"role-{role.pk}": role for role in Role.objects.all() if role.pk not in here}
    carried = {str(action.pk): action for action in actions.carried_into(item.meeting)}
    printed = {reading.key_of(one): one.printed for one in attendances}
    agreed = Agreed(
        item.meeting.date,
        printed,
        tuple(_post(key, role) for key, role in roles.items()),
        {action.label.casefold(): key for key, action in carried.items()},
    )
    cast = Cast.of(reading.voice_of(one) for one in attendances)
    room = Room(cast, printed, agreed, short_forms_of(user), given)
    questions = list(item.prepared_questions.all())
    return Setting(item, outline, before, questions, roles, carried, room, is_rough)


def read(text: str, setting: Setting) -> list[Line]:
    """What the lines say here; what cannot be kept is an `UnclearLine` that says why."""
    lines = read_lines(text, setting.room, reading.open_question(setting.before))
    return [_checked(line, lines, setting) for line in lines]


def unclear(lines: Iterable[Line]) -> list[UnclearLine]:
    return [line for line in lines if isinstance(line, UnclearLine)]


def wants_a_look(lines: Iterable[Line]) -> bool:
    """Whether this is a page of notes rather than what somebody just typed."""
    return sum(isinstance(line, ExchangeLine) for line in lines) > SHOWN_FIRST


@dataclass(frozen=True)
class Seen:
    """One line as it was read, to be looked over: what it becomes, and its contributions or words."""

    becomes: str
    said: list[Spoken]
    text: str = ""


def preview(lines: Iterable[Line], setting: Setting) -> list[Seen]:
    """What would be kept, in order."""
    return [_seen(line, setting) for line in lines]


def _seen(line: Line, setting: Setting) -> Seen:
    match line:
        case ExchangeLine():
            return Seen("Entry", [spoken(one, setting) for one in line.contributions])
        case ActionLine():
            due = line.due
            when = "no due date"
            if due:
                when = "due at the next meeting" if due.next_meeting else f"due {day(due.date)}"
            return Seen(f"Action for {setting.choices[line.owner]}, {when}", [], line.text)
        case OutcomeLine():
            name = setting.carried[line.reference].name
            what = Outcome(line.outcome).label.lower() if line.outcome else "what follows is about it"
            return Seen(f"{name}: {what}", [], line.text)
        case FlagLine():
            return Seen("To check above", [], line.note)
    return Seen("None", [])


def spoken(one: Words | QuestionLine, setting: Setting) -> Spoken:
    """A contribution as it will be stored."""
    if isinstance(one, QuestionLine):
        return replace(prepared(setting, one.number), to_check=one.to_check)
    said = reading.spoken_of(one.said, setting.people)
    said = replace(said, to_check=one.to_check, short_forms=_as_typed(one.expansions))
    return said.as_rough() if setting.is_rough else said


def kept_already(text: str, setting: Setting, *, by: User, op_id: UUID) -> Kept | None:
    """What this operation made when it was first sent; raises `OperationReused` when that was something else."""
    earlier = OneTimeOperation.objects.filter(op_id=op_id).first()
    if earlier is None:
        return None
    if earlier.digest != _digest(text, setting, by):
        raise OperationReused("This was sent before with other words.")
    return Kept(**earlier.answer)


def _digest(text: str, setting: Setting, by: User) -> str:
    how = {"rough": True} if setting.is_rough else {}
    return digest_of(
        what="typed", item=setting.item.pk, text=text, given=dict(setting.room.answers), by=by.pk, **how
    )


def once_typed(form: EntryForm, store: Callable[[UUID], int], *, by: User, **where: int) -> int:
    """Store what the form with speaker and kind was read as, once, and return what `store` returns.

    A retry is known by what was typed: by then more may have been said, and it would be read differently.
    """
    op_id = form.cleaned_data["op_id"]
    digest = digest_of(by=by.pk, **where, **form.asked)
    return once(op_id, digest, lambda: store(uuid5(op_id, "entry")))


@transaction.atomic
def keep(text: str, lines: list[Line], setting: Setting, *, by: User, op_id: UUID) -> Kept:
    """Store all of it or nothing. The same `op_id` again returns what the first time made."""

    def store() -> dict:
        keeper = _Keeper(setting, by, op_id)
        for line in lines:
            keeper.take(line)
        return vars(keeper.kept)

    return Kept(**once(op_id, _digest(text, setting, by), store))


class _Keeper:
    """Stores line after line; an action or outcome belongs to the entry before it."""

    def __init__(self, setting: Setting, by: User, op_id: UUID):
        self.setting, self.by, self.op_id = setting, by, op_id
        self.kept = Kept()
        self.last: Exchange | None = setting.before.exchange if setting.before else None
        self.above: Exchange | None = None  # of this box, for the outcome that follows it
        self.about: Action | None = None  # the earlier action that is spoken of
        self.step = 0

    def take(self, line: Line) -> None:
        self.step += 1
        match line:
            case ExchangeLine():
                self._take_exchange(line)
            case ActionLine():
                self._take_action(line)
            case OutcomeLine():
                self._take_outcome(line)
            case FlagLine():
                self._flag_above(line.note)
            case NoneLine():
                self._take_none()

    @property
    def _operation(self) -> UUID:
        """An id of its own for each step, which follows from the whole operation's."""
        return uuid5(self.op_id, f"step {self.step}")

    def _take_exchange(self, line: ExchangeLine) -> None:
        said = [spoken(one, self.setting) for one in line.contributions]
        if self.last and line.joins:
            services.add_contributions(self.last, said, by=self.by, op_id=self._operation)
        else:
            self.last = services.add_exchange(self.setting.item, said, by=self.by, op_id=self._operation)
        self.above = self.last
        self._note_entry(self.last)
        if self.about:
            self._tell(self.about, "", [self.last])
        for one in line.contributions:
            if isinstance(one, QuestionLine):
                self._tick(one)

    def _note_entry(self, exchange: Exchange) -> None:
        if exchange.pk not in self.kept.entries:
            self.kept.entries.append(exchange.pk)

    def _tick(self, line: QuestionLine) -> None:
        question = self.setting.questions[line.number - 1]
        services.change_question(question, asked=True, by=self.by)

    def _take_action(self, line: ActionLine) -> None:
        due = line.due
        action = actions.add_action(
            meeting=self.setting.item.meeting,
            item=self.setting.item,
            after=self.last,
            text=line.text,
            owner=owner_of(line.owner, self.setting),
            due_on=due.date if due else None,
            due_next=bool(due and due.next_meeting),
            short_forms=_as_typed(line.short_forms),
            by=self.by,
            op_id=self._operation,
        )
        self.kept.actions.append(action.pk)

    def _take_outcome(self, line: OutcomeLine) -> None:
        """What was agreed, and the entries that tell of it: the one above it in the box, and what was reported."""
        action = self.setting.carried[line.reference]
        if line.outcome == SPOKEN_OF:
            self.about = action
            return
        tells = [self.above] if self.above else []
        if said := reported(line, action, self.setting):
            self.last = services.add_exchange(self.setting.item, said, by=self.by, op_id=self._operation)
            tells.append(self.last)
            self._note_entry(self.last)
        self._tell(action, line.outcome, tells, line.due if line.outcome == Outcome.NEW_DATE else None)
        self.kept.outcomes.append(action.pk)
        self.kept.done.append(f"{action.name}: {Outcome(line.outcome).label.lower()}")
        self.above = self.about = None

    def _tell(self, action: Action, outcome: str, exchanges: list[Exchange], due: Due | None = None) -> None:
        """Add to what this meeting did with an action; what was recorded before stays, unless it is replaced."""
        meeting = self.setting.item.meeting
        told = CarriedAction.objects.filter(action=action, meeting=meeting).first()
        known = list(told.exchanges.all()) if told else []
        outcome = outcome or (told.outcome if told else "")
        actions.record_outcome(
            action,
            meeting,
            outcome,
            exchanges={*known, *exchanges},
            due_on=due.date if due else None,
            due_next=bool(due and due.next_meeting),
            by=self.by,
        )

    def _flag_above(self, note: str) -> None:
        above: Contribution = self.setting.before.contributions[-1]
        services.save_contribution(
            above,
            replace(Spoken.of(above), to_check=note),
            base_version=above.version,
            op_id=self._operation,
            by=self.by,
        )
        self._note_entry(above.exchange)
        self.kept.done.append(f"Entry {self.setting.before.number} is marked to check")

    def _take_none(self) -> None:
        services.record_none(self.setting.item, True, self.by)
        self.kept.done.append("Minuted as None")


def prepared(setting: Setting, number: int) -> Spoken:
    """A prepared question as it was asked: by whoever chairs for the office."""
    text = setting.questions[number - 1].text
    office = [one for one in setting.outline.attendances if one.body == "office"]
    asks = next((one for one in office if one.chair), next(iter(office), None))
    verb = reporting_verb(text)
    asked = text if verb in ASKING else f"asked: {text}"
    return Spoken(
        str(ContributionKind.QUESTION), " ".join(asked.split()), asks, lead=asks.printed if asks else ""
    )


def owner_of(key: str, setting: Setting) -> Role | None:
    """The post that owes an action: that of whoever is here, or one of the office's list."""
    if person := setting.people.get(key):
        return person.role
    return setting.roles.get(key)


def reported(line: OutcomeLine, action: Action, setting: Setting) -> list[Spoken]:
    """What the record says of an earlier action: the report, and a date that was agreed."""
    told = []
    if line.text:
        is_told = reporting_verb(line.text) is not None
        owner = next((one for one in setting.outline.attendances if one.role_id == action.owner_id), None)
        typed = reading.Typed(line.text, owner if is_told else None)
        told = _with_short_forms(reading.read(typed, setting.outline.attendances, None), line)
        if setting.is_rough:
            told = [one.as_rough() for one in told]
    if line.outcome == Outcome.NEW_DATE and line.due:
        when = f"on {day(line.due.date)}" if line.due.date else "at the next meeting"
        told.append(Spoken(str(ContributionKind.DECISION), f"It is now due {when}."))
    return told


def _with_short_forms(told: list[Spoken], line: OutcomeLine) -> list[Spoken]:
    """What was read from a report, with the short forms that were written out in each part of it."""
    found, end = [], 0
    for one in told:
        begin = line.text.find(one.text, end)
        if begin < 0:
            found.append(one)
            continue
        end = begin + len(one.text)
        own = [replace(form, at=form.at - begin) for form in line.short_forms if begin <= form.at < end]
        found.append(replace(one, short_forms=_as_typed(own)))
    return found


def _as_typed(expansions: Iterable[Expansion]) -> tuple[tuple[str, str, int], ...]:
    """Short forms as the history keeps them."""
    return tuple((one.short, one.full, one.at) for one in expansions)


def _post(key: str, role: Role) -> Voice:
    return Voice(key, role=role.title, abbreviation=role.abbreviation, body=role.body)


def _checked(line: Line, lines: list[Line], setting: Setting) -> Line:
    """The line, or what stands against keeping it."""
    if problem := _problem(line, lines, setting):
        text, asks, candidates = problem
        return UnclearLine(text, asks, candidates, question=question_of(text))
    return line


def _problem(line: Line, lines: list[Line], setting: Setting) -> tuple[str, str, tuple] | None:
    match line:
        case ActionLine() if owner_of(line.owner, setting) is None:
            return line.text, WHO_OWNS, tuple(setting.roles)
        case ActionLine() if len(line.text) > LONGEST_ACTION:
            return line.text[:100], "Action must be 5,000 characters or less", ()
        case FlagLine() if setting.before is None:
            return f"? {line.note}", "There is nothing above that could be checked", ()
        case FlagLine() if len(line.note) > LONGEST_NOTE:
            return line.note[:100], "What is to be checked must be 500 characters or less", ()
        case NoneLine() if len(lines) > 1:
            return "none", "Write none on its own, or leave it out", ()
        case NoneLine() if setting.before:
            return "none", f"“{setting.item.title}” has a record, so it cannot be minuted as None", ()
        case OutcomeLine(outcome="") if line is lines[-1]:
            name = setting.carried[line.reference].label
            return f"{name}:", f"Type below {name} what was said about it", ()
        case ExchangeLine():
            return _problem_in_exchange(line, setting)
    return None


def _problem_in_exchange(line: ExchangeLine, setting: Setting) -> tuple[str, str, tuple] | None:
    for one in line.contributions:
        if isinstance(one, QuestionLine) and one.number > len(setting.questions):
            count = len(setting.questions)
            are = "1 prepared question" if count == 1 else f"{count or 'no'} prepared questions"
            return f"q{one.number}", f"This item has {are}", ()
        if len(one.to_check) > LONGEST_NOTE:
            return one.to_check[:100], "What is to be checked must be 500 characters or less", ()
    return None
