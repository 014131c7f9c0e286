#!/usr/bin/env python3
"""Reminders for 3,000 actions in one run of `send_reminders`: how long it takes, the mail server aside.

    benchmarks/reminders.py                                        SQLite
    bin/with-postgres .venv/bin/python benchmarks/reminders.py     PostgreSQL

Each reminder goes to two addresses of its role. It works on a database of its own, which is gone afterwards.
"""

import datetime as dt
import os
import sys
import tempfile
import time
from io import StringIO
from pathlib import Path
from uuid import uuid4

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

ACTIONS = int(os.environ.get("ACTIONS", "3000"))
BACKENDS = {"dummy": "django.core.mail.backends.dummy", "locmem": "django.core.mail.backends.locmem"}


def fill() -> None:
    """An office whose many actions are all due today, sent a month ago to roles with two addresses each."""
    from django.core.management import call_command
    from django.utils import timezone

    from actions.models import Action
    from meetings.models import MeetingType, Role, RoleContact
    from meetings.services import plan_meeting

    call_command("migrate", verbosity=0)
    today = timezone.localdate()
    kind = MeetingType.objects.create(name="Monthly Assurance Meeting")
    meeting = plan_meeting(type=kind, date=today - dt.timedelta(days=30), by=None)
    roles = [Role.objects.create(title=f"Role {number}", body="force") for number in range(10)]
    for role in roles:
        for line in ("to", "copy"):
            RoleContact.objects.create(role=role, line=line, email=f"{line}.{role.pk}@force.example")
    sent_at = timezone.now() - dt.timedelta(days=30)
    Action.objects.bulk_create(
        Action(
            uid=uuid4(),
            meeting=meeting,
            text=f"Report on what was promised ({number})",
            owner=roles[number % len(roles)],
            reference=f"2020/{number}",
            due_on=today,
            order=number,
            sent_at=sent_at,
        )
        for number in range(ACTIONS)
    )


def run(backend: str) -> None:
    """One run of the command, with everything still to send."""
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection

    from actions.models import Delivery, Message

    Delivery.objects.all().delete()
    Message.objects.all().delete()
    settings.EMAIL_BACKEND = f"{BACKENDS[backend]}.EmailBackend"
    said, began, worked = StringIO(), time.perf_counter(), time.process_time()
    call_command("send_reminders", stdout=said)
    seconds, worked = time.perf_counter() - began, time.process_time() - worked
    what = f"reminders for {ACTIONS} actions, {backend}, {connection.vendor}"
    print(
        f"{what:58} {seconds:.1f} s, of the processor {worked:.1f} s. {said.getvalue().strip()}", flush=True
    )


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ.update(ASSURANCE_DATA=folder, PLAIN_HTTP="1", SECRET_KEY="of this measurement alone " * 3)
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "assurance.settings")
        import django
        from django.core import mail
        from django.db import connection

        django.setup()
        mail.outbox = []
        fill()
        for backend in BACKENDS:
            run(backend)
        connection.close()


if __name__ == "__main__":
    main()
