"""What was typed rough while people talked, and is still to be written up."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpRequest, QueryDict
from django.urls import reverse

from desk.forms import WRITE_UP
from meetings.models import AgendaItem, Contribution, Meeting
from meetings.outline import Entry, Outline, outline_of

ROUGH_IN = "rough_in"  # in the session: the meeting in which somebody types roughly


@dataclass(frozen=True)
class RoughLine:
    """One rough line, and where it stands."""

    item: AgendaItem
    entry: Entry
    words: Contribution

    @property
    def number(self) -> str:
        return self.entry.number

    @property
    def undo(self) -> str:
        """Where it is said that it was not written up after all."""
        args = [self.item.meeting_id, self.words.pk, self.words.version]
        return reverse("desk:write_up_undo", args=args)

    @property
    def address(self) -> str:
        """Where it is written up."""
        return reverse("desk:write_up", args=[self.item.meeting_id, self.words.pk])


def rough_lines(outline: Outline) -> list[RoughLine]:
    """Everything that is still to be written up, in reading order; without a query."""
    return [one for one in _every_line(outline) if one.words.to_write_up]


def following(outline: Outline, words_pk: int) -> RoughLine | None:
    """The next one to write up after these words, and after the last the first; None when all are written up."""
    lines = list(_every_line(outline))
    place = next((place for place, one in enumerate(lines) if one.words.pk == words_pk), 0)
    others = [*lines[place + 1 :], *lines[:place]]
    return next((one for one in others if one.words.to_write_up), None)


def _every_line(outline: Outline) -> Iterator[RoughLine]:
    for branch in outline.every_branch():
        for entry in branch.entries:
            for one in entry.contributions:
                yield RoughLine(branch.item, entry, one)


def next_address(meeting: Meeting, contribution: Contribution) -> str:
    """Where to go on once this was written up: to the next one, or to the list, which says that all is done."""
    line = following(outline_of(meeting), contribution.pk)
    address = line.address if line else reverse("desk:to_write_up", args=[meeting.pk])
    return f"{address}?done={contribution.pk}-{contribution.version}"


def just_done(request: HttpRequest, outline: Outline) -> RoughLine | None:
    """What the address says was just written up, as long as nobody has changed it since."""
    pk, _, version = request.GET.get("done", "").partition("-")
    lines = [one for one in _every_line(outline) if str(one.words.pk) == pk and not one.words.to_write_up]
    return next((one for one in lines if one.words.rough and str(one.words.version) == version), None)


def asked_of(request: HttpRequest, contribution: Contribution) -> QueryDict:
    """What was posted; with "keep" the rough line itself is to be the text."""
    asked = request.POST.copy()
    if asked.get("keep") and contribution.rough:
        asked["text"] = contribution.rough
    return asked


def goes_on(request: HttpRequest) -> bool:
    """Whether whoever saves works through the list."""
    return request.POST.get("then") == WRITE_UP and not request.POST.get("autosave")


def remember(request: HttpRequest, meeting: Meeting, *, is_rough: bool) -> None:
    """Offer the same choice with the next entry of this meeting."""
    if is_rough != is_rough_here(request, meeting):
        request.session[ROUGH_IN] = meeting.pk if is_rough else None


def is_rough_here(request: HttpRequest, meeting: Meeting) -> bool:
    """Whether this person typed roughly in this meeting last."""
    return request.session.get(ROUGH_IN) == meeting.pk
