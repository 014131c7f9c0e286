"""Sending: what is due gets its addresses once, then each address is claimed, written to and noted.

Two runs at once, or one after a crash, send no letter twice: a row says that it is going
(unique in the database), and an UPDATE claims each delivery before it is handed to the mail
server. Only what was claimed when a run died may have gone: it is sent again after a while
and marked as perhaps sent twice, for a reminder too many is better than one too few.
"""

import datetime as dt
import smtplib
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from uuid import uuid4

from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from actions.messages import replies, wording
from actions.messages.digest import due_digests
from actions.messages.plan import GRACE, Letter, Plan, plan
from actions.messages.post import ServerDown, post
from actions.messages.recipients import Recipients, addressed
from actions.models import NEWS, Action, Delivery, Message, MessageRules
from publications.models import Identity
from web.dates import clock, day

# How long to wait after each failure; then people have to look.
PAUSES = [dt.timedelta(minutes=minutes) for minutes in (5, 30, 120, 480, 1440)]
# A claim older than this belongs to a run that died.
ABANDONED = dt.timedelta(minutes=15)
AT_ONCE = 20  # claimed together: so many letters at most may go twice after a crash
IN_ONE_GO = 200  # addressed in one transaction
# So long may a page wait for the mail server; what is left goes with the next run.
PATIENCE = dt.timedelta(seconds=5)
IN_TURN = ("try_at", "pk")
# What becomes of a letter's row when it goes.
FINAL = ["subject", "words", "facts", "state", "going_at", "told_until"]
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
    address(plan(now=tick()), tick, done)
    _address_digests(tick())
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
    address(plan(Action.objects.filter(pk__in=pks)), timezone.now, Sent())
    until = timezone.now() + PATIENCE
    waiting = Delivery.objects.filter(_not_paused(timezone.localdate()), message__action__in=pks)
    _send_waiting(waiting, timezone.now, Sent(), until=until)


# --- Addressing ----------------------------------------------------------------------------------------


def address(plan: Plan, tick: Clock, done: Sent) -> None:
    """Give each letter that is due its final words and its addresses; what is held is kept for later."""
    due = plan.due
    now = tick()
    going, waiting = [], []
    for letter, to in zip(due, addressed(due, plan.today), strict=True):
        if why_not(letter, to, plan, now):
            waiting.append(letter)
            done.held += bool(to)
        else:
            going.append((letter, to))
        done.unaddressed += not to
    _keep_for_later(waiting)
    identity = Identity.current(plan.today)
    for start in range(0, len(going), IN_ONE_GO):
        _set_going(going[start : start + IN_ONE_GO], plan, identity, now)


def why_not(letter: Letter, to: Recipients, plan: Plan, now: dt.datetime) -> str:
    """Why a letter that is due does not go now, in words; empty when it goes."""
    if not to:
        return "There is nobody to send it to"
    if plan.rules.paused_until and plan.rules.paused_until > plan.today:
        return f"All e-mails are paused until {day(plan.rules.paused_until)}"
    if to.paused_until and to.paused_until > plan.today:
        return f"E-mails to this role are paused until {day(to.paused_until)}"
    if letter.held_until and letter.held_until > plan.today:
        return f"Held until {day(letter.held_until)}"
    if letter.happened_at and letter.happened_at + GRACE > now:
        return f"Goes after {clock(letter.happened_at + GRACE)}, if nothing more changes"
    return ""


def _keep_for_later(letters: Iterable[Letter]) -> None:
    """Store news that cannot go now, so that it is not forgotten; a reminder is worked out anew each day."""
    news = [letter for letter in letters if letter.row is None and letter.kind in NEWS]
    Message.objects.bulk_create((row_of(letter) for letter in news), ignore_conflicts=True)


def row_of(letter: Letter, **fields) -> Message:
    """A new row for this letter; the database refuses a second one."""
    names = {"action": letter.action, "role": letter.role, "kind": letter.kind, "day": letter.day}
    return Message(**names, event=letter.event, **fields)


@transaction.atomic
def _set_going(
    going: list[tuple[Letter, Recipients]], plan: Plan, identity: Identity | None, now: dt.datetime
) -> None:
    """Store that these go, each with its addresses. What somebody else set going, held or skipped meanwhile stays so."""
    stored = _locked([letter for letter, _ in going], plan.today)
    rows = []
    for letter, to in going:
        if letter.row and letter.row.pk not in stored:
            continue
        row = stored[letter.row.pk] if letter.row else row_of(letter)
        facts = wording.facts_of(letter, identity, plan.rules, plan.today)
        facts |= {"to": to.to, "copy": to.copy, "supports": to.supports}
        rows.append(_final(row, letter, facts, now))
    Message.objects.bulk_create([row for row in rows if row.pk not in stored], ignore_conflicts=True)
    Message.objects.bulk_update([row for row in rows if row.pk in stored], FINAL)
    # Whoever else set one of them going gave it addresses in the same moment, so these are ours.
    ours = Message.objects.filter(
        action__in=[letter.action for letter, _ in going], state=Message.State.GOING, deliveries=None
    )
    until = plan.today + dt.timedelta(days=plan.rules.reply_days)
    Delivery.objects.bulk_create(
        _delivery(row, line, address, now, until)
        for row in ours
        for line, address in [("to", one) for one in row.facts["to"]]
        + [("copy", one) for one in row.facts["copy"]]
    )


def _locked(letters: list[Letter], today: dt.date) -> dict[int, Message]:
    """The rows that are stored of these letters, as they are now, and nobody else's until this is done."""
    pks = [letter.row.pk for letter in letters if letter.row]
    planned = Message.objects.select_for_update().filter(pk__in=pks, state=Message.State.PLANNED)
    return {row.pk: row for row in planned.filter(Q(held_until=None) | Q(held_until__lte=today))}


def _final(row: Message, letter: Letter, facts: dict, now: dt.datetime) -> Message:
    """The row with everything that it will have said: staff's own words where they wrote any."""
    row.subject = row.subject or wording.default_subject(facts)
    row.words = row.words or wording.default_words(facts)
    row.facts, row.state, row.going_at = facts, Message.State.GOING, now
    if letter.events and letter.is_to_owner:
        row.told_until = letter.events[-1].pk
    return row


def _delivery(row: Message, line: str, address: str, now: dt.datetime, until: dt.date) -> Delivery:
    supports = row.facts.get("supports", {}).get(address)
    delivery = Delivery(message=row, line=line, address=address, supports_id=supports, try_at=now)
    if row.facts.get("takes_reply"):
        delivery.reply_hash, delivery.reply_until = replies.hash_of(replies.token_of(delivery)), until
    return delivery


def _address_digests(now: dt.datetime) -> None:
    """Store the digests that are due, each for its reader alone."""
    for digest in due_digests(now):
        with transaction.atomic():
            Message.objects.bulk_create([digest], ignore_conflicts=True)
            ours = Message.objects.filter(
                reader=digest.reader, day=digest.day, kind=digest.kind, deliveries=None
            )
            for row in ours:
                Delivery.objects.create(message=row, address=row.reader.email, try_at=now)


# --- Claiming and sending ------------------------------------------------------------------------------


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
