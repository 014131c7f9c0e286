"""Any order of events, by anybody: what must hold, holds. One office is lived through at random.

`make test` lives through a few; `bin/prove actions` through as many as one likes.
"""

import datetime as dt
from collections import defaultdict
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from hypothesis import HealthCheck, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from accounts.models import Body, DutyKind
from actions import services
from actions.log import read_log
from actions.models import (
    ASKED,
    DECISIONS,
    ENDED,
    EVENTS,
    REPORTS,
    SPOKEN,
    Action,
    CarriedAction,
    EventKind,
    Outcome,
    ReferencePattern,
    State,
)
from actions.services.spoken import CARRIES_OUT
from actions.timing import Diary
from meetings.models import Meeting
from meetings.services import cancel
from meetings.texts import TextRemoved
from publications.addresses import action_slug
from tests.actions.conftest import a_meeting, make_office, promise
from tests.conftest import person
from tests.durability.rounds import SEED, rounds, tell

NOON = dt.time(12, tzinfo=dt.UTC)
FIRST = dt.date(2026, 1, 5)
EVERYBODY = ["officer", "approver", "liaison", "administrator", "stranger"]
REPORTED_OR_DECIDED = sorted(REPORTS | DECISIONS)
MEETINGS = ["monthly", "thematic", "public"]
PATTERNS = ["{year}/{number}", "{number}-{year}", "{initials}{number}", "{meeting}-{number}"]


class AnOffice(RuleBasedStateMachine):
    """Days pass; meetings are held, actions arise and are sent, people do what they may, and try what they may not.

    Beside the database it keeps the story in plain lists, and compares.
    """

    def __init__(self):
        super().__init__()
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        self.office = make_office()
        self.people = {
            "officer": person("o@office.example", "Olive Farrow", DutyKind.POLICY_OFFICER),
            "approver": person("a@office.example", "Adam Prentice", DutyKind.APPROVER),
            "liaison": person("l@force.example", "Leila Marsh", DutyKind.LIAISON, body=Body.FORCE),
            "administrator": person("d@office.example", "Agnes Dole", DutyKind.ADMINISTRATOR),
            "stranger": person("s@office.example", "Sam Nobody"),
        }
        self.today = FIRST
        self.meetings, self.actions = [], []
        self.references = {}
        self.removed, self.cancelled = set(), set()
        self.spoken = {}  # by meeting and action: the outcome that was recorded last
        self.settled = set()  # meeting and action of which what was spoken is confirmed or dropped
        self.settling = defaultdict(list)  # by action: from which day on it was ended, or open again
        self.decided = defaultdict(list)  # by action: the days of its decisions
        self.frozen = {}  # by meeting: the carried set, once it is stored
        self.changes = defaultdict(int)  # by action: how many changes were made since its reference

    def teardown(self):
        transaction.set_rollback(True)
        self.transaction.__exit__(None, None, None)

    @property
    def now(self):
        return dt.datetime.combine(self.today, NOON)

    def any_of(self, data, things):
        return data.draw(st.sampled_from(things))

    # --- What happens ------------------------------------------------------------------------------

    @initialize(kind=st.sampled_from(MEETINGS))
    def begin(self, kind):
        """An office at work: what was promised and sent at one meeting comes back to the next."""
        self.hold_a_meeting(kind)
        for owner in (self.office.cc, self.office.acc, self.office.pcc):
            self.actions.append(promise(self.meetings[0], owner, by=self.people["officer"], at=self.now))
        for action in services.send_actions(self.meetings[0], self.people["officer"], self.now):
            self.changes[action.pk] += 1
        self.wait(20)
        self.hold_a_meeting(kind)

    @rule(days=st.integers(1, 40))
    def wait(self, days):
        self.today += dt.timedelta(days=days)

    @rule(kind=st.sampled_from(MEETINGS))
    def hold_a_meeting(self, kind):
        self.meetings.append(a_meeting(getattr(self.office, kind), self.today))

    @rule(data=st.data())
    def call_a_meeting_off(self, data):
        meeting = self.any_of(data, self.meetings)
        cancel(Meeting.objects.get(pk=meeting.pk), None)
        meeting.refresh_from_db()
        self.cancelled.add(meeting.pk)

    @rule(data=st.data(), owner=st.sampled_from(["cc", "acc", "pcc", None]))
    def promise(self, data, owner):
        meeting = self.any_of(data, self.meetings)
        owner = owner and getattr(self.office, owner)
        self.actions.append(promise(meeting, owner, by=self.people["officer"], at=self.now))

    @rule(who=st.sampled_from(EVERYBODY[1:]))
    def try_to_promise(self, who):
        with pytest.raises(PermissionDenied):
            promise(self.meetings[0], self.office.cc, by=self.people[who], at=self.now)

    @rule(data=st.data())
    def bring_in(self, data):
        meeting = self.any_of(data, self.meetings)
        action = services.add_earlier_action(
            recorded_in=meeting,
            item=meeting.items.last(),
            text="an old promise",
            owner=self.office.cc,
            origin_text="June 2025 meeting",
            by=self.people["officer"],
            op_id=uuid4(),
            at=self.now,
        )
        self.actions.append(action)
        if meeting.pk in self.frozen:
            self.frozen[meeting.pk].add(action.pk)

    @rule(data=st.data(), who=st.sampled_from([*EVERYBODY, "officer", "officer"]))
    def send(self, data, who):
        """One press: everything of a meeting that has an owner, and was not sent."""
        meeting = self.any_of(data, self.meetings)
        waiting = services.to_send(meeting)
        try:
            sent = services.send_actions(meeting, self.people[who], self.now)
        except PermissionDenied:
            assert who != "officer"
        except services.NotPossible:
            assert meeting.pk in self.cancelled
        else:
            assert who == "officer"
            assert [one.pk for one in sent] == [one.action.pk for one in waiting if one.action.owner_id]
            for action in sent:
                self.changes[action.pk] += 1

    @rule(data=st.data())
    def store_numbers(self, data):
        meeting = self.any_of(data, self.meetings)
        # What a meeting spoke of is in its set, also when it is removed just now and comes back later.
        told = {action for where, action in self.spoken if where == meeting.pk}
        self.frozen.setdefault(meeting.pk, self.carried_by_the_story(meeting) | told)
        services.give_references(meeting, self.now)

    @rule(pattern=st.sampled_from(PATTERNS))
    def write_references_another_way(self, pattern):
        newest = ReferencePattern.current()
        services.change_pattern(pattern, seen=newest.pk, by=self.people["administrator"], at=self.now)

    # --- What people do to actions -----------------------------------------------------------------

    @rule(data=st.data())
    def do(self, data):
        """People report and decide; half of the time they are those whose matter it is."""
        for action in data.draw(st.lists(st.sampled_from(self.actions), min_size=1, max_size=4)):
            kind = self.any_of(data, REPORTED_OR_DECIDED)
            may = ["approver"] if kind in DECISIONS else ["officer", "liaison"]
            who = data.draw(st.sampled_from(may) | st.sampled_from(EVERYBODY))
            other = self.any_of(data, self.actions)
            if action.pk not in self.removed:
                self.attempt(action, kind, who, other, is_theirs=who in may)

    @rule(data=st.data(), who=st.sampled_from(["approver", "approver", "officer", "liaison"]))
    def merge(self, data, who):
        action, other = (self.any_of(data, self.actions) for _ in range(2))
        if action.pk not in self.removed:
            self.attempt(action, EventKind.SUPERSEDED, who, other, is_theirs=who == "approver")

    def attempt(self, action, kind, who, other, *, is_theirs):
        before, now = (Action.objects.get(pk=action.pk) for _ in range(2))
        by = self.people[who]
        try:
            event = self.carry_out(now, kind, by, Action.with_removed.get(pk=other.pk))
        except PermissionDenied:
            assert not is_theirs or (who == "liaison" and not self.concerns_the_force(before))
        except services.NotPossible:
            assert self.has_a_reason_to_refuse(before, kind, other)
        else:
            assert is_theirs
            assert before.state in EVENTS[kind][0]
            assert (event.by, event.at, event.from_state) == (by, self.now, before.state)
            self.note(action, event)

    def carry_out(self, action, kind, by, other):
        due_on = self.today + dt.timedelta(days=30)
        if kind == EventKind.UPDATE:
            return services.record_update(action, "News", by=by, at=self.now)
        if kind == EventKind.PROPOSED:
            return services.propose_completion(action, "Done", by=by, at=self.now)
        if kind == EventKind.DATE_PROPOSED:
            return services.propose_date(action, "Late", due_on=due_on, by=by, at=self.now)
        details = {"due_on": due_on} if kind == EventKind.DUE_MOVED else {}
        if kind == EventKind.SUPERSEDED:
            details = {"other": other}
        if kind == EventKind.TRANSFERRED:
            details = {"to_body": "Marlshire Council"}
        return services.decide(action, kind, by=by, reason="So", at=self.now, **details)

    def concerns_the_force(self, action):
        roles = [action.owner, *action.supporting.all()]
        return bool(action.reference) and any(role.body == Body.FORCE for role in roles if role)

    def has_a_reason_to_refuse(self, before, kind, other):
        due_on = self.today + dt.timedelta(days=30)
        is_the_same = kind in {EventKind.DUE_MOVED, EventKind.DATE_PROPOSED} and before.due_on == due_on
        other = Action.with_removed.get(pk=other.pk)
        cannot_follow = kind == EventKind.SUPERSEDED and (
            other.pk == before.pk or other.reference is None or not other.is_open
        )
        return before.reference is None or before.state not in EVENTS[kind][0] or is_the_same or cannot_follow

    def note(self, action, event):
        self.changes[action.pk] += 1
        if EVENTS[event.kind][1]:
            self.settling[action.pk].append((event.on, event.to_state in ENDED))
        if event.kind in DECISIONS:
            self.decided[action.pk].append(event.on)

    @rule(data=st.data(), who=st.sampled_from([*EVERYBODY, "officer", "officer"]))
    def put_right(self, data, who):
        """Wording, owner and first due date: by officers, each an event once it has a reference."""
        action = Action.with_removed.get(pk=self.any_of(data, self.actions).pk)
        change = self.any_of(data, [self.reword, self.assign, self.set_due])
        try:
            changes = change(data, action, self.people[who])
        except PermissionDenied:
            assert who != "officer"
        except (services.NotPossible, TextRemoved, Action.DoesNotExist):
            dated = change == self.set_due and (action.due_on or action.due_next)
            assert action.removed_at or action.state in ENDED or dated
        else:
            assert who == "officer"
            self.changes[action.pk] += changes if action.reference else 0

    def reword(self, data, action, by):
        text, op_id = f"wording {uuid4()}", uuid4()
        services.reword(action, text, base_version=action.version, op_id=op_id, by=by, at=self.now)
        return True

    def assign(self, data, action, by):
        owner, second = (self.any_of(data, [self.office.cc, self.office.pcc]) for _ in range(2))
        before = (action.owner, set(action.supporting.all()))
        services.assign(action, owner, [second], by=by, at=self.now)
        return (before[0] != owner) + (before[1] != {second} - {owner})

    def set_due(self, data, action, by):
        before, due_on = action.due_on, self.today + dt.timedelta(days=9)
        services.set_due(action, due_on=due_on, by=by, at=self.now)
        return before != due_on

    @rule(data=st.data())
    def remove(self, data):
        action = Action.with_removed.get(pk=self.any_of(data, self.actions).pk)
        if action.removed_at:
            services.restore_action(action, by=self.people["officer"])
            self.removed.discard(action.pk)
            return
        try:
            services.remove_action(action, by=self.people["officer"], at=self.now)
        except services.NotPossible:
            assert action.reference
        else:
            self.removed.add(action.pk)

    # --- What is spoken at meetings ----------------------------------------------------------------

    @rule(data=st.data(), outcome=st.sampled_from([*Outcome, *sorted(SPOKEN)]))
    def speak_of_it(self, data, outcome):
        meeting = self.any_of(data, self.meetings)
        carried = list(services.carried_into(meeting))
        if not carried:
            return
        action = self.any_of(data, carried)
        key, officer = (meeting.pk, action.pk), self.people["officer"]
        try:
            services.record_outcome(action, meeting, outcome, by=officer, at=self.now)
        except services.NotPossible:
            assert CarriedAction.objects.get(action=action, meeting=meeting).confirmed
            return
        if self.spoken.get(key) != outcome:
            self.settled.discard(key)
        self.spoken[key] = outcome

    @precondition(lambda self: services.waiting_to_be_confirmed().exists())
    @rule(data=st.data(), is_dropped=st.booleans(), who=st.sampled_from(["approver", *EVERYBODY]))
    def answer_what_was_spoken(self, data, is_dropped, who):
        told = self.any_of(data, list(services.waiting_to_be_confirmed()))
        action, by = Action.objects.get(pk=told.action_id), self.people[who]
        due_on = self.today + dt.timedelta(days=data.draw(st.integers(1, 60)))
        try:
            if is_dropped:
                services.drop_spoken(told, by=by, why="No", at=self.now)
            else:
                event = services.confirm_spoken(told, by=by, reason="So", due_on=due_on, at=self.now)
        except PermissionDenied:
            assert who != "approver"
            return
        except services.NotPossible:
            is_the_same = told.outcome == Outcome.NEW_DATE and action.due_on == due_on
            assert action.reference is None or is_the_same
            return
        assert who == "approver"
        self.settled.add((told.meeting_id, told.action_id))
        if not is_dropped:
            assert (event.kind, event.on, event.by) == (CARRIES_OUT[told.outcome], told.meeting.date, by)
            self.note(action, event)

    # --- The story, told without the database's help -----------------------------------------------

    def was_ended_before(self, action_pk, day):
        past = [ended for on, ended in self.settling[action_pk] if on < day]
        return bool(past) and past[-1]

    def carried_by_the_story(self, meeting):
        """Which actions should come back to a meeting."""
        if meeting.pk in self.cancelled:
            return set()
        sharing = {self.office.monthly.pk, self.office.thematic.pk}
        carried = set()
        for action in self.actions:
            source = action.source
            together = source.type_id == meeting.type_id or {source.type_id, meeting.type_id} <= sharing
            is_earlier = (source.date, source.pk) < (meeting.date, meeting.pk)
            arrives = (together and is_earlier) or action.recorded_in_id == meeting.pk
            if arrives and action.pk not in self.removed:
                carried |= set() if self.was_ended_before(action.pk, meeting.date) else {action.pk}
        return carried

    def waiting_by_the_story(self, ended):
        """What was spoken and is not in force: nobody confirmed or dropped it, and no decision came since."""
        dates = {meeting.pk: meeting.date for meeting in self.meetings}
        return {
            (meeting, action)
            for (meeting, action), outcome in self.spoken.items()
            if outcome in SPOKEN
            and (meeting, action) not in self.settled
            and meeting not in self.cancelled
            and action not in self.removed | ended
            and not any(on >= dates[meeting] for on in self.decided[action])
        }

    # --- What must hold ----------------------------------------------------------------------------

    @invariant()
    def what_is_promised_holds(self):
        every = list(Action.with_removed.select_related("owner").prefetch_related("events__by"))
        for action in every:
            self.each_change_has_its_event(action)
        self.references_are_never_used_again(every)
        self.carried_actions_are_exactly_where_they_should_be()
        self.what_waits_is_what_was_spoken_and_not_answered(every)
        self.counts_are_the_rows_and_each_action_is_shown_once(every)
        self.the_force_sees_only_what_is_its_own(every)

    def each_change_has_its_event(self, action):
        """And nothing ended without an approver."""
        if action.reference is None:
            assert not action.events.all()
            assert action.sent_at is None
            return
        events = sorted(action.events.all(), key=lambda event: event.pk)
        assert events[0].kind == EventKind.AGREED
        assert len(events) == 1 + self.changes[action.pk]
        states = [State.OPEN, *(event.to_state for event in events[1:])]
        assert [event.from_state for event in events[1:]] == states[:-1]
        assert states[-1] == action.state == services.state_on(action, self.today).state
        assert action.times_moved == sum(event.kind == EventKind.DUE_MOVED for event in events)
        assert sum(event.kind == EventKind.SENT for event in events) == (action.sent_at is not None)
        assert all(event.by == self.people["approver"] for event in events if event.kind in DECISIONS)
        if action.state in ENDED:
            ending = next(event for event in reversed(events) if event.to_state != event.from_state)
            assert ending.by == self.people["approver"]
        assert (action.superseded_by_id is not None) == (action.state == State.SUPERSEDED)

    def references_are_never_used_again(self, every):
        given = {action.pk: action.reference for action in every if action.reference}
        assert len({action_slug(one) for one in given.values()}) == len(given)
        assert self.references.items() <= given.items()
        self.references = given

    def carried_actions_are_exactly_where_they_should_be(self):
        for meeting in self.meetings[-4:]:
            stored = self.frozen.get(meeting.pk)
            expected = self.carried_by_the_story(meeting) if stored is None else stored - self.removed
            assert {action.pk for action in services.carried_into(meeting)} == expected

    def what_waits_is_what_was_spoken_and_not_answered(self, every):
        waiting = services.waiting_to_be_confirmed().values_list("meeting", "action")
        ended = {action.pk for action in every if action.state in ENDED}
        assert set(waiting) == self.waiting_by_the_story(ended)

    def counts_are_the_rows_and_each_action_is_shown_once(self, every):
        log = read_log(Action.objects.all(), Diary.read(self.today), is_office=True)
        groups = log.groups(log.rows)
        kept = [action for action in every if action.pk not in self.removed]
        assert sorted(row.pk for group in groups for row in group.rows) == sorted(one.pk for one in kept)
        assert sum(count for count, _ in log.timings()) == sum(action.is_open for action in kept)
        assert all(group.total == len(group.rows) for group in groups)
        waiting = {row.pk for group in groups if group.key == "waiting" for row in group.rows}
        agreed = set(services.waiting_to_be_confirmed().values_list("action", flat=True))
        assert waiting == agreed | {action.pk for action in kept if action.state in ASKED}
        assert log.waiting == len(waiting)

    def the_force_sees_only_what_is_its_own(self, every):
        """All of its own, and nothing else; administrators alone see none."""
        seen = set(Action.objects.visible_to(self.people["liaison"]).values_list("pk", flat=True))
        assert seen == {action.pk for action in every if self.concerns_the_force(action)}
        assert not Action.objects.visible_to(self.people["administrator"]).exists()


@pytest.mark.django_db
def test_an_office_that_lives_at_random_keeps_its_promises(capsys):
    count = rounds(8)
    run_state_machine_as_test(
        seed(SEED)(AnOffice),
        settings=settings(
            max_examples=count,
            stateful_step_count=30,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    tell(capsys, f"{count} offices lived 30 steps each, and kept every promise (seed {SEED})")
