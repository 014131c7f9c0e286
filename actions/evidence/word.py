"""The directory of a compound file ([MS-CFB]), as Word wrote documents before 2007: what lies at its root."""

import struct
from collections.abc import Iterator
from typing import BinaryIO

MACROS_BEFORE_2007 = {"Macros", "_VBA_PROJECT_CUR", "_VBA_PROJECT", "VBA"}
# Sector numbers from here on are marks, not places.
LAST_PLACE = 0xFFFFFFFA
NOTHING = 0xFFFFFFFF
ENTRY = 128


def names_at_root(file: BinaryIO) -> set[str]:
    """The names of streams and folders at the root. Raises `ValueError` for what is damaged or cut off."""
    entries = list(_entries(file))
    if not entries:
        raise ValueError("No directory")
    names, waiting, seen = set(), [entries[0][3]], set()
    while waiting:
        place = waiting.pop()
        if place == NOTHING or place in seen:
            continue
        if place >= len(entries):
            raise ValueError("A directory entry that is not there")
        seen.add(place)
        name, left, right, _ = entries[place]
        names.add(name)
        waiting += [left, right]
    return names


def _entries(file: BinaryIO) -> Iterator[tuple[str, int, int, int]]:
    """Each directory entry: its name, the entries left and right of it, and its first child."""
    file.seek(0)
    header = file.read(512)
    size = 1 << struct.unpack_from("<H", header, 30)[0]
    if size not in {512, 4096}:
        raise ValueError("A size of sectors that there is not")
    table = _table(file, header, size)
    for sector in _chain(struct.unpack_from("<I", header, 48)[0], table):
        content = _sector(file, sector, size)
        for start in range(0, size, ENTRY):
            length = struct.unpack_from("<H", content, start + 64)[0]
            name = content[start : start + max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
            yield name, *struct.unpack_from("<III", content, start + 68)


def _table(file: BinaryIO, header: bytes, size: int) -> list[int]:
    """Which sector follows each sector."""
    places = list(struct.unpack_from("<109I", header, 76))
    following, count = struct.unpack_from("<II", header, 68)
    for _ in range(min(count, 10_000)):
        if following >= LAST_PLACE:
            break
        *more, following = struct.unpack(f"<{size // 4}I", _sector(file, following, size))
        places += more
    table = []
    for place in places:
        if place < LAST_PLACE:
            table += struct.unpack(f"<{size // 4}I", _sector(file, place, size))
    # What the table speaks of has to be there: a file that was cut off is shorter.
    used = max((number for number, after in enumerate(table) if after != NOTHING), default=0)
    if file.seek(0, 2) < (used + 1) * size + 1:
        raise ValueError("Shorter than it says")
    return table


def _chain(first: int, table: list[int]) -> Iterator[int]:
    seen = set()
    while first < LAST_PLACE:
        if first in seen or first >= len(table):
            raise ValueError("A chain that leads nowhere")
        seen.add(first)
        yield first
        first = table[first]


def _sector(file: BinaryIO, number: int, size: int) -> bytes:
    file.seek((number + 1) * size)
    content = file.read(size)
    if len(content) < size:
        # The last sector of a file may be cut short by programs that do not fill it up.
        content = content.ljust(size, b"\0") if content else content
    if len(content) != size:
        raise ValueError("A sector that is not there")
    return content
