"""Rearranging what was said: every word stays, and every step can be taken back."""

import datetime as dt
from dataclasses import replace
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from meetings import services, texts
from meetings.models import Contribution, Exchange, Meeting
from meetings.numbering import store_numbers
from meetings.services import Refused, Spoken
from tests.meetings.conftest import answer, question
from web.operations import OperationReused


@pytest.fixture
def performance(meeting):
    return meeting.items.get(title="Performance")


@pytest.fixture
def second(leadership, pcc, cc):
    """2.1.2: another question with two answers."""
    return services.add_exchange(
        leadership,
        [
            question(pcc, "asked how many."),
            answer(cc, "said that there were nine."),
            answer(cc, "added one."),
        ],
        by=None,
    )


def record(item):
    """What stands under an item: the words of each entry, as they are printed."""
    return [
        [f"{one.lead} {one.text}".strip() for one in exchange.contributions.all()]
        for exchange in Exchange.objects.filter(item=item)
    ]


def words(*items):
    return " ".join(said for item in items for entry in record(item) for said in entry).split()


def new():
    return {"op_id": uuid4()}


def split(contribution, first, *rest, **others):
    base = {"base_version": contribution.version} | new() | others
    return services.split_contribution(contribution, first, list(rest), **base)


def said_in(exchange):
    return list(Contribution.objects.filter(exchange=exchange))


# --- Splitting and joining what somebody said ------------------------------------------------------------


def test_a_contribution_is_split_in_two_and_the_second_says_where_it_came_from(exchange, pcc, cc, officer):
    first = said_in(exchange)[0]
    split(
        first,
        "asked whether the plan",
        Spoken("answer", "was on course.", speaker=cc, lead="The CC"),
        by=officer,
    )
    one, two, _ = said_in(exchange)
    assert (one.pk, one.text, one.version) == (first.pk, "asked whether the plan", 2)
    assert (two.text, two.speaker, two.lead) == ("was on course.", cc, "The CC")
    assert two.revisions().get().details["came_from"] == {"how": "split", "words": one.pk, "version": 1}


def test_a_split_upon_an_old_version_changes_nothing(exchange, officer):
    first = said_in(exchange)[0]
    with pytest.raises(texts.Conflict):
        split(first, "asked", Spoken("comment", "whether."), base_version=7, by=officer)
    with pytest.raises(texts.MissingBase):
        split(first, "asked", Spoken("comment", "whether."), base_version=None, by=officer)
    assert len(said_in(exchange)) == 2


def test_a_split_that_is_sent_twice_is_done_once(exchange, officer):
    first, op_id = said_in(exchange)[0], uuid4()
    for _ in range(2):
        split(first, "asked", Spoken("comment", "whether."), base_version=1, op_id=op_id, by=officer)
    assert len(said_in(exchange)) == 3
    with pytest.raises(OperationReused):
        split(first, "asked", Spoken("comment", "why."), base_version=1, op_id=op_id, by=officer)


def test_two_contributions_are_joined_with_every_word_of_both(exchange, officer):
    one, other = said_in(exchange)
    services.join_contributions(one, other, base_versions=(1, 1), by=officer, **new())
    (joined,) = said_in(exchange)
    assert joined.text == "asked whether the plan was on course. The CC replied that it was."
    assert joined.pk == one.pk
    assert other.revisions().count() == 1


def test_joining_upon_an_old_version_of_either_changes_nothing(exchange, officer):
    one, other = said_in(exchange)
    for bases in [(9, 1), (1, 9)]:
        with pytest.raises(texts.Conflict):
            services.join_contributions(one, other, base_versions=bases, by=officer, **new())
    assert len(said_in(exchange)) == 2


def test_only_neighbours_are_joined(second, officer):
    one, _, other = said_in(second)
    with pytest.raises(Refused, match="moved this meanwhile"):
        services.join_contributions(one, other, base_versions=(1, 1), by=officer, **new())


def test_notes_to_check_of_both_stay(exchange, officer):
    one, other = said_in(exchange)
    services.flag(one, "Name of the plan", by=officer, **new())
    services.flag(other, "Which course", by=officer, **new())
    services.join_contributions(one, other, base_versions=(2, 2), by=officer, **new())
    assert said_in(exchange)[0].to_check == "Name of the plan; Which course"


# --- Entries ---------------------------------------------------------------------------------------------


def test_an_entry_is_split_at_what_somebody_said_and_joined_again(leadership, exchange, second, officer):
    before = record(leadership)
    later = services.split_exchange(said_in(exchange)[1], by=officer, **new())
    assert [len(entry) for entry in record(leadership)] == [1, 1, 3]
    services.join_exchange(later, exchange, by=officer, **new())
    assert record(leadership) == before


def test_an_entry_is_not_split_before_its_first_words(exchange, officer):
    with pytest.raises(Refused, match="begins with these words"):
        services.split_exchange(said_in(exchange)[0], by=officer, **new())


def test_the_offices_notes_of_joined_entries_both_stay(exchange, second, officer):
    services.change_public_note(exchange, "So in the original.", by=None)
    services.change_public_note(second, "Corrected in May.", by=None)
    services.join_exchange(second, exchange, by=officer, **new())
    exchange.refresh_from_db()
    assert exchange.public_note == "So in the original.\nCorrected in May."


def test_an_entry_moves_to_another_item_that_was_minuted_as_none(
    leadership, performance, exchange, second, officer
):
    services.record_none(performance, True, by=None)
    services.move_exchange_to(exchange, performance, by=officer, **new())
    performance.refresh_from_db()
    assert (list(leadership.exchanges.all()), list(performance.exchanges.all())) == ([second], [exchange])
    assert not performance.none


def test_what_has_its_number_keeps_its_place(meeting, performance, exchange, second, officer):
    store_numbers(meeting, dt.datetime(2026, 10, 1, tzinfo=dt.UTC))
    with pytest.raises(Refused, match=r"2\.1\.1 has left"):
        services.move_exchange_to(exchange, performance, by=officer, **new())
    with pytest.raises(Refused, match=r"2\.1\.2 has left"):
        services.join_exchange(second, exchange, by=officer, **new())
    for one in said_in(exchange)[:-1]:
        services.move_contribution_to(one, second, by=officer, **new())
    with pytest.raises(Refused, match="without words"):
        services.move_contribution_to(said_in(exchange)[0], second, by=officer, **new())


def test_a_contribution_moves_to_another_entry(leadership, exchange, second, officer):
    services.move_contribution_to(said_in(exchange)[1], second, first=True, by=officer, **new())
    assert record(leadership)[1][0] == "The CC replied that it was."
    assert [len(entry) for entry in record(leadership)] == [1, 4]


def test_an_entry_that_is_left_without_words_goes(leadership, exchange, second, officer):
    for one in said_in(exchange):
        services.move_contribution_to(one, second, by=officer, **new())
    assert list(leadership.exchanges.all()) == [second]


def test_an_entry_from_which_an_action_arose_is_not_left_without_words(
    meeting, leadership, exchange, second, officer
):
    from actions.models import Action

    Action.objects.create(meeting=meeting, item=leadership, after=second, text="Report back")
    with pytest.raises(Refused, match="action arose"):
        services.join_exchange(second, exchange, by=officer, **new())
    assert [len(entry) for entry in record(leadership)] == [2, 3]


# --- Who spoke -------------------------------------------------------------------------------------------


def test_a_run_is_given_to_another_speaker_with_what_is_printed(second, pcc, officer):
    _, one, other = said_in(second)
    replied = replace(Spoken.of(other), lead="In reply, the CC")
    services.save_contribution(other, replied, base_version=1, op_id=uuid4(), by=None)
    services.change_speakers([(one, 1), (other, 2)], pcc, by=officer, **new())
    assert [(row.speaker, row.lead) for row in said_in(second)[1:]] == [
        (pcc, "The PCC"),
        (pcc, "In reply, the PCC"),
    ]


def test_nobody_is_named_for_answers_alone(exchange, officer):
    services.change_speakers([(row, 1) for row in said_in(exchange)], None, by=officer, **new())
    assert [(row.speaker, row.nobody_named, row.lead) for row in said_in(exchange)] == [
        (None, False, ""),
        (None, True, ""),
    ]


def test_a_run_of_which_one_was_changed_meanwhile_is_not_changed_at_all(second, pcc, officer):
    _, one, other = said_in(second)
    with pytest.raises(texts.Conflict):
        services.change_speakers([(one, 1), (other, 7)], pcc, by=officer, **new())
    assert pcc not in [row.speaker for row in said_in(second)[1:]]


# --- To check --------------------------------------------------------------------------------------------


def test_a_flag_is_put_beside_another_and_ticked_with_the_note_that_was_seen(exchange, officer):
    one = said_in(exchange)[0]
    services.flag(one, "Name", by=officer, **new())
    services.flag(one, "Date", by=officer, **new())
    with pytest.raises(Refused, match="Name; Date"):
        services.checked(one, "Name", by=officer, **new())
    services.checked(one, "Name; Date", by=officer, **new())
    assert said_in(exchange)[0].to_check == ""


# --- Taking back -----------------------------------------------------------------------------------------


def test_what_was_done_in_another_entry_since_does_not_keep_from_taking_back(
    meeting, leadership, exchange, second, pcc, officer
):
    before, op_id = record(leadership), uuid4()
    services.join_exchange(second, exchange, by=officer, op_id=op_id)
    for number in range(4):
        services.add_exchange(leadership, [question(pcc, f"asked {number}.")], by=None)
    services.undo(meeting, op_id, by=officer)
    assert record(leadership) == [*before, *([f"The PCC asked {number}."] for number in range(4))]


def test_what_was_changed_since_is_not_taken_back(meeting, exchange, officer):
    one, other = said_in(exchange)
    op_id = uuid4()
    services.join_contributions(one, other, base_versions=(1, 1), by=officer, op_id=op_id)
    (joined,) = said_in(exchange)
    services.save_contribution(
        joined, Spoken.of(joined, text="asked."), base_version=2, op_id=uuid4(), by=None
    )
    with pytest.raises(Refused, match="changed this since"):
        services.undo(meeting, op_id, by=officer)
    assert said_in(exchange)[0].text == "asked."


def test_what_got_its_number_since_keeps_its_place(
    meeting, leadership, performance, exchange, second, officer
):
    moved, split_off = uuid4(), uuid4()
    services.move_exchange_to(exchange, performance, by=officer, op_id=moved)
    services.split_exchange(said_in(second)[1], by=officer, op_id=split_off)
    store_numbers(meeting, dt.datetime(2026, 10, 1, tzinfo=dt.UTC))
    before = record(leadership), record(performance)
    for operation in [moved, split_off]:
        with pytest.raises(Refused, match="has left the office with its number since"):
            services.undo(meeting, operation, by=officer)
    assert (record(leadership), record(performance)) == before


def test_undo_twice_is_undo_once(meeting, leadership, exchange, officer):
    before, op_id = record(leadership), uuid4()
    services.split_exchange(said_in(exchange)[1], by=officer, op_id=op_id)
    for _ in range(2):
        services.undo(meeting, op_id, by=officer)
    assert record(leadership) == before


def test_an_operation_of_another_meeting_or_of_another_kind_is_not_undone(
    meeting, meeting_type, leadership, exchange, officer
):
    op_id, other = uuid4(), services.plan_meeting(type=meeting_type, date=dt.date(2026, 10, 22), by=None)
    services.split_exchange(said_in(exchange)[1], by=officer, op_id=op_id)
    added = uuid4()
    services.add_exchange(leadership, [Spoken("narrative", "Noted.")], by=None, op_id=added)
    for place, operation in [(other, op_id), (meeting, added), (meeting, uuid4())]:
        with pytest.raises(Refused, match="too long ago"):
            services.undo(place, operation, by=officer)


def test_only_policy_officers_rearrange(performance, exchange, second, approver, administrator, liaison):
    one, other = said_in(exchange)
    for by in [approver, administrator, liaison]:
        for rearrange in [
            lambda by: services.move_exchange_to(exchange, performance, by=by, **new()),
            lambda by: services.move_contribution_to(one, second, by=by, **new()),
            lambda by: split(one, "asked", by=by),
            lambda by: services.join_contributions(one, other, base_versions=(1, 1), by=by, **new()),
            lambda by: services.split_exchange(other, by=by, **new()),
            lambda by: services.join_exchange(second, exchange, by=by, **new()),
            lambda by: services.change_speakers([(one, 1)], None, by=by, **new()),
            lambda by: services.flag(one, "Name", by=by, **new()),
            lambda by: services.checked(one, "Name", by=by, **new()),
            lambda by: services.undo(exchange.item.meeting, uuid4(), by=by),
        ]:
            with pytest.raises(PermissionDenied):
                rearrange(by)


# --- Any order of events ---------------------------------------------------------------------------------


STEPS = [
    "split words",
    "join words",
    "split entry",
    "join entry",
    "move words",
    "move entry",
    "up",
    "words up",
]


class Minutes:
    """An editor who rearranges two items as chance will have it."""

    def __init__(self, items, by):
        self.items, self.by = items, by

    def everything(self):
        return [(item.pk, record(item)) for item in self.items]

    def do(self, step, chance, **op):
        """Take one step; False where it cannot be taken now."""
        entries = [entry for item in self.items for entry in Exchange.objects.filter(item=item)]
        said = list(Contribution.objects.filter(exchange__in=entries))
        entry, one = entries[chance % len(entries)], said[chance % len(said)]
        run = said_in(one.exchange)
        following = next((row for row in run if run.index(row) == run.index(one) + 1), None)
        row = list(Exchange.objects.filter(item=entry.item))
        match step:
            case "split words":
                parts = one.text.split()
                at = chance % len(parts)
                rest = Spoken("comment", " ".join(parts[at:]), speaker=one.speaker)
                return at and split(one, " ".join(parts[:at]), rest, by=self.by, **op)
            case "join words":
                return following and services.join_contributions(
                    one, following, base_versions=(one.version, following.version), by=self.by, **op
                )
            case "split entry":
                return run[0] != one and services.split_exchange(one, by=self.by, **op)
            case "join entry":
                place = row.index(entry)
                return place and services.join_exchange(entry, row[place - 1], by=self.by, **op)
            case "move words":
                return services.move_contribution_to(
                    one, entries[-1 - chance % len(entries)], first=chance % 2 == 0, by=self.by, **op
                )
            case "move entry":
                item = self.items[chance % 2]
                return services.move_exchange_to(entry, item, first=chance % 3 == 0, by=self.by, **op)
            case "up":
                return services.move_exchange(entry, "up", self.by)
            case "words up":
                return services.move_contribution(one, "up", self.by)
        raise LookupError(step)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.tuples(st.sampled_from(STEPS), st.integers(0, 60), st.booleans()), max_size=9))
def test_every_word_that_was_there_before_is_there_after(
    steps, leadership, performance, exchange, second, officer
):
    minutes = Minutes([leadership, performance], officer)
    every_word = sorted(words(leadership, performance))
    for step, chance, takes_it_back in steps:
        before, in_order = minutes.everything(), words(leadership, performance)
        op = {} if step in {"up", "words up"} else new()
        done = minutes.do(step, chance, **op)
        assert sorted(words(leadership, performance)) == every_word
        if step.startswith(("split", "join")):
            assert words(leadership, performance) == in_order
        if done and op and takes_it_back:
            services.undo(Meeting.objects.get(pk=leadership.meeting_id), op["op_id"], by=officer)
            assert minutes.everything() == before
