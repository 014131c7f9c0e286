"""What a letter says: subject and opening words, which staff may change, and the facts of its action.

The facts are named one by one. Nothing of the office's own gets into a letter by being
added to an action.
"""

import datetime as dt
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string

from actions.messages.plan import Letter
from actions.models import Action, EventKind, MessageKind, MessageRules
from publications.models import Identity
from web.dates import day

LONGEST_SUBJECT = 200
REASONS = {EventKind.RETURNED: "What is asked", EventKind.DATE_KEPT: "Why"}
TAKES_REPLIES = frozenset(MessageKind) - {MessageKind.DIGEST}


def facts_of(
    letter: Letter, identity: Identity | None, rules: MessageRules, today: dt.date
) -> dict[str, Any]:
    """All that the letter says of its action, in words, for `render`; it stays as it is once the letter goes."""
    action, event = letter.action, letter.event
    is_decision = letter.kind == MessageKind.DECIDED
    return {
        "kind": str(letter.kind),
        "event": event.kind if event else "",
        "to_body": event.to_body if event else "",
        "reference": action.reference,
        "text": action.text,
        "owner": action.owner.title,
        "role": letter.role.title,
        "helpers": " and ".join(role.title for role in letter.helpers),
        "is_former": letter.is_to_former_owner,
        "due": due_in_words(action, letter.due_on),
        "due_day": day(letter.due_on) if letter.due_on else "",
        "is_late": bool(letter.due_on and letter.due_on < today),
        "is_today": letter.due_on == today,
        "arose": arose_in_words(action),
        "reason": event.text if is_decision else "",
        "reason_label": REASONS.get(event.kind, "Reason") if is_decision else "",
        **({} if letter.kind != MessageKind.CHANGED else changes_in_words(letter)),
        "takes_reply": takes_reply(letter),
        "reply_until": day(today + dt.timedelta(days=rules.reply_days)),
        "reply_once": rules.reply_once,
        "page": f"{settings.SITE_URL}{action.get_absolute_url()}",
        **sender(identity),
    }


def takes_reply(letter: Letter) -> bool:
    """Whether its reader may answer by its reply address: the owner of an action that is still open."""
    return letter.kind in TAKES_REPLIES and letter.action.is_open and not letter.is_to_former_owner


def due_in_words(action: Action, due_on: dt.date | None) -> str:
    """The date; for the next meeting, its day where that is known."""
    if action.due_next:
        return f"At the next meeting, {day(due_on)}" if due_on else "At the next meeting"
    return day(action.due_on) if action.due_on else "No due date was agreed"


def arose_in_words(action: Action) -> str:
    """The meeting where it was promised."""
    if action.meeting is None:
        return action.origin_text
    name = action.meeting.name
    return f"{name}, {day(action.meeting.date)}" if action.meeting.date else name


def changes_in_words(letter: Letter) -> dict[str, Any]:
    """What was otherwise in the last letter: only what its reader knew, nothing from between two letters."""
    first: dict[str, Any] = {}
    for event in letter.events:
        first.setdefault(event.kind, event)
    owner = first.get(EventKind.REASSIGNED)
    wording = first.get(EventKind.REWORDED)
    was_another = owner and owner.from_owner and owner.from_owner_id != letter.action.owner_id
    return {
        "former_owner": owner.from_owner.title if was_another else "",
        "former_text": wording.from_text if wording and not letter.is_to_former_owner else "",
        "has_new_date": EventKind.DUE_SET in first,
    }


def sender(identity: Identity | None) -> dict[str, str]:
    """Who writes, and how they are reached."""
    return {
        "office": identity.office_name if identity else "The office",
        "office_email": identity.email if identity else "",
        "office_telephone": identity.telephone if identity else "",
    }


def default_subject(facts: dict[str, Any]) -> str:
    """The subject that a letter has unless somebody changes it."""
    return one_line(render_to_string("actions/messages/subject.txt", facts))[:LONGEST_SUBJECT]


def default_words(facts: dict[str, Any]) -> str:
    """What a letter begins with unless somebody changes it."""
    return one_line(render_to_string("actions/messages/words.txt", facts))


def one_line(text: str) -> str:
    """Words without any line break, so that none of them can begin a header."""
    return " ".join(text.split())


def render(
    template: str, facts: dict[str, Any], *, words: str, reply: str = "", supports: str = ""
) -> tuple[str, str]:
    """The letter as plain text and as HTML; `reply` is one reader's own address, `supports` who reads it as a helper."""
    context = {**facts, "words": words, "reply": reply, "supports": supports}
    text, page = (
        render_to_string(f"actions/messages/{template}.{form}", context) for form in ("txt", "html")
    )
    # A template marks what it makes as markup. This is text, which a page that shows it has to escape.
    return text + "", page
