"""What a file is called: its giver's own name for it, as text that can do no harm; and the name of a download."""

import re
import unicodedata

from actions.models import FileKind

LONGEST = 200
# Signs that turn the direction of what follows, are not seen, or end a line: a name that shows "fdp.exe" as "exe.pdf".
HIDDEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
NOT_IN_NAMES = re.compile(r'[<>:"/\\|?*\x00-\x1f]+')
RESERVED = re.compile(r"^(con|prn|aux|nul|com\d|lpt\d)$", re.IGNORECASE)
ENDING = {
    FileKind.PDF: ".pdf",
    FileKind.DOCX: ".docx",
    FileKind.DOC: ".doc",
    FileKind.PNG: ".png",
    FileKind.JPEG: ".jpg",
}
NAMELESS = "evidence"


def clean(given: str) -> str:
    """The name without a path, hidden signs and needless spaces; a long one is cut in its middle, not at its ending."""
    last = re.split(r"[/\\]", given)[-1]
    shown = "".join(sign for sign in last if unicodedata.category(sign) not in HIDDEN)
    shown = " ".join(unicodedata.normalize("NFC", shown).split()).strip(". ")
    return shorten(shown) or NAMELESS


def shorten(name: str) -> str:
    if len(name) <= LONGEST:
        return name
    begins, dot, ending = name.rpartition(".")
    if not dot or len(ending) > 10:
        return name[:LONGEST]
    return f"{begins[: LONGEST - len(ending) - 2]}….{ending}"


def for_download(name: str, kind: str) -> str:
    """A name that every computer takes, with the ending of what the file is."""
    begins = NOT_IN_NAMES.sub("-", clean(name)).rpartition(".")[0].strip(". -") or NAMELESS
    if RESERVED.match(begins):
        begins = f"{begins}-file"
    return f"{begins[:100]}{ENDING[FileKind(kind)]}"
