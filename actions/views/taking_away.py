"""The list to take away, exactly as it is filtered."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from actions import exports
from actions.views.listing import asked_by

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
def workbook(request: HttpRequest) -> HttpResponse:
    """A spreadsheet of what is asked for."""
    listing = exports.Listing.of(asked_by(request))
    return file(exports.as_workbook(listing), WORKBOOK, f"{listing.name}.xlsx")


@require_safe
def csv(request: HttpRequest) -> HttpResponse:
    """The same as CSV."""
    listing = exports.Listing.of(asked_by(request))
    return file(exports.as_csv(listing), "text/csv; charset=utf-8", f"{listing.name}.csv")


@require_safe
def paper(request: HttpRequest) -> HttpResponse:
    """The same on paper, unless it is more than anybody would read there."""
    asked = asked_by(request)
    if (count := len(asked.log().rows)) > exports.MOST_ON_PAPER:
        context = {"count": count, "most": exports.MOST_ON_PAPER, "asked": asked}
        return render(request, "actions/too_many.html", context, status=400)
    listing = exports.Listing.of(asked)
    return file(exports.as_paper(listing), "application/pdf", f"{listing.name}.pdf", "inline")


def file(content: bytes, kind: str, name: str, disposition: str = "attachment") -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'{disposition}; filename="{name}"'
    return response
