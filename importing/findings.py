"""What the reader has to say about a source: nothing is guessed in silence."""

from dataclasses import asdict, dataclass
from enum import StrEnum

from publications.notes import Notes


class Severity(StrEnum):
    """How much a finding weighs.

    A blocker must be settled before publication, a doubt should be looked at,
    a remark says what was taken for granted.
    """

    BLOCKER = "blocker"
    DOUBT = "doubt"
    REMARK = "remark"


@dataclass(frozen=True)
class Finding:
    """One thing that somebody should know or decide, as a sentence."""

    severity: Severity
    where: str  # "Date, line 7" or "Item 2.3, line 180"
    sentence: str
    code: str  # stays the same when the sentence is worded better
    line: int | None = None  # of the source, counted from 1

    def as_dict(self) -> dict:
        """For `--json` and for the record's own store."""
        return asdict(self)


@dataclass(frozen=True)
class Reading:
    """A source as it was understood."""

    notes: Notes
    findings: list[Finding]


class Findings(list[Finding]):
    """Collects findings while a source is read."""

    def blocker(self, code: str, place: str, sentence: str, line: int | None = None) -> None:
        """Add what must be settled before publication."""
        self.append(Finding(Severity.BLOCKER, _where(place, line), sentence, code, line))

    def doubt(self, code: str, place: str, sentence: str, line: int | None = None) -> None:
        """Add what should be looked at."""
        self.append(Finding(Severity.DOUBT, _where(place, line), sentence, code, line))

    def remark(self, code: str, place: str, sentence: str, line: int | None = None) -> None:
        """Add what was taken for granted."""
        self.append(Finding(Severity.REMARK, _where(place, line), sentence, code, line))


def _where(place: str, line: int | None) -> str:
    return f"{place}, line {line}" if line else place
