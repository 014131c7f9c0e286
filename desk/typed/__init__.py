"""What was typed in the one box becomes the record: exchanges, actions, outcomes, flags, in one transaction.

`setting_of` gathers where it is typed, `read` tells what the lines say and what has to be asked first;
`keep` stores it.
"""

from desk.typed.keeping import Kept, keep, kept_already, once_typed
from desk.typed.reading import Seen, preview, read, unclear, wants_a_look
from desk.typed.setting import Setting, setting_of

__all__ = [
    "Kept",
    "Seen",
    "Setting",
    "keep",
    "kept_already",
    "once_typed",
    "preview",
    "read",
    "setting_of",
    "unclear",
    "wants_a_look",
]
