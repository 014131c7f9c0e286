"""What a liaison reaches of the office: their list, their actions, their own account, and nothing else."""

import pytest

from tests.safety.access import read_table

# The addresses that let a liaison in; everything else of the office answers 403, 404 or 405.
THEIRS = {
    "office/actions/",
    "office/actions/<int:pk>/",
    "office/actions/<int:pk>/update/",
    "office/actions/<int:pk>/evidence/add/",
    "office/actions/<int:pk>/evidence/<int:evidence_pk>/",
}
# Signing in and out, one's own account, how pages look: the same for everybody.
FOR_EVERYBODY = ("office/account/", "office/sign-", "office/session/", "office/components/")
# Letters carry addresses of their own, which need no account.
WITHOUT_AN_ACCOUNT = ("office/reply/", "office/calendar/")
OPEN = {"200", "in"}


def test_every_address_of_the_office_is_closed_to_a_liaison_but_for_their_own():
    reached = {
        route
        for (route, _, _), people in read_table().items()
        if route.startswith("office/") and people["liaison"] in OPEN and people["nobody"] not in OPEN
    }
    assert {route for route in reached if not route.startswith(FOR_EVERYBODY + WITHOUT_AN_ACCOUNT)} <= THEIRS


@pytest.mark.parametrize("route", sorted(THEIRS - {"office/actions/"}))
def test_of_another_body_they_find_nothing(route):
    others = [people for (at, thing, _), people in read_table().items() if at == route and thing == "other"]
    assert {people["liaison"] for people in others} <= {"404", "405"}
