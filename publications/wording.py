"""How the parts of a record are told in words: dates, outcomes, what is known of an action, who was there."""

import datetime as dt
from collections import defaultdict

from publications.notes import Action, Counted, DueAt, DueOn, NextMeeting
from publications.printed import OUTCOME, Fact, Following
from publications.states import EVENTS, in_public_words, moved_in_words
from web import dates

OUTCOMES = {
    "reported": "reported on",
    "closed": "agreed to close",
    "returned": "returned",
    "retained": "kept as a watching brief",
    "new_date": "agreed a new date",
    "not_reached": "not reached, carried forward",
}
PRESENCE = {"present": "Present", "apologies": "Apologies", "part": "Present for part"}
COUNTED_PRESENCE = {
    "present": "Also present",
    "part": "Also present for part",
    "apologies": "Also apologies from",
}


def due_words(due: DueOn | DueAt | None) -> str:
    if isinstance(due, DueOn):
        return dates.day(due.date)
    return "the next meeting" if due else "no date agreed"


def clock_of(written: str | None) -> dt.time | None:
    return dt.time.fromisoformat(written) if written else None


def following(said: NextMeeting | None) -> Following | None:
    """What is said of the next meeting; an original's own words are quoted, and the date is ours."""
    if said is None:
        return None
    start = clock_of(said.start)
    when = dates.weekday_day(said.date) if said.date else ""
    own = said.as_written
    named = [] if own else [said.type, said.subject]
    known = [*named, when, dates.clock(start) if start else "", "" if own else said.venue]
    return Following(
        words=", ".join(" ".join(part.split()) for part in known if part),
        as_written=[line.strip() for line in (own or "").splitlines() if line.strip()],
    )


def facts_of(action: Action, owners: str) -> list[Fact]:
    """What is known of an action on the day of the meeting."""
    first = f"first due {due_words(action.first_due)}" if action.moved and action.first_due else ""
    moved = ", ".join(filter(None, [first, moved_in_words(action.moved)]))
    facts = [
        Fact("Owner", owners),
        Fact("Due", due_words(action.due), moved),
    ]
    if action.carried_from and not action.heading:
        facts.append(Fact("From", action.carried_from.text))
    if action.outcome:
        facts.append(Fact(OUTCOME, OUTCOMES.get(action.outcome, action.outcome)))
    for event in action.events:
        when = f"to {event.to}, {dates.day(event.on)}" if event.to else dates.day(event.on)
        facts.append(Fact(EVENTS[event.what], when, event.reason or ""))
    as_of = f"on {dates.day(action.as_of)}" if action.as_of else ""
    state = in_public_words(action.state, to_body=action.transferred_to)
    facts.append(Fact("Status", " ".join(filter(None, [state, as_of]))))
    return facts


def counted_in_words(groups: list[Counted]) -> list[str]:
    """Those of whom only the number is published, a sentence for each way of attending."""
    numbers = defaultdict(list)
    for group in groups:
        numbers[group.attendance].append(number_of(group))
    return [
        f"{COUNTED_PRESENCE[attendance]}, not named: {' and '.join(told)}."
        for attendance, told in numbers.items()
    ]


def number_of(group: Counted) -> str:
    """How many people, and of which body: 1 person from the office."""
    one_or_many = "person" if group.number == 1 else "people"
    if group.body == "other":
        return f"{group.number} other {one_or_many}"
    return f"{group.number} {one_or_many} from the {group.body}"
