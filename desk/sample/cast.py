"""Who and what the sample office has: everything here is made up."""

from dataclasses import dataclass

from accounts.models import Body, DutyKind
from meetings.models.people import PublishAs

IDENTITY = {
    "office_name": "Office of the Police and Crime Commissioner for Marlshire",
    "office_short_name": "Marlshire Commissioner",
    "commissioner_title": "Police and Crime Commissioner",
    "force_name": "Marlshire Police",
    "area": "Marlshire",
    "email": "office@office.example",
    "telephone": "01632 960 100",
    "postal_address": "Quarry House\nHarrow Street\nMarlbridge",
    "accent_colour": "#1f4f5f",
}


@dataclass(frozen=True)
class Post:
    """A role of the sample, with the address that letters to it go to."""

    key: str
    title: str
    body: str
    publish_as: str = PublishAs.NAME
    contact: str = ""


POSTS = [
    Post("PCC", "Police and Crime Commissioner", Body.OFFICE, contact="commissioner@office.example"),
    Post("DPCC", "Deputy Police and Crime Commissioner", Body.OFFICE, contact="deputy@office.example"),
    Post("SPM", "Senior Policy Manager", Body.OFFICE, PublishAs.ROLE, "policy@office.example"),
    Post("APO", "Assistant Policy Officer", Body.OFFICE, PublishAs.COUNTED),
    Post("CC", "Chief Constable", Body.FORCE, contact="chief.staff@force.example"),
    Post("DCC", "Deputy Chief Constable", Body.FORCE, contact="deputy.staff@force.example"),
    Post("ACC", "Assistant Chief Constable", Body.FORCE, contact="acc.staff@force.example"),
    Post("SO", "Staff Officer", Body.FORCE, PublishAs.ROLE, "staff.officer@force.example"),
]

# Who holds which post; the Chief Constable's and the Deputy's change hands in the story.
HOLDERS = {
    "PCC": "Marian Holbeck",
    "DPCC": "Idris Calloway",
    "SPM": "Farida Lomax",
    "APO": "Owen Tarrant",
    "ACC": "Dominic Ferraby",
    "SO": "Joel Marchetti",
}
FIRST_CHIEF, DEPUTY, SECOND_CHIEF = "Graham Pellow", "Sunita Varley", "Miriam Oduya"


@dataclass(frozen=True)
class SignIn:
    """A user of the sample, and the person of the record who they are, if any."""

    email: str
    name: str
    kind: str
    body: str = Body.OFFICE


SIGN_INS = [
    SignIn("officer@office.example", HOLDERS["SPM"], DutyKind.POLICY_OFFICER),
    SignIn("approver@office.example", HOLDERS["PCC"], DutyKind.APPROVER),
    SignIn("liaison@force.example", HOLDERS["SO"], DutyKind.LIAISON, Body.FORCE),
    SignIn("admin@office.example", "Petra Winslade", DutyKind.ADMINISTRATOR),
]

PLAN = "Safer Marlshire: Police and Crime Plan"
# Each priority, with the themes that serve it.
PRIORITIES = {
    "Putting victims first": ["Domestic abuse", "Violence against women and girls", "Mental health"],
    "Safer places": ["Antisocial behaviour", "Burglary", "Retail crime", "Rural crime", "Road safety"],
    "A service people can reach and trust": ["Contact and response", "Stop and search", "Custody"],
    "A force that looks after its people": ["Officer wellbeing"],
}


@dataclass(frozen=True)
class Series:
    """A meeting type of the sample: its name, its usual agenda and people, and the days it falls on."""

    key: str
    name: str
    held: str
    venue: str
    start: str
    agenda: tuple[tuple[str, str], ...]
    people: tuple[str, ...]


OPENING = ("Outstanding matters", "matters_arising")
INSPECTION = ("Inspection programme", "inspection")
CLOSING = (("Any other business", "other_business"), ("Next meeting", "next_meeting"))

SERIES = [
    Series(
        "monthly",
        "Monthly Assurance Meeting",
        "private",
        "Conference room, Quarry House",
        "10:00",
        (OPENING, ("Holding to account", "holding_to_account"), INSPECTION, *CLOSING),
        ("PCC", "DPCC", "SPM", "APO", "CC", "DCC", "ACC", "SO"),
    ),
    Series(
        "thematic",
        "Thematic Assurance Meeting",
        "private",
        "Conference room, Quarry House",
        "14:00",
        (OPENING, ("Scrutiny of a theme", "holding_to_account"), *CLOSING),
        ("PCC", "DPCC", "SPM", "CC", "DCC", "ACC", "SO"),
    ),
    Series(
        "public",
        "Public Accountability Meeting",
        "public",
        "Corn Hall, Marlbridge",
        "18:30",
        (OPENING, ("Questions from the public", "public_questions"), *CLOSING),
        ("PCC", "DPCC", "SPM", "CC", "DCC", "ACC"),
    ),
]

# What the office types for words that come again and again.
SHORT_FORMS = {
    "asb": "antisocial behaviour",
    "dv": "domestic violence",
    "mh": "mental health",
    "tf": "the force",
}
