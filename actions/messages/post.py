"""One letter to one address, as it is handed to the mail server."""

import smtplib
import socket
from functools import lru_cache
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMultiAlternatives
from django.core.validators import validate_email

from actions.messages import replies, wording
from actions.models import Delivery, MessageKind

# What says that the mail server is gone, and nothing of the letter.
GONE = (
    smtplib.SMTPServerDisconnected,
    smtplib.SMTPConnectError,
    ConnectionError,
    TimeoutError,
    socket.gaierror,
)


class ServerDown(Exception):
    """The mail server cannot be reached: the rest waits for another run."""


class OneCopy(EmailMultiAlternatives):
    """A letter that shows everybody to whom it goes, and is handed over for one of them.

    So one address that is refused stops no other, and each reader has a reply address of
    their own.
    """

    def __init__(self, *args, handed_to: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.handed_to = handed_to

    def recipients(self):
        return [self.handed_to]


def post(delivery: Delivery, connection) -> None:
    """Hand a letter to the mail server. Raises `ServerDown`, or whatever says why this one does not go."""
    require_address(delivery.address)
    email = compose(delivery, connection)
    try:
        connection.send_messages([email])
    except GONE as error:
        _reconnect(connection, error)
        raise


def _reconnect(connection, error: Exception) -> None:
    """A server that hung up over one letter may take the next one."""
    connection.close()
    try:
        connection.open()
    except OSError:
        raise ServerDown(str(error) or type(error).__name__) from error


def compose(delivery: Delivery, connection=None) -> OneCopy:
    """The letter with its headers: no line break gets into any of them."""
    message, facts = delivery.message, delivery.message.facts
    template = "digest" if message.kind == MessageKind.DIGEST else "letter"
    reply = replies.address_of(delivery) if facts.get("takes_reply") else ""
    supports = delivery.supports.title if delivery.supports else ""
    text, html = wording.render(template, facts, words=message.words, reply=reply, supports=supports)
    email = OneCopy(
        wording.one_line(message.subject),
        text,
        to=[one for one in facts.get("to", [delivery.address]) if is_address(one)],
        cc=[one for one in facts.get("copy", []) if is_address(one)],
        reply_to=[facts["office_email"]] if is_address(facts.get("office_email", "")) else None,
        headers={
            "Message-ID": f"<{delivery.uid.hex}@{urlsplit(settings.SITE_URL).hostname or 'localhost'}>",
            "Auto-Submitted": "auto-generated",
        },
        connection=connection,
        handed_to=delivery.address,
    )
    email.attach_alternative(html, "text/html")
    return email


@lru_cache(maxsize=1000)
def is_address(text: str) -> bool:
    """Whether this is one e-mail address and nothing else: no second one, no line break, no header."""
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True


def require_address(text: str) -> None:
    if not is_address(text):
        raise ValueError("This is not an e-mail address in the correct format")
