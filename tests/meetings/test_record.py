"""The record of an item: what is said is added, moved, deleted and brought back."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from meetings import services
from meetings.models import Contribution, Exchange
from meetings.numbering import store_numbers
from meetings.services import Spoken


def texts(exchange):
    return [one.text for one in exchange.contributions.all()]


def test_an_exchange_holds_what_was_said_in_order(exchange):
    assert [f"{one.lead} {one.text}" for one in exchange.contributions.all()] == [
        "The PCC asked whether the plan was on course.",
        "The CC replied that it was.",
    ]


def test_an_answer_that_came_later_is_added_to_the_exchange(exchange, cc):
    services.add_contribution(exchange, Spoken("answer", "added more.", speaker=cc), by=None)
    assert texts(exchange)[-1] == "added more."


def test_an_entry_can_be_put_after_another(leadership, exchange, pcc):
    last = services.add_exchange(leadership, [Spoken("question", "asked last.", speaker=pcc)], by=None)
    between = services.add_exchange(
        leadership, [Spoken("question", "asked next.", speaker=pcc)], after=exchange, by=None
    )
    assert list(leadership.exchanges.all()) == [exchange, between, last]


def test_an_entry_after_one_that_was_deleted_meanwhile_comes_last(leadership, exchange, pcc, officer):
    other = services.add_exchange(leadership, [Spoken("question", "asked last.", speaker=pcc)], by=None)
    services.remove_exchange(exchange, officer)
    late = services.add_exchange(
        leadership, [Spoken("comment", "noted.", speaker=pcc)], after=exchange, by=None
    )
    assert list(leadership.exchanges.all()) == [other, late]


def test_a_contribution_moves_within_its_exchange(exchange):
    services.move_contribution(exchange.contributions.last(), "up", by=None)
    assert texts(exchange) == ["replied that it was.", "asked whether the plan was on course."]


def test_what_somebody_else_moved_meanwhile_is_not_moved_blindly(leadership, exchange):
    other = services.add_exchange(leadership, [Spoken("narrative", "A report was noted.")], by=None)
    services.move_exchange(other, "up", by=None, seen_at=1)
    with pytest.raises(services.Refused, match="meanwhile"):
        services.move_exchange(other, "up", by=None, seen_at=1)


def test_a_deleted_exchange_comes_back_with_all_that_was_said(exchange, officer):
    before = texts(exchange)
    services.remove_exchange(exchange, officer)
    assert not Exchange.objects.exists()
    assert not Contribution.objects.exists()
    services.restore(exchange, officer)
    assert texts(exchange) == before


def test_what_was_deleted_before_its_exchange_stays_deleted(exchange, officer):
    services.remove_contribution(exchange.contributions.last(), officer)
    services.remove_exchange(exchange, officer)
    services.restore(exchange, officer)
    assert texts(exchange) == ["asked whether the plan was on course."]


def test_the_last_contribution_takes_its_exchange_along_and_back(exchange, officer):
    first, second = exchange.contributions.all()
    services.remove_contribution(first, officer)
    gone = services.remove_contribution(second, officer)
    assert gone == exchange
    services.restore(gone, officer)
    assert texts(exchange) == ["replied that it was."]


def test_an_exchange_that_left_the_office_with_its_number_is_not_deleted(meeting, exchange, officer):
    store_numbers(meeting, dt.datetime(2026, 10, 1, tzinfo=dt.UTC))
    exchange.refresh_from_db()
    with pytest.raises(services.Refused, match=r"2\.1\.1 has left"):
        services.remove_exchange(exchange, officer)


def test_an_exchange_from_which_an_action_arose_is_not_deleted(meeting, leadership, exchange, officer):
    from actions.models import Action

    Action.objects.create(meeting=meeting, item=leadership, after=exchange, text="Report back")
    with pytest.raises(services.Refused, match="action arose"):
        services.remove_exchange(exchange, officer)


def test_nothing_is_added_to_a_deleted_exchange(exchange, cc, officer):
    services.remove_exchange(exchange, officer)
    with pytest.raises(services.Refused, match="deleted meanwhile"):
        services.add_contribution(exchange, Spoken("answer", "added more.", speaker=cc), by=officer)


def test_who_has_spoken_stays_on_the_list(exchange, cc, officer):
    with pytest.raises(
        services.Refused, match=r"has spoken in 2\.1\.1, so they stay on the list\. Change who"
    ):
        services.remove_attendee(cc, officer)


def test_whose_words_were_all_deleted_can_be_taken_off_the_list(meeting, exchange, cc, officer):
    services.remove_exchange(exchange, officer)
    services.remove_attendee(cc, officer)
    assert cc not in meeting.attendances.all()


def test_what_somebody_said_follows_a_new_printed_form(exchange, cc):
    services.change_attendee(cc, abbreviation="A/CC", printed="The A/CC", by=None)
    assert exchange.contributions.last().lead == "The A/CC"


def test_two_people_do_not_share_a_short_name(meeting, pcc, cc):
    with pytest.raises(services.Refused, match="Imogen Vale is CC"):
        services.change_attendee(pcc, abbreviation="cc", by=None)


def test_nobody_is_on_the_list_twice(meeting, cc):
    with pytest.raises(services.Refused, match="already"):
        services.add_attendee(meeting, person=cc.person, by=None)


def test_a_speaker_of_another_meeting_is_a_fault(meeting_type, exchange, cc):
    other = services.plan_meeting(type=meeting_type, date=dt.date(2026, 10, 22), by=None)
    with pytest.raises(ValueError, match="another meeting"):
        services.add_exchange(other.items.first(), [Spoken("answer", "replied.", speaker=cc)], by=None)


def test_only_policy_officers_minute(leadership, exchange, approver, administrator, liaison):
    for by in [approver, administrator, liaison]:
        with pytest.raises(PermissionDenied):
            services.add_exchange(leadership, [Spoken("narrative", "Noted.")], by=by)
        with pytest.raises(PermissionDenied):
            services.remove_exchange(exchange, by)
