"""Every address of the house is open to those whom `access.csv` names, and closed to everybody else."""

import pytest

from tests.safety.access import DECISIONS, FILE, Row, missing_rows, read_table, wanted_rows
from tests.safety.office import Answer, Office, routes

ROUTES = [route for route, _ in routes()]
TABLE = read_table()
LET_IN = {200, 302, 400, 409, 422, 428}


def test_every_address_is_decided_in_the_table():
    missing = missing_rows()
    assert not missing, (
        f"{len(missing)} rows are missing in {FILE.name}, the first for {missing[0]}. "
        "`python -m tests.safety.access` prints them; decide who may do it, and add them to the table."
    )


def test_the_table_names_no_address_that_is_gone():
    assert TABLE.keys() - set(wanted_rows()) == set()


def test_the_table_decides_and_does_not_leave_open():
    decided = {what for row in TABLE.values() for what in row.values()}
    assert decided <= DECISIONS


@pytest.mark.parametrize("route", ROUTES)
def test_an_address_is_open_to_whom_the_table_names_alone(office: Office, route: str):
    addresses = office.addresses(route)
    differences = [
        difference
        for (_, thing, method), people in rows_of(route)
        for who, decided in people.items()
        for difference in try_it(office, who, method, addresses[thing], decided)
    ]
    assert differences == []


@pytest.mark.parametrize("route", ROUTES)
def test_an_address_shows_its_page_and_takes_forms_and_does_nothing_else(office: Office, route: str):
    address = next(iter(office.addresses(route).values()))
    others = ["PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"]
    assert {office.ask("officer", method, address).status_code for method in others} == {405}
    head, page = office.ask("officer", "HEAD", address), office.ask("officer", "GET", address)
    assert (head.status_code, head.content) == (page.status_code, b"")


def rows_of(route: str) -> list[tuple[Row, dict[str, str]]]:
    return [(row, people) for row, people in TABLE.items() if row[0] == route]


def try_it(office: Office, who: str, method: str, address: str, decided: str) -> list[str]:
    """How the answer differs from what was decided."""
    answer = office.ask(who, method, address)
    if is_as(decided, answer):
        return []
    return [f"{who}: {method} {address} is {told(answer)}, decided is {decided}"]


def is_as(decided: str, answer: Answer) -> bool:
    """Whether an answer is what the table says."""
    status = answer.status_code
    if decided == "in":
        return status in LET_IN and not is_to_sign_in(answer)
    if decided in {"sign in", "away"}:
        return status == 302 and is_to_sign_in(answer) == (decided == "sign in")
    return str(status) == decided


def is_to_sign_in(answer: Answer) -> bool:
    return answer.headers.get("Location", "").split("?")[0] == "/office/sign-in/"


def told(answer: Answer) -> str:
    return f"{answer.status_code} {answer.headers.get('Location', '')}".strip()
