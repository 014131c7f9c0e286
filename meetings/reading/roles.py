"""What a role's title tells: whose it is, and what people call it in short."""

import re

OFFICE = re.compile(
    r"commissioner(?!['’])|\bPCC\b|\bOPCC\b|\bMOPAC\b|policy|\bmayor|\boffice of\b|monitoring officer|chief executive"
    r"|chief finance officer|treasurer|\bboard\b|\bgovernance\b|scrutiny|secretariat|office manager|engagement|commissioning",
    re.I,
)
FORCE = re.compile(
    r"constable|superintendent|\binspector|sergeant|staff officer|detective|\b(?:CC|DCC|ACC|supt|ch insp)\b|\bforce\b|\bpolice staff\b"
    r"|\bborough commander|\bcommander\b|head of (?:crime|vulnerability|operations|contact|custody|intelligence|roads)"
    r"|local policing|director of (?:people|resources|operations)|control room",
    re.I,
)
# A constable's title that holds "Commissioner" is a rank of the Metropolitan Police; "Police and Crime" is not.
HELD_BY_OFFICE = re.compile(r"police(?:,? fire)? and crime|\bO?PCC\b", re.I)

TEMPORARY = re.compile(r"^(?:T/|A/|T\.|temporary\s+|acting\s+|interim\s+|\(T\)\s*)+", re.I)
SHORT_FORMS = {
    "police and crime commissioner": ["PCC", "commissioner"],
    "deputy police and crime commissioner": ["DPCC", "deputy PCC", "deputy commissioner"],
    "police, fire and crime commissioner": ["PFCC", "commissioner"],
    "chief constable": ["CC"],
    "deputy chief constable": ["DCC"],
    "assistant chief constable": ["ACC"],
    "staff officer": ["SO"],
    "chief superintendent": ["Ch Supt", "Chief Supt"],
    "chief executive": ["CEX"],
    "chief finance officer": ["CFO"],
}
ROLE_WORD = re.compile(
    r"constable|commissioner|officer|manager|director|superintendent|inspector|sergeant|secretary|executive|lead\b|head\b"
    r"|chair\b|chief|assistant|deputy|adviser|advisor|analyst|member|mayor|treasurer|commander|representative|coordinator",
    re.I,
)


def body_of(title: str) -> str:
    """The body that a role belongs to by its title: office, force or, when it does not say, other."""
    if HELD_BY_OFFICE.search(title):
        return "office"
    if FORCE.search(title):
        return "force"
    return "office" if OFFICE.search(title) else "other"


def without_rank_prefix(title: str) -> str:
    """A title without "T/", "Acting" and the like."""
    return TEMPORARY.sub("", title)


def short_forms(title: str) -> list[str]:
    """What a role is usually called in short; that of a temporary one too."""
    return SHORT_FORMS.get(without_rank_prefix(title).lower(), [])


def is_role(words: str) -> bool:
    """Whether these words read like the title of a role and not like a name."""
    return bool(ROLE_WORD.search(words))
