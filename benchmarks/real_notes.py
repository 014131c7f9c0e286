#!/usr/bin/env python3
"""How long real notes take to be imported and to be published with their PDF, once the program has started.

    benchmarks/real_notes.py ../shared/notes/monthly-assurance-meeting-2020-09.txt

What is in doubt is settled as in the original. A large meeting is compiled too. It works on a database of
its own, which is gone afterwards.
"""

import os
import sys
import tempfile
import time
from pathlib import Path

HOUSE = Path(__file__).resolve().parent.parent
REPEATS = 5
EXCHANGES = 500


def main(source: Path) -> None:
    """Print the figures, the best and the worst of a few runs."""
    with tempfile.TemporaryDirectory(prefix="assurance-benchmark-") as folder:
        prepare(folder)
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        content = source.read_bytes()
        show("read the text", [timed(lambda: read(content)) for _ in range(REPEATS)])
        show("import: read, make, store", [timed(lambda: bring_in(content)) for _ in range(REPEATS)])
        show("publish, PDF included", publishing(content))
        meeting = large_meeting()
        for audience in ("office", "public"):
            runs = [timed(lambda audience=audience: compile_it(meeting, audience)) for _ in range(REPEATS)]
            show(f"compile {EXCHANGES} exchanges for the {audience}", runs)


def prepare(folder: str) -> None:
    os.chdir(HOUSE)
    sys.path.insert(0, str(HOUSE))
    os.environ |= {
        "ASSURANCE_DATA": folder,
        "SECRET_KEY": "a key for figures alone, longer than fifty characters, as is asked",
        "DJANGO_SETTINGS_MODULE": "assurance.settings",
    }
    os.environ.pop("DATABASE_URL", None)
    import django

    django.setup()


def read(content: bytes) -> None:
    from importing.intake import read_source

    read_source(content)


def bring_in(content: bytes) -> None:
    """One whole import, as the command does it, for which nothing is kept."""
    from django.db import transaction

    from importing.intake import read_source
    from importing.looking_over import bring_in as store

    with transaction.atomic():
        store(read_source(content, name="notes.txt"), by=None)
        transaction.set_rollback(True)


def publishing(content: bytes) -> list[float]:
    """How long publishing takes, from the approved record to the stored edition."""
    import datetime as dt

    from django.db import transaction

    from accounts.models import DutyKind, User
    from importing.intake import read_source
    from importing.looking_over import bring_in as store
    from meetings.services import change_meeting
    from publications.models import Identity
    from review.checks import blockers
    from review.services import approve, publish, settle

    Identity.objects.create(
        starts=dt.date(2000, 1, 1),
        office_name="The office",
        office_short_name="Office",
        force_name="The force",
    )
    approver = User.objects.create_user("approver@office.example", "The approver")
    approver.duties.create(kind=DutyKind.APPROVER)
    runs = []
    for _ in range(REPEATS):
        with transaction.atomic():
            meeting = store(read_source(content, name="notes.txt"), by=None)
            change_meeting(meeting, published_elsewhere=True, by=None)
            for check in blockers(meeting):
                settle(
                    meeting, code=check.code, where=check.where, public_note="As in the original.", by=None
                )
            approve(meeting, by=approver)
            runs.append(timed(lambda meeting=meeting: publish(meeting, by=None)))
            transaction.set_rollback(True)
    return runs


def large_meeting():
    """A meeting of 20 items with 500 exchanges of three contributions each."""
    import datetime as dt

    from meetings.models import MeetingType, Person
    from meetings.services import Spoken, add_attendee, add_exchange, add_item, plan_meeting

    kind = MeetingType.objects.create(name="Large meeting")
    meeting = plan_meeting(type=kind, date=dt.date(2025, 9, 24), by=None)
    people = [
        add_attendee(meeting, person=Person.objects.create(name=f"Person {n}"), abbreviation=f"P{n}", by=None)
        for n in range(20)
    ]
    for number in range(20):
        item = add_item(meeting, title=f"Item {number}", by=None)
        for place in range(EXCHANGES // 20):
            speakers = [people[(number + place + n) % 20] for n in range(3)]
            said = [Spoken("answer", "said what was said. " * 10, one, lead=one.printed) for one in speakers]
            add_exchange(item, said, by=None)
    return meeting


def compile_it(meeting, audience: str) -> None:
    from review.compilation import compile_notes

    compile_notes(type(meeting).objects.get(pk=meeting.pk), audience).to_bytes()


def timed(work) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def show(what: str, runs: list[float]) -> None:
    print(f"{what:50} {min(runs):6.3f} s to {max(runs):.3f} s")


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve())
