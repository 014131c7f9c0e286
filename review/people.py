"""Who appears in the notes, and as whom, for each audience."""

import re
from collections import Counter
from collections.abc import Iterable

from meetings.models import Attendance, Contribution, Role
from meetings.models.people import NOT_NAMED, PublishAs
from publications.notes import Attendee, Counted

SOMEBODY = "Somebody present"


class Cast:
    """The people of one meeting as one audience sees them.

    The office sees everybody by name. The public sees by name only those whose
    attendance says so; others by role, with a key that does not tell who they are,
    or only as a number.
    """

    def __init__(self, attendances: Iterable[Attendance], *, sees_names: bool):
        self.sees_names = sees_names
        self.attendances = list(attendances)
        self.keys: dict[int, str] = {}
        for attendance in sorted(self.shown, key=lambda one: not one.abbreviation):
            self.keys[attendance.pk] = self._unused(self._natural_key(attendance))
        self.hidden = [one.name for one in self.attendances if not self.names(one) and one.name != NOT_NAMED]
        any_of_them = "|".join(map(re.escape, self.hidden))
        self.hidden_names = (
            re.compile(rf"(?<!\w)(?:{any_of_them})(?!\w)", re.IGNORECASE) if self.hidden else None
        )

    @property
    def shown(self) -> list[Attendance]:
        """Those who have a row of their own."""
        return [one for one in self.attendances if self.sees_names or one.publish_as != PublishAs.COUNTED]

    def names(self, attendance: Attendance) -> bool:
        """Whether this audience learns the person's name."""
        return self.sees_names or attendance.publish_as == PublishAs.NAME

    def people(self) -> list[Attendee]:
        return [self._attendee(attendance) for attendance in self.shown]

    def counted(self) -> list[Counted]:
        """How many more were there, by body and attendance."""
        groups = Counter((one.body, one.presence) for one in self.attendances if one.pk not in self.keys)
        return [Counted(body=body, attendance=presence, number=n) for (body, presence), n in groups.items()]

    def key_of(self, attendance_id: int | None) -> str | None:
        return self.keys.get(attendance_id)

    def owner(self, role: Role) -> str:
        """An action's owner: whoever holds the role at this meeting, else the role's title."""
        holder = next((one for one in self.shown if one.role_id == role.pk), None)
        return self.keys[holder.pk] if holder else role.title

    def lead(self, contribution: Contribution) -> str:
        """The printed lead; where it would give away a hidden name, the speaker's role instead."""
        lead, speaker = contribution.lead, contribution.speaker
        is_hidden = speaker is not None and not self.names(speaker) and speaker.name != NOT_NAMED
        gives_away = is_hidden and _shares_a_word(lead, speaker.name)
        if not gives_away and lead == self.without_names(lead):
            return lead
        return f"The {speaker.abbreviation or speaker.role_title}" if self._has_role(speaker) else SOMEBODY

    def without_names(self, text: str) -> str:
        """The text with the names of those who are not named replaced."""
        return self.hidden_names.sub("somebody", text) if self.hidden_names else text

    def gives_away(self, words: str) -> bool:
        """Whether words about people tell, even by a surname alone, who somebody is that is not named."""
        return any(_shares_a_word(words, name) for name in self.hidden)

    def _attendee(self, attendance: Attendance) -> Attendee:
        is_named = self.names(attendance) and attendance.name != NOT_NAMED
        return Attendee(
            key=self.keys[attendance.pk],
            name=attendance.name if is_named else None,
            role=attendance.role_title,
            abbreviation=attendance.abbreviation or None,
            body=attendance.body,
            attendance=attendance.presence,
            present_for=attendance.present_for or None,
            chair=attendance.chair,
            minute_taker=attendance.minute_taker,
        )

    def _natural_key(self, attendance: Attendance) -> str:
        if attendance.abbreviation:
            return attendance.abbreviation
        if self.names(attendance) and attendance.name != NOT_NAMED:
            return attendance.name
        return attendance.role_title or SOMEBODY

    def _unused(self, key: str) -> str:
        taken = set(self.keys.values())
        numbered = (f"{key} {number}" for number in range(2, len(self.attendances) + 2))
        return key if key not in taken else next(one for one in numbered if one not in taken)

    def _has_role(self, speaker: Attendance | None) -> bool:
        is_seen = speaker is not None and speaker.pk in self.keys
        return is_seen and bool(speaker.abbreviation or speaker.role_title)


def _shares_a_word(lead: str, name: str) -> bool:
    """Whether any word of the name stands in the lead: "Ms Khan" gives away Amina Khan."""
    words = {word for word in re.findall(r"\w+", name.casefold()) if len(word) > 1}
    return bool(words & set(re.findall(r"\w+", lead.casefold())))
