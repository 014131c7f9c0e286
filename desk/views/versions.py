"""The versions of what somebody said: all of them, and any two beside each other."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from desk.versions import Version, compared, every_version, versions_of
from desk.views.common import meeting_for, part_of
from desk.views.entries import place_of
from meetings import permissions
from meetings.models import Contribution, SavedText
from web import forms


class CompareForm(forms.Form):
    """Which two versions."""

    method = "get"
    submit = None
    form_tag = False
    mark_optional = False
    before = forms.ChoiceField(label="From version", required=False)
    after = forms.ChoiceField(label="To version", required=False)

    def __init__(self, *args, versions: list[Version], **kwargs):
        super().__init__(*args, **kwargs)
        choices = [(str(one.number), f"{one.number}, {one.saved}") for one in versions]
        self.fields["before"].choices = self.fields["after"].choices = choices
        self.by_number = {str(one.number): one for one in versions}

    def version(self, name: str, usual: Version) -> Version:
        """The chosen version, or the usual one where none or no such version was chosen."""
        return self.by_number.get(self.data.get(name, ""), usual)


@dataclass(frozen=True)
class Looking:
    """Somebody looks at the versions of a text: what it is, where they came from, whether they may bring one back.

    The pages of its versions are below `history`: `compare/`, and `3/` to bring the third one back.
    """

    row: SavedText
    called: str  # in a heading: a contribution
    caption: str
    history: str
    back: str
    back_words: str
    may_edit: bool

    def page(self, request: HttpRequest) -> HttpResponse:
        """Every version: who saved it, and when."""
        context = {"looking": self, "versions": versions_of(self.row)}
        return render(request, "desk/history.html", context)

    def comparison(self, request: HttpRequest) -> HttpResponse:
        """What differs between any two versions: the newest and the one before it, if none are chosen."""
        versions = every_version(self.row)
        asked = CompareForm(request.GET, versions=versions)
        before = asked.version("before", versions[min(1, len(versions) - 1)])
        after = asked.version("after", versions[0])
        context = {
            "looking": self,
            "form": CompareForm({"before": before.number, "after": after.number}, versions=versions),
            "before": before,
            "after": after,
            "comparison": compared(before, after),
        }
        return render(request, "desk/compare.html", context)


def of_words(request: HttpRequest, pk: int, words_pk: int) -> Looking:
    """What somebody said, for whoever may read the record."""
    meeting = meeting_for(request, pk)
    contribution = part_of(meeting, Contribution, words_pk, removed=True)
    return Looking(
        contribution,
        called="a contribution",
        caption=contribution.exchange.item.title,
        history=reverse("desk:history", args=[pk, words_pk]),
        back=place_of(contribution.exchange),
        back_words="the record",
        may_edit=permissions.can_edit_record(request.user, meeting) and not contribution.removed_at,
    )


@require_safe
def history(request: HttpRequest, pk: int, words_pk: int) -> HttpResponse:
    return of_words(request, pk, words_pk).page(request)


@require_safe
def compare(request: HttpRequest, pk: int, words_pk: int) -> HttpResponse:
    return of_words(request, pk, words_pk).comparison(request)
