"""Two versions of what somebody said, beside each other."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from desk.versions import Version, compared
from desk.views.common import meeting_for, part_of
from desk.views.entries import place_of
from meetings import permissions
from meetings.models import Contribution
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


@require_safe
def compare(request: HttpRequest, pk: int, words_pk: int) -> HttpResponse:
    """Show what differs between any two versions: the newest and the one before it, if none are chosen."""
    meeting = meeting_for(request, pk)
    contribution = part_of(meeting, Contribution, words_pk, removed=True)
    versions = every_version(contribution)
    form = CompareForm(request.GET, versions=versions)
    before, after = (
        form.version("before", versions[min(1, len(versions) - 1)]),
        form.version("after", versions[0]),
    )
    may_edit = permissions.can_edit_record(request.user, meeting) and not contribution.removed_at
    context = {
        "meeting": meeting,
        "contribution": contribution,
        "item": contribution.exchange.item,
        "form": CompareForm({"before": before.number, "after": after.number}, versions=versions),
        "before": before,
        "after": after,
        "comparison": compared(before, after),
        "back": place_of(contribution.exchange),
        "may_edit": may_edit,
    }
    return render(request, "desk/compare.html", context)


def every_version(contribution: Contribution) -> list[Version]:
    """Every single version, the newest first."""
    return [Version.of(one, is_newest=place == 0) for place, one in enumerate(contribution.revisions())]
