"""One person of the attendance list: name, role, abbreviation and, if not all the time, for what."""

import re
from collections import Counter
from dataclasses import dataclass

from importing.findings import Findings
from meetings.reading.cast import Cast, Voice
from meetings.reading.roles import body_of, is_role
from publications.notes import Attendee

PLACE = "Attendance"
IN_BRACKETS = re.compile(r"\s*\((?P<inside>[^()]*)\)\s*")
ABBREVIATION = re.compile(r"(?:[TA]/)?[A-Z][A-Za-z&/]{0,7}(?:\s[A-Z][a-z]{2,9})?")
IN_PART = re.compile(
    r"\bitems?\b|\bpart\b|\bjoined\b|\bleft\b|\bfrom \d|\buntil\b|\bto \d|\bfor (?:item|agenda)|\bvia\b|\bteams\b|\bremote(?:ly)?\b|\bonline\b"
    r"|\bvirtual(?:ly)?\b|\bby (?:phone|telephone|video)\b|\d[.:]\d\d",
    re.I,
)
SEPARATOR = re.compile(r"\s+[–—-]\s+|\s*:\s+|,\s+|\s*–\s*")
ROLE_IN_BRACKETS = re.compile(r"(?P<name>[^()]+?)\s*\((?P<role>[^()]+)\)")
COUNTED = re.compile(
    r"(?:\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|a dozen|several)\s+\S+", re.I
)
RANK_FIRST = re.compile(
    r"(?P<rank>(?:[TA]/)?(?:PCC|DPCC|CC|DCC|ACC|Supt|Ch Supt|Ch Insp|Insp|Sgt|PC|DCI|DI|DS)\.?)\s+(?P<name>[A-Z].*)"
)
FIRST_ROLE_WORD = re.compile(
    r"\s(?=(?:T/|A/)?(?:Temporary|Acting|Interim|Deputy|Assistant|Chief|Police|Senior|Staff|Head|Director|Policy|Superintendent|Inspector"
    r"|Sergeant|Detective|Commissioner|Executive|Office|Officer|Manager|Performance|Communications|Strategic|Corporate|Minute)\b)"
)


@dataclass
class Person:
    """Somebody as the list has them; `name` is empty for those who are there by role alone."""

    name: str
    role: str
    abbreviation: str
    present_for: str
    status: str  # "present" or "apologies"
    number: int  # the line of the source


def person_in_columns(name: str, capacity: str, number: int, status: str) -> Person:
    """Somebody whose name and capacity stand in two columns."""
    name, from_name, part = _out_of_brackets(name)
    capacity, from_capacity, other_part = _out_of_brackets(capacity)
    if from_name and from_capacity:
        name = f"{name} ({from_name})"
    return Person(name, capacity, from_capacity or from_name, part or other_part, status, number)


def person_on_a_line(text: str, number: int, status: str) -> Person:
    """Somebody on one line: "Name – Role (AB)", "Name (AB), Role", "Role: Name" or a name alone."""
    if COUNTED.match(text):
        return Person("", text, "", "", status, number)
    name, role = _halves(text)
    return person_in_columns(name, role, number, status)


def _halves(text: str) -> tuple[str, str]:
    """The name and the role of a line."""
    ranked = RANK_FIRST.fullmatch(text)
    if ranked and not SEPARATOR.search(text):
        return ranked["name"], ranked["rank"]
    bracketed = ROLE_IN_BRACKETS.fullmatch(text)
    if bracketed and is_role(bracketed["role"]) and not is_role(bracketed["name"]):
        return bracketed["name"], bracketed["role"]
    separator = SEPARATOR.search(text)
    if separator:
        first, second = text[: separator.start()], text[separator.end() :]
        if not is_role(first) or is_role(second):
            return first, second
        # "Staff Officer: Ida Galloway", but "Ida Galloway Policy Officer, OPCC".
        return (second, first) if body_of(second) == "other" else _at_first_role_word(text)
    return _at_first_role_word(text)


def _at_first_role_word(text: str) -> tuple[str, str]:
    """The name and the role of a line without anything between them."""
    role = FIRST_ROLE_WORD.search(text, text.find(" ") + 1)
    if role and is_role(text[role.end() :]):
        return text[: role.start()], text[role.end() :]
    return ("", text) if is_role(text) else (text, "")


def _out_of_brackets(text: str) -> tuple[str, str, str]:
    """The text without its brackets, the abbreviation in them, and when somebody was there only in part."""
    abbreviation = part = ""
    for match in reversed(list(IN_BRACKETS.finditer(text))):
        inside = match["inside"].strip()
        if IN_PART.search(inside) and not part:
            part = inside
        elif ABBREVIATION.fullmatch(inside) and _is_short_for_something(inside) and not abbreviation:
            abbreviation = inside
        else:
            continue
        text = f"{text[: match.start()]} {text[match.end() :]}"
    return " ".join(text.split()).strip(" ,–—-"), abbreviation, part


def _is_short_for_something(inside: str) -> bool:
    return sum(character.isupper() for character in inside) > 1 or len(inside) == 1


def attendees(people: list[Person], findings: Findings) -> list[Attendee]:
    """The people of the list as the Notes have them, each with a key of their own."""
    times = Counter(person.abbreviation for person in people if person.abbreviation)
    shared = {abbreviation for abbreviation, count in times.items() if count > 1}
    keys: Counter = Counter()
    found = []
    for person in people:
        own = person.abbreviation if person.abbreviation not in shared else ""
        key = _free(own or person.name or person.role or f"Line {person.number}", keys)
        found.append(_attendee(person, key))
        _report(person, findings)
    for abbreviation in sorted(shared):
        findings.doubt(
            "abbreviation-shared",
            PLACE,
            f"{abbreviation} stands for more than one person; tell them apart.",
            people[0].number,
        )
    return found


def _free(key: str, taken: Counter) -> str:
    """The key, or with a number when it is taken."""
    taken[key] += 1
    return key if taken[key] == 1 else _free(f"{key} ({taken[key]})", taken)


def _attendee(person: Person, key: str) -> Attendee:
    attendance = "part" if person.present_for and person.status == "present" else person.status
    return Attendee(
        key=key,
        name=person.name or None,
        role=person.role,
        abbreviation=person.abbreviation or None,
        body=body_of(f"{person.role} {person.abbreviation}".strip()),
        attendance=attendance,
        present_for=person.present_for or None,
    )


def _report(person: Person, findings: Findings) -> None:
    """Say what is missing about somebody, or was guessed."""
    if not person.role:
        findings.doubt("no-capacity", PLACE, f"{person.name} is listed without a capacity.", person.number)
    elif body_of(f"{person.role} {person.abbreviation}") == "other":
        findings.remark(
            "body-unknown",
            PLACE,
            f"“{person.role}” does not say whether it is of the office or of the force; it was taken as neither.",
            person.number,
        )
    if COUNTED.match(person.role):
        findings.doubt(
            "counted", PLACE, f"“{person.role}” counts people without naming them; check it.", person.number
        )


def cast_of(people: list[Attendee]) -> Cast:
    """The people of the Notes as those who can speak."""
    return Cast.of(
        Voice(person.key, person.name or "", person.role, person.abbreviation or "", person.body)
        for person in people
    )
