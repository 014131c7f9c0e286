"""What people do at the same moment, each on a connection of their own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from django.db import connection


def at_once(*doings: Callable[[], Any]) -> list[Any]:
    """Run these in threads that start together; gives each result, or the exception."""
    gate = Barrier(len(doings))

    def run(do):
        gate.wait()
        try:
            return do()
        except Exception as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(doings)) as pool:
        return list(pool.map(run, doings))
