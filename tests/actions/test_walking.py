"""Deciding on the actions of a list one after another."""

import datetime as dt
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from actions import services
from tests.actions.conftest import promise
from tests.actions.test_pages import decision, page_of

LOG = reverse("actions:list")


@pytest.fixture
def four(office, september):
    """Four actions in the order of the page; the last two are owned by the Assistant Chief Constable."""
    today = timezone.localdate()
    actions = [
        promise(september, office.cc if days < 0 else office.acc, due_on=today + dt.timedelta(days=days))
        for days in (-9, -2, 30, 60)
    ]
    services.give_references(september)
    for action in actions:
        action.refresh_from_db()
    return actions


def decide(client, address: str, action, **answers):
    """Send the form of the page that is open there."""
    query = address.partition("?")[2]
    response = client.post(f"{page_of(action, 'decide')}?{query}", decision(action, **answers))
    return response["Location"]


def opened_from(client, action, **asked) -> str:
    """The address that the list gives to an action."""
    page = client.get(LOG, asked).content.decode()
    start = page.index(f"{page_of(action)}?list=1")
    return page[start : page.index('"', start)].replace("&amp;", "&")


def place(client, address: str) -> tuple:
    found = client.get(address).context["place"]
    return (found.number, found.total, found.following and found.following.label)


def test_after_a_decision_the_next_of_the_list_is_open(approver_client, four):
    first = opened_from(approver_client, four[0])
    assert place(approver_client, first) == (1, 4, four[1].reference)
    second = decide(approver_client, first, four[0])
    assert second.startswith(page_of(four[1]))
    page = approver_client.get(second).content.decode()
    assert f"Action {four[0].reference} closed" in page
    assert place(approver_client, second) == (2, 4, four[2].reference)


def test_undoing_leads_back_to_the_same_place(approver_client, four):
    second = decide(approver_client, opened_from(approver_client, four[0], sort="owner"), four[0])
    (undo,) = re.findall(
        r'action="(/office/actions/\d+/undo/[^"]+)"', approver_client.get(second).content.decode()
    )
    again = approver_client.post(undo.replace("&amp;", "&"))["Location"]
    assert again == f"{page_of(four[0])}?list=1&sort=owner"


def test_what_stays_open_after_a_decision_does_not_come_again(approver_client, four):
    second = decide(approver_client, opened_from(approver_client, four[0]), four[0], kind="retained")
    third = decide(approver_client, second, four[1], kind="retained")
    assert place(approver_client, third) == (3, 4, four[3].reference)


def test_what_is_passed_over_is_counted(approver_client, four):
    first = approver_client.get(opened_from(approver_client, four[0])).context["place"]
    assert place(approver_client, first.following.url) == (2, 4, four[2].reference)


def test_the_next_one_fits_the_same_filters_in_the_same_order(approver_client, officer, four, office):
    services.record_update(four[3], "News", by=officer)
    asked = {"owner": office.acc.pk, "sort": "update"}
    third = decide(approver_client, opened_from(approver_client, four[3], **asked), four[3], kind="retained")
    assert third.startswith(page_of(four[2]))
    assert place(approver_client, third) == (2, 2, None)
    assert decide(approver_client, third, four[2]) == f"{LOG}?owner={office.acc.pk}&sort=update"


def test_who_came_from_elsewhere_goes_to_the_list(approver_client, four):
    assert approver_client.get(page_of(four[0])).context["place"] is None
    assert decide(approver_client, page_of(four[0]), four[0]) == LOG


def test_a_mistake_keeps_the_place_in_the_list(approver_client, four):
    address = opened_from(approver_client, four[0])
    response = approver_client.post(
        f"{page_of(four[0], 'decide')}?{address.partition('?')[2]}", decision(four[0], text="")
    )
    assert response.context["place"].number == 1
    assert "?list=1" in response.content.decode().partition('id="decision"')[2]


def test_a_new_action_is_not_among_those_to_decide(approver_client, officer_client, four, office, september):
    new = promise(september, office.cc)
    assert place(approver_client, opened_from(approver_client, four[0]))[1] == 4
    assert place(officer_client, opened_from(officer_client, new))[1] == 5


@pytest.mark.parametrize(
    "query", ["list=1&done=x-99999999999999999999-", "list=1&page=9&timing=never", "list="]
)
def test_an_address_that_was_cut_or_made_up_opens_the_action(approver_client, four, query):
    assert approver_client.get(f"{page_of(four[0])}?{query}").status_code == 200


def test_the_place_costs_the_same_for_ten_times_the_actions(
    approver_client, office, september, four, django_assert_max_num_queries
):
    def queries():
        address = opened_from(approver_client, four[0])
        with django_assert_max_num_queries(30) as counted:
            approver_client.get(address)
        return len(counted)

    few = queries()
    for _ in range(20):
        promise(september, office.cc)
    services.give_references(september)
    assert queries() == few
