#!/usr/bin/env python3
"""The page of an item with 300 exchanges: how long the server takes for it, and how many queries.

    benchmarks/record_page.py                                        SQLite
    bin/with-postgres .venv/bin/python benchmarks/record_page.py     PostgreSQL

The long item is measured bare, and with all that can stand beside it: a theme on which an earlier meeting spoke
and promised, and prepared questions. Whoever asks has a second factor, as in every office.
The page is made in this process, as gunicorn's worker makes it, but for the network. It works on a database
of its own, which is gone afterwards.
"""

import datetime as dt
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path
from uuid import uuid4

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

EXCHANGES = int(os.environ.get("EXCHANGES", "300"))
EARLIER = 15
TIMES = 20
PROMISE = "said that it will provide a report by the end of May"
SAID = "said that it is, with two exceptions that were described at length"


def fill():
    """A meeting whose one long item holds all its exchanges, with actions, and earlier ones to speak of."""
    from django.core.management import call_command

    from actions.services import add_action, add_earlier_action
    from meetings.models import MeetingType, Person, Role
    from meetings.services import Spoken, add_attendee, add_exchange, add_item, plan_meeting
    from publications.models import Identity

    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    Identity.objects.create(
        starts=dt.date(2012, 11, 22),
        office_name="The office",
        office_short_name="Office",
        force_name="The force",
    )
    kind = MeetingType.objects.create(name="Monthly Assurance Meeting")
    meeting = plan_meeting(type=kind, date=dt.date(2025, 9, 24), by=None)
    role = Role.objects.create(title="Chief Constable", abbreviation="CC", body="force")
    pcc, cc = (
        add_attendee(meeting, person=Person.objects.create(name=name), abbreviation=short, by=None)
        for name, short in [("Ash Vale", "PCC"), ("Rowan Dale", "CC")]
    )
    arising = add_item(meeting, title="Matters arising", kind="matters_arising", by=None)
    for number in range(EARLIER):
        add_earlier_action(
            recorded_in=meeting,
            item=arising,
            text=f"Report on what was promised ({number})",
            owner=role,
            origin_text="July meeting",
            by=None,
            op_id=uuid4(),
        )
    item = add_item(meeting, title="Holding to account", kind="holding_to_account", by=None)
    for number in range(EXCHANGES):
        said = [
            Spoken(
                "question", "asked how the force knows that it is done in every district", pcc, lead="The PCC"
            ),
            Spoken("answer", PROMISE if number % 10 == 0 else SAID, cc, lead="The CC"),
            Spoken("answer", "added that two districts are later than the others", cc, lead="The CC"),
        ]
        exchange = add_exchange(item, said, by=None)
        if number % 20 == 0:
            add_action(
                meeting=meeting, item=item, after=exchange, text="Report", owner=role, by=None, op_id=uuid4()
            )
    return meeting, item, arising


def add_beside(item):
    """Give the item a theme with a past, and prepared questions."""
    from actions.services import add_action
    from meetings.models import Theme
    from meetings.services import (
        Spoken,
        add_exchange,
        add_item,
        add_question,
        change_item,
        hold,
        plan_meeting,
    )

    theme = Theme.objects.create(name="Custody")
    change_item(item, themes=[theme], by=None)
    for number in range(5):
        add_question(item, f"How many were held for more than a day ({number})?", by=None)
    before = plan_meeting(type=item.meeting.type, date=dt.date(2025, 8, 20), by=None)
    hold(before, by=None)
    earlier = add_item(before, title="Cells", themes=[theme], by=None)
    for number in range(5):
        add_exchange(earlier, [Spoken("narrative", f"The cells were spoken of ({number}).")], by=None)
        text = f"Count the cells ({number})"
        add_action(meeting=before, item=earlier, text=text, owner=None, due_next=True, by=None, op_id=uuid4())


def officer_client():
    """A policy officer who has signed in with a code."""
    from allauth.mfa.models import Authenticator
    from django.conf import settings
    from django.test import Client

    from accounts.models import User
    from benchmarks.saving import session_of

    settings.SECOND_FACTOR = True
    client = Client(SERVER_NAME="127.0.0.1")
    client.cookies["assurance_session"] = session_of(0)
    Authenticator.objects.create(user=User.objects.get(), type=Authenticator.Type.TOTP, data={})
    return client


def measure(client, name: str, path: str) -> None:
    """The middle and the slowest of several requests, what the processor had to do, and the queries of the last one."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.get(path)
    taken, worked = [], []
    for _ in range(TIMES):
        began, began_work = time.perf_counter(), time.process_time()
        answer = client.get(path)
        taken.append((time.perf_counter() - began) * 1000)
        worked.append((time.process_time() - began_work) * 1000)
    if answer.status_code != 200:
        sys.exit(f"{path} answered {answer.status_code} {answer.headers.get('Location', '')}")
    with CaptureQueriesContext(connection) as captured:
        client.get(path)
    print(
        f"{name:28} {statistics.median(taken):6.1f} ms (slowest {max(taken):.1f}; the processor {statistics.median(worked):.1f}), {len(captured)} queries,"
        f" {len(answer.content) // 1024} KB"
    )
    if "-v" in sys.argv:
        for query in captured.captured_queries:
            print(f"    {query['sql'][:150]}")


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="assurance-benchmark-") as folder:
        from benchmarks.saving import prepare

        prepare(folder)
        from django.db import connection
        from django.urls import reverse

        meeting, item, arising = fill()
        client = officer_client()
        print(f"{connection.vendor}, {EXCHANGES} exchanges, load {os.getloadavg()[0]:.1f}")
        measure(client, "the long item", item.get_absolute_url())
        add_beside(item)
        measure(client, "with theme and questions", item.get_absolute_url())
        measure(client, "matters arising", arising.get_absolute_url())
        measure(client, "the whole meeting", reverse("desk:whole", args=[meeting.pk]))
        connection.close()


if __name__ == "__main__":
    main()
