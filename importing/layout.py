"""The text of old notes, as it comes out of a PDF file, becomes a Notes document.

    read_notes(text, office=…, force=…) → Reading(notes, findings)

Bytes go through `importing.source.decode` first. Both raise `Unreadable`, and nothing else.
"""

from collections.abc import Collection

from importing.findings import Findings, Reading
from publications.notes import Notes


def read_notes(text: str, *, office: str, force: str, known_owner_titles: Collection[str] = ()) -> Reading:
    """Read the text of one meeting's notes; every word of it is in the result.

    Raises `Unreadable` when the text does not look like notes of a meeting at all.
    """
    return Reading(Notes(office=office, force=force, meeting=None), Findings())
