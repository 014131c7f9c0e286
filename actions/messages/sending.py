"""Sending: what is due gets its addresses once, then each address is claimed, written to and noted.

Two runs at once, or one after a crash, send no letter twice: each delivery is locked and
claimed before it is handed to the mail server. Only what was claimed when a run died may have
gone: it is sent again after a while and marked as perhaps sent twice, for a reminder too many
is better than one too few.
"""

import datetime as dt
import smtplib
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from uuid import uuid4

from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from actions.messages import wording
from actions.messages.addressing import address, address_digests
from actions.messages.plan import plan
from actions.messages.post import ServerDown, post
from actions.models import Action, Delivery, Message, MessageRules

# How long to wait after each failure; then people have to look.
PAUSES = [dt.timedelta(minutes=minutes) for minutes in (5, 30, 120, 480, 1440)]
# A claim older than this belongs to a run that died.
ABANDONED = dt.timedelta(minutes=15)
AT_ONCE = 20  # claimed together: so many letters at most may go twice after a crash
# So long may a page wait for the mail server; what is left goes with the next run.
PATIENCE = dt.timedelta(seconds=5)
IN_TURN = ("try_at", "pk")
Clock = Callable[[], dt.datetime]
State = Delivery.State


@dataclass
class Sent:
    """What a run did; `str()` is the one line that it prints."""

    sent: int = 0
    failed: int = 0  # tried again later
    given_up: int = 0
    perhaps_twice: int = 0
    unaddressed: int = 0  # nobody to write to
    held: int = 0  # paused by people
    server: str = ""  # why the mail server could not be used
    problems: list[str] = field(default_factory=list)

    @property
    def is_well(self) -> bool:
        return not (self.failed or self.given_up or self.unaddressed or self.server)

    def __str__(self) -> str:
        parts = [f"Sent {_counted(self.sent, 'e-mail')}."]
        told = [
            (self.failed, "could not be sent and will be tried again"),
            (self.given_up, "could not be sent and will not be tried again"),
            (self.unaddressed, "had nobody to go to"),
            (self.perhaps_twice, "perhaps went twice, because an earlier run broke off"),
            (self.held, "held back or paused"),
        ]
        parts += [f"{count} {words}." for count, words in told if count]
        return " ".join(
            [*parts, *([f"The mail server could not be used: {self.server}."] if self.server else [])]
        )


def send_due(*, now: dt.datetime | None = None, connection: BaseEmailBackend | None = None) -> Sent:
    """Send all that is due and was not sent; safe to run as often as one likes, also several at once.

    `now` is for tests and samples; otherwise each claim has its own moment. It goes through `connection`, or
    the office's mail server.
    """
    tick = (lambda: now) if now else timezone.now
    done = Sent()
    kept = address(plan(now=tick()), tick())
    done.held, done.unaddressed = kept.held, kept.unaddressed
    address_digests(tick())
    _take_up_abandoned(tick, done)
    waiting = Delivery.objects.filter(_not_paused(timezone.localdate(tick())))
    _send_waiting(waiting, tick, done, connection=connection)
    return done


def tell_owners(actions: Collection[Action]) -> None:
    """Write to the owners of actions that were just sent, once this transaction is committed.

    Never fails for the mail server's sake: what could not go now goes with the next `send_due`.
    """
    pks = [action.pk for action in actions]
    if pks:
        transaction.on_commit(lambda: _tell_now(pks))


def _tell_now(pks: list[int]) -> None:
    address(plan(Action.objects.filter(pk__in=pks)), timezone.now())
    until = timezone.now() + PATIENCE
    waiting = Delivery.objects.filter(_not_paused(timezone.localdate()), message__action__in=pks)
    _send_waiting(waiting, timezone.now, Sent(), until=until)


def _not_paused(today: dt.date) -> Q:
    """Deliveries that nobody paused; a digest is its reader's own affair."""
    rules = MessageRules.current()
    is_digest = Q(message__reader__isnull=False)
    if rules.paused_until and rules.paused_until > today:
        return is_digest
    paused = Q(message__role__message_rules__paused_until__gt=today)
    paused |= Q(supports__message_rules__paused_until__gt=today)
    return is_digest | ~paused


def _take_up_abandoned(tick: Clock, done: Sent) -> None:
    """What a run had claimed when it died is sent again; it may have gone already, and that is said."""
    abandoned = Delivery.objects.filter(state=State.CLAIMED, claimed_at__lt=tick() - ABANDONED)
    done.perhaps_twice += abandoned.update(state=State.WAITING, claim=None, perhaps_twice=True, try_at=tick())


def _send_waiting(
    deliveries,
    tick: Clock,
    done: Sent,
    *,
    until: dt.datetime | None = None,
    connection: BaseEmailBackend | None = None,
) -> None:
    """Send what waits, a handful at a time, over one connection; stops when the mail server cannot be reached any more."""
    ready = {"state": State.WAITING, "try_at__lte": tick(), "message__state": Message.State.GOING}
    waiting = deliveries.filter(**ready)
    # Asked for once: to look for the next ones each time costs more the more there are.
    queue = list(waiting.order_by(*IN_TURN).values_list("pk", flat=True))
    if not queue:
        return
    connection = connection or get_connection()
    try:
        connection.open()
    except OSError as error:
        done.server = _in_words(error)
        return
    claimed: list[Delivery] = []
    try:
        for start in range(0, len(queue), AT_ONCE):
            if done.server or (until and tick() >= until):
                return
            claimed = _hand_over(claimed, waiting.filter(pk__in=queue[start : start + AT_ONCE]), tick)
            _send_each(claimed, connection, tick, done)
    finally:
        _note(claimed)
        connection.close()


@transaction.atomic
def _hand_over(sent: list[Delivery], waiting, tick: Clock) -> list[Delivery]:
    """Note what became of those, and claim the next ones: one commit for both, so that only these can go twice."""
    _note(sent)
    # Whoever claims them at the same moment waits here, and then finds that they wait no more.
    mine = list(
        waiting.select_for_update(of=("self",)).select_related("message", "supports").order_by(*IN_TURN)
    )
    claim = {"state": State.CLAIMED, "claim": uuid4(), "claimed_at": tick()}
    if mine:
        Delivery.objects.filter(pk__in=[one.pk for one in mine]).update(**claim)
    for one in mine:
        one.state, one.claim = claim["state"], claim["claim"]
    return mine


def _note(claimed: list[Delivery]) -> None:
    """Write down what became of what was claimed together; what was not tried waits as before.

    As many statements for any number. What another run took up meanwhile is that run's to note, unless it went.
    """
    sent = [one for one in claimed if one.state == State.SENT]
    if sent:
        Delivery.objects.filter(pk__in=[one.pk for one in sent]).update(
            state=State.SENT, sent_at=sent[-1].sent_at, attempts=F("attempts") + 1, problem="", claim=None
        )
    if others := [one for one in claimed if one.state != State.SENT]:
        ours = Delivery.objects.filter(claim=others[0].claim)
        for one in others:
            one.claim = None
            one.state = State.WAITING if one.state == State.CLAIMED else one.state
        ours.bulk_update(others, ["state", "attempts", "try_at", "problem", "claim"])
    claimed.clear()


def _send_each(claimed: list[Delivery], connection, tick: Clock, done: Sent) -> None:
    """Send each of these; a bad address is noted and stops no other."""
    for delivery in claimed:
        try:
            post(delivery, connection)
        except ServerDown as down:
            done.server = _in_words(down)
            _failed(delivery, down, tick(), done)
            return
        except Exception as error:  # whatever it is: the next letter goes all the same
            _failed(delivery, error, tick(), done)
        else:
            delivery.state, delivery.sent_at = State.SENT, tick()
            done.sent += 1


def _failed(delivery: Delivery, error: Exception, now: dt.datetime, done: Sent) -> None:
    """Try again after a pause that grows; after the last one, people have to look."""
    delivery.problem = _in_words(error)
    delivery.attempts += 1
    done.problems.append(f"{delivery.address}: {delivery.problem}")
    if delivery.attempts > len(PAUSES):
        delivery.state = State.FAILED
        done.given_up += 1
    else:
        delivery.state = State.WAITING
        delivery.try_at = now + PAUSES[delivery.attempts - 1]
        done.failed += 1


def _in_words(error: Exception) -> str:
    """What went wrong, for the page: the mail server's own words, without whatever they carry."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        said = "; ".join(_answer(*answer) for answer in error.recipients.values())
    elif isinstance(error, smtplib.SMTPResponseException):
        said = _answer(error.smtp_code, error.smtp_error)
    else:
        said = str(error)
    return wording.one_line(said or type(error).__name__)[:500]


def _answer(code: int, words: bytes | str) -> str:
    """A mail server's answer as it gave it: 550 No such person."""
    return f"{code} {words.decode(errors='replace') if isinstance(words, bytes) else words}"


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
