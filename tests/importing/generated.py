"""Strategies for notes of made-up meetings, in the words that minutes are written in."""

import datetime as dt

from hypothesis import strategies as st

from publications.notes import (
    Action,
    Attendee,
    Contribution,
    DueAt,
    DueOn,
    Exchange,
    Item,
    MeetingFacts,
    NextMeeting,
    Notes,
    Origin,
    Place,
)
from tests.importing.paper import Paper, type_width

FIRST = ["Amira", "Bronwen", "Callum", "Delphine", "Edwin", "Farrah", "Gwyn", "Hollis", "Ines", "Jorah"]
LAST = [
    "Ashdown",
    "Bellweather",
    "Corrie-Lane",
    "Drummond",
    "Eastlake",
    "Fenwick",
    "Garrow",
    "O’Hallam",
    "Ivens",
    "Jessop",
]
CHIEFS = [
    ("Chief Constable", "CC"),
    ("Temporary Chief Constable", "T/CC"),
    ("T/Chief Constable", "T/CC"),
    ("Acting Chief Constable", "A/CC"),
]
SECONDS = [
    ("Assistant Chief Constable", "ACC"),
    ("A/Assistant Chief Constable", "A/ACC"),
    ("Deputy Chief Constable", "DCC"),
    ("Temporary Assistant Chief Constable", "T/ACC"),
]
OTHERS = [
    ("Staff Officer", "SO", "force"),
    ("Assistant Policy Officer", None, "office"),
    ("Chief Superintendent", None, "force"),
    ("Performance Inspector", None, "force"),
    ("Chief Executive", "CEX", "office"),
]
THEMES = [
    "Mental Health",
    "Domestic Abuse",
    "Rural and Wildlife Crime",
    "Serious Violence",
    "Call handling",
    "Stop and Search",
]
ENQUIRIES = [
    "Leadership and governance",
    "Performance management",
    "Responding to calls for service",
    "Prevention",
    "Victims and witnesses",
    "Workforce, skills and training",
]
OTHER_ITEMS = [
    ("HMICFRS inspection programme / Matters arising from the Service Improvement Board", "inspection"),
    ("HMICFRS inspection programme", "inspection"),
    ("Performance report", "performance"),
    ("Estates strategy", "other"),
]
CLAUSES = [
    "the number of officers in local teams has grown since April",
    "the 4 P’s plan would be finished in six months time",
    "victims had waited 10.5 days on average, e.g. in the north of the county",
    "recommendation No. 3 of the inspection is complete",
    "the Board, chaired by Supt. Garrow, meets at 10.30 every Monday",
    "£1.2m was spent on the Control Room and there numbers are still low",
    "it’s a live topic and the two need to link, with partners addressing inconsistencies",
    "calls to 101 and 999 are answered in 9 seconds",
    "self-assessment against the national priorities is needed",
    "the force doesn’t record this (a known gap) at the moment",
    "the approach “works well” in towns but not in villages",
    "there would be the right structures and partners, working together",
    "the Public Contact Centre had moved to new premises in 2019",
    "this could be sough via intervention teams",
]
FOLLOWING = [
    "Learning from this demonstrated a need for a cohesive set of plans.",
    "It is difficult to measure, and an example was given from Ashby Vale.",
    "This will be in place by the autumn.",
    "Locally the force has reduced the number of detentions.",
    "He has seen this in two districts.",
    "A person in crisis is often seen by an officer first.",
]
NARRATIVES = [
    "A report had been provided before the meeting summarising the year.",
    "There had been a pilot running in the control room in 2017 and then a more recent one.",
    "Data for the quarter was circulated. Figures exclude fraud.",
]
DEEDS = [
    "provide an update on the reasons for the number of people being detained",
    "share the evaluation of the pilot with the office",
    "revisit the benefit of the programme. This is to include the views of the workforce",
]
DUE_PHRASES = ["", "", " by the next meeting", " by 28 January 2031", " by Friday 7th February 2031"]
ORIGINS = ["September 2019 meeting", "July meeting", "thematic meeting in May 2020"]
VENUES = ["PCC conference room", "Meeting Room 2, Castle House", "Microsoft Teams", "Held virtually"]
TIMES = [
    ("10 am", "10:00", None),
    ("14:00-17:00", "14:00", "17:00"),
    ("14:00hrs", "14:00", None),
    ("13.30pm", "13:30", None),
    ("2PM", "14:00", None),
    ("10.30 am", "10:30", None),
]
TYPES = [
    "Monthly Assurance Meeting",
    "Thematic Assurance Meeting",
    "Public Performance and Accountability Board",
]


@st.composite
def casts(draw) -> list[Attendee]:
    """Those present, led by the commissioner, and perhaps somebody who sent apologies."""
    names = draw(st.permutations([f"{first} {last}" for first, last in zip(FIRST, LAST, strict=True)]))
    posts = [
        ("Police and Crime Commissioner", "PCC", "office"),
        ("Senior Policy Manager", "SPM", "office"),
        (*draw(st.sampled_from(CHIEFS)), "force"),
        (*draw(st.sampled_from(SECONDS)), "force"),
        *draw(st.lists(st.sampled_from(OTHERS), unique=True, max_size=3)),
    ]
    people = [
        Attendee(
            key=short or name,
            name=name,
            role=role,
            abbreviation=short,
            body=body,
            chair=short == "PCC",
            minute_taker=short == "SPM",
        )
        for name, (role, short, body) in zip(names, posts, strict=False)
    ]
    for person in people[4:]:
        if draw(st.integers(0, 3)) == 0:
            person.attendance = "apologies"
    return [person for person in people if person.attendance == "present"] + [
        person for person in people if person.attendance == "apologies"
    ]


class Writer:
    """Writes paragraphs of one meeting."""

    def __init__(self, draw, people: list[Attendee], paper: Paper):
        self.draw, self.paper = draw, paper
        self.force = [
            person.abbreviation
            for person in people
            if person.body == "force" and person.role.endswith("Constable")
        ]

    def pick(self, options):
        return self.draw(st.sampled_from(options))

    def _more(self) -> str:
        return "".join(f" {self.pick(FOLLOWING)}" for _ in range(self.draw(st.integers(0, 2))))

    def _said(self, key: str, kind: str, verbs: list[str], paragraph: bool = False) -> Contribution:
        text = f"{self.pick(verbs)} {self.pick(CLAUSES)}.{self._more()}"
        return Contribution(kind=kind, speaker=key, lead=f"The {key}", text=text, paragraph=paragraph)

    def _question(self, paragraph: bool) -> Contribution:
        verbs = [
            "asked whether",
            "asked if",
            "sought assurance that",
            "said that numbers are small and asked how",
            "questioned whether",
        ]
        return self._said("PCC", "question", verbs, paragraph)

    def _answers(self, first_starts_paragraph: bool = False) -> list[Contribution]:
        verbs = [
            ["responded that", "replied that", "said that", "confirmed that"],
            ["added that", "explained that"],
        ]
        count = self.draw(st.integers(1, 2))
        return [
            self._said(self.pick(self.force), "answer", verbs[i], first_starts_paragraph and i == 0)
            for i in range(count)
        ]

    def _passive(self) -> list[Contribution]:
        question = Contribution(
            kind="question",
            speaker="PCC",
            lead="The PCC",
            text=f"asked whether {self.pick(CLAUSES)}",
            paragraph=True,
        )
        verb = self.pick(["was told that", "was assured that", "was advised that"])
        answer = Contribution(
            kind="answer", nobody_named=True, text=f"and {verb} {self.pick(CLAUSES)}.{self._more()}"
        )
        return [question, answer]

    def _after_clause(self) -> list[Contribution]:
        text = f"Acknowledging numbers are very small, the PCC had noted that {self.pick(CLAUSES)} and asked for reassurance."
        return [Contribution(kind="question", speaker="PCC", text=text, paragraph=True), *self._answers()]

    def _narrative(self, asks: bool) -> list[Contribution]:
        narrative = Contribution(kind="narrative", text=self.pick(NARRATIVES), paragraph=True)
        return [narrative, self._question(False), *self._answers()] if asks else [narrative]

    def exchange(self, number: str) -> Exchange:
        """One exchange: a paragraph, and perhaps one of answers alone after a question."""
        manner = self.pick(
            ["question", "question", "passive", "comment", "narrative", "narrative asks", "clause"]
        )
        parts = {
            "question": lambda: [self._question(True), *self._answers()],
            "passive": self._passive,
            "comment": lambda: [self._said("PCC", "comment", ["commented that", "noted that"], True)],
            "narrative": lambda: self._narrative(False),
            "narrative asks": lambda: self._narrative(True),
            "clause": self._after_clause,
        }[manner]()
        self._settle(parts)
        if manner in ("question", "narrative asks") and self.draw(st.booleans()):
            more = self._answers(first_starts_paragraph=True)
            self._settle(more)
            parts += more
        return Exchange(number=number, contributions=parts)

    def _settle(self, parts: list[Contribution]) -> None:
        """Add words until the last line is short, as nobody could tell its end otherwise."""
        while not self.paper.last_line_is_short(
            " ".join(f"{part.lead} {part.text}".strip() for part in parts)
        ):
            parts[-1].text = f"{parts[-1].text[:-1]} today."

    def settled(self, text: str) -> str:
        """A sentence whose last line is short."""
        while not self.paper.last_line_is_short(text):
            text = f"{text[:-1]} today."
        return text


def _action(
    writer: Writer, key: str, heading: str, place: Place, date: dt.date, origin: str | None
) -> Action:
    owner = writer.pick([*writer.force, "PCC"])
    phrase = writer.pick(DUE_PHRASES)
    due = {
        " by the next meeting": DueAt(meeting="next"),
        " by 28 January 2031": DueOn(date=dt.date(2031, 1, 28)),
    }.get(phrase)
    if phrase.endswith("February 2031"):
        due = DueOn(date=dt.date(2031, 2, 7))
    verb = writer.pick(["will", "intends to", "is to"])
    return Action(
        key=key,
        reference=None,
        heading=heading,
        text=writer.settled(f"The {owner} {verb} {writer.pick(DEEDS)}{phrase}."),
        owners=[owner],
        due=due,
        first_due=due,
        place=place,
        carried_from=Origin(text=origin) if origin else None,
        as_of=date,
    )


def _matters_arising(writer: Writer, date: dt.date, actions: list[Action]) -> Item:
    item = Item(number="1", label="1.", title="Outstanding Matters / Matters arising", kind="matters_arising")
    for _ in range(writer.draw(st.integers(0, 2))):
        origin = writer.pick(ORIGINS)
        after = item.exchanges[-1].number if item.exchanges else None
        place = Place(item="1", after=after)
        action = _action(
            writer, f"a{len(actions) + 1}", f"Action arising from the {origin}:", place, date, origin
        )
        actions.append(action)
        for _ in range(writer.draw(st.integers(0, 2))):
            exchange = writer.exchange(f"1.{len(item.exchanges) + 1}")
            exchange.about = [action.key]
            item.exchanges.append(exchange)
    item.none = not item.exchanges and not any(action.place.item == "1" for action in actions)
    return item


def _talk(writer: Writer, item: Item, prefix: str, date: dt.date, actions: list[Action]) -> None:
    """Exchanges, and perhaps one or two actions at their end."""
    for count in range(writer.draw(st.integers(1, 3))):
        item.exchanges.append(writer.exchange(f"{prefix}{count + 1}"))
    for index in range(writer.draw(st.integers(0, 2))):
        place = Place(item=item.number, after=item.exchanges[-1].number)
        actions.append(
            _action(writer, f"a{len(actions) + 1}", "Action arising" if index == 0 else "", place, date, None)
        )


def _holding_to_account(writer: Writer, date: dt.date, actions: list[Action]) -> Item:
    theme = writer.pick(THEMES)
    item = Item(
        number="2",
        label="2.",
        title=f"Holding to account {writer.pick('-–')} {theme}",
        kind="holding_to_account",
        themes=[theme],
    )
    titles = writer.draw(st.lists(st.sampled_from(ENQUIRIES), unique=True, max_size=3))
    if not titles:
        _talk(writer, item, "2.", date, actions)
    for position, title in enumerate(titles, start=1):
        nested = Item(number=f"2.{position}", label=f"2.{position}", title=title)
        _talk(writer, nested, f"2.{position}.", date, actions)
        item.items.append(nested)
    return item


def _ending(writer: Writer, date: dt.date) -> tuple[list[Item], NextMeeting]:
    items = []
    number = 3
    for title, kind in writer.draw(st.lists(st.sampled_from(OTHER_ITEMS), unique=True, max_size=2)):
        items.append(Item(number=str(number), label=f"{number}.", title=title, kind=kind, none=True))
        number += 1
    items.append(Item(number=str(number), label=f"{number}.", title="AOB", kind="other_business", none=True))
    number += 1
    title = "Confirmation of next meeting type / date / time / venue:"
    items.append(Item(number=str(number), label=f"{number}.", title=title, kind="next_meeting"))
    return items, _next_meeting(writer, date)


def _next_meeting(writer: Writer, date: dt.date) -> NextMeeting:
    day = date + dt.timedelta(days=writer.draw(st.integers(20, 60)))
    subject = writer.pick([None, "the outcome on budget investments", "rural crime"])
    first = f"Thematic on {subject}" if subject else "Monthly Assurance Meeting"
    words, start = writer.pick([("", None), (", 2pm", "14:00"), (" at 10.30 am", "10:30")])
    venue = writer.pick([None, "Castle House"])
    dated = f"{day:%A} {ordinal(day.day)} {day:%B %Y}{words}"
    return NextMeeting(
        type="Thematic" if subject else first,
        subject=subject,
        date=day,
        date_as_written=dated,
        start=start,
        venue=venue,
        as_written="\n".join(filter(None, [first, dated, venue])),
    )


def ordinal(day: int) -> str:
    """1st, 2nd, 3rd, 4th."""
    ending = "th" if 11 <= day <= 13 else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
    return f"{day}{ending}"


@st.composite
def papers(draw, measures) -> Paper:
    """How the pages look."""
    edges = st.sampled_from(
        [(), ("", "Page {page} of {pages}", ""), ("\f",), ("OFFICIAL", "", "{page} | Page", "\f")]
    )
    return Paper(
        width=draw(st.integers(50, 95)),
        measure=draw(st.sampled_from(measures)),
        page_length=draw(st.sampled_from([0, 17, 30, 45])),
        page_edge=draw(edges),
        flattened=draw(st.booleans()),
    )


@st.composite
def meetings(draw, measures=(len, type_width)) -> tuple[Notes, Paper]:
    """Notes of a meeting, and the paper on which they can be told apart."""
    paper, people = draw(papers(measures)), draw(casts())
    date = draw(st.dates(dt.date(2013, 1, 1), dt.date(2030, 6, 1)))
    words, start, end = draw(st.sampled_from(TIMES))
    type_ = draw(st.sampled_from(TYPES))
    meeting = MeetingFacts(
        id="",
        type=type_,
        title=f"{type_} {date:%B %Y} – Meeting Notes",
        date=date,
        date_as_written=f"{date:%A} {ordinal(date.day)} {date:%B}, {words}",
        start=start,
        end=end,
        venue=draw(st.sampled_from(VENUES)),
    )
    writer = Writer(draw, people, paper)
    actions: list[Action] = []
    items = [_matters_arising(writer, date, actions), _holding_to_account(writer, date, actions)]
    ending, next_meeting = _ending(writer, date)
    abbreviations = {person.abbreviation: person.role for person in people if person.abbreviation}
    notes = Notes(
        office="Police and Crime Commissioner for Marlshire",
        force="Marlshire Police",
        meeting=meeting,
        people=people,
        items=[*items, *ending],
        actions=actions,
        next_meeting=next_meeting,
        abbreviations=abbreviations,
    )
    return notes, paper
