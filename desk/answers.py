"""The JSON answers of `web.answers`, with what the desk's pages need: entries as they are drawn."""

from collections.abc import Collection, Mapping

from django.http import HttpRequest, JsonResponse
from django.template.loader import render_to_string

from desk.flags import flags_of
from desk.record import Record, Section
from meetings import permissions
from web.answers import (  # noqa: F401
    by_status,
    changed,
    damaged,
    fragment,
    gone,
    mistakes,
    no_base,
    refused,
    saved,
    used_before,
    wants_json,
)

# What stands beside the entries, by the id of its element: the template that draws it.
BESIDE = {
    "before-entries": "_before_entries.html",
    "promises": "_promises.html",
    "open-checks": "_open_checks.html",
    "to-write-up": "_rough_lines.html",
    "to-put-right": "_to_put_right.html",
}


def look_over(html: Mapping[str, str]) -> JsonResponse:
    """Nothing is saved yet: what was typed is shown as it was read, and waits to be kept."""
    sentence = "Look over how this was read, then keep it"
    return JsonResponse(
        {"state": "mistakes", "sentence": sentence, "errors": {}, "html": dict(html)}, status=400
    )


def entries_html(
    request: HttpRequest,
    record: Record,
    section: Section,
    entry_pks: Collection[int] | None = None,
    *,
    with_beside: bool = True,
) -> dict[str, str]:
    """Fresh markup of entries of an item, by the id of each: those that are named, else all of them.

    An entry that is no longer in the record is "", which takes it off the page. What stands beside the
    entries and tells of them comes along, unless nothing has changed.
    """
    here = {shown.entry.exchange.pk: shown for shown in section.shown}
    wanted = here if entry_pks is None else entry_pks
    context = _context(request, record, section)
    html = {
        f"entry-{pk}": render_to_string("desk/_entries.html", {**context, "entries": [here[pk]]}, request)
        if pk in here
        else ""
        for pk in wanted
    }
    return html | (beside_html(request, record, section) if html and with_beside else {})


def beside_html(request: HttpRequest, record: Record, section: Section) -> dict[str, str]:
    """Fresh markup for what tells of the record beside its entries: actions, flags, what is to be put right."""
    context = _context(request, record, section) | {"flags": flags_of(record.outline)}
    return {name: render_to_string(f"desk/{template}", context, request) for name, template in BESIDE.items()}


def _context(request: HttpRequest, record: Record, section: Section) -> dict:
    meeting = record.outline.meeting
    may_edit = permissions.can_edit_record(request.user, meeting)
    return {
        "record": record,
        "section": section,
        "item": section.item,
        "meeting": meeting,
        "may_edit": may_edit,
        "more": request.GET.get("more", ""),
    }
