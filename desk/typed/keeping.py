"""Typed lines are stored, all of them or nothing, once however often they are sent."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from uuid import UUID, uuid5

from django.db import transaction

from accounts.models import User
from actions import services as actions
from actions.models import Action, CarriedAction, Outcome
from desk.forms import EntryForm
from desk.typed.said import as_typed, reported, spoken
from desk.typed.setting import Setting, owner_of
from meetings import services
from meetings.models import Contribution, Exchange
from meetings.numbering import numbers_of
from meetings.reading.directions import SPOKEN_OF, ActionLine, OutcomeLine
from meetings.reading.lines import ExchangeLine, FlagLine, Line, NoneLine, QuestionLine
from meetings.reading.promises import Due
from meetings.services import Spoken
from web.models import OneTimeOperation
from web.operations import OperationReused, digest_of, once


@dataclass(frozen=True)
class Kept:
    """What was stored: the ids of entries and actions, and what else was done, in words."""

    entries: list[int] = field(default_factory=list)
    actions: list[int] = field(default_factory=list)
    outcomes: list[int] = field(default_factory=list)  # the earlier actions of which something was agreed
    done: list[str] = field(default_factory=list)


def kept_already(text: str, setting: Setting, *, by: User, op_id: UUID) -> Kept | None:
    """What this operation made when it was first sent; raises `OperationReused` when that was something else."""
    earlier = OneTimeOperation.objects.filter(op_id=op_id).first()
    if earlier is None:
        return None
    if earlier.digest != _digest(text, setting, by):
        raise OperationReused("This was sent before with other words.")
    return Kept(**earlier.answer)


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


def _digest(text: str, setting: Setting, by: User) -> str:
    how = {"rough": True} if setting.is_rough else {}
    return digest_of(
        what="typed", item=setting.item.pk, text=text, given=dict(setting.room.answers), by=by.pk, **how
    )


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
        # The whole box is done once; what it is made of needs no id of its own for that.
        if self.last and line.joins:
            services.add_contributions(self.last, said, by=self.by)
        else:
            self.last = services.add_exchange(self.setting.item, said, by=self.by)
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
            short_forms=as_typed(line.short_forms),
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
            self.last = services.add_exchange(self.setting.item, said, by=self.by)
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
        number = numbers_of(self.setting.item.meeting).exchanges.get(above.exchange_id, "")
        self.kept.done.append(f"Entry {number} is marked to check")

    def _take_none(self) -> None:
        services.record_none(self.setting.item, True, self.by)
        self.kept.done.append("Minuted as None")
