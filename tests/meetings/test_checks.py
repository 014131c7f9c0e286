"""What stands in the way of notes: each a sentence, with the place that mends it."""

import datetime as dt

import pytest

from meetings import services
from meetings.checks import checks
from meetings.models import Meeting, Person, SettledDoubt
from meetings.models.people import NOT_NAMED
from meetings.services import Spoken


@pytest.fixture
def minuted(meeting, exchange):
    """A meeting whose notes could be approved."""
    services.hold(meeting, by=None)
    for title in ["Matters arising", "Performance"]:
        services.record_none(meeting.items.get(title=title), True, by=None)
    services.change_meeting(meeting, next_type="Thematic", next_date=dt.date(2026, 10, 28), by=None)
    return meeting


def found(meeting):
    return {check.code: check for check in checks(meeting)}


def test_nothing_stands_in_the_way_of_a_finished_record(minuted):
    assert checks(minuted) == []


def test_a_weekday_that_is_not_the_dates_is_told(minuted):
    minuted.date_as_written = "Tuesday 24th September, 10 am"
    check = found(minuted)["weekday"]
    assert (
        check.sentence == "Check the meeting date. 24 September 2026 was a Thursday. The notes say Tuesday."
    )
    assert check.is_blocker
    assert check.url.endswith("/details/")


def test_a_weekday_that_is_right_is_not_told(minuted):
    minuted.date_as_written = "THURSDAY 24th September, 10 am"
    assert "weekday" not in found(minuted)


def test_the_next_meeting_comes_after_this_one(minuted):
    minuted.next_date = dt.date(2026, 9, 1)
    assert "1 September 2026" in found(minuted)["next_before"].sentence


def test_notes_need_a_date(minuted):
    minuted.date = None
    assert "no_date" in found(minuted)


def test_notes_need_a_chair(minuted, pcc):
    services.change_attendee(pcc, chair=False, by=None)
    assert found(minuted)["no_chair"].sentence == "Say who chaired the meeting."


def test_a_chair_who_sent_apologies_did_not_chair(minuted, pcc):
    services.change_attendee(pcc, presence="apologies", by=None)
    assert "sent apologies" in found(minuted)["no_chair"].sentence


def test_a_speaker_who_was_not_there_is_told_with_the_place(minuted, cc, leadership):
    services.change_attendee(cc, presence="apologies", by=None)
    check = found(minuted)["speaker_absent"]
    assert check.where == "2.1.1"
    assert check.url.startswith(leadership.get_absolute_url())


def test_an_answer_names_who_gave_it_or_says_that_nobody_was_named(minuted, exchange):
    services.add_contribution(exchange, Spoken("answer", "and was told that it was."), by=None)
    assert "Nobody named" in found(minuted)["answer_of_nobody"].sentence


def test_a_passive_answer_of_nobody_named_is_well(minuted, exchange):
    services.add_contribution(
        exchange, Spoken("answer", "and was told that it was.", nobody_named=True), by=None
    )
    assert checks(minuted) == []


def test_an_item_is_minuted_or_says_none(minuted):
    services.record_none(minuted.items.get(title="Performance"), False, by=None)
    assert found(minuted)["not_minuted"].sentence.startswith("2.2 Performance has no record.")


def test_an_item_under_which_an_action_arose_counts_as_minuted(minuted):
    item = minuted.items.get(title="Performance")
    services.record_none(item, False, by=None)
    assert checks(minuted, also_minuted={item.pk}) == []


def test_the_next_meeting_is_said_or_none(minuted):
    services.change_meeting(minuted, next_type="", next_date=None, by=None)
    assert found(minuted)["not_minuted"].where == "3"


def test_what_is_marked_to_check_is_resolved_first(minuted, exchange):
    services.add_contribution(exchange, Spoken("comment", "noted.", to_check="Name of the board"), by=None)
    assert "Name of the board" in found(minuted)["to_check"].sentence


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        ("said that Imogen Vale would write.", "blocker"),
        ("said that imogen  vale would write.", "blocker"),
        ("said that Ms Vale would write.", "blocker"),
        ("said that Vale would write.", "doubt"),
    ],
)
def test_somebody_published_by_role_is_not_named_in_the_text(minuted, exchange, cc, text, severity):
    services.change_attendee(cc, publish_as="role", by=None)
    services.add_contribution(exchange, Spoken("comment", text), by=None)
    assert found(minuted)["hidden_name"].severity == severity


@pytest.mark.parametrize(
    "fact", ["period", "date_as_written", "next_type", "next_date_as_written", "next_as_written"]
)
def test_no_fact_of_the_meeting_names_somebody_published_by_role(minuted, cc, fact):
    services.change_attendee(cc, publish_as="role", by=None)
    services.change_meeting(minuted, **{fact: "as Imogen Vale wrote"}, by=None)
    assert found(minuted)["hidden_name"].is_blocker


def test_words_that_only_hold_a_name_are_not_taken_for_it(minuted, exchange, cc):
    services.change_attendee(cc, publish_as="role", by=None)
    services.add_contribution(exchange, Spoken("comment", "spoke of the vale and of Valerian."), by=None)
    assert checks(minuted) == []


def test_who_speaks_is_not_only_counted(minuted, cc):
    services.change_attendee(cc, publish_as="counted", by=None)
    assert "only counted" in found(minuted)["speaker_counted"].sentence


def test_a_planned_meeting_has_no_notes_to_approve(minuted):
    minuted.status, minuted.date = Meeting.Status.PLANNED, dt.date(2999, 1, 3)
    assert "3 January 2999" in found(minuted)["not_held"].sentence


def settle(meeting):
    SettledDoubt.objects.create(
        meeting=meeting,
        code="weekday",
        where="date",
        sentence="…",
        public_note="As in the original, in doubt.",
        at=dt.datetime(2026, 10, 1, tzinfo=dt.UTC),
    )


def test_a_settled_blocker_of_a_record_published_elsewhere_is_a_doubt(minuted):
    minuted.date_as_written, minuted.published_elsewhere = "Tuesday", True
    settle(minuted)
    assert found(minuted)["weekday"].severity == "doubt"


def test_a_record_of_our_own_is_put_right_instead(minuted):
    minuted.date_as_written = "Tuesday"
    settle(minuted)
    assert found(minuted)["weekday"].is_blocker


def test_checking_takes_as_many_queries_for_a_long_record(
    minuted, leadership, pcc, django_assert_num_queries
):
    for number in range(30):
        services.add_exchange(leadership, [Spoken("question", f"asked {number}.", speaker=pcc)], by=None)
    with django_assert_num_queries(6):
        checks(Meeting.objects.get(pk=minuted.pk))


def test_two_people_of_one_role_without_a_short_name_are_told_apart(minuted, officer):
    for name in ["Ida Brook", "Ira Stone"]:
        person = Person.objects.create(name=name)
        services.add_attendee(minuted, person=person, role_title="Inspector", by=officer)
    assert found(minuted)["same_key"].severity == "doubt"


def test_somebody_who_is_not_named_is_no_name_to_look_for(minuted, exchange):
    services.add_attendee(minuted, person=Person.objects.create(name=NOT_NAMED), role_title="Clerk", by=None)
    services.add_contribution(exchange, Spoken("comment", "Those not named were thanked."), by=None)
    assert checks(minuted) == []
