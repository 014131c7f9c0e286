"""What goes out about which action on which day: worked out from actions and their events, never typed.

So a due date that moves takes its reminders along, and what is closed reminds nobody. What
staff changed, skipped or held is a stored `Message`, found again by `Letter.key`.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from actions import services
from actions.models import (
    ASKED,
    DECISIONS,
    ENDED,
    REMINDERS,
    Action,
    ActionEvent,
    Delivery,
    EventKind,
    Message,
    MessageKind,
    MessageRules,
)
from actions.timing import Diary
from meetings.models import Role

# What happened longer ago is not told by itself any more: a machine that starts late, or old records that are
# brought in, write to nobody about what everybody knows.
FRESH = dt.timedelta(days=14)
# A reminder that could not go for so long waits for the next one.
LATE = dt.timedelta(days=6)
# So long a change or a decision can still be taken back before its owner reads of it.
GRACE = dt.timedelta(minutes=10)
# Letters of so long ago are not looked for any more: nothing that is still news can be about them.
REMEMBERED = dt.timedelta(days=90)
CHANGES = frozenset({EventKind.REWORDED, EventKind.REASSIGNED, EventKind.DUE_SET})


@dataclass
class Letter:
    """An e-mail that is to go to a role about an action; `row` is what is stored of it, if anything is."""

    action: Action
    kind: MessageKind
    day: dt.date
    role: Role
    due_on: dt.date | None = None
    event: ActionEvent | None = None
    events: list[ActionEvent] = field(
        default_factory=list
    )  # all that it tells of, the first one being `event`
    row: Message | None = None
    helpers: list[Role] = field(default_factory=list)  # who supports the action

    @property
    def key(self) -> str:
        """What it is called in an address, beside its action."""
        return f"{self.kind}-{self.event.pk}-{self.role.pk}" if self.event else f"{self.kind}-{self.day}"

    @property
    def is_to_owner(self) -> bool:
        return self.role.pk == self.action.owner_id

    @property
    def is_to_helper(self) -> bool:
        return self.kind == MessageKind.JOINED

    @property
    def is_to_former_owner(self) -> bool:
        return not self.is_to_owner and not self.is_to_helper

    @property
    def copies_to(self) -> list[Role]:
        """Who gets a copy: what the owner reads, those who support the action read too."""
        return self.helpers if self.is_to_owner else []

    @property
    def is_skipped(self) -> bool:
        return self.row is not None and self.row.state == Message.State.SKIPPED

    @property
    def held_until(self) -> dt.date | None:
        return self.row.held_until if self.row else None

    @property
    def happened_at(self) -> dt.datetime | None:
        """When the last thing that it tells of happened."""
        return max((event.at for event in self.events), default=None)


@dataclass
class Plan:
    """What goes out until a day, in order, with the rules by which that is so."""

    letters: list[Letter]
    rules: MessageRules
    today: dt.date

    @property
    def due(self) -> list[Letter]:
        """What is to go out by today, whether or not it is held or paused."""
        return [one for one in self.letters if one.day <= self.today and not one.is_skipped]


def plan(actions: QuerySet[Action] | None = None, *, now: dt.datetime | None = None, days: int = 0) -> Plan:
    """What goes out about these actions (all of them: None) today and in the next `days`; skipped ones among it.

    The number of queries does not depend on how many actions there are.
    """
    now = now or timezone.now()
    today = timezone.localdate(now)
    rules = MessageRules.current()
    actions = Action.objects.all() if actions is None else actions
    sent = (
        actions.exclude(sent_at=None)
        .exclude(owner=None)
        .select_related("owner", "meeting__type", "recorded_in__type")
    )
    stored, diary, helpers = _Stored(sent, today), Diary.read(today), _helpers(sent)
    letters = list(_news(sent, now, stored, helpers))
    # Nobody is reminded of what they have not heard of.
    unheard = {one.action.pk for one in letters if one.kind == MessageKind.SENT and not one.is_skipped}
    reminders = _reminders(sent, rules, diary, days, stored)
    letters += (one for one in reminders if one.action.pk not in unheard)
    for letter in letters:
        letter.due_on = diary.due(letter.action).day
        letter.helpers = [] if letter.is_to_former_owner else helpers[letter.action.pk]
    letters.sort(key=lambda one: (one.day, one.action.pk, one.kind, one.role.pk))
    return Plan(letters, rules, today)


def _helpers(sent: QuerySet[Action]) -> dict[int, list[Role]]:
    """Who supports each action, in the order in which they were named."""
    found: dict[int, list[Role]] = defaultdict(list)
    helping = Action.supporting.through.objects.filter(action__in=sent.order_by().values("pk"))
    for one in helping.select_related("role").order_by("pk"):
        found[one.action_id].append(one.role)
    return found


def letter_named(action: Action, key: str, *, now: dt.datetime | None = None, days: int = 0) -> Letter | None:
    """The planned letter of this action that goes by this key, if there is one."""
    found = plan(Action.objects.filter(pk=action.pk), now=now, days=days).letters
    return next((one for one in found if one.key == key), None)


# --- Reminders -----------------------------------------------------------------------------------------


def _reminders(
    sent: QuerySet[Action], rules: MessageRules, diary: Diary, days: int, stored: "_Stored"
) -> Iterator[Letter]:
    """Before the due date, on it, and after it, for as long as the owner is the one who has to act."""
    until = diary.today + dt.timedelta(days=days)
    agreed = services.undecided_outcomes().filter(action=OuterRef("pk"))
    owing = sent.exclude(state__in=ENDED | ASKED).exclude(Exists(agreed))
    for action in owing:
        if (due := diary.due(action).day) is None:
            continue
        for kind, day in _stages(due, rules, stored.heard_on(action), diary.today, until):
            row = stored.reminder(action, kind, day)
            if row is None or row.state != Message.State.GOING:
                yield Letter(action, kind, day, action.owner, row=row)


def _stages(
    due: dt.date, rules: MessageRules, since: dt.date, today: dt.date, until: dt.date
) -> Iterator[tuple[MessageKind, dt.date]]:
    """The reminders until a day: of those whose day has come only the last, if it is not too late for it."""
    past = None
    for kind, day in _every_stage(due, rules, today):
        if day <= since:
            continue
        if day > until:
            break
        if day > today:
            if past:
                yield past
                past = None
            yield kind, day
        else:
            past = (kind, day) if today - day <= LATE else None
    if past:
        yield past


def _every_stage(due: dt.date, rules: MessageRules, today: dt.date) -> Iterator[tuple[MessageKind, dt.date]]:
    """Every reminder from the first one on; where it repeats for ever, those of long ago are left out."""
    if rules.remind_before:
        yield MessageKind.BEFORE, due - dt.timedelta(days=rules.remind_before)
    yield MessageKind.ON_DAY, due
    if every := rules.repeat_after:
        turn = max((today - due).days // every - 1, 1)
        while True:
            yield MessageKind.AFTER, due + dt.timedelta(days=turn * every)
            turn += 1


# --- News ----------------------------------------------------------------------------------------------


def _news(
    sent: QuerySet[Action], now: dt.datetime, stored: "_Stored", helpers: dict[int, list[Role]]
) -> Iterator[Letter]:
    """That an action was sent, was changed after that, was decided on, has a new helper; each once."""
    fresh = now - FRESH
    happened = _by_action(_events(sent, fresh, stored))
    heard = _heard_by_helpers(happened)
    unsent = {
        action.pk: action
        for action in sent.filter(Q(sent_at__gte=fresh) | Q(pk__in=stored.planned_actions))
        if action.pk not in stored.told_sent
    }
    for pk, action in unsent.items():
        yield _sending(action, _untold_changes(happened.get(pk, []), stored), stored)
    for pk, events in happened.items():
        # What changes before the action itself is told, stands in that letter.
        if pk not in unsent or stored.is_skipped(pk):
            changes = list(_changes(events, stored))
            yield from changes
            # Whoever gets a copy of what the owner reads in this moment, reads all of it there.
            if not any(one.is_to_owner for one in changes):
                yield from _joinings(events, helpers[pk], heard, stored)
        yield from _decisions(events, stored)


def _events(sent: QuerySet[Action], fresh: dt.datetime, stored: "_Stored") -> QuerySet[ActionEvent]:
    """What happened lately to actions after they were sent, the oldest first."""
    events = ActionEvent.objects.filter(
        Q(at__gte=fresh) | Q(pk__in=stored.planned_events),
        action__in=sent.order_by().values("pk"),
        kind__in=CHANGES | DECISIONS | {EventKind.HELPERS},
        at__gt=F("action__sent_at"),
    )
    related = ["action__owner", "action__meeting__type", "action__recorded_in__type"]
    events = events.select_related(*related, "from_owner", "to_owner").prefetch_related("joined")
    return events.order_by("action", "pk")


def _by_action(events: Iterable[ActionEvent]) -> dict[int, list[ActionEvent]]:
    found: dict[int, list[ActionEvent]] = defaultdict(list)
    for event in events:
        found[event.action_id].append(event)
    return found


def _sending(action: Action, changes: list[ActionEvent], stored: "_Stored") -> Letter:
    """That it was sent; what changed before the letter goes stands in it."""
    row = stored.sent.get(action.pk)
    # Somebody else owns it meanwhile: what was prepared for the former owner is not theirs.
    row = row if row and row.role_id == action.owner_id else None
    day = timezone.localdate(action.sent_at)
    return Letter(action, MessageKind.SENT, day, action.owner, events=changes, row=row)


def _untold_changes(events: list[ActionEvent], stored: "_Stored") -> list[ActionEvent]:
    return [one for one in events if one.kind in CHANGES and one.pk > stored.told_until[one.action_id]]


def _changes(events: list[ActionEvent], stored: "_Stored") -> Iterator[Letter]:
    """One letter for all that changed and was not told; a former owner reads that it is theirs no more."""
    untold = _untold_changes(events, stored)
    if untold:
        yield _about(untold, MessageKind.CHANGED, untold[0].action.owner, stored)
    heard_of_it = set()
    for event in (one for one in events if one.kind == EventKind.REASSIGNED):
        former = event.from_owner
        if former and former.pk not in {event.action.owner_id, *heard_of_it}:
            letter = _about([event], MessageKind.CHANGED, former, stored)
            if event in untold if letter.row is None else letter.row.state != Message.State.GOING:
                yield letter
        # Whoever owned it for a moment between two letters never knew.
        if event in untold:
            heard_of_it.add(event.to_owner_id)


def _decisions(events: list[ActionEvent], stored: "_Stored") -> Iterator[Letter]:
    """One letter for each decision; what was closed and opened again before anybody was told stays untold."""
    untold: list[Letter] = []
    for event in (one for one in events if one.kind in DECISIONS):
        letter = _about([event], MessageKind.DECIDED, event.action.owner, stored)
        if letter.row and letter.row.state == Message.State.GOING:
            continue
        if event.kind == EventKind.REOPENED and untold and untold[-1].event.to_state in ENDED:
            untold.pop()
        else:
            untold.append(letter)
    yield from untold


def _joinings(
    events: list[ActionEvent], helpers: list[Role], heard: set[tuple[int, int]], stored: "_Stored"
) -> Iterator[Letter]:
    """The action as it stands, for each role that supports it lately and got no copy of any letter since."""
    if not events[0].action.is_open:
        return
    newest = {role.pk: event for event in events for role in event.joined.all()}
    for role in helpers:
        event = newest.get(role.pk)
        if event is None or (event.pk, role.pk) in heard:
            continue
        letter = _about([event], MessageKind.JOINED, role, stored)
        if letter.row is None or letter.row.state != Message.State.GOING:
            yield letter


def _heard_by_helpers(happened: dict[int, list[ActionEvent]]) -> set[tuple[int, int]]:
    """Which helpers got a letter about the action after they joined: that event and the role; one query at most."""
    joined = [event for events in happened.values() for event in events if event.kind == EventKind.HELPERS]
    copies = Delivery.objects.exclude(supports=None).filter(message__action__in=[e.action_id for e in joined])
    last: dict[tuple[int, int], dt.datetime] = {}
    if joined:
        told = copies.order_by("message__going_at", "pk")
        last = {
            (a, r): at for a, r, at in told.values_list("message__action", "supports", "message__going_at")
        }
    return {
        (event.pk, role.pk)
        for event in joined
        for role in event.joined.all()
        if (at := last.get((event.action_id, role.pk))) and at >= event.at
    }


def _about(events: list[ActionEvent], kind: MessageKind, role: Role, stored: "_Stored") -> Letter:
    first = events[0]
    row = stored.events.get((first.pk, role.pk))
    return Letter(first.action, kind, timezone.localdate(first.at), role, event=first, events=events, row=row)


# --- What is stored --------------------------------------------------------------------------------------


class _Stored:
    """What is known of letters about these actions that went out lately, or wait; in one query."""

    def __init__(self, sent: QuerySet[Action], today: dt.date):
        self.reminders: dict[tuple, Message] = {}
        self.sent: dict[int, Message] = {}
        self.events: dict[tuple[int, int], Message] = {}
        self.told_sent: set[int] = set()
        self.told_until: dict[int, int] = defaultdict(int)
        self.planned_actions: set[int] = set()
        self.planned_events: set[int] = set()
        lately = Q(day__gte=today - REMEMBERED) | Q(state=Message.State.PLANNED)
        rows = Message.objects.filter(lately, action__in=sent.order_by().values("pk"))
        for row in rows.defer("facts").order_by("pk"):
            if row.kind in REMINDERS:
                self.reminders[row.action_id, row.kind, row.day, row.role_id] = row
            else:
                self._note_news(row)

    def _note_news(self, row: Message) -> None:
        if row.event_id:
            self.events[row.event_id, row.role_id] = row
        elif row.kind == MessageKind.SENT:
            self.sent[row.action_id] = row
        if row.state == Message.State.PLANNED:
            waiting = self.planned_events if row.event_id else self.planned_actions
            waiting.add(row.event_id or row.action_id)
        elif row.kind == MessageKind.SENT and row.state == Message.State.GOING:
            self.told_sent.add(row.action_id)
        if row.told_until and row.state != Message.State.PLANNED:
            self.told_until[row.action_id] = max(self.told_until[row.action_id], row.told_until)

    def heard_on(self, action: Action) -> dt.date:
        """The day on which its owner last heard of it or of its due date: no reminder counts from before."""
        row = self.sent.get(action.pk)
        told_at = row.going_at if row and row.going_at else action.sent_at
        return max(timezone.localdate(told_at), action.due_agreed_on or dt.date.min)

    def is_skipped(self, action_pk: int) -> bool:
        """Whether the letter that an action was sent will not go."""
        row = self.sent.get(action_pk)
        return row is not None and row.state == Message.State.SKIPPED

    def reminder(self, action: Action, kind: MessageKind, day: dt.date) -> Message | None:
        return self.reminders.get((action.pk, kind, day, action.owner_id))
