#!/usr/bin/env python3
"""How long a save takes while twenty people take minutes: gunicorn with two workers, and real HTTP on the same machine.

    benchmarks/saving.py                                        SQLite
    bin/with-postgres .venv/bin/python benchmarks/saving.py     PostgreSQL

Each of twenty policy officers has a meeting of their own, as long as a real one, and saves every two
seconds for a minute, as the page's own script does: three times what they change (an autosave), then a new
entry from the box. `SECONDS=10`, `PEOPLE=5` and `EXCHANGES=300` measure less, or more. It works on a
database of its own, which is gone afterwards.
"""

import datetime as dt
import http.client
import json
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode
from uuid import uuid4

HOUSE = Path(__file__).resolve().parent.parent
BIN = HOUSE / ".venv" / "bin"
PORT = int(os.environ.get("PORT", "8398"))
SECONDS = float(os.environ.get("SECONDS", "60"))
PEOPLE = int(os.environ.get("PEOPLE", "20"))
EXCHANGES = int(os.environ.get("EXCHANGES", "40"))
EVERY = 2.0
ITEMS = 4
TOKEN = "a" * 32
ASKED = "asked how the force knows that what was agreed in the spring is done in every district"
SAID = "said that it is, with two exceptions that were described, and that a report would follow"


@dataclass
class MinuteTaker:
    """Somebody at a meeting of their own, with the address of what they change and of the box."""

    session: str
    words: str
    box: str
    speaker: str
    abbreviation: str
    version: int = 1
    taken: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    wrong: list[str] = field(default_factory=list)

    def work(self, until: float) -> None:
        """Save every two seconds; nobody begins at the same moment as the others."""
        time.sleep(random.random() * EVERY)  # noqa: S311
        turn = 0
        while (began := time.monotonic()) < until:
            turn += 1
            self.add_entry(turn) if turn % 4 == 0 else self.change_words(turn)
            time.sleep(max(0, began + EVERY - time.monotonic()))

    def change_words(self, turn: int) -> None:
        answer = self.save(
            "a change (autosave)",
            self.words,
            text=f"{SAID} {'and more ' * (turn % 20)}",
            kind="answer",
            speaker=self.speaker,
            lead="The CC",
            paragraph="on",
            base_version=str(self.version),
            autosave="1",
        )
        self.version = answer.get("version") or self.version

    def add_entry(self, turn: int) -> None:
        lines = f"{self.abbreviation.lower()} {ASKED} ({turn})"
        self.save("a new entry (box)", self.box, lines="1", text=lines)

    def save(self, what: str, path: str, **fields: str) -> dict:
        """Send it as the script does, and note how long the answer took."""
        body = urlencode(fields | {"op_id": str(uuid4()), "csrfmiddlewaretoken": TOKEN})
        connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=30)
        began = time.monotonic()
        try:
            connection.request("POST", path, body, self.headers())
            answer = connection.getresponse()
            content = answer.read()
            self.taken[what].append(time.monotonic() - began)
            told = json.loads(content)
        except (OSError, ValueError, http.client.HTTPException) as error:
            self.wrong.append(f"{what}: {error!r}")
            return {}
        finally:
            connection.close()
        if told.get("state") != "saved":
            self.wrong.append(f"{what}: {answer.status} {told}")
        return told

    def headers(self) -> dict[str, str]:
        return {
            "Cookie": f"assurance_session={self.session}; csrftoken={TOKEN}",
            "Content-Type": "application/x-www-form-urlencoded",
            "Accept": "application/json",
        }


def prepare(folder: str) -> None:
    os.chdir(HOUSE)
    sys.path.insert(0, str(HOUSE))
    os.environ |= {
        "ASSURANCE_DATA": folder,
        "SECRET_KEY": "a key for figures alone, longer than fifty characters, as is asked",
        "PLAIN_HTTP": "1",
        "SAMPLE_OFFICE": "1",
        "WEB_CONCURRENCY": os.environ.get("WEB_CONCURRENCY", "2"),
        "DJANGO_SETTINGS_MODULE": "assurance.settings",
    }
    import django

    django.setup()


def fill() -> list[MinuteTaker]:
    """A meeting for each minute-taker, minuted already but for what they add."""
    from django.core.management import call_command

    from meetings.models import MeetingType, Person
    from meetings.services import add_attendee, plan_meeting

    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    kind = MeetingType.objects.create(name="Monthly Assurance Meeting")
    takers = []
    for number in range(PEOPLE):
        meeting = plan_meeting(type=kind, date=dt.date(2025, 9, 24), by=None)
        people = [
            add_attendee(meeting, person=Person.objects.create(name=name), abbreviation=short, by=None)
            for name, short in [(f"Ash Vale {number}", "PCC"), (f"Rowan Dale {number}", "CC")]
        ]
        takers.append(minute_taker(number, meeting, people))
    return takers


def minute_taker(number: int, meeting, people: list) -> MinuteTaker:
    from django.urls import reverse

    from meetings.services import Spoken, add_exchange, add_item

    pcc, cc = people
    for place in range(ITEMS):
        item = add_item(meeting, title=f"Item {place}", by=None)
        for _ in range(EXCHANGES // ITEMS):
            said = [
                Spoken("question", ASKED, pcc, lead="The PCC"),
                Spoken("answer", SAID, cc, lead="The CC"),
            ]
            exchange = add_exchange(item, said, by=None)
    last = exchange.contributions.last()
    return MinuteTaker(
        session=session_of(number),
        words=reverse("desk:words", args=[meeting.pk, last.pk]),
        box=reverse("desk:item", args=[meeting.pk, item.pk]),
        speaker=str(cc.pk),
        abbreviation=pcc.abbreviation,
    )


def session_of(number: int) -> str:
    """A policy officer who has signed in."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from accounts.models import Duty, DutyKind, User

    user = User.objects.create_user(email=f"officer{number}@office.example", name=f"Officer {number}")
    Duty.objects.create(user=user, kind=DutyKind.POLICY_OFFICER)
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return session.session_key


def serve() -> subprocess.Popen:
    """The product's server, when it answers."""
    server = subprocess.Popen(
        [BIN / "gunicorn", "--log-level", "warning", "assurance.wsgi"],
        cwd=HOUSE,
        env=os.environ | {"PORT": str(PORT)},
    )
    for _ in range(150):
        try:
            connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=5)
            connection.request("GET", "/")
            connection.getresponse().read()
            return server
        except OSError:
            time.sleep(0.2)
    server.terminate()
    sys.exit("The server does not answer")


def measure(takers: list[MinuteTaker]) -> None:
    until = time.monotonic() + SECONDS
    threads = [threading.Thread(target=one.work, args=[until]) for one in takers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    every = sorted({what for one in takers for what in one.taken})
    for what in every:
        show(what, [seconds for one in takers for seconds in one.taken[what]])
    show("every save", [seconds for one in takers for what in every for seconds in one.taken[what]])
    wrong = [sentence for one in takers for sentence in one.wrong]
    print(f"{len(wrong)} errors")
    for sentence in wrong[:5]:
        print(f"  {sentence[:300]}")


def show(what: str, taken: list[float]) -> None:
    """p50, p95 and p99 in milliseconds."""
    taken = sorted(taken)
    figures = [taken[min(len(taken) - 1, int(len(taken) * share))] * 1000 for share in (0.5, 0.95, 0.99)]
    p50, p95, p99 = (f"{figure:6.1f} ms" for figure in figures)
    print(f"{what:22} {len(taken):5} saves   p50 {p50}   p95 {p95}   p99 {p99}")


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="assurance-benchmark-") as folder:
        prepare(folder)
        takers = fill()
        from django.db import connection

        connection.close()
        print(
            f"{connection.vendor}, {PEOPLE} minute-takers, {EXCHANGES} exchanges each, {SECONDS:.0f} s, load {os.getloadavg()[0]:.1f}"
        )
        server = serve()
        try:
            # Each worker has read its code and templates and made its connection before anything is measured.
            for one in takers:
                one.change_words(0)
                one.add_entry(0)
                one.taken.clear()
            measure(takers)
        finally:
            server.terminate()
            server.wait()


if __name__ == "__main__":
    main()
