"""The Notes document: the whole record of one meeting, for one audience.

Everything that leaves or enters the record does so in this shape. `review`
compiles a meeting into it, renderers turn it into pages and paper, `importing`
reads text into it, and an edition is its canonical bytes. It knows nothing of
databases.

A stored document is never rewritten. Readers keep what they do not know
(`extra="allow"`), so that an older program can print a newer document.
"""

import datetime as dt
from enum import StrEnum
from itertools import count
from typing import Annotated, Any, Literal

import rfc8785
from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from publications.states import may_be_overdue

SCHEMA = "notes/1"


def _reject_control_characters(text: str) -> str:
    """Refuse what neither XML nor a database can hold: NUL and its neighbours."""
    if any(ord(character) < 32 and character not in "\t\n" for character in text):
        raise ValueError("holds control characters")
    return text


Text = Annotated[str, AfterValidator(_reject_control_characters)]
Clock = Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$", description="Local time, 24 hours: 14:30")]


class ItemKind(StrEnum):
    APOLOGIES = "apologies"
    PREVIOUS_NOTES = "previous_notes"
    MATTERS_ARISING = "matters_arising"
    ACTION_REVIEW = "action_review"
    HOLDING_TO_ACCOUNT = "holding_to_account"
    PERFORMANCE = "performance"
    INSPECTION = "inspection"
    PUBLIC_QUESTIONS = "public_questions"
    DECISION = "decision"
    OTHER_BUSINESS = "other_business"
    NEXT_MEETING = "next_meeting"
    OTHER = "other"


class ContributionKind(StrEnum):
    QUESTION = "question"
    ANSWER = "answer"
    COMMENT = "comment"
    DECISION = "decision"
    NARRATIVE = "narrative"


class Part(BaseModel):
    """Any part of the document: unknown members are kept, control characters refused."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)


class Withheld(Part):
    """What stands where something is not published: the ground, never its length."""

    withheld: Text


# A text is words, or words and markers in the order in which they are read.
Passages = Text | list[Text | Withheld]


class Original(Part):
    """Where and when the record was first published, when that was not by us."""

    published: dt.date | None = None
    source: Text | None = Field(default=None, description="The name of the file that stays the authority")


class MeetingFacts(Part):
    id: Text
    slug: Text | None = None
    type: Text
    title: Text
    status: Literal["planned", "held", "cancelled", "moved"] = "held"
    held: Literal["public", "private", "writing"] = "private"
    date: dt.date | None
    date_as_written: Text | None = None
    chair_as_written: Text | None = Field(
        default=None, description="What the table of an original says of the chair beyond the list of people"
    )
    minutes_as_written: Text | None = Field(default=None, description="The same of whoever took the minutes")
    start: Clock | None = None
    end: Clock | None = None
    venue: Text | None = None
    period: Text | None = None
    summary: Text | None = None
    original: Original | None = None


class Attendee(Part):
    """A person at this meeting, as they were that day."""

    key: Text = Field(
        description="Unique here: the abbreviation when there is one, else the name or the role"
    )
    name: Text | None = Field(description="Null when this person is published by role")
    role: Text
    abbreviation: Text | None = None
    body: Literal["office", "force", "other"]
    attendance: Literal["present", "apologies", "part"] = "present"
    present_for: Text | None = None
    chair: bool = False
    minute_taker: bool = False


class Counted(Part):
    """Those who attended and are published only as a number."""

    body: Literal["office", "force", "other"]
    attendance: Literal["present", "apologies", "part"] = "present"
    number: int = Field(ge=1)


class Contribution(Part):
    """What one speaker said, in reported speech. It prints as `lead` and `text`."""

    kind: Text
    speaker: Text | None = Field(default=None, description="The key of an attendee")
    nobody_named: bool = False
    lead: Text = ""
    text: Passages = ""
    paragraph: bool = Field(default=False, description="Starts a paragraph; otherwise it runs on")
    withheld: Text | None = None


class Exchange(Part):
    """One numbered unit of the record: a question and all that answers it."""

    number: Text
    about: list[Text] = Field(default=[], description="Keys of the actions that were discussed")
    notes: list[Text] = Field(default=[], description="Public notes, such as a doubt about the original")
    contributions: list[Contribution] = []
    withheld: Text | None = None


class Item(Part):
    number: Text = Field(description="Position: 2.1")
    label: Text = Field(default="", description="As printed in the source, such as 'Ref 03/18'")
    title: Text
    kind: Text = ItemKind.OTHER
    themes: list[Text] = []
    priorities: list[Text] = []
    places: list[Text] = []
    none: bool = Field(default=False, description="Minuted as 'None'")
    verdict: Text | None = None
    exchanges: list[Exchange] = []
    items: list["Item"] = []
    withheld: Text | None = None


class DueOn(Part):
    date: dt.date


class DueAt(Part):
    meeting: Literal["next"]


class Origin(Part):
    """The earlier meeting that an action comes from, by id or only in words."""

    meeting: Text | None = None
    text: Text


class Place(Part):
    item: Text
    after: Text | None = Field(default=None, description="The number of the exchange before it")


def taken_over_by(state: str, events: list) -> str:
    """The body to which an action was transferred last, by what happened to it in order; empty where it was not."""
    transfers = [event for event in events if event.what == state == "transferred"]
    return (transfers[-1].to or "") if transfers else ""


class ActionEvent(Part):
    """Something that happened to an action and that this audience may know."""

    on: dt.date
    what: Literal["closed", "returned", "retained", "withdrawn", "superseded", "transferred", "due_moved"]
    due: DueOn | DueAt | None = None
    to: Text | None = Field(default=None, description="The body to which it was transferred")
    reason: Text | None = None


class Action(Part):
    """What somebody promised, as it stood on `as_of`."""

    key: Text = Field(description="Unique here and never printed: what `about` points to")
    reference: Text | None
    ours: bool = Field(default=False, description="We gave the reference; the original had none")
    heading: Text = Field(default="", description="The source's own words above it, such as 'Action arising'")
    text: Passages
    owners: list[Text] = Field(
        default=[], description="Keys of attendees, or titles of roles; the first one leads"
    )
    due: DueOn | DueAt | None = None
    first_due: DueOn | DueAt | None = None
    moved: int = 0
    place: Place
    carried_from: Origin | None = None
    outcome: Text | None = None
    state: Text = "open"
    as_of: dt.date | None = None
    overdue: bool | None = Field(
        default=None,
        description="Of an open action whose date had passed on `as_of`: whether it is called overdue, which it is "
        "while nothing about it was waiting in the office. Null of any other, and in documents of before this "
        "was said, where the dates alone tell it",
    )
    events: list[ActionEvent] = []
    withheld: Text | None = None

    @property
    def transferred_to(self) -> str:
        """The body that has taken it over, where that was told."""
        return taken_over_by(self.state, self.events)

    def is_overdue(self, on: dt.date) -> bool:
        """Whether it may be called overdue on that day, the day of its document."""
        due_on = self.due.date if isinstance(self.due, DueOn) else None
        return may_be_overdue(self.state, due_on, on) and self.overdue is not False


class NextMeeting(Part):
    type: Text | None = None
    subject: Text | None = None
    date: dt.date | None = None
    date_as_written: Text | None = None
    start: Clock | None = None
    venue: Text | None = None
    as_written: Text | None = Field(default=None, description="The source's own lines, which print instead")


class Doubt(Part):
    """Something in the original that does not add up, kept as it is and said openly."""

    where: Text
    sentence: Text
    note: Text


class Notes(Part):
    schema_: Literal["notes/1"] = Field(default=SCHEMA, alias="schema")
    kind: Literal["notes", "agenda", "actions"] = "notes"
    language: Text = "en-GB"
    office: Text
    force: Text
    meeting: MeetingFacts | None
    people: list[Attendee] = []
    counted: list[Counted] = []
    items: list[Item] = []
    actions: list[Action] = []
    next_meeting: NextMeeting | None = None
    papers: list[dict[str, Any]] = []
    abbreviations: dict[Text, Text] = {}
    doubts: list[Doubt] = []

    def to_bytes(self) -> bytes:
        """The canonical JSON of RFC 8785: equal documents have equal bytes."""
        return rfc8785.dumps(self.model_dump(mode="json", by_alias=True))

    def every_item(self):
        """Each item in reading order, those inside others too."""
        for item in self.items:
            yield item
            yield from item.items

    def action_names(self) -> dict[str, str]:
        """What each action is called, by its key: Action 2020/17, or while it has no reference New action 1."""
        new, earlier = count(1), count(1)
        return {
            action.key: f"Action {action.reference}"
            if action.reference
            else (f"Earlier action {next(earlier)}" if action.carried_from else f"New action {next(new)}")
            for action in self.actions
        }

    def attendee(self, key: str | None) -> Attendee | None:
        """The person with this key, or None."""
        return next((person for person in self.people if person.key == key), None)


def read(stored: bytes) -> Notes:
    """Read stored bytes of any version as the newest Notes.

    Raises `pydantic.ValidationError` when they are not a Notes document.
    """
    return Notes.model_validate_json(stored)


def json_schema() -> dict[str, Any]:
    """The JSON Schema of the document, as published at /schema/notes-1.json."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **Notes.model_json_schema(by_alias=True),
    }
