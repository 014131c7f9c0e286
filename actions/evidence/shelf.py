"""Where evidence files lie: in a folder of the office's data that no server serves, under names that tell nothing.

A file is written beside its place, brought to the disk, and only then put in its place in one step:
what has its name is whole. Whatever has no row, because something failed in between, is swept.
"""

import contextlib
import datetime as dt
import hashlib
import os
import secrets
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

UNFINISHED = ".part"
# Nothing takes a day to be stored: what is older and has no row was left behind.
LEFT_BEHIND = dt.timedelta(days=1)
CHUNK = 1024 * 1024


def folder() -> Path:
    """The folder, made when it is first asked for; nobody but the office's own program looks into it."""
    path = Path(settings.EVIDENCE_FOLDER)
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def place_of(stored_as: str) -> Path:
    return folder() / stored_as


def put(file: BinaryIO) -> str:
    """Store the bytes, safe against a power cut, and return the name under which they lie."""
    stored_as = secrets.token_hex(24)
    place = place_of(stored_as)
    beside = place.with_suffix(UNFINISHED)
    try:
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as written:
            file.seek(0)
            while chunk := file.read(CHUNK):
                written.write(chunk)
            written.flush()
            os.fsync(written.fileno())
        beside.rename(place)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    _bring_to_disk(place.parent)
    return stored_as


def _bring_to_disk(path: Path) -> None:
    """The name of a file is the folder's: without this it may be gone after a power cut."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def take_away(stored_as: str) -> None:
    with contextlib.suppress(FileNotFoundError):
        place_of(stored_as).unlink()


def sha256_of(file: BinaryIO) -> str:
    file.seek(0)
    return hashlib.file_digest(file, "sha256").hexdigest()


def open_unchanged(stored_as: str, sha256: str) -> BinaryIO | None:
    """The stored file, if it is there and still what was given."""
    try:
        file = place_of(stored_as).open("rb")
    except OSError:
        return None
    if sha256_of(file) != sha256:
        file.close()
        return None
    file.seek(0)
    return file


def left_behind(known: Collection[str], now: dt.datetime) -> Iterator[Path]:
    """Files without a row that are too old to be on their way."""
    oldest = (now - LEFT_BEHIND).timestamp()
    for path in folder().iterdir():
        if path.name not in known and path.is_file() and path.stat().st_mtime < oldest:
            yield path
