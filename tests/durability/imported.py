"""A process in which the product is imported already, and of which each server is a copy, so that it starts at once.

It reads what to do, and says that it is done: "start 8123" starts gunicorn on that port and says its id, "gone"
waits until it is no more. Importing takes seconds, and a server that is killed two hundred times would spend its
lives with that.
"""

import os
import sys

from django.db import connections
from django.urls import get_resolver
from gunicorn.app.wsgiapp import run

import assurance.wsgi


def start(port: str) -> int:
    """Gunicorn as `bin/run` starts it, with a group of processes of its own."""
    if pid := os.fork():
        return pid
    os.setsid()
    os.environ["PORT"] = port
    sys.stdin.close()
    sys.argv = ["gunicorn", "--log-level", "warning", assurance.wsgi.__name__]
    sys.exit(run())


def main() -> None:
    get_resolver().url_patterns  # noqa: B018
    connections.close_all()
    pid = 0
    for line in sys.stdin:
        match line.split():
            case ["start", port]:
                pid = start(port)
            case ["gone"]:
                os.waitpid(pid, 0)
        print(pid, flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
