#!/usr/bin/env python3
"""How many times a second a public meeting page is served: gunicorn, PostgreSQL, and wrk on the same machine.

    bin/with-postgres .venv/bin/python benchmarks/public_page.py

It publishes twenty years of made-up meetings into a PostgreSQL of its own, each as long as a real one,
then asks for one meeting's page. `ASSURANCE_SITE=public` measures the public site alone. Needs wrk.
"""

import datetime as dt
import os
import re
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

HOUSE = Path(__file__).resolve().parent.parent
BIN = HOUSE / ".venv" / "bin"
PORT = int(os.environ.get("PORT", "8399"))
SECONDS = int(os.environ.get("SECONDS", "10"))
WARMING = 3  # seconds
MEETINGS, EXCHANGES = 240, 20


def fill() -> str:
    """Publish the meetings, without paper; gives the path of the newest one's page."""
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    from publications.notes import Exchange
    from tests.factories_notes import answers, asks, office, published, some_notes

    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    settings.RENDITIONS = ["article"]
    office()
    question = (
        "asked for reassurance that what had been planned in the spring is now done in every district. " * 2
    )
    answer = (
        "responded that it is, with two exceptions that were described, and that a report would follow. " * 3
    )
    for number in range(MEETINGS):
        day = dt.date(2006, 1, 19) + dt.timedelta(days=30 * number)
        notes = some_notes(date=day, reference=f"{day.year}/{number + 2}", carried=f"{day.year}/{number + 1}")
        notes.items[1].items[0].exchanges = [
            Exchange(number=f"2.1.{place}", contributions=[asks(question), answers(answer)])
            for place in range(1, EXCHANGES + 1)
        ]
        edition = published(notes)
    return edition.meeting.get_absolute_url()


def wait_for(address: str) -> bytes:
    for _ in range(100):
        try:
            return urllib.request.urlopen(address, timeout=5).read()
        except OSError:
            time.sleep(0.2)
    sys.exit(f"{address} does not answer")


def measure(path: str, environment: dict[str, str]) -> None:
    server = subprocess.Popen(
        [BIN / "gunicorn", "assurance.wsgi"], cwd=HOUSE, env=environment | {"PORT": str(PORT)}
    )
    address = f"http://127.0.0.1:{PORT}{path}"
    try:
        print(f"{path}: {len(wait_for(address))} bytes, load {os.getloadavg()[0]:.1f}")
        # The first answers of each process read their templates; they are not counted.
        subprocess.run(["wrk", "-t1", "-c16", f"-d{WARMING}s", address], capture_output=True, check=True)
        for connections in (4, 16):
            command = ["wrk", "-t1", f"-c{connections}", f"-d{SECONDS}s", "--latency", address]
            said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
            figure = re.search(r"Requests/sec:\s+([\d.]+)", said)[1]
            slow = re.search(r"99%\s+(\S+)", said)[1]
            wrong = re.search(r"Non-2xx.*", said)
            print(
                f"{connections:3} connections: {figure} requests a second, 99% within {slow} {wrong[0] if wrong else ''}"
            )
    finally:
        server.terminate()
        server.wait()


def main() -> None:
    with tempfile.TemporaryDirectory() as scratch:
        os.environ |= {
            "ASSURANCE_DATA": scratch,
            "SECRET_KEY": "a key for this measurement alone, long enough for every check that measures it",
            "PLAIN_HTTP": "1",
            "WEB_CONCURRENCY": os.environ.get("WEB_CONCURRENCY", "2"),
            "DJANGO_SETTINGS_MODULE": "assurance.settings",
        }
        sys.path.insert(0, str(HOUSE))
        measure(fill(), dict(os.environ))


if __name__ == "__main__":
    main()
