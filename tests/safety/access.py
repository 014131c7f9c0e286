"""Who may do what at every address: the table `access.csv`, and what it is compared with.

A row is an address pattern, on which sort of thing it is tried, by which method, and what each person gets:

    200      the page
    in       let in: what was sent was done, or refused for what it said (200, 302, 400, 409, 422, 428)
    away     sent to another page
    sign in  sent to the sign-in page
    401 403 404 405

Things are "own" (they fit together), "other" (they belong elsewhere: an item of another meeting, an action
that is not the force's, an id that nothing has) or none. HEAD is as GET; every other method is refused.

`python -m tests.safety.access` prints rows for the addresses that have none, to be decided by docs and sense:
whoever adds an address says who may use it.
"""

import csv
import os
from pathlib import Path

FILE = Path(__file__).with_name("access.csv")
METHODS = ["GET", "POST"]
WHO = ["officer", "approver", "liaison", "administrator", "stranger", "nobody"]
HEADING = ["route", "thing", "method", *WHO]
UNDECIDED = "?"
DECISIONS = {"200", "in", "away", "sign in", "401", "403", "404", "405"}

Row = tuple[str, str, str]


def read_table() -> dict[Row, dict[str, str]]:
    """What each person gets, by pattern, thing and method."""
    with FILE.open(newline="") as lines:
        rows = list(csv.DictReader(lines))
    return {(row["route"], row["thing"], row["method"]): {who: row[who] for who in WHO} for row in rows}


def wanted_rows() -> list[Row]:
    """Every row that the table has to have, in the order of the URLconf."""
    from tests.safety.office import routes

    return [
        (route, thing, method)
        for route, _ in routes()
        for thing in (["own", "other"] if "<int:" in route or "<slug:" in route else [""])
        for method in METHODS
    ]


def missing_rows() -> list[Row]:
    table = read_table()
    return [row for row in wanted_rows() if row not in table]


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    import django

    django.setup()
    for row in missing_rows():
        print(",".join([*row, *[UNDECIDED] * len(WHO)]))  # noqa: T201
