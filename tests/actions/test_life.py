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
from actions.carried import carried_rows
from actions.log import read_log
from actions.models import DECISIONS, ENDED, EVENTS, Action, EventKind, Outcome, State
from actions.timing import Diary
from meetings.models import Meeting
from tests.actions.conftest import a_meeting, make_office, promise
from tests.conftest import person

NOON = dt.time(12, tzinfo=dt.UTC)
FIRST = dt.date(2026, 1, 5)
WORDS = st.sampled_from(["send a report", "revisit the benefits", "report back", " "])


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

    @rule(
        data=st.data(),
        owner=st.sampled_from(["cc", "acc", "pcc"]),
        words=WORDS,
        who=st.sampled_from(["officer", "approver", "liaison"]),
    )
    def promise(self, data, owner, words, who):
        meeting = data.draw(st.sampled_from(self.meetings))
        try:
            action = promise(
                meeting, getattr(self.office, owner), text=words, by=self.people[who], at=self.now
            )
        except PermissionDenied:
            assert who != "officer"
        except services.NotPossible:
            assert not words.strip()
        else:
            assert who == "officer"
            self.actions.append(action)

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
        self.frozen.setdefault(meeting.pk, self.carried_by_the_story(meeting))
        services.give_references(meeting, self.now)

    @precondition(lambda self: self.actions)
    @rule(
        data=st.data(),
        who=st.sampled_from(["officer", "approver", "liaison", "administrator", "stranger"]),
        kind=st.sampled_from(
            sorted(
                set(EventKind)
                - {EventKind.AGREED, EventKind.DUE_SET, EventKind.REWORDED, EventKind.REASSIGNED}
            )
        ),
        days=st.integers(1, 200),
    )
    def do(self, data, who, kind, days):
        action = data.draw(st.sampled_from(self.actions))
        before = Action.with_removed.get(pk=action.pk)
        if before.removed_at:
            return
        by, due = self.people[who], self.today + dt.timedelta(days=days)
        allowed = who == "approver" if kind in DECISIONS else who in {"officer", "liaison"}
        try:
            if kind == EventKind.UPDATE:
                event = services.record_update(before, "News", by=by, at=self.now)
            elif kind == EventKind.PROPOSED:
                event = services.propose_completion(before, "Done", by=by, at=self.now)
            elif kind == EventKind.DUE_MOVED:
                event = services.decide(before, kind, by=by, reason="Later", due_on=due, at=self.now)
            else:
                event = services.decide(before, kind, by=by, reason="So", at=self.now)
        except PermissionDenied:
            concerns = before.reference and before.owner.body == Body.FORCE
            assert not allowed or (who == "liaison" and not concerns)
        except services.NotPossible:
            assert before.reference is None or before.state not in EVENTS[kind][0] or before.due_on == due
        else:
            assert allowed
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
        except (services.NotPossible, Action.DoesNotExist):
            assert action.removed_at or action.state in ENDED
        else:
            self.changes[action.pk] += action.reference is not None

    @precondition(lambda self: self.actions)
    @rule(data=st.data())
    def remove(self, data):
        action = Action.with_removed.get(pk=data.draw(st.sampled_from(self.actions)).pk)
        if action.removed_at:
            services.restore_action(action, by=self.people["officer"])
            return
        try:
            services.remove_action(action, by=self.people["officer"], at=self.now)
        except services.NotPossible:
            assert action.reference

    @precondition(lambda self: self.actions)
    @rule(data=st.data(), outcome=st.sampled_from(list(Outcome)))
    def speak_of_it(self, data, outcome):
        meeting = data.draw(st.sampled_from(self.meetings))
        carried = list(services.carried_into(meeting))
        if carried:
            services.record_outcome(
                data.draw(st.sampled_from(carried)), meeting, outcome, by=self.people["officer"], at=self.now
            )

    def was_ended_before(self, action_pk, day):
        past = [ended for on, ended in self.ended_on.get(action_pk, []) if on < day]
        return bool(past) and past[-1]

    def carried_by_the_story(self, meeting):
        """Which actions should come back to a meeting, told without the database's help."""
        sharing = {self.office.monthly.pk, self.office.thematic.pk}
        carried = set()
        for action in self.actions:
            if Action.with_removed.get(pk=action.pk).removed_at:
                continue
            source = action.source
            together = source.type_id == meeting.type_id or {source.type_id, meeting.type_id} <= sharing
            is_earlier = (source.date, source.pk) < (meeting.date, meeting.pk)
            arrives = (together and is_earlier) or action.recorded_in_id == meeting.pk
            if arrives and not self.was_ended_before(action.pk, meeting.date):
                carried.add(action.pk)
        return carried

    @invariant()
    def nothing_is_closed_without_an_approver(self):
        for action in Action.objects.filter(state__in=ENDED):
            last = action.events.filter(to_state__in=ENDED).latest("pk")
            assert last.by.is_approver

    @invariant()
    def every_change_has_its_event(self):
        for action in Action.with_removed.exclude(reference=None).prefetch_related("events"):
            events = sorted(action.events.all(), key=lambda event: event.pk)
            assert events[0].kind == EventKind.AGREED
            assert len(events) == 1 + self.changes[action.pk]
            states = [State.OPEN, *(event.to_state for event in events[1:])]
            assert states[-1] == action.state
            assert [event.from_state for event in events[1:]] == states[:-1]
            assert action.times_moved == sum(event.kind == EventKind.DUE_MOVED for event in events)
            assert services.state_on(action, self.today).state == action.state

    @invariant()
    def references_are_unique_and_never_used_again(self):
        given = dict(Action.with_removed.exclude(reference=None).values_list("pk", "reference"))
        assert len(set(given.values())) == len(given)
        assert self.references.items() <= given.items()
        self.references = given

    @invariant()
    def carried_actions_are_exactly_where_they_should_be(self):
        for meeting in Meeting.objects.all():
            expected = self.carried_by_the_story(meeting)
            if meeting.pk in self.frozen:
                gone = set(Action.with_removed.exclude(removed_at=None).values_list("pk", flat=True))
                expected = self.frozen[meeting.pk] - gone
            assert {action.pk for action in services.carried_into(meeting)} == expected
            assert len(carried_rows(meeting)) == len(expected)

    @invariant()
    def counts_are_the_rows_and_each_action_is_shown_once(self):
        log = read_log(Action.objects.all(), Diary.read(self.today), is_office=True)
        groups = log.groups(log.rows)
        shown = [row.action.pk for group in groups for row in group.rows]
        assert sorted(shown) == sorted(Action.objects.values_list("pk", flat=True))
        assert sum(count for count, _ in log.timings()) == Action.objects.open().count()
        assert all(group.total == len(group.rows) for group in groups)
        assert log.waiting == sum(len(group.rows) for group in groups if group.key == "waiting")

    @invariant()
    def the_force_sees_only_what_was_sent_to_it(self):
        seen = Action.objects.visible_to(self.people["liaison"])
        assert all(action.reference and action.owner.body == Body.FORCE for action in seen)
        assert not Action.objects.visible_to(self.people["administrator"]).exists()
        assert not Action.objects.visible_to(self.people["stranger"]).exists()


@pytest.mark.django_db
def test_an_office_that_lives_at_random_keeps_its_promises():
    run_state_machine_as_test(
        AnOffice,
        settings=settings(
            max_examples=25, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
