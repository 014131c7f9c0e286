"""Moments, and mail servers that refuse, for the tests of what goes out."""

import datetime as dt
import smtplib
from zoneinfo import ZoneInfo

from django.core.mail.backends.locmem import EmailBackend


def noon(day: dt.date, hour: int = 12, minute: int = 0) -> dt.datetime:
    """That hour of the day, in the office's time."""
    return dt.datetime.combine(day, dt.time(hour, minute), tzinfo=ZoneInfo("Europe/London"))


class Picky(EmailBackend):
    """A mail server that refuses whatever goes to an address with "bad" in it."""

    def send_messages(self, messages):
        for message in messages:
            if any("bad" in address for address in message.recipients()):
                raise smtplib.SMTPRecipientsRefused({message.recipients()[0]: (550, b"No such person")})
        return super().send_messages(messages)


class Away(EmailBackend):
    """A mail server that nobody reaches."""

    def open(self):
        raise ConnectionRefusedError("Connection refused")
