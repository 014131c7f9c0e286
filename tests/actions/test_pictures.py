"""The log over time, in figures."""

import datetime as dt
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from actions import services
from actions.models import Action
from actions.pictures import pictures, quarters, years
from actions.timing import Diary
from tests.actions.conftest import a_meeting, promise

PAGE = reverse("actions:pictures")
TODAY = dt.date(2026, 11, 23)


def at(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(12), tzinfo=dt.UTC)


def agreed(office, on: dt.date, *, owner=None, due_on=None, closed_after=None, by=None) -> Action:
    """An action that was agreed on a day, and closed so many days later."""
    meeting = a_meeting(office.public, on)
    action = promise(meeting, owner or office.cc, due_on=due_on)
    services.give_reference(action, at=at(on))
    action.refresh_from_db()
    if closed_after is not None:
        services.close(action, by=by, reason="Done", at=at(on + dt.timedelta(days=closed_after)))
    return action


def drawn(today: dt.date = TODAY) -> dict:
    return {one.key: one for one in pictures(Action.objects.all(), Diary.read(today))}


def numbers(picture) -> list[list[int | str]]:
    return [[*(bar.number for bar in line.bars), *line.numbers] for line in picture.lines]


@pytest.fixture
def past(office, approver):
    """Opened in April, July, July and October 2026; two of them closed, after 20 and 100 days."""
    agreed(office, dt.date(2026, 4, 10), closed_after=20, by=approver)
    agreed(office, dt.date(2026, 7, 1), closed_after=100, by=approver)
    agreed(office, dt.date(2026, 7, 20), due_on=dt.date(2026, 9, 1), owner=office.acc)
    return agreed(office, dt.date(2026, 10, 5), due_on=dt.date(2099, 1, 13), owner=office.acc)


def test_a_quarter_has_three_months_and_the_last_one_ends_today():
    spans = quarters(dt.date(2026, 1, 15))
    assert [span.name for span in spans][-2:] == ["Oct to Dec 2025", "Jan to Mar 2026"]
    assert (spans[-1].first, spans[-1].last) == (dt.date(2026, 1, 1), dt.date(2026, 1, 15))
    assert (len(spans), spans[0].first) == (8, dt.date(2024, 4, 1))


def test_a_reporting_year_begins_in_april():
    first, *_, last = years(dt.date(2024, 3, 31), dt.date(2026, 4, 1))
    assert (first.name, last.name) == ("2023 to 2024", "2026 to 2027")


def test_what_was_opened_and_closed_is_counted_by_quarter(past):
    picture = drawn()["opened-closed"]
    assert numbers(picture)[-3:] == [[1, 1, 0, 0], [2, 0, 0, 2], [1, 1, 0, 2]]
    assert picture.headline == (
        "More actions were opened than closed in the last four quarters: 4 opened, 2 closed"
    )
    assert picture.basis == "Based on 4 actions: too few to conclude from."


def test_a_closing_that_was_undone_at_once_counts_as_neither(past, approver):
    closing = services.close(past, by=approver, reason="Done")
    services.reopen(past, by=approver, reason="Undone at once", seen=closing.pk)
    assert numbers(drawn(timezone.localdate())["opened-closed"])[-1][2] == 0


def test_what_is_opened_again_is_open_and_was_not_closed_in_time(office, approver):
    action = agreed(office, dt.date(2026, 4, 10), closed_after=20, by=approver)
    services.reopen(action, by=approver, reason="Not done", at=at(dt.date(2026, 7, 2)))
    found = drawn()
    assert numbers(found["opened-closed"])[-3:] == [[1, 1, 0, 0], [0, 0, 1, 1], [0, 0, 0, 1]]
    assert found["time-to-close"].lines == []


def test_half_of_the_actions_are_closed_within_the_median(past):
    picture = drawn()["time-to-close"]
    assert numbers(picture) == [[1], [0], [0], [1]]
    assert picture.headline == "Half of the actions that were closed took 60 days or less"


def test_open_actions_are_counted_by_owner_with_those_that_are_late(past, office):
    agreed(office, dt.date(2026, 11, 2))
    picture = drawn()["by-owner"]
    assert [(line.name, line.bars[0].number, line.numbers) for line in picture.lines] == [
        ("Assistant Chief Constable", 2, [1]),
        ("Chief Constable", 1, [0]),
    ]
    assert picture.headline == "Most open actions are with the Assistant Chief Constable: 2 of 3"


def test_dates_that_moved_are_counted(past, approver):
    for day in (13, 14):
        services.move_due(past, due_on=dt.date(2099, 2, day), by=approver, reason="Not ready")
    picture = drawn(timezone.localdate())["dates-moved"]
    assert numbers(picture) == [[1], [0], [1], [0]]
    assert picture.headline == "1 open action has had its date changed more than once"


def test_overdue_is_told_as_it_was_then(past, approver):
    before = numbers(drawn()["overdue"])
    assert before[-2:] == [[1, 2], [1, 2]]
    late = Action.objects.get(due_on=dt.date(2026, 9, 1))
    services.move_due(late, due_on=dt.date(2099, 3, 1), by=approver, reason="Not ready")
    assert numbers(drawn(timezone.localdate())["overdue"])[-2:] == [[1, 2], [0, 2]]


def test_years_run_from_april_the_newest_first(past, office, approver):
    agreed(office, dt.date(2026, 3, 31), closed_after=0, by=approver)
    picture = drawn()["by-year"]
    assert [line.name for line in picture.lines] == ["2026 to 2027", "2025 to 2026"]
    assert numbers(picture) == [[4, 2, "60 days"], [1, 1, "0 days"]]


def test_the_page_says_each_picture_in_words(approver_client, past):
    page = re.sub(r"\s+", " ", approver_client.get(PAGE).content.decode())
    assert "<b>2</b> opened" in page
    assert page.count("Based on ") == 6
    assert page.count('aria-hidden="true"') == page.count("<svg")


def test_an_office_that_begins_has_empty_pictures(officer_client, office):
    page = officer_client.get(PAGE).content.decode()
    assert page.count("There is nothing to show yet.") == 6


@pytest.mark.parametrize("who", ["liaison_client", "administrator_client"])
def test_pictures_are_the_offices_alone(request, past, who):
    assert request.getfixturevalue(who).get(PAGE).status_code == 404


def test_pictures_cost_the_same_for_ten_times_the_actions(
    approver_client, office, past, django_assert_max_num_queries
):
    def queries():
        with django_assert_max_num_queries(8) as counted:
            approver_client.get(PAGE)
        return len(counted)

    few = queries()
    for day in range(1, 11):
        agreed(office, dt.date(2026, 9, day))
    assert queries() == few
