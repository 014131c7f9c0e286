"""Numbers: by place while drafting, for ever once stored, never given twice."""

import datetime as dt

import pytest
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from meetings import services
from meetings.models import AgendaItem, Exchange
from meetings.numbering import numbers_of, store_numbers
from meetings.outline import excerpt_of
from meetings.services import Spoken

NOW = dt.datetime(2026, 10, 1, 9, tzinfo=dt.UTC)


def note(item, after=None):
    return services.add_exchange(item, [Spoken("narrative", "A report was noted.")], after=after, by=None)


def numbers(item):
    numbering = numbers_of(item.meeting)
    return [numbering.exchanges[exchange.pk] for exchange in item.exchanges.all()]


def test_items_are_numbered_by_place_two_deep(meeting):
    numbering = numbers_of(meeting)
    assert sorted((numbering.items[item.pk], item.title) for item in meeting.items.all()) == [
        ("1", "Matters arising"),
        ("2", "Holding to account"),
        ("2.1", "Leadership"),
        ("2.2", "Performance"),
        ("3", "Next meeting"),
    ]


def test_exchanges_carry_the_number_of_their_item(meeting):
    first, second, leadership = (
        meeting.items.get(title=t) for t in ["Matters arising", "Holding to account", "Leadership"]
    )
    for item in [first, first, second, leadership]:
        note(item)
    assert (numbers(first), numbers(second), numbers(leadership)) == (["1.1", "1.2"], ["2.0.1"], ["2.1.1"])


def test_numbers_move_while_notes_are_drafted(leadership):
    one, two = note(leadership), note(leadership)
    services.move_exchange(two, "up", by=None)
    assert numbers_of(leadership.meeting).exchanges == {two.pk: "2.1.1", one.pk: "2.1.2"}


def test_what_is_inserted_after_numbers_are_stored_gets_a_letter(leadership):
    one, _two = note(leadership), note(leadership)
    store_numbers(leadership.meeting, NOW)
    first = note(leadership, after=one)
    note(leadership, after=first)
    assert numbers(leadership) == ["2.1.1", "2.1.1A", "2.1.1B", "2.1.2"]


def test_what_is_added_at_the_end_gets_the_next_number(leadership):
    note(leadership)
    store_numbers(leadership.meeting, NOW)
    note(leadership)
    assert numbers(leadership) == ["2.1.1", "2.1.2"]


def test_between_a_number_and_its_letter_comes_a_z(leadership):
    one, _two = note(leadership), note(leadership)
    store_numbers(leadership.meeting, NOW)
    note(leadership, after=one)
    store_numbers(leadership.meeting, NOW)
    note(leadership, after=one)
    assert numbers(leadership) == ["2.1.1", "2.1.1ZA", "2.1.1A", "2.1.2"]


def test_stored_numbers_stay_when_sub_items_are_added(meeting):
    matters = meeting.items.get(title="Matters arising")
    note(matters)
    store_numbers(meeting, NOW)
    sub = services.add_item(meeting, title="A late matter", parent=matters, by=None)
    assert numbers(matters) == ["1.1"]
    assert numbers_of(meeting).items[sub.pk] == "1.2"


def test_the_time_of_the_first_numbering_stays(meeting):
    store_numbers(meeting, NOW)
    store_numbers(meeting, NOW + dt.timedelta(days=1))
    meeting.refresh_from_db()
    assert meeting.numbered_at == NOW


def test_numbers_take_two_queries_however_long_the_record_is(leadership, django_assert_num_queries):
    for _ in range(20):
        note(leadership)
    with django_assert_num_queries(2):
        numbers_of(leadership.meeting)


steps = st.lists(
    st.tuples(st.sampled_from(["add", "insert", "store", "item", "sub-item"]), st.integers(0, 8)), max_size=25
)


@pytest.mark.django_db
@settings(max_examples=60, deadline=None)
@given(steps)
def test_a_stored_number_is_for_ever_and_nobody_elses(steps):
    from meetings.models import Meeting, MeetingType

    kind = MeetingType.objects.create(name=f"Type {MeetingType.objects.count()}")
    meeting = Meeting.objects.create(type=kind, date=dt.date(2026, 9, 24))
    services.add_item(meeting, title="First", by=None)
    stored = {}
    for step, pick in steps:
        items = list(meeting.items.all())
        exchanges = list(Exchange.objects.filter(item__meeting=meeting))
        match step:
            case "add":
                note(items[pick % len(items)])
            case "insert" if exchanges:
                note(exchanges[pick % len(exchanges)].item, after=exchanges[pick % len(exchanges)])
            case "item":
                services.add_item(meeting, title="Another", by=None)
            case "sub-item":
                mains = [item for item in items if not item.parent_id]
                services.add_item(meeting, title="Under it", parent=mains[pick % len(mains)], by=None)
            case "store":
                store_numbers(meeting, timezone.now())
        numbering = numbers_of(meeting)
        given_out = [*numbering.items.values(), *numbering.exchanges.values()]
        assert len(given_out) == len(set(given_out))
        now = {
            ("item", pk): number
            for pk, number in AgendaItem.objects.filter(meeting=meeting).values_list("pk", "number")
        }
        now |= {("entry", row.pk): row.number for row in Exchange.objects.filter(item__meeting=meeting)}
        assert all(now[key] == number for key, number in stored.items())
        stored |= {key: number for key, number in now.items() if number}
    assert excerpted(meeting) == numbers_of(meeting).exchanges


def excerpted(meeting) -> dict[int, str]:
    """The numbers of all exchanges, of which each item's are read for themselves."""
    read = {}
    for item in meeting.items.all():
        excerpt = excerpt_of(meeting, item, list(item.exchanges.values_list("pk", flat=True)), [])
        read |= {entry.exchange.pk: entry.number for entry in excerpt.every_entry()}
    return read
