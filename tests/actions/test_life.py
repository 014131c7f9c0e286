"""Any order of events, by anybody: what must hold, holds. One office is lived through at random."""

import datetime as dt
from collections import defaultdict
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from hypothesis import HealthCheck, settings
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
from actions.models import DECISIONS, ENDED, EVENTS, Action, EventKind, Outcome, State
from actions.timing import Diary
from meetings.texts import TextRemoved
from tests.actions.conftest import a_meeting, make_office, promise
from tests.conftest import person

NOON = dt.time(12, tzinfo=dt.UTC)
FIRST = dt.date(2026, 1, 5)
EVERYBODY = ["officer", "approver", "liaison", "administrator", "stranger"]
REPORTED_OR_DECIDED = [EventKind.UPDATE, EventKind.PROPOSED, *sorted(DECISIONS)]


class AnOffice(RuleBasedStateMachine):
    """Days pass; meetings are held, actions arise, people do what they may, and try what they may not.

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
        self.removed = set()
        self.spoken_of = defaultdict(set)
        self.ended_on = {}  # by action: the day on which it ended, while it is ended
        self.frozen = {}  # by meeting: the carried set, once it is stored
        self.changes = defaultdict(int)  # by action: how many changes were made since its reference

    def teardown(self):
        transaction.set_rollback(True)
        self.transaction.__exit__(None, None, None)

    @property
    def now(self):
        return dt.datetime.combine(self.today, NOON)

    @initialize(kind=st.sampled_from(["monthly", "thematic", "public"]))
    def begin(self, kind):
        self.hold_a_meeting(kind)

    @rule(days=st.integers(1, 40))
    def wait(self, days):
        self.today += dt.timedelta(days=days)

    @rule(kind=st.sampled_from(["monthly", "thematic", "public"]))
    def hold_a_meeting(self, kind):
        self.meetings.append(a_meeting(getattr(self.office, kind), self.today))

    @rule(data=st.data(), owner=st.sampled_from(["cc", "acc", "pcc"]), is_sent=st.booleans())
    def promise(self, data, owner, is_sent):
        meeting = data.draw(st.sampled_from(self.meetings))
        self.actions.append(
            promise(meeting, getattr(self.office, owner), by=self.people["officer"], at=self.now)
        )
        if is_sent:
            services.give_reference(self.actions[-1], at=self.now)

    @rule(who=st.sampled_from(EVERYBODY[1:]))
    def try_to_promise(self, who):
        with pytest.raises(PermissionDenied):
            promise(self.meetings[0], self.office.cc, by=self.people[who], at=self.now)

    @rule(data=st.data())
    def bring_in(self, data):
        meeting = data.draw(st.sampled_from(self.meetings))
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

    @rule(data=st.data())
    def store_numbers(self, data):
        meeting = data.draw(st.sampled_from(self.meetings))
        # What a meeting spoke of is in its set, also when it is removed just now and comes back later.
        self.frozen.setdefault(meeting.pk, self.carried_by_the_story(meeting) | self.spoken_of[meeting.pk])
        services.give_references(meeting, self.now)

    @precondition(lambda self: self.actions)
    @rule(data=st.data())
    def do(self, data):
        """People report and decide; half of the time they are those whose matter it is."""
        for action in data.draw(st.lists(st.sampled_from(self.actions), min_size=1, max_size=4)):
            kind = data.draw(st.sampled_from(REPORTED_OR_DECIDED))
            may = ["approver"] if kind in DECISIONS else ["officer", "liaison"]
            who = data.draw(st.sampled_from(may) | st.sampled_from(EVERYBODY))
            if action.pk not in self.removed:
                self.attempt(action, kind, who, is_theirs=who in may)

    def attempt(self, action, kind, who, is_theirs):
        before, now = (Action.objects.get(pk=action.pk) for _ in range(2))
        by = self.people[who]
        details = {"due_on": self.today + dt.timedelta(days=30)} if kind == EventKind.DUE_MOVED else {}
        try:
            if kind == EventKind.UPDATE:
                event = services.record_update(now, "News", by=by, at=self.now)
            elif kind == EventKind.PROPOSED:
                event = services.propose_completion(now, "Done", by=by, at=self.now)
            else:
                event = services.decide(now, kind, by=by, reason="So", at=self.now, **details)
        except PermissionDenied:
            concerns_the_force = before.reference and before.owner.body == Body.FORCE
            assert not is_theirs or (who == "liaison" and not concerns_the_force)
        except services.NotPossible:
            is_the_same = details and before.due_on == details["due_on"]
            assert before.reference is None or before.state not in EVENTS[kind][0] or is_the_same
        else:
            assert is_theirs
            assert before.state in EVENTS[kind][0]
            assert (event.by, event.at, event.from_state) == (by, self.now, before.state)
            self.note(action, event)

    def note(self, action, event):
        self.changes[action.pk] += 1
        if event.to_state in ENDED:
            self.ended_on.setdefault(action.pk, []).append((self.today, True))
        elif event.kind == EventKind.REOPENED:
            self.ended_on[action.pk].append((self.today, False))

    @precondition(lambda self: self.actions)
    @rule(data=st.data())
    def reword(self, data):
        action = Action.with_removed.get(pk=data.draw(st.sampled_from(self.actions)).pk)
        try:
            services.reword(
                action,
                f"wording {uuid4()}",
                base_version=action.version,
                op_id=uuid4(),
                by=self.people["officer"],
                at=self.now,
            )
        except (services.NotPossible, TextRemoved):
            assert action.removed_at or action.state in ENDED
        else:
            self.changes[action.pk] += action.reference is not None

    @precondition(lambda self: self.actions)
    @rule(data=st.data())
    def remove(self, data):
        action = Action.with_removed.get(pk=data.draw(st.sampled_from(self.actions)).pk)
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

    @precondition(lambda self: self.actions)
    @rule(data=st.data(), outcome=st.sampled_from(list(Outcome)))
    def speak_of_it(self, data, outcome):
        meeting = data.draw(st.sampled_from(self.meetings))
        carried = list(services.carried_into(meeting))
        if carried:
            action = data.draw(st.sampled_from(carried))
            services.record_outcome(action, meeting, outcome, by=self.people["officer"], at=self.now)
            self.spoken_of[meeting.pk].add(action.pk)

    def was_ended_before(self, action_pk, day):
        past = [ended for on, ended in self.ended_on.get(action_pk, []) if on < day]
        return bool(past) and past[-1]

    def carried_by_the_story(self, meeting):
        """Which actions should come back to a meeting, told without the database's help."""
        sharing = {self.office.monthly.pk, self.office.thematic.pk}
        carried = set()
        for action in self.actions:
            source = action.source
            together = source.type_id == meeting.type_id or {source.type_id, meeting.type_id} <= sharing
            is_earlier = (source.date, source.pk) < (meeting.date, meeting.pk)
            arrives = (together and is_earlier) or action.recorded_in_id == meeting.pk
            if (
                arrives
                and action.pk not in self.removed
                and not self.was_ended_before(action.pk, meeting.date)
            ):
                carried.add(action.pk)
        return carried

    @invariant()
    def what_is_promised_holds(self):
        every = list(Action.with_removed.select_related("owner").prefetch_related("events__by"))
        for action in every:
            self.each_change_has_its_event(action)
        self.references_are_never_used_again(every)
        self.carried_actions_are_exactly_where_they_should_be()
        self.counts_are_the_rows_and_each_action_is_shown_once(every)
        self.the_force_sees_only_what_was_sent_to_it()

    def each_change_has_its_event(self, action):
        """And nothing ended without an approver."""
        if action.reference is None:
            assert not action.events.all()
            return
        events = sorted(action.events.all(), key=lambda event: event.pk)
        assert events[0].kind == EventKind.AGREED
        assert len(events) == 1 + self.changes[action.pk]
        states = [State.OPEN, *(event.to_state for event in events[1:])]
        assert [event.from_state for event in events[1:]] == states[:-1]
        assert states[-1] == action.state == services.state_on(action, self.today).state
        assert action.times_moved == sum(event.kind == EventKind.DUE_MOVED for event in events)
        assert all(event.by == self.people["approver"] for event in events if event.kind in DECISIONS)

    def references_are_never_used_again(self, every):
        given = {action.pk: action.reference for action in every if action.reference}
        assert len(set(given.values())) == len(given)
        assert self.references.items() <= given.items()
        self.references = given

    def carried_actions_are_exactly_where_they_should_be(self):
        for meeting in self.meetings[-4:]:
            stored = self.frozen.get(meeting.pk)
            expected = self.carried_by_the_story(meeting) if stored is None else stored - self.removed
            assert {action.pk for action in services.carried_into(meeting)} == expected

    def counts_are_the_rows_and_each_action_is_shown_once(self, every):
        log = read_log(Action.objects.all(), Diary.read(self.today), is_office=True)
        groups = log.groups(log.rows)
        kept = [action for action in every if action.pk not in self.removed]
        assert sorted(row.pk for group in groups for row in group.rows) == sorted(one.pk for one in kept)
        assert sum(count for count, _ in log.timings()) == sum(action.is_open for action in kept)
        assert all(group.total == len(group.rows) for group in groups)
        assert log.waiting == sum(len(group.rows) for group in groups if group.key == "waiting")

    def the_force_sees_only_what_was_sent_to_it(self):
        seen = Action.objects.visible_to(self.people["liaison"]).select_related("owner")
        assert all(action.reference and action.owner.body == Body.FORCE for action in seen)
        assert not Action.objects.visible_to(self.people["administrator"]).exists()


@pytest.mark.django_db
def test_an_office_that_lives_at_random_keeps_its_promises():
    run_state_machine_as_test(
        AnOffice,
        settings=settings(
            max_examples=12, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
