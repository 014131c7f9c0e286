"""The log of actions as the commissioner reads it."""

import datetime as dt
import re
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from actions import services
from actions.log import read_log
from actions.models import Action, Outcome
from actions.timing import Diary
from meetings.models import Plan, Priority, Theme
from meetings.services import add_item
from tests.actions.conftest import OCTOBER, SEPTEMBER, TODAY, a_meeting, promise

LOG = reverse("actions:list")


@pytest.fixture
def many(office, september, approver, officer):
    """Eight open actions, of every timing, of which two wait; one closed lately, one new."""
    today = timezone.localdate()
    a_meeting(office.monthly, today + dt.timedelta(days=10))
    days = [-12, -1, 3, 10, 40, 50, None]
    actions = [
        promise(
            september, office.cc if place % 2 else office.acc, due_on=day and today + dt.timedelta(days=day)
        )
        for place, day in enumerate(days)
    ]
    closed = promise(september, office.cc)
    services.give_references(september)
    for action in (actions[0], actions[4]):
        services.propose_completion(action, "All is done", by=officer)
    services.close(closed, by=approver, reason="Report received")
    return [*actions, promise(september, office.cc, due_next=True)]


def words_of(response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def test_the_opening_counts_what_the_groups_show(approver_client, many):
    page = words_of(approver_client.get(LOG))
    assert (
        "8 actions are open: 2 waiting for your decision (1 of them overdue), 1 overdue, "
        "3 due by the next meeting, 1 on time, 1 without a due date." in page
    )
    for heading in (
        "Waiting for your decision (2)",
        "Overdue (1)",
        "Due by the next meeting (3)",
        "On time (1)",
    ):
        assert heading in page
    assert "No due date (1)" in page


def test_each_action_is_shown_once(approver_client, many):
    groups = approver_client.get(LOG).context["groups"]
    every = [row.pk for group in groups for row in group.rows]
    assert sorted(every) == sorted(Action.objects.values_list("pk", flat=True))
    assert groups[0].key == "waiting"


def test_what_was_closed_lately_is_shown_with_its_reason(approver_client, many):
    page = words_of(approver_client.get(LOG))
    assert "Closed since 24 September 2026 (1)" in page
    assert "Report received" in page


@pytest.mark.parametrize(
    ("asked", "count"),
    [
        ({"timing": "overdue"}, 2),
        ({"status": "waits"}, 2),
        ({"status": "returned"}, 0),
        ({"status": "all"}, 9),
        ({"status": "ended"}, 1),
        ({"q": "response"}, 9),
        ({"q": "2026/3"}, 1),
        ({"q": "nothing like it"}, 0),
        ({"timing": "no such timing"}, 9),
        ({"page": "999"}, 9),
    ],
)
def test_filters_narrow_the_list(approver_client, many, asked, count):
    assert len(approver_client.get(LOG, asked).context["page"].object_list) == count


def shown(client, **asked) -> set[int]:
    return {row.pk for row in client.get(LOG, asked).context["page"].object_list}


def test_actions_are_found_by_whoever_owns_them_or_helps(approver_client, many, office):
    many[1].supporting.add(office.acc)
    owned = {one.pk for one in many if one.owner == office.acc}
    assert shown(approver_client, owner=office.acc.pk) == {*owned, many[1].pk}


def test_actions_are_found_by_the_theme_and_the_priority_of_their_item(
    approver_client, many, october, office
):
    plan = Plan.objects.create(title="Plan", starts=SEPTEMBER)
    priority = Priority.objects.create(plan=plan, title="Prevent crime")
    theme = Theme.objects.create(name="Response")
    theme.priorities.add(priority)
    elsewhere = promise(october, office.cc)
    elsewhere.item.themes.add(theme)
    under = add_item(october, title="Calls", parent=elsewhere.item, by=None)
    below = services.add_action(
        meeting=october, item=under, text="count", owner=office.cc, by=None, op_id=uuid4()
    )
    both = {elsewhere.pk, below.pk}
    assert shown(approver_client, theme=theme.pk) == both
    assert shown(approver_client, priority=priority.pk) == both


def test_actions_are_found_by_the_type_of_meeting_they_arose_in(approver_client, many, office):
    elsewhere = promise(a_meeting(office.public, OCTOBER), office.cc)
    assert shown(approver_client, type=office.public.pk) == {elsewhere.pk}


def test_filters_count_together(approver_client, many, office):
    (found,) = shown(approver_client, timing="overdue", owner=office.acc.pk)
    assert found == many[0].pk


def test_a_chosen_filter_is_said_and_can_be_taken_away_by_itself(approver_client, many, office):
    response = approver_client.get(
        LOG, {"owner": office.acc.pk, "timing": "overdue", "sort": "owner", "page": 3}
    )
    owner, timing = response.context["asked"].chosen
    assert (owner.label, owner.words) == ("Owner", "Assistant Chief Constable")
    assert (timing.words, timing.without) == ("Overdue", f"?owner={office.acc.pk}&sort=owner")
    assert "Clear filters" in response.content.decode()


def test_a_list_has_one_address_that_a_colleague_can_open(approver_client, officer_client, many):
    asked = {"timing": "overdue", "q": "response", "theme": "", "page": "1"}
    address = approver_client.get(LOG, asked).context["asked"].query
    assert address == "q=response&timing=overdue"
    theirs = officer_client.get(f"{LOG}?{address}").context["page"].object_list
    assert {row.pk for row in theirs} == shown(approver_client, **asked)


def test_nothing_of_a_filter_is_kept(approver_client, many):
    approver_client.get(LOG, {"timing": "overdue"})
    assert len(shown(approver_client)) == 9


def test_a_filter_that_finds_nothing_says_so_and_offers_to_clear(approver_client, many):
    page = approver_client.get(LOG, {"q": "nothing like it"}).content.decode()
    assert "No action fits: Words or reference: nothing like it." in page
    assert f'<a href="{LOG}">Clear filters</a>' in page
    assert "?q=nothing+like+it&amp;status=all" in page


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"theme": "999"}, "Select one of these"),
        ({"q": "x" * 201}, "Words or reference must be 200 characters or less"),
        ({"q": "a\x00b"}, "has a hidden character"),
    ],
)
def test_what_cannot_be_asked_is_said_and_the_rest_is_shown(approver_client, many, asked, sentence):
    page = approver_client.get(LOG, asked).content.decode()
    assert sentence in page
    assert "<title>Error: Outstanding actions" in page
    assert "8 actions are open" in page


def test_sorting_reloads_the_page_and_says_so_in_its_title(approver_client, many):
    response = approver_client.get(LOG, {"sort": "owner"})
    assert "<title>Outstanding actions, sorted by owner" in response.content.decode()
    for group in response.context["groups"]:
        owners = [row.action.owner.title for row in group.rows]
        assert group.key == "closed" or owners == sorted(owners)


def test_what_was_agreed_in_a_meeting_waits_until_it_is_decided(officer, approver, action, october):
    services.record_outcome(action, october, Outcome.CLOSED, by=officer)
    (row,) = read_log(Action.objects.all(), Diary.read(TODAY), is_office=True).rows
    assert row.group == "waiting"
    at = dt.datetime(2026, 10, 28, 17, 0, tzinfo=dt.UTC)
    services.retain(action, by=approver, meeting=october, at=at)
    (row,) = read_log(Action.objects.all(), Diary.read(TODAY), is_office=True).rows
    assert row.group == "by_next"


def test_what_was_agreed_in_a_meeting_is_not_told_to_the_force(officer, liaison_client, action, october):
    services.record_outcome(action, october, Outcome.CLOSED, by=officer)
    assert "Agreed to close" not in liaison_client.get(LOG).content.decode()


def test_a_liaison_sees_the_actions_that_were_sent_to_their_body(liaison_client, office, september):
    ours, theirs = (
        promise(september, office.cc, text="is ours"),
        promise(september, office.pcc, text="is theirs"),
    )
    services.give_references(september)
    new = promise(september, office.cc, text="is not sent")
    page = liaison_client.get(LOG).content.decode()
    assert [one.text in page for one in (ours, theirs, new)] == [True, False, False]


def test_an_administrator_finds_no_log(administrator_client, action):
    assert administrator_client.get(LOG).status_code == 404


def test_who_has_no_duty_is_told_so(stranger_client, action):
    response = stranger_client.get(LOG)
    assert response.status_code == 403
    assert action.text not in response.content.decode()


def test_an_empty_log_says_so(approver_client):
    page = words_of(approver_client.get(LOG))
    assert "No action is open." in page
    assert "Nothing is outstanding." in page


def test_a_long_log_has_pages_and_counts_both(approver_client, office, september, monkeypatch):
    monkeypatch.setattr("actions.views.listing.ROWS_PER_PAGE", 3)
    for _ in range(4):
        promise(september, office.cc)
    first = words_of(approver_client.get(LOG))
    assert "No due date (3 of 4 on this page)" in first
    assert "4 actions are open" in first
    assert "(page 1 of 2)" in first


def test_the_log_costs_the_same_for_ten_times_the_actions(
    approver_client, office, september, officer, django_assert_max_num_queries
):
    def add(count):
        for _ in range(count):
            promise(september, office.cc, due_on=OCTOBER)
        services.give_references(september)
        for action in Action.objects.all():
            services.record_update(action, "News", by=officer)

    def queries():
        with django_assert_max_num_queries(12) as counted:
            approver_client.get(LOG)
        return len(counted)

    add(2)
    few = queries()
    add(18)
    assert queries() == few


def test_markup_in_an_action_is_shown_as_it_was_typed(approver_client, office, september):
    promise(september, office.cc, text="<script>alert(1)</script> ‮right to left‬ 🙂")
    page = approver_client.get(LOG).content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>alert" not in page


def test_days_are_said_as_people_write_them(approver_client, action):
    page = approver_client.get(LOG).content.decode()
    assert "28 Oct 2026" in page
    assert str(SEPTEMBER) not in page
