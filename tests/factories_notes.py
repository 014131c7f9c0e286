"""Made-up Notes, to publish and to look at: `some_notes()` has a bit of everything that a record can hold."""

import datetime as dt
import hashlib
import uuid

from publications import services
from publications.models import Edition, Identity
from publications.notes import (
    Action,
    Attendee,
    Contribution,
    Counted,
    Doubt,
    Exchange,
    Item,
    MeetingFacts,
    NextMeeting,
    Notes,
    Origin,
    Original,
    Place,
)


def office(**facts) -> Identity:
    """Who the office is, in most tests."""
    return Identity.objects.create(
        **{
            "starts": dt.date(2012, 11, 22),
            "office_name": "Police and Crime Commissioner for Marlshire",
            "office_short_name": "Marlshire OPCC",
            "commissioner_title": "Police and Crime Commissioner",
            "force_name": "Marlshire Police",
            "area": "Marlshire",
            "email": "office@office.example",
            "telephone": "01632 960 123",
            "postal_address": "The Old Corn Exchange\nMarlbridge",
        }
        | facts
    )


def said(
    kind: str, lead: str, text: str, *, speaker: str | None = None, paragraph: bool = False
) -> Contribution:
    return Contribution(
        kind=kind,
        lead=lead,
        text=text,
        speaker=speaker,
        nobody_named=kind == "answer" and speaker is None,
        paragraph=paragraph,
    )


def asks(text: str) -> Contribution:
    return said("question", "The PCC", text, speaker="PCC", paragraph=True)


def answers(text: str, lead: str = "The CC", speaker: str | None = "CC") -> Contribution:
    return said("answer", lead, text, speaker=speaker)


PEOPLE = [
    Attendee(
        key="PCC",
        name="Rowan Hale",
        role="Police and Crime Commissioner",
        abbreviation="PCC",
        body="office",
        chair=True,
    ),
    Attendee(key="CC", name="Imogen Sarkar", role="Chief Constable", abbreviation="CC", body="force"),
    Attendee(
        key="ACC",
        name="Tobias Fenn",
        role="Temporary Assistant Chief Constable",
        abbreviation="T/ACC",
        body="force",
        attendance="part",
        present_for="items 2 to 4",
    ),
    Attendee(key="Policy Officer", name=None, role="Policy Officer", body="office", minute_taker=True),
    Attendee(
        key="SO", name=None, role="Staff Officer", abbreviation="SO", body="force", attendance="apologies"
    ),
]

HOLDING = Item(
    number="2",
    label="2.",
    title="Holding to account: rural crime",
    kind="holding_to_account",
    themes=["Rural crime", "Neighbourhood policing"],
    items=[
        Item(
            number="2.1",
            label="2.1",
            title="Leadership and governance",
            exchanges=[
                Exchange(
                    number="2.1.1",
                    contributions=[
                        asks("asked the CC for an overall assessment of how the force answers rural crime."),
                        said(
                            "answer",
                            "The CC",
                            "responded that the rural team has grown from four officers to eleven, and that every "
                            "farm in the north of the county has a named contact.",
                            speaker="CC",
                            paragraph=True,
                        ),
                        answers("added that thefts of machinery remain too high.", "The T/ACC", "ACC"),
                    ],
                ),
                Exchange(
                    number="2.1.2",
                    contributions=[
                        asks("asked what had been learned from the winter operation"),
                        said("answer", "", "and was told that hedgerow cameras had led to six arrests."),
                    ],
                ),
                Exchange(
                    number="2.1.3",
                    contributions=[
                        said(
                            "narrative",
                            "",
                            "A paper on hare coursing had been shared beforehand.",
                            paragraph=True,
                        )
                    ],
                ),
            ],
        ),
        Item(
            number="2.2",
            label="2.2",
            title="Performance",
            exchanges=[
                Exchange(
                    number="2.2.1",
                    contributions=[
                        asks("questioned why response times in the valleys had risen to 31 minutes."),
                        answers(
                            "accepted that this is not good enough; two vehicles are being moved to Aldermoor."
                        ),
                    ],
                )
            ],
        ),
    ],
)


def some_notes(
    *,
    date: dt.date = dt.date(2024, 9, 19),
    id: str | None = None,
    type: str = "Monthly Assurance Meeting",
    reference: str = "2024/17",
    carried: str = "2024/9",
    next_date: dt.date | None = None,
    **changes,
) -> Notes:
    """The notes of one made-up meeting; further arguments replace whole parts of the document."""
    parts = {
        "office": "Police and Crime Commissioner for Marlshire",
        "force": "Marlshire Police",
        "meeting": MeetingFacts(
            id=id or str(uuid.uuid4()),
            type=type,
            title=type,
            date=date,
            start="10:00",
            end="12:30",
            venue="The Old Corn Exchange, Marlbridge",
        ),
        "people": PEOPLE,
        "counted": [Counted(body="force", number=3)],
        "items": [
            Item(
                number="1",
                label="1.",
                title="Matters arising",
                kind="matters_arising",
                exchanges=[
                    Exchange(
                        number="1.1",
                        about=["a1"],
                        contributions=[
                            asks("asked whether the custody review had been finished."),
                            answers("confirmed that it had, and that its report would be shared in October."),
                        ],
                    )
                ],
            ),
            HOLDING,
            Item(number="3", label="3.", title="Inspections", kind="inspection", none=True),
            Item(number="4", label="4.", title="Any other business", kind="other_business", none=True),
            Item(number="5", label="5.", title="Next meeting", kind="next_meeting"),
        ],
        "actions": [
            Action(
                key="a1",
                reference=carried,
                text="The CC will review how long people wait in custody for a mental health assessment.",
                owners=["CC"],
                due={"date": date - dt.timedelta(days=20)},
                first_due={"date": date - dt.timedelta(days=80)},
                moved=1,
                place=Place(item="1"),
                carried_from=Origin(meeting=None, text="June meeting"),
                outcome="Reported; stays open until the report is shared",
                as_of=date,
            ),
            Action(
                key="a2",
                reference=reference,
                text="The T/ACC will report on thefts of farm machinery, by district, with what was recovered.",
                owners=["ACC", "SO"],
                due={"date": date + dt.timedelta(days=34)},
                place=Place(item="2.2", after="2.2.1"),
                as_of=date,
            ),
        ],
        "next_meeting": NextMeeting(
            type="Thematic Meeting",
            subject="the budget for vehicles",
            date=next_date or date + dt.timedelta(days=34),
            start="14:30",
            venue="Force headquarters",
        ),
        "abbreviations": {"PCC": "Police and Crime Commissioner", "CC": "Chief Constable"},
    }
    # A copy of every part, so that a test may change its own.
    return Notes(**parts | changes).model_copy(deep=True)


def first_published_elsewhere(**changes) -> Notes:
    """Old notes that another site published first, with a doubt that was kept."""
    notes = some_notes(date=dt.date(2020, 9, 24), **changes)
    notes.meeting.original = Original(published=dt.date(2020, 10, 12), source="notes-2020-09.txt")
    notes.meeting.date_as_written = "Tuesday 24th September, 10 am"
    notes.actions[1].ours = True
    notes.doubts = [
        Doubt(
            where="meeting",
            sentence="24 September 2020 was a Thursday and the notes say Tuesday.",
            note="As in the original: 24 September 2020 was a Thursday; the notes say Tuesday.",
        )
    ]
    return Notes.model_validate_json(notes.to_bytes())


def published(notes: Notes | None = None, **options) -> Edition:
    """Publish notes as `review` does: their bytes, with their hash."""
    content = (notes or some_notes()).to_bytes()
    return services.publish(content, sha256=hashlib.sha256(content).hexdigest(), **options)
