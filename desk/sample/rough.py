"""What a draft holds of the second half of taking minutes: rough lines to write up, and a transcript beside it."""

import datetime as dt
from uuid import uuid4

from accounts.models import User
from meetings.models import AgendaItem, Attendance
from meetings.services import Spoken, add_exchange, add_transcript
from publications.notes import ContributionKind

QUESTION, ANSWER = str(ContributionKind.QUESTION), str(ContributionKind.ANSWER)
# In the words of whoever typed while they spoke.
TYPED = [
    ("PCC", QUESTION, "how many new offs had the 2-day mh course? target 90%"),
    ("CC", ANSWER, "61 of 84. 2 courses cancelled in summer, trainers ill. all by end Jan"),
    ("ACC", ANSWER, "call handlers next – 1st course 8 Dec, 24 places"),
]
SPOKEN = """WEBVTT

00:41:07.000 --> 00:41:14.000
<v {PCC}>How many of this year’s new officers have had the two-day course?</v>

00:41:15.500 --> 00:41:27.000
<v {CC}>Sixty-one of eighty-four. Two courses had to be cancelled in the summer because both trainers were ill.</v>

00:41:27.000 --> 00:41:33.000
<v {CC}>Everybody who is left has a place before the end of January.</v>

00:41:40.000 --> 00:41:49.000
<v {ACC}>The call handlers come next. Their first course is on the eighth of December, with twenty-four places.</v>

00:41:52.000 --> 00:41:58.000
<v Speaker 5>In custody the sergeants had it first, and they say that it helps.</v>
"""


def leave_rough(item: AgendaItem, attendance: dict[str, Attendance], *, by: User, at: dt.datetime) -> None:
    """Type roughly under an item, and lay the words of a recording beside its meeting."""
    said = [Spoken(kind, words, attendance[who], lead=attendance[who].printed) for who, kind, words in TYPED]
    add_exchange(item, [one.as_rough() for one in said], by=by, at=at)
    names = {who: attendance[who].name for who in ("PCC", "CC", "ACC")}
    content = SPOKEN.format(**names).encode()
    add_transcript(item.meeting, content, name="recording.vtt", by=by, op_id=uuid4(), at=at)
