"""The agenda: items are added, moved, nested, removed and brought back."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from meetings import services
from meetings.models import AgendaItem, Theme
from meetings.numbering import numbers_of, store_numbers


def agenda(meeting):
    numbering = numbers_of(meeting)
    return sorted((numbering.items[item.pk], item.title) for item in meeting.items.all())


@pytest.fixture
def matters(meeting):
    return meeting.items.get(title="Matters arising")


@pytest.fixture
def holding(meeting):
    return meeting.items.get(title="Holding to account")


def test_a_new_item_comes_last(meeting):
    services.add_item(meeting, title="Any other business", by=None)
    assert agenda(meeting)[-1] == ("4", "Any other business")


def test_a_new_item_has_its_themes(meeting):
    custody = Theme.objects.create(name="Custody")
    item = services.add_item(meeting, title="Holding to account: custody", themes=[custody], by=None)
    assert list(item.themes.all()) == [custody]


def test_there_is_no_third_level(meeting, leadership):
    with pytest.raises(services.Refused, match="two deep"):
        services.add_item(meeting, title="Too deep", parent=leadership, by=None)


def test_an_item_moves_among_its_siblings_only(meeting, leadership):
    assert services.move_item(leadership, "down", by=None)
    assert [title for _, title in agenda(meeting)][2:4] == ["Performance", "Leadership"]
    assert not services.move_item(leadership, "down", by=None)


def test_an_item_is_put_under_the_one_before_it(meeting):
    following = meeting.items.get(title="Next meeting")
    services.nest_item(following, by=None)
    assert agenda(meeting)[-1] == ("2.3", "Next meeting")


def test_the_first_item_has_nothing_to_go_under(matters):
    with pytest.raises(services.Refused, match="no item before"):
        services.nest_item(matters, by=None)


def test_an_item_with_sub_items_stays_a_main_item(holding):
    with pytest.raises(services.Refused, match="sub-items"):
        services.nest_item(holding, by=None)


def test_a_sub_item_becomes_the_main_item_after_its_own(meeting, leadership):
    services.unnest_item(leadership, by=None)
    assert agenda(meeting) == [
        ("1", "Matters arising"),
        ("2", "Holding to account"),
        ("2.1", "Performance"),
        ("3", "Leadership"),
        ("4", "Next meeting"),
    ]


def test_an_item_that_was_removed_comes_back_with_its_sub_items(meeting, holding, officer):
    before = agenda(meeting)
    services.remove_item(holding, officer)
    assert len(agenda(meeting)) == 2
    services.restore(holding, officer)
    assert agenda(meeting) == before


def test_what_was_removed_earlier_does_not_come_back_along(meeting, holding, leadership, officer):
    services.remove_item(leadership, officer)
    services.remove_item(holding, officer)
    services.restore(holding, officer)
    assert "Leadership" not in [title for _, title in agenda(meeting)]


def test_a_sub_item_does_not_come_back_without_its_item(holding, leadership, officer):
    services.remove_item(leadership, officer)
    services.remove_item(holding, officer)
    with pytest.raises(services.Refused, match="Bring that back first"):
        services.restore(leadership, officer)


def test_an_item_under_which_somebody_spoke_is_not_removed(holding, exchange, officer):
    with pytest.raises(services.Refused, match="words spoken"):
        services.remove_item(holding, officer)


def test_an_item_with_an_action_is_not_removed(meeting, matters, officer):
    from actions.models import Action

    Action.objects.create(meeting=meeting, item=matters, text="Report back")
    with pytest.raises(services.Refused, match="an action"):
        services.remove_item(matters, officer)


def test_an_item_that_left_the_office_with_its_number_stays_where_it_is(meeting, matters, officer):
    store_numbers(meeting, dt.datetime(2026, 10, 1, tzinfo=dt.UTC))
    matters.refresh_from_db()
    for change in [
        lambda: services.move_item(matters, "down", officer),
        lambda: services.nest_item(matters, officer),
        lambda: services.remove_item(matters, officer),
    ]:
        with pytest.raises(services.Refused, match="number"):
            change()


def test_an_item_is_minuted_as_none_and_no_longer_when_somebody_speaks(leadership, pcc):
    services.record_none(leadership, True, by=None)
    services.add_exchange(leadership, [services.Spoken("comment", "said more.", speaker=pcc)], by=None)
    assert AgendaItem.objects.get(pk=leadership.pk).none is False


def test_an_item_with_a_record_is_not_minuted_as_none(leadership, exchange):
    with pytest.raises(services.Refused, match="has a record"):
        services.record_none(leadership, True, by=None)


def test_approvers_and_administrators_change_no_agenda(meeting, matters, approver, administrator):
    for by in [approver, administrator]:
        with pytest.raises(PermissionDenied):
            services.add_item(meeting, title="Mine", by=by)
        with pytest.raises(PermissionDenied):
            services.remove_item(matters, by)


def test_a_prepared_question_is_ticked_when_it_was_asked(leadership, officer):
    question = services.add_question(leadership, "How many were detained?", by=officer)
    services.change_question(question, asked=True, by=officer)
    question.refresh_from_db()
    assert question.asked
    assert question.history.first().history_user == officer
