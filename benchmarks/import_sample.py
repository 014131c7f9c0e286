#!/usr/bin/env python3
"""How long it takes to import real notes, and to compile a large meeting, once the program has started.

    benchmarks/import_sample.py ../shared/notes/monthly-assurance-meeting-2020-09.txt

It works on a database of its own, which is gone afterwards.
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
