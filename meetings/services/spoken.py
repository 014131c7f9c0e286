"""What one speaker contributed, as a value: how it is stored, and what the history keeps of it."""

from dataclasses import dataclass, replace

from meetings.models import Attendance, Contribution


@dataclass(frozen=True)
class Spoken:
    """What one speaker contributed, before it is stored. It prints as `lead` and `text`."""

    kind: str
    text: str
    speaker: Attendance | None = None
    nobody_named: bool = False
    lead: str = ""
    paragraph: bool = True
    to_check: str = ""
    # As typed, written out, and where that begins: in the text, or in the rough line as long as there is none.
    short_forms: tuple = ()
    rough: str = ""  # the line that was typed while people talked; the office's alone
    to_write_up: bool = False

    @classmethod
    def of(cls, row: Contribution, *, text: str | None = None) -> "Spoken":
        """What a contribution says as it stands, or with another text."""
        return cls(
            row.kind,
            row.text if text is None else text,
            row.speaker,
            row.nobody_named,
            row.lead,
            row.paragraph,
            row.to_check,
            rough=row.rough,
            to_write_up=row.to_write_up,
        )

    def as_rough(self) -> "Spoken":
        """The same as a rough line, without the dash after a name; it has no text before somebody writes it up."""
        rough = self.text.lstrip("-–— ") or self.text
        dash = len(self.text) - len(rough)
        forms = tuple((short, full, at - dash) for short, full, at in self.short_forms)
        return replace(self, text="", rough=rough, to_write_up=True, short_forms=forms)

    def details(self) -> dict:
        """What the history keeps beside the text."""
        shortened = {"short_forms": [list(one) for one in self.short_forms]} if self.short_forms else {}
        kept = self.fields()
        rough, is_open = kept.pop("rough"), kept.pop("to_write_up")
        return kept | {
            "speaker": self.speaker.pk if self.speaker else None,
            "speaker_name": str(self.speaker) if self.speaker else "",
            **shortened,
            **({"rough": rough} if rough else {}),
            **({"to_write_up": True} if is_open else {}),
        }

    def fields(self) -> dict:
        """What is stored beside the text."""
        return {
            "kind": str(self.kind),
            "speaker": self.speaker,
            "nobody_named": self.nobody_named,
            "lead": self.lead,
            "paragraph": self.paragraph,
            "to_check": self.to_check,
            "rough": self.rough,
            "to_write_up": self.to_write_up,
        }


def require_of_meeting(meeting_pk: int, spoken: list[Spoken]) -> None:
    """Whoever speaks attends this meeting: a caller that mixes meetings up has a fault."""
    if any(one.speaker and one.speaker.meeting_id != meeting_pk for one in spoken):
        raise ValueError("the speaker is of another meeting")
