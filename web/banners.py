"""Telling people what was just done, with a way back where there is one.

The banner stands at the top of the next page and nowhere after it. Where the form that was sent
carries an operation's id, the next page acknowledges it: the browser may forget what it kept.
"""

from uuid import UUID

from django.contrib import messages
from django.contrib.messages.storage.base import Message
from django.http import HttpRequest

from web.operations import op_id_of

UNDO, DONE = "undo:", "done:"


def success(request: HttpRequest, words: str, *, undo: str = "", also_done: UUID | None = None) -> None:
    """Say that something was done; `undo` is the address that takes it back by POST.

    `also_done` is the operation of an earlier page, whose text is stored only now.
    """
    done = [f"{DONE}{op_id}" for op_id in (op_id_of(request), also_done) if op_id]
    messages.success(request, words, extra_tags=" ".join([*done, f"{UNDO}{undo}"] if undo else done))


def undo_address(message: Message) -> str:
    """Where the message's Undo button posts to; empty where nothing can be undone."""
    return _tagged(message, UNDO)


def acknowledged(message: Message) -> str:
    """The ids of the operations that the message tells of, in a row, if their forms carried any."""
    return _tagged(message, DONE)


def _tagged(message: Message, mark: str) -> str:
    tags = (message.extra_tags or "").split()
    return " ".join(tag.removeprefix(mark) for tag in tags if tag.startswith(mark))
