"""What is different between two versions of a record, part by part, in the words of its readers."""

from dataclasses import dataclass

from publications.notes import Action, Exchange, Item, Notes, Passages
from web.dates import day


@dataclass(frozen=True)
class Change:
    """One part of a record that is not as it was; `before` or `after` is empty where there is none."""

    where: str
    before: str
    after: str


def changes(before: Notes, after: Notes) -> list[Change]:
    """Every part that differs, in the order of the later version; parts that are gone come last."""
    old, new = parts(before), parts(after)
    found = [
        Change(where, old.get(where, ""), words)
        for where, words in new.items()
        if old.get(where, "") != words
    ]
    return found + [Change(where, words, "") for where, words in old.items() if where not in new and words]


def parts(notes: Notes) -> dict[str, str]:
    """The record as named parts: each fact, person, item, exchange and action with what it says."""
    facts = notes.meeting.model_dump(mode="json", exclude={"id", "slug"}) if notes.meeting else {}
    coming = notes.next_meeting.model_dump(mode="json") if notes.next_meeting else {}
    names = notes.action_names()
    return {
        "Office": notes.office,
        "Force": notes.force,
        **{_label(name): _said(value) for name, value in facts.items()},
        **{f"Next meeting: {name.replace('_', ' ')}": _said(value) for name, value in coming.items()},
        **{f"Person: {person.key}": _said(person.model_dump(mode="json")) for person in notes.people},
        **{f"Counted: {c.body}, {c.attendance}": str(c.number) for c in notes.counted},
        **{f"Item {item.number}": item_words(item) for item in notes.every_item()},
        **{
            f"Paragraph {exchange.number}": exchange_words(exchange)
            for item in notes.every_item()
            for exchange in item.exchanges
        },
        **{names[action.key]: action_words(action) for action in notes.actions},
        **{f"Short name {short}": meaning for short, meaning in notes.abbreviations.items()},
        **{f"Doubt {place}": f"{d.sentence} {d.note}" for place, d in enumerate(notes.doubts, 1)},
    }


def _label(name: str) -> str:
    return name.replace("_", " ").capitalize()


def _said(value: object) -> str:
    match value:
        case None | False | "":
            return ""
        case True:
            return "yes"
        case dict():
            told = [f"{name.replace('_', ' ')}: {_said(one)}" for name, one in value.items() if _said(one)]
            return "; ".join(told)
    return str(value)


def item_words(item: Item) -> str:
    words = [item.label, item.title, *item.themes, "None" if item.none else ""]
    return " · ".join(word for word in words if word)


def exchange_words(exchange: Exchange) -> str:
    said = [f"{one.lead} {_plain(one.text)}".strip() for one in exchange.contributions]
    return "\n".join([*said, *exchange.notes])


def action_words(action: Action) -> str:
    due = action.due and (
        f"due {day(action.due.date)}" if hasattr(action.due, "date") else "due next meeting"
    )
    told = [
        _plain(action.text),
        ", ".join(action.owners),
        due or "",
        action.state,
        action.transferred_to,
        action.outcome or "",
    ]
    return " · ".join(word for word in told if word)


def _plain(text: Passages) -> str:
    return text if isinstance(text, str) else "".join(one if isinstance(one, str) else "[…]" for one in text)
