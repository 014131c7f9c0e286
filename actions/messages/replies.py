"""Reply addresses: whoever has one adds an update to one action, without an account, until it ends.

An address is signed with the installation's key from the delivery's own id, so that nobody
makes one up, and only its hash is stored, so that nobody reads one from the database.
"""

import datetime as dt
import hashlib
from uuid import UUID

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from actions.models import Action, ActionEvent, Delivery, Reply
from actions.services import NotPossible, record_update
from web.operations import digest_of, once

SIGNER = Signer(salt="actions.messages.reply", sep=".")


class NoSuchAddress(Exception):
    """Forged, ended, used up or taken back: nobody is told which."""


def token_of(delivery: Delivery) -> str:
    """The signed part of a reply address: the same each time it is asked for."""
    return SIGNER.sign(delivery.uid.hex)


def hash_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def address_of(delivery: Delivery) -> str:
    """The whole reply address of one reader."""
    return f"{settings.SITE_URL}{reverse('actions:reply', args=[token_of(delivery)])}"


def delivery_of(token: str, *, today: dt.date | None = None) -> Delivery:
    """The letter to which a token answers. Raises `NoSuchAddress`; a forged one asks nothing of the database."""
    try:
        SIGNER.unsign(token)
    except BadSignature as error:
        raise NoSuchAddress from error
    today = today or timezone.localdate()
    delivery = (
        Delivery.objects.filter(reply_hash=hash_of(token), reply_until__gte=today, reply_revoked_at=None)
        .select_related(
            "message__action__meeting__type",
            "message__action__recorded_in__type",
            "message__role",
            "supports",
        )
        .first()
    )
    if delivery is None or not _takes_more(delivery):
        raise NoSuchAddress
    return delivery


def _takes_more(delivery: Delivery) -> bool:
    """Whether the action still takes an update by this address."""
    action = delivery.message.action
    is_still_theirs = action.owner_id == delivery.message.role_id
    if delivery.supports_id:
        is_still_theirs = action.supporting.filter(pk=delivery.supports_id).exists()
    is_used_up = delivery.message.facts.get("reply_once") and delivery.replies.exists()
    return action.is_open and is_still_theirs and not is_used_up


@transaction.atomic
def receive(token: str, text: str, *, op_id: UUID, at: dt.datetime | None = None) -> ActionEvent:
    """Add an update that came by a reply address; sent again, it is still one.

    Raises `NoSuchAddress`, `NotPossible`, or `OperationReused`.
    """
    at = at or timezone.now()
    try:
        SIGNER.unsign(token)
    except BadSignature as error:
        raise NoSuchAddress from error

    def store() -> int:
        # One after the other: an address that works once takes one of two answers that come together.
        list(Delivery.objects.select_for_update().filter(reply_hash=hash_of(token)).values_list("pk"))
        delivery = delivery_of(token, today=timezone.localdate(at))
        Action.objects.select_for_update().get(pk=delivery.message.action_id)
        event = record_update(delivery.message.action, text, by=None, at=at)
        Reply.objects.create(event=event, delivery=delivery, at=at)
        return event.pk

    digest = digest_of(reply=hash_of(token), text=text)
    return ActionEvent.objects.get(pk=once(op_id, digest, store))


def revoke(delivery: Delivery, *, by: User | None, at: dt.datetime | None = None) -> None:
    """Let a reply address work no more. Raises `NotPossible` where there is none."""
    ours = Delivery.objects.filter(pk=delivery.pk, reply_revoked_at=None).exclude(reply_hash="")
    if not ours.update(reply_revoked_at=at or timezone.now(), reply_revoked_by=by):
        raise NotPossible("This e-mail has no reply address that still works")
