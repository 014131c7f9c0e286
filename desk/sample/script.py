"""The scripts of the sample's meetings: what is said, in plain text.

= matters                       the carried actions, and what is reported on each
> tag outcome                   the action with this tag; paragraphs follow
= Title | Theme | kind          an item (kind: holding_to_account unless it says)
- Title                         an item inside it
none                            the item is minuted as None
PCC asked how …                 what somebody says; an empty line ends the exchange
! OWNER due tag: wording        a promise; due is next, none, or weeks such as 8w
"""

import re
from dataclasses import dataclass, field
from pathlib import Path

FOLDER = Path(__file__).parent / "meetings"
PROMISE = re.compile(r"^! (?P<owner>\S+) (?P<due>next|none|\d+w) (?P<tag>\S+): (?P<text>.+)$")


@dataclass
class Said:
    """One line of speech: who, by short name, and the words after the name."""

    who: str
    text: str


@dataclass
class Promise:
    owner: str
    due: str
    tag: str
    text: str
    after: int  # how many exchanges of the item stand before it


@dataclass
class Item:
    title: str
    theme: str = ""
    kind: str = "holding_to_account"
    none: bool = False
    exchanges: list[list[Said]] = field(default_factory=list)
    promises: list[Promise] = field(default_factory=list)
    children: list["Item"] = field(default_factory=list)

    def take(self, line: str, opens: bool):
        """Add a line of speech, to a new exchange when `opens`."""
        if opens or not self.exchanges:
            self.exchanges.append([])
        who, text = line.split(" ", 1)
        self.exchanges[-1].append(Said(who, text))


@dataclass
class Report(Item):
    """What is said about a carried action, and what is agreed on it."""

    tag: str = ""
    outcome: str = ""


@dataclass
class Script:
    reports: list[Report] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)


def read_script(name: str) -> Script:
    """The script in the file of this name, such as monthly-01."""
    script, place, opens = Script(), None, True
    for line in (FOLDER / f"{name}.txt").read_text().splitlines():
        line = line.strip()
        if line == "= matters" or not line:
            opens = True
        elif line.startswith(("= ", "> ", "- ")):
            place, opens = _begin(script, line), True
        elif promise := PROMISE.match(line):
            place.promises.append(Promise(**promise.groupdict(), after=len(place.exchanges)))
        elif line == "none":
            place.none = True
        else:
            place.take(line, opens)
            opens = False
    return script


def _begin(script: Script, line: str) -> Item:
    mark, words = line.split(" ", 1)
    if mark == ">":
        tag, outcome = words.split()
        script.reports.append(Report(words, tag=tag, outcome=outcome))
        return script.reports[-1]
    if mark == "-":
        script.items[-1].children.append(Item(words))
        return script.items[-1].children[-1]
    title, theme, kind = ([part.strip() for part in words.split("|")] + ["", ""])[:3]
    script.items.append(Item(title, theme, kind or "holding_to_account"))
    return script.items[-1]
