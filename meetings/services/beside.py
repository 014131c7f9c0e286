"""Two people at the same words, of whom one left the words alone: what both did stands beside each other."""

from meetings.texts import SENT, Conflict

# How something was said is one answer, as each part of it follows from the others; a flag is another.
SEPARATE = (("kind", "speaker", "nobody_named", "lead", "paragraph"), ("to_check",))
# How a version came to be; it says nothing of the words.
BOOKKEEPING = {"autosaved", "came_from", "short_forms", "speaker_name", SENT}


def beside(text: str, mine: dict, late: Conflict) -> dict | None:
    """What to keep beside `text` so that nothing of either is lost; None where both changed the same thing.

    `mine` is what I keep beside my text. The words decide: only where the other left them as we
    both saw them, or wrote the very same, is there nothing to choose.
    """
    if late.base is None or late.theirs.text not in {late.base.text, text}:
        return None
    theirs, base, kept = late.theirs.details, late.base.details, {}
    for names in SEPARATE:
        my, their, was = ({name: one.get(name) for name in names} for one in (mine, theirs, base))
        if was not in (my, their) and my != their:
            return None
        kept |= their if my == was else my
    return None if _others(theirs) != _others(base) else kept


def _others(details: dict) -> dict:
    """What else is kept: whoever changes that is asked about."""
    known = {name for names in SEPARATE for name in names} | BOOKKEEPING
    return {name: value for name, value in details.items() if name not in known}
