"""What the sample office wrote to owners: some arrived, one address is not read any more, one answer is not wanted."""

import datetime as dt
import smtplib

from django.core.mail.backends.base import BaseEmailBackend

from accounts.models import User
from actions.messages import replies, send_due
from actions.messages.sending import PAUSES
from actions.models import Delivery, MessageKind
from meetings.models import Role, RoleContact

MOVED_AWAY = "planning.sergeant@force.example"


class SampleServer(BaseEmailBackend):
    """A mail server that takes everything and passes nothing on; one address it does not know."""

    def send_messages(self, messages):
        for message in messages:
            if MOVED_AWAY in message.recipients():
                raise smtplib.SMTPRecipientsRefused({MOVED_AWAY: (550, b"5.1.1 No such mailbox here")})
        return len(messages)


def send_letters(at: dt.datetime) -> None:
    """One run of the reminders."""
    send_due(now=at, connection=SampleServer())


def send_in_vain(role: Role, at: dt.datetime) -> None:
    """Write to a role with an address that was right once, and try until the last attempt; nobody uses it any more then."""
    wrong = RoleContact.objects.create(role=role, email=MOVED_AWAY, line=RoleContact.Line.COPY)
    send_letters(at)
    wrong.delete()
    for pause in PAUSES:
        at += pause
        send_letters(at)


def take_back_an_address(by: User, at: dt.datetime) -> None:
    """The newest action that was sent: whoever reads at that address shall not answer for its owner."""
    sent = Delivery.objects.filter(state=Delivery.State.SENT, message__kind=MessageKind.SENT)
    replies.revoke(sent.exclude(reply_hash="").latest("pk"), by=by, at=at)
