"""What the force, or another body, reads of the actions that it owes: theirs, and nothing else of the office.

Whatever is shown here is named here. A new kind of event, and every name of the office's own people, stays
the office's until this module says otherwise.
"""

from accounts.models import User
from actions.services import Overtaken
from actions.services.gate import VERBS
from web.dates import moment

THE_OFFICE = "the office"


def called(who: User | None, reader: User) -> str:
    """Who did it, as this reader may know: colleagues by name, everybody else as the office."""
    if who and (reader.is_office or who.body == reader.body):
        return who.name
    return THE_OFFICE


def who_was_first(reader: User, late: Overtaken) -> str:
    """Why nothing was saved: somebody else did something first."""
    if reader.is_office:
        return late.sentence
    who = called(late.event.by, reader)
    who = who[0].upper() + who[1:]
    return f"{who} {VERBS[late.event.kind]} on {moment(late.event.at)}. Nothing that you chose was saved."
