"""Telling people what was just done, with a way back where there is one.

The banner stands at the top of the next page and nowhere after it. Where the form that was sent
carries an operation's id, the next page acknowledges it: the browser may forget what it kept.
"""

from django.contrib import messages
from django.contrib.messages.storage.base import Message
from django.http import HttpRequest

from web.operations import op_id_of

UNDO, DONE = "undo:", "done:"


def success(request: HttpRequest, words: str, *, undo: str = "") -> None:
    """Say that something was done; `undo` is the address that takes it back by POST."""
    op_id = op_id_of(request)
    tags = [f"{DONE}{op_id}"] if op_id else []
    messages.success(request, words, extra_tags=" ".join([*tags, f"{UNDO}{undo}"] if undo else tags))


def undo_address(message: Message) -> str:
    """Where the message's Undo button posts to; empty where nothing can be undone."""
    return _tagged(message, UNDO)


def acknowledged(message: Message) -> str:
    """The id of the operation that the message tells of, if its form carried one."""
    return _tagged(message, DONE)


def _tagged(message: Message, mark: str) -> str:
    tags = (message.extra_tags or "").split()
    return next((tag.removeprefix(mark) for tag in tags if tag.startswith(mark)), "")
