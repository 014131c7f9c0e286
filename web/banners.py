"""Telling people what was just done, with a way back where there is one.

The banner stands at the top of the next page and nowhere after it.
"""

from django.contrib import messages
from django.contrib.messages.storage.base import Message
from django.http import HttpRequest

UNDO = "undo:"


def success(request: HttpRequest, words: str, *, undo: str = "") -> None:
    """Say that something was done; `undo` is the address that takes it back by POST."""
    messages.success(request, words, extra_tags=f"{UNDO}{undo}" if undo else "")


def undo_address(message: Message) -> str:
    """Where the message's Undo button posts to; empty where nothing can be undone."""
    tags = message.extra_tags or ""
    return tags.removeprefix(UNDO) if tags.startswith(UNDO) else ""
