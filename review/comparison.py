"""Two versions of a record beside each other, as people compare them: paragraph by paragraph, word by word.

Paragraphs carry no name that stays: their numbers move when one is put in before them. So they
are found again by what they say, then by what they mostly say.
"""

import difflib
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum

from publications.notes import Item, Notes
from review.changes import action_words, exchange_words, item_words, parts

# The least that two paragraphs have in common, as a share of their words, to be one that was changed.
ALIKE = 0.5
# More pairs than these are told apart by their numbers alone: every pair takes time.
MOST_PAIRS = 10_000
# In longer texts difflib passes over the commonest words, which keeps it quick.
LONG = 3_000
RECORD = ("Item ", "Paragraph ", "Action ", "New action ", "Earlier action ")
KINDS = ("item", "paragraph", "action")


class What(StrEnum):
    """What became of a part."""

    CHANGED = "changed"
    ADDED = "added"
    DELETED = "deleted"
    MOVED = "moved"
    TOLD_OTHERWISE = "said by another, or in another way"


@dataclass(frozen=True)
class Part:
    """One part of one version: a fact, a title, a paragraph or an action; `details` is what is not printed."""

    kind: str
    name: str
    words: str
    item: str = ""
    details: str = ""


@dataclass(frozen=True)
class Run:
    """Words that stand together, and whether they are in both versions."""

    words: str
    what: str = ""

    @property
    def is_added(self) -> bool:
        return self.what == What.ADDED

    @property
    def is_deleted(self) -> bool:
        return self.what == What.DELETED


@dataclass(frozen=True)
class Difference:
    """One part that is not as it was; `before` is empty for one that is new, `after` for one that is gone."""

    what: What
    part: Part
    before: Part | None
    after: Part | None

    @property
    def runs(self) -> list[Run]:
        return runs_of(self.before.words if self.before else "", self.after.words if self.after else "")

    @property
    def called(self) -> str:
        """Its name at the head of what became of it: paragraphs have only a number."""
        return f"Paragraph {self.part.name}" if self.part.kind == "paragraph" else self.part.name

    @property
    def tag(self) -> str:
        """The colour that repeats what became of it."""
        return {What.ADDED: "tag-good", What.DELETED: "tag-bad"}.get(self.what, "tag-quiet")

    @property
    def was(self) -> str:
        """Where it stood before, if it was called otherwise there."""
        return self.before.name if self.before and self.after and self.before.name != self.after.name else ""


@dataclass
class Group:
    """The differences under one item, or among the facts of the meeting."""

    heading: str
    differences: list[Difference] = field(default_factory=list)


def compare(before: Notes, after: Notes) -> list[Group]:
    """Every difference, in the order of the later version."""
    facts = Group("About the meeting", _facts(before, after))
    old, new = list(_parts(before)), list(_parts(after))
    groups = {part.item: Group(part.item) for part in [*new, *old]}
    for difference in _differences(old, new):
        groups[difference.part.item].differences.append(difference)
    return [group for group in [facts, *groups.values()] if group.differences]


def counted(groups: list[Group]) -> list[str]:
    """How much differs, in words: 2 paragraphs changed, 1 action added."""
    found = Counter((one.part.kind, one.what) for group in groups for one in group.differences)
    return [f"{count} {kind if count == 1 else f'{kind}s'} {what}" for (kind, what), count in found.items()]


def runs_of(before: str, after: str) -> list[Run]:
    """The words of both versions in reading order, what was deleted before what came in its place."""
    old, new = re.findall(r"\S+\s*", before), re.findall(r"\S+\s*", after)
    matcher = difflib.SequenceMatcher(
        None, [one.rstrip(" ") for one in old], [one.rstrip(" ") for one in new], autojunk=len(new) > LONG
    )
    runs = []
    for what, start, end, new_start, new_end in matcher.get_opcodes():
        if what == "equal":
            runs.append(Run("".join(new[new_start:new_end])))
        else:
            runs.append(Run("".join(old[start:end]), What.DELETED))
            runs.append(Run("".join(new[new_start:new_end]), What.ADDED))
    runs = [run for run in runs if run.words]
    # The last word of a text has no space behind it, and may not be the last one any more.
    return [replace(run, words=run.words if run.words[-1].isspace() else f"{run.words} ") for run in runs]


def _facts(before: Notes, after: Notes) -> list[Difference]:
    """Date, place, people and the like: each has a name that stays."""
    old, new = (
        {name: words for name, words in parts(notes).items() if words and not name.startswith(RECORD)}
        for notes in (before, after)
    )
    return [
        _difference(
            Part("fact", name, old[name]) if name in old else None,
            Part("fact", name, new[name]) if name in new else None,
        )
        for name in [*new, *(name for name in old if name not in new)]
        if old.get(name) != new.get(name)
    ]


def _parts(notes: Notes) -> Iterator[Part]:
    """The record in reading order: titles, paragraphs, actions."""
    under = defaultdict(list)
    names = notes.action_names()
    for action in notes.actions:
        under[action.place.item].append((names[action.key], action))
    for item in notes.every_item():
        heading = _heading(item)
        yield Part("item", f"Item {item.number}", item_words(item), heading)
        for exchange in item.exchanges:
            told = "; ".join(_told(one.kind, one.speaker) for one in exchange.contributions)
            yield Part("paragraph", exchange.number, exchange_words(exchange), heading, told)
        for name, action in under.pop(item.number, []):
            yield Part("action", name, action_words(action), heading)
    for name, action in [one for left in under.values() for one in left]:
        yield Part("action", name, action_words(action), "Actions without a place")


def _heading(item: Item) -> str:
    return f"{item.number} {item.title}"


def _told(kind: str, speaker: str | None) -> str:
    return f"{kind} by {speaker}" if speaker else f"{kind}"


def _differences(old: list[Part], new: list[Part]) -> Iterator[Difference]:
    """Those of the later version in its order; after them what is gone."""
    pairs = [pair for kind in KINDS for pair in _paired(_only(kind, old), _only(kind, new))]
    now_under = {
        one.before.item: one.after.item
        for one in pairs
        if one.after and one.before and one.after.kind == "item"
    }
    shuffled = _out_of_order(old, new, pairs)
    place = {id(part): place for place, part in enumerate(new)}
    for pair in sorted(pairs, key=lambda pair: place.get(id(pair.after), len(new))):
        is_moved = pair.is_elsewhere and _among(pair.after) in shuffled
        if difference := _difference(pair.before, pair.after, now_under, is_moved=is_moved):
            yield difference


def _among(part: Part) -> tuple[str, str]:
    """The list in which a part has its place: the agenda, or those of its kind under its item."""
    return (part.kind, "" if part.kind == "item" else part.item)


def _out_of_order(old: list[Part], new: list[Part], pairs: list["Pair"]) -> set[tuple[str, str]]:
    """The lists in which two parts that were there before have changed places."""
    places = {id(part): place for place, part in enumerate(old)}
    came_from = {id(pair.after): places[id(pair.before)] for pair in pairs if pair.before and pair.after}
    lists = defaultdict(list)
    for part in new:
        if id(part) in came_from:
            lists[_among(part)].append(came_from[id(part)])
    return {among for among, order in lists.items() if order != sorted(order)}


def _only(kind: str, parts: list[Part]) -> list[Part]:
    return [part for part in parts if part.kind == kind]


@dataclass(frozen=True)
class Pair:
    """A part of the earlier version and what it is in the later one; one of them may be missing."""

    before: Part | None
    after: Part | None
    is_elsewhere: bool = False


def _paired(old: list[Part], new: list[Part]) -> list[Pair]:
    """Find the parts of one kind again: what is word for word the same, what is alike there, what is alike anywhere."""
    matcher = difflib.SequenceMatcher(None, [one.words for one in old], [one.words for one in new], False)
    pairs, gone, come = [], [], []
    for what, start, end, new_start, new_end in matcher.get_opcodes():
        mine, theirs = old[start:end], new[new_start:new_end]
        found = list(zip(mine, theirs, strict=True)) if what == "equal" else _alike(mine, theirs)
        pairs += [Pair(before, after) for before, after in found]
        gone += _without(mine, [before for before, _ in found])
        come += _without(theirs, [after for _, after in found])
    elsewhere = _alike(gone, come)
    pairs += [Pair(before, after, is_elsewhere=True) for before, after in elsewhere]
    pairs += [Pair(before, None) for before in _without(gone, [before for before, _ in elsewhere])]
    return pairs + [Pair(None, after) for after in _without(come, [after for _, after in elsewhere])]


def _without(parts: list[Part], found: list[Part]) -> list[Part]:
    taken = {id(part) for part in found}
    return [part for part in parts if id(part) not in taken]


def _alike(old: list[Part], new: list[Part]) -> list[tuple[Part, Part]]:
    """Pairs that are one part in two versions, the surest first; each part is in one pair at most."""
    if len(old) * len(new) > MOST_PAIRS:
        named = {part.name: part for part in old}
        return [(named[part.name], part) for part in new if part.name in named]
    words = {id(part): Counter(part.words.casefold().split()) for part in [*old, *new]}
    scores = [
        (_likeness(words[id(before)], words[id(after)]) + _sameness(before, after), before, after)
        for before in old
        for after in new
    ]
    taken, pairs = set(), []
    for score, before, after in sorted(scores, key=lambda one: -one[0]):
        if score >= ALIKE and not {id(before), id(after)} & taken:
            taken |= {id(before), id(after)}
            pairs.append((before, after))
    return pairs


def _likeness(one: Counter, other: Counter) -> float:
    """The share of words that two texts have in common, from 0 to 1."""
    return 2 * (one & other).total() / ((one.total() + other.total()) or 1)


def _sameness(before: Part, after: Part) -> float:
    """How much a name that stayed the same says: much of an item, all of an action with its reference."""
    if before.name != after.name:
        return 0
    return {"item": 0.5, "action": 1 if after.name.startswith("Action") else 0.1}.get(after.kind, 0.1)


def _difference(
    before: Part | None,
    after: Part | None,
    now_under: dict[str, str] | None = None,
    *,
    is_moved: bool = False,
) -> Difference | None:
    """What became of a part; None when nothing did."""
    if before is None:
        return Difference(What.ADDED, after, None, after)
    if after is None:
        # What is gone is told under what its item is called now.
        part = replace(before, item=(now_under or {}).get(before.item, before.item))
        return Difference(What.DELETED, part, before, None)
    if is_moved or (now_under or {}).get(before.item, before.item) != after.item:
        return Difference(What.MOVED, after, before, after)
    if before.words != after.words:
        return Difference(What.CHANGED, after, before, after)
    if before.details != after.details:
        return Difference(What.TOLD_OTHERWISE, after, before, after)
    return None
