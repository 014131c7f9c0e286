"""Run an operation once, however often its request arrives.

The browser gives each save an id. The same id with the same words gets the first
answer again; with other words it is a mistake that must not be swallowed.
"""

import hashlib
import json
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest

from web.models import OneTimeOperation


class OperationReused(Exception):
    """The id belongs to another operation: answered with 422."""


def op_id_of(request: HttpRequest) -> UUID | None:
    """The operation that a request's form names; None when it carries no id that can be read."""
    try:
        return UUID(request.POST.get("op_id", ""))
    except ValueError:
        return None


def digest_of(**asked: Any) -> str:
    """SHA-256 of what was asked; equal for equal requests."""
    return hashlib.sha256(json.dumps(asked, sort_keys=True, default=str).encode()).hexdigest()


@transaction.atomic
def once(op_id: UUID, digest: str, do: Callable[[], Any]) -> Any:
    """Return `do()`, or what it returned when this operation was first done.

    `do` runs in the same transaction as the note that it ran, and returns something
    that JSON can hold. Raises `OperationReused` when the id was used for something else.
    """
    # The insert comes first: a twin that arrives at the same time waits here for the outcome.
    operation, is_new = OneTimeOperation.objects.get_or_create(
        op_id=op_id, defaults={"digest": digest, "answer": {}}
    )
    if operation.digest != digest:
        raise OperationReused("This was sent before with other words.")
    if is_new:
        operation.answer = do()
        operation.save(update_fields=["answer"])
    return operation.answer
