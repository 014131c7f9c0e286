#!/usr/bin/env python3
"""Publishing an action log of 3,000 actions that follows another one: how long, and how long others have to wait.

    benchmarks/publishing_log.py                                        SQLite
    bin/with-postgres .venv/bin/python benchmarks/publishing_log.py     PostgreSQL

What `review.publishing_log` does, step by step: the page is made first (the PDF too, which is left out here); on SQLite
nobody else changes anything while the transaction lasts, which reads everything once more and stores it. It works on a
database of its own, which is gone afterwards.
"""

import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))


@contextmanager
def timed(what: str) -> Iterator[None]:
    began, worked = time.perf_counter(), time.process_time()
    yield
    seconds, processor = time.perf_counter() - began, time.process_time() - worked
    print(f"  {what}: {seconds:.1f} s, of the processor {processor:.1f} s")


def publish(day, chosen: list[int]) -> None:
    """Publish the log of the day, as it is when somebody presses."""
    from django.db import transaction

    from publications.services import make, store
    from review.action_log import compile_log
    from review.services import digest_of

    log = compile_log(day, chosen).log
    with timed("made before the transaction"):
        made = make(log.to_bytes(), sha256=digest_of(log))
    with timed("in the transaction"), transaction.atomic():
        digest_of(compile_log(day, chosen).log)
        store(made)


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="assurance-benchmark-") as folder:
        from benchmarks.saving import prepare

        prepare(folder)
        from django.conf import settings
        from django.db import connection
        from django.utils import timezone

        from actions.models import Action
        from benchmarks.actions_page import fill

        fill()
        settings.RENDITIONS = ["article"]
        Action.objects.update(sent_at=timezone.now())
        chosen = list(Action.objects.values_list("pk", flat=True))
        print(f"{connection.vendor}, load {os.getloadavg()[0]:.1f}")
        for text in ("first edition", "second edition"):
            print(text)
            Action.objects.filter(pk=chosen[0]).update(text=text)
            publish(timezone.localdate(), chosen)
        connection.close()


if __name__ == "__main__":
    main()
