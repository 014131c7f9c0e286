"""What stands in the way of a meeting's notes, each as a sentence with the place that mends it.

A blocker keeps notes from being approved; a doubt wants a look; a remark is good to know.
A record that was published elsewhere cannot be put right by guessing: there a blocker
that somebody settled with a public note is only a doubt.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from django.urls import reverse
from django.utils import timezone

from meetings.models import Attendance, Contribution, Meeting
from meetings.models.people import NOT_NAMED, PublishAs
from meetings.outline import Branch, Entry, Outline, outline_of
from publications.notes import ContributionKind, ItemKind
from web.dates import WEEKDAYS, day

BLOCKER, DOUBT, REMARK = "blocker", "doubt", "remark"
# What no public note can settle: it would publish what does not exist, or tell who somebody is.
NEVER_SETTLED = frozenset({"hidden_name", "no_date", "not_held", "cancelled", "not_written_up"})
TITLES = (
    r"(?:Mr|Mrs|Ms|Miss|Mx|Dr|Sir|Dame|Cllr|PC|DC|DS|DI|DCI|Sgt|Insp|Supt|Sergeant|Inspector|Constable)\.?\s+"
)
SPACE = r"\s+"


@dataclass(frozen=True)
class Check:
    """One thing that was found: how grave, where, in a sentence, and where it is mended."""

    code: str
    severity: str
    sentence: str
    where: str = ""
    url: str = ""

    @property
    def is_blocker(self) -> bool:
        return self.severity == BLOCKER


def checks(
    meeting: Meeting, *, outline: Outline | None = None, also_minuted: Collection[int] = ()
) -> list[Check]:
    """Everything that is in the way of this meeting's notes, in reading order.

    `also_minuted` are ids of items under which something is recorded that this floor
    does not know, such as an action.
    """
    outline = outline or outline_of(meeting)
    found = [
        *_about_dates(meeting),
        *_about_people(outline),
        *_about_items(outline, also_minuted),
        *about_entries(outline),
        *_about_rough_lines(outline),
        *_about_hidden_names(outline),
    ]
    return with_settled(meeting, found)


def with_settled(
    meeting: Meeting, found: list[Check], *, never: Collection[str] = NEVER_SETTLED
) -> list[Check]:
    """The same checks, where a blocker that somebody settled is only a doubt; `never` are codes that stay one."""
    if not meeting.published_elsewhere:
        return found
    settled = {(doubt.code, doubt.where) for doubt in meeting.settled_doubts.all() if doubt.code not in never}
    return [
        replace(check, severity=DOUBT) if check.is_blocker and (check.code, check.where) in settled else check
        for check in found
    ]


# --- The meeting itself --------------------------------------------------------------------------------


def _about_dates(meeting: Meeting) -> Iterator[Check]:
    details, following = _page("details", meeting), _page("next", meeting)
    if meeting.date is None:
        yield Check("no_date", BLOCKER, "Enter the date of the meeting.", "date", details)
    elif said := _other_weekday(meeting.date, meeting.date_as_written):
        yield Check("weekday", BLOCKER, f"Check the meeting date. {said}", "date", details)
    if meeting.status == Meeting.Status.CANCELLED:
        yield Check(
            "cancelled",
            BLOCKER,
            "This meeting was cancelled, so it has no notes to approve.",
            "date",
            details,
        )
    elif meeting.status != Meeting.Status.HELD:
        yield Check("not_held", BLOCKER, _not_held(meeting), "date", meeting.get_absolute_url())
    if meeting.next_date and meeting.date and meeting.next_date <= meeting.date:
        sentence = f"The next meeting, {day(meeting.next_date)}, is not after this one, {day(meeting.date)}."
        yield Check("next_before", BLOCKER, sentence, "next", following)
    if meeting.next_date and (said := _other_weekday(meeting.next_date, meeting.next_date_as_written)):
        yield Check("next_weekday", BLOCKER, f"Check the date of the next meeting. {said}", "next", following)


def _other_weekday(date, as_written: str) -> str:
    """How the day of the week that is written differs from the date's own; empty when it does not."""
    own = WEEKDAYS[date.weekday()]
    written = next((name for name in WEEKDAYS if re.search(rf"\b{name}\b", as_written, re.IGNORECASE)), own)
    if written == own:
        return ""
    tense = "is" if date >= timezone.localdate() else "was"
    return f"{day(date)} {tense} a {own}. The notes say {written}."


def _not_held(meeting: Meeting) -> str:
    if meeting.date and meeting.date > timezone.localdate():
        return f"This meeting is planned for {day(meeting.date)}. Its notes can be approved once it was held."
    return "This meeting is still marked as planned. Say that it was held."


# --- Who was there -------------------------------------------------------------------------------------


def _about_people(outline: Outline) -> Iterator[Check]:
    url = _page("attendance", outline.meeting)
    chairs = [one for one in outline.attendances if one.chair]
    if not chairs:
        yield Check("no_chair", BLOCKER, "Say who chaired the meeting.", "people", url)
    elif all(one.presence == Attendance.Presence.APOLOGIES for one in chairs):
        sentence = f"{chairs[0].name} sent apologies and is marked as the chair. Say who chaired the meeting."
        yield Check("no_chair", BLOCKER, sentence, "people", url)
    yield from _about_same_keys(outline, url)


def _about_same_keys(outline: Outline, url: str) -> Iterator[Check]:
    """Two people whom the notes would call the same; equal short names even where they differ in case."""
    keys: dict[str, Attendance] = {}
    for one in outline.attendances:
        if one.publish_as == PublishAs.COUNTED:
            continue
        key = printed_key(one)
        other = keys.setdefault(key.casefold(), one)
        if other is not one:
            sentence = f"{other.name} and {one.name} are both {key} in these notes. Tell them apart."
            yield Check("same_key", BLOCKER if one.abbreviation else DOUBT, sentence, key, url)


def printed_key(attendance: Attendance) -> str:
    """What an attendee is called in published notes: the short name, else the name or the role."""
    if attendance.abbreviation:
        return attendance.abbreviation
    is_named = attendance.publish_as == PublishAs.NAME and attendance.name != NOT_NAMED
    return attendance.name if is_named else attendance.role_title or attendance.name


# --- What was said -------------------------------------------------------------------------------------


def _about_items(outline: Outline, also_minuted: Collection[int]) -> Iterator[Check]:
    if not outline.branches:
        sentence = "The agenda is empty. Add the items that the meeting spoke of."
        yield Check("no_items", BLOCKER, sentence, "agenda", _page("agenda", outline.meeting))
    for branch in outline.every_branch():
        if outline.is_settled(branch) or branch.item.pk in also_minuted:
            continue
        named, url = f"{branch.number} {branch.item.title}", branch.item.get_absolute_url()
        sentence = f"{named} has no record. Write what was said, or record None."
        if branch.item.kind == ItemKind.NEXT_MEETING:
            sentence = (
                f"{named} does not say when the next meeting is. Enter what was agreed, or record None."
            )
            url = _page("next", outline.meeting)
        yield Check("not_minuted", BLOCKER, sentence, branch.number, url)


def about_entries(outline: Outline) -> Iterator[Check]:
    """What is to be put right in what was said."""
    for branch in outline.every_branch():
        page = branch.item.get_absolute_url()
        for entry in branch.entries:
            for contribution in entry.contributions:
                yield from _about_contribution(branch, entry, contribution, page)


def _about_rough_lines(outline: Outline) -> Iterator[Check]:
    """One sentence for all of them: notes are sent with gaps if need be, and not approved."""
    count = sum(one.to_write_up for entry in outline.every_entry() for one in entry.contributions)
    if count:
        sentence = f"{count} rough lines are still to be written up, or to be kept as they are."
        if count == 1:
            sentence = "1 rough line is still to be written up, or to be kept as it is."
        url = reverse("desk:to_write_up", args=[outline.meeting.pk])
        yield Check("not_written_up", BLOCKER, sentence, "rough", url)


def _about_contribution(
    branch: Branch, entry: Entry, contribution: Contribution, page: str
) -> Iterator[Check]:
    url, number = f"{page}#entry-{entry.exchange.pk}", entry.number
    speaker = contribution.speaker
    if contribution.to_check:
        yield Check("to_check", BLOCKER, f"{number} is marked to check: {contribution.to_check}", number, url)
    if speaker is None:
        if contribution.kind == ContributionKind.ANSWER and not contribution.nobody_named:
            sentence = f"{number} has an answer of nobody. Select who answered, or Nobody named."
            yield Check("answer_of_nobody", BLOCKER, sentence, number, url)
    elif speaker.presence == Attendance.Presence.APOLOGIES:
        sentence = f"{speaker.name} speaks in {number} and sent apologies."
        yield Check("speaker_absent", BLOCKER, sentence, number, url)
    elif speaker.publish_as == PublishAs.COUNTED:
        sentence = f"{speaker.name} speaks in {number} and is only counted. Let the public see the role."
        yield Check("speaker_counted", BLOCKER, sentence, number, _page("attendance", branch.item.meeting))


# --- Names that the public must not read -----------------------------------------------------------------


def _about_hidden_names(outline: Outline) -> Iterator[Check]:
    """A person who is published by role or counted, and whose name stands in what will be published."""
    hidden = not_named(outline.attendances)
    if not hidden:
        return
    for where, text, url in _published_texts(outline):
        for person in hidden:
            if severity := named_in(text, person):
                sentence = f"{where} names {person.name}, who is published without a name."
                yield Check("hidden_name", severity, sentence, f"{where} {person.pk}", url)


def not_named(attendances: Iterable[Attendance]) -> list[Attendance]:
    """Those who have a name that the public does not learn."""
    return [
        one
        for one in attendances
        if one.publish_as != PublishAs.NAME and one.name.strip() and one.name != NOT_NAMED
    ]


def named_in(text: str, person: Attendance) -> str:
    """How surely a text names a person: the whole name or one with a title; a bare surname is a doubt."""
    whole_name, titled, bare = _patterns(person.name)
    if whole_name.search(text):
        return BLOCKER
    surname = person.name.split()[-1]
    if bare is None or surname not in text:
        return ""
    if titled.search(text):
        return BLOCKER
    return DOUBT if bare.search(text) else ""


@lru_cache(maxsize=512)
def _patterns(name: str) -> tuple[re.Pattern, re.Pattern | None, re.Pattern | None]:
    """What finds a whole name, a surname with a title, and the surname alone, if it can be told from other words."""
    words = [re.escape(word) for word in name.split()]
    whole_name = re.compile(rf"(?<!\w){SPACE.join(words)}(?!\w)", re.IGNORECASE)
    surname = words[-1]
    if len(words) < 2 or len(surname) < 3:
        return whole_name, None, None
    return whole_name, re.compile(rf"\b{TITLES}{surname}\b"), re.compile(rf"\b{surname}\b")


def _published_texts(outline: Outline) -> Iterator[tuple[str, str, str]]:
    """Everything that people typed into what will be published: where, text, and where to change it."""
    meeting = outline.meeting
    facts = [meeting.title, meeting.summary, meeting.venue, meeting.period, meeting.date_as_written]
    yield "The meeting’s own page", "\n".join(facts), _page("details", meeting)
    following = [meeting.next_type, meeting.next_subject, meeting.next_venue]
    following += [meeting.next_date_as_written, meeting.next_as_written]
    yield "The next meeting", "\n".join(following), _page("next", meeting)
    for branch in outline.every_branch():
        url = branch.item.get_absolute_url()
        yield branch.number, f"{branch.item.label}\n{branch.item.title}", url
        for entry in branch.entries:
            said = "\n".join(f"{one.lead} {one.text}" for one in entry.contributions)
            yield entry.number, f"{said}\n{entry.exchange.public_note}", f"{url}#entry-{entry.exchange.pk}"


def _page(name: str, meeting: Meeting) -> str:
    return reverse(f"meetings:{name}", args=[meeting.pk])
