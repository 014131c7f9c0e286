"""The draft on paper: the record as the office reads it now, to take along and to mark up.

It is made of the same parts as what is published and carries nothing that only publication
gives: no edition, no address, no data, no line of the register. It is kept nowhere.
"""

import datetime as dt
from collections import defaultdict

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone

from meetings.checks import Check
from meetings.models import Meeting
from publications.layout import printed
from publications.line import PublicationLine
from publications.models import Identity
from publications.notes import Action, Doubt, Notes
from review.checks import all_checks
from review.compilation import compile_notes
from review.models import Snapshot
from web.wording import shortened

# Past these, a reader is told how many more there are.
MOST_OPEN = 40
STYLE = settings.BASE_DIR / "static" / "review" / "draft-paper.css"


def draft_paper(meeting: Meeting, *, at: dt.datetime | None = None) -> bytes:
    """The PDF of a meeting as it is now, for the office; every page says that it is not published."""
    from publications import pdf  # WeasyPrint takes two seconds to load, and no other page here needs it

    identity = Identity.current(meeting.date or timezone.localdate())
    accent = identity.accent_colour if identity else PublicationLine.accent
    style = pdf.style_sheet(accent) + STYLE.read_text()
    return pdf.laid_out(draft_text(meeting, at=at or timezone.now()), style)


def draft_text(meeting: Meeting, *, at: dt.datetime) -> str:
    """The document that is laid out: what is open is said where it stands, and once more at the end."""
    notes = compile_notes(meeting, Snapshot.Audience.OFFICE)
    found = [check for check in all_checks(meeting) if check.is_blocker]
    untold = _untold(notes)
    sentences = still_open(found, untold)
    context = {
        "printed": printed(marked(notes, found, untold)),
        "meeting": meeting,
        "at": at,
        "open": sentences[:MOST_OPEN],
        "more": len(sentences[MOST_OPEN:]),
        "count": len(sentences),
        "paper": True,
    }
    return render_to_string("review/draft_paper.html", context)


def marked(notes: Notes, found: list[Check], untold: list[Action]) -> Notes:
    """The notes with what is open beside each item and paragraph, for this paper alone.

    Earlier actions of which the meeting said nothing yet are one line, not a page each.
    """
    places = {item.number for item in notes.every_item()}
    places |= {exchange.number for item in notes.every_item() for exchange in item.exchanges}
    doubts = [_doubt(check.where, check.sentence) for check in found if check.where in places]
    doubts += [_doubt(place, _about_untold(few)) for place, few in _by_place(untold).items()]
    actions = [action for action in notes.actions if action not in untold]
    return notes.model_copy(update={"actions": actions, "doubts": [*notes.doubts, *doubts]})


def still_open(found: list[Check], untold: list[Action]) -> list[str]:
    """What is in the way of publication, each in a sentence that fits on a few lines."""
    told = [check for check in found if not (untold and check.code == "carried_action_without_outcome")]
    sentences = [shortened(check.sentence, 300) for check in told]
    return [*sentences, _about_untold(untold)] if untold else sentences


def _untold(notes: Notes) -> list[Action]:
    """The earlier actions with neither an outcome nor a paragraph that tells of them."""
    told = {key for item in notes.every_item() for exchange in item.exchanges for key in exchange.about}
    return [
        action
        for action in notes.actions
        if action.carried_from and not action.outcome and action.key not in told
    ]


def _by_place(actions: list[Action]) -> dict[str, list[Action]]:
    places = defaultdict(list)
    for action in actions:
        places[action.place.item].append(action)
    return places


def _about_untold(actions: list[Action]) -> str:
    count = len(actions)
    known = [action.reference for action in actions if action.reference]
    new = count - len(known)
    named = [*known, *([f"{new} without a reference"] if new else [])]
    have = "1 earlier action has" if count == 1 else f"{count} earlier actions have"
    return f"{have} no outcome yet: {', '.join(named)}."


def _doubt(where: str, sentence: str) -> Doubt:
    return Doubt(where=where, sentence=sentence, note=f"Still open. {shortened(sentence, 300)}")


def file_name(meeting: Meeting) -> str:
    """draft-2020-09-24.pdf: what it is before anything else, also in a folder full of files."""
    return f"draft-{meeting.date.isoformat() if meeting.date else 'without-a-date'}.pdf"
