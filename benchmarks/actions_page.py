#!/usr/bin/env python3
"""The Commissioner's page after 20 years of one office: how long the server takes for it, and how many queries.

    benchmarks/actions_page.py                                        SQLite
    bin/with-postgres .venv/bin/python benchmarks/actions_page.py     PostgreSQL

3,000 actions with 30,000 events, of which 60 are open (`ACTIONS=5000 OPEN=5000` is the worst that is thought of).
The page is made in this process, as gunicorn's worker makes it, but for the network. It works on a database
of its own, which is gone afterwards.
"""

import datetime as dt
import os
import re
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

ACTIONS = int(os.environ.get("ACTIONS", "3000"))
OPEN = int(os.environ.get("OPEN", "60"))
EVENTS_EACH = 10
YEARS = 20
TODAY = dt.datetime.now(tz=dt.UTC).date()
WORDS = (
    "provide an update on the reasons for the number of people who are detained, and on what is done about it"
)


def fill() -> None:
    """Twenty years of monthly meetings of two types, each action with the events of its life."""
    from django.core.management import call_command

    from actions.models import Action, ActionEvent
    from meetings.models import Theme
    from publications.models import Identity

    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    Identity.objects.create(
        starts=dt.date(2004, 1, 1), office_name="The office", office_short_name="Office", force_name="Force"
    )
    roles, themes = roles_of_the_force(), [Theme.objects.create(name=f"Theme {one}") for one in range(30)]
    meetings = twenty_years(themes)
    actions = [an_action(number, meetings, roles) for number in range(ACTIONS)]
    Action.objects.bulk_create(actions, batch_size=500)
    events = [event for action in actions for event in life_of(action)]
    ActionEvent.objects.bulk_create(events, batch_size=500)
    know_the_tables()
    print(f"{len(actions)} actions, {OPEN} of them open, {len(events)} events, {len(meetings)} meetings")


def know_the_tables() -> None:
    """Let PostgreSQL count its tables, as it does by itself within a minute."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def roles_of_the_force() -> list:
    from meetings.models import Role

    return [
        Role.objects.create(title=f"Chief Officer {one}", abbreviation=f"C{one}", body="force")
        for one in range(12)
    ]


def twenty_years(themes: list) -> list:
    """Meetings with an item each, and the next one that is planned."""
    from meetings.models import AgendaItem, Meeting, MeetingType

    types = [MeetingType.objects.create(name=name) for name in ("Monthly Assurance Meeting", "Thematic")]
    held = [
        Meeting(type=types[month % 2], date=TODAY - dt.timedelta(days=30 * month + 7), status="held")
        for month in reversed(range(YEARS * 12))
    ]
    planned = Meeting(type=types[0], date=TODAY + dt.timedelta(days=21))
    Meeting.objects.bulk_create([*held, planned])
    for meeting in held:
        item = AgendaItem.objects.create(
            meeting=meeting, title="Holding to account", kind="holding_to_account"
        )
        item.themes.add(themes[meeting.pk % len(themes)])
    return held


def an_action(number: int, meetings: list, roles: list):
    """The open ones arose lately; of the others, most were closed within three months."""
    from actions.models import Action

    meeting = meetings[number * len(meetings) // ACTIONS]
    is_open = number >= ACTIONS - OPEN
    return Action(
        meeting=meeting,
        item=meeting.items.get(),
        order=number,
        text=f"{WORDS} ({number})",
        reference=f"{meeting.date.year}/{number}",
        owner=roles[number % len(roles)],
        due_on=due_day(number, meeting, is_open),
        first_due_on=due_day(number, meeting, is_open),
        times_moved=number % 3,
        state=("open", "proposed", "open", "returned")[number % 4] if is_open else "closed",
    )


def due_day(number: int, meeting, is_open: bool) -> dt.date:
    if not is_open:
        return meeting.date + dt.timedelta(days=60)
    return TODAY + dt.timedelta(days=number % 120 - 40)


def life_of(action) -> list:
    """Agreed, then updates, then closed, or asked to be."""
    from actions.models import ActionEvent

    def event(place: int, kind: str, state: str = ""):
        day = action.meeting.date + dt.timedelta(days=place * 8)
        at = dt.datetime.combine(min(day, TODAY), dt.time(12), tzinfo=dt.UTC)
        return ActionEvent(
            action=action, kind=kind, on=at.date(), at=at, text=f"{WORDS} and more", to_state=state
        )

    last = {"closed": ("closed", "closed"), "proposed": ("proposed", "proposed")}.get(action.state)
    last = last or ("update", "")
    middle = [event(place, "update") for place in range(1, EVENTS_EACH - 1)]
    return [event(0, "agreed", "open"), *middle, event(EVENTS_EACH - 1, *last)]


def first_of(client, log: str) -> str:
    """The address that the list gives to its first action."""
    page = client.get(log).content.decode()
    return re.search(r'/office/actions/\d+/\?list=1[^"]*', page)[0].replace("&amp;", "&")


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="assurance-benchmark-") as folder:
        from benchmarks.saving import prepare, session_of

        prepare(folder)
        from django.db import connection
        from django.test import Client
        from django.urls import reverse

        from benchmarks.record_page import measure

        fill()
        client = Client(SERVER_NAME="127.0.0.1")
        client.cookies["assurance_session"] = session_of(0)
        print(f"{connection.vendor}, load {os.getloadavg()[0]:.1f}")
        log = reverse("actions:list")
        measure(client, "outstanding actions", log)
        measure(client, "overdue ones by owner", f"{log}?timing=overdue&sort=owner")
        measure(client, "found by words", f"{log}?q=detained")
        measure(client, "closed at any time", f"{log}?status=ended")
        measure(client, "one of a list, with the next", first_of(client, log))
        measure(client, "in pictures", reverse("actions:pictures"))
        measure(client, "spreadsheet of what is open", reverse("actions:workbook"))
        connection.close()


if __name__ == "__main__":
    main()
