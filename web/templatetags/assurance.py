"""What every template may use: `{% load assurance %}`.

Filters write dates and times; tags draw the error summary, navigation links and the
parts of form fields. None of them knows anything of the apps above `web`.
"""

import datetime as dt
from collections.abc import Iterator

from django import template
from django.core.paginator import Page
from django.forms import BaseForm, BaseFormSet, BoundField

from web import dates
from web.banners import acknowledged, undo_address
from web.fields import DateWidget

register = template.Library()


@register.filter
def day(date: dt.date | None) -> str:
    """24 September 2020; nothing where there is no date"""
    return dates.day(date) if date else ""


@register.filter
def weekday_day(date: dt.date | None) -> str:
    """Thursday 24 September 2020"""
    return dates.weekday_day(date) if date else ""


@register.filter
def short_day(date: dt.date | None) -> str:
    """24 Sept 2020, for tables"""
    return dates.short_day(date) if date else ""


@register.filter
def month(date: dt.date | None) -> str:
    """September 2020"""
    return dates.month(date) if date else ""


@register.filter
def day_range(first: dt.date | None, last: dt.date | None) -> str:
    """24 to 26 September 2020"""
    return dates.day_range(first, last or first) if first else ""


@register.filter
def clock(time: dt.time | dt.datetime | None) -> str:
    """10am, 5:30pm, midday. Midnight is a time too, so only None is nothing."""
    return "" if time in (None, "") else dates.clock(time)


@register.filter
def clock_range(start: dt.time | None, end: dt.time | None) -> str:
    """10am to 11:30am"""
    return "" if start in (None, "") else dates.clock_range(start, end)


@register.filter
def moment(instant: dt.datetime | None) -> str:
    """24 September 2020 at 9:32am"""
    return dates.moment(instant) if instant else ""


# --- Errors ------------------------------------------------------------------------------------------


def forms_in(given) -> Iterator[BaseForm]:
    """Every form among what a template was given: forms, formsets, lists of them, or nothing."""
    for one in given:
        if isinstance(one, BaseForm):
            yield one
        elif isinstance(one, BaseFormSet | list | tuple):
            yield from forms_in(one)


def place_of(field: BoundField, code: str | None = None) -> str:
    """The id of the control that an error is about: the wrong part of a date, the first of several radios."""
    if isinstance(field.field.widget, DateWidget):
        return f"{field.auto_id}_{code if code in DateWidget.parts else 'day'}"
    return field.id_for_label or field.auto_id


def errors_of(form: BaseForm) -> Iterator[dict[str, str]]:
    """Each error of a form as its sentence and the id it leads to, in the order of the page."""
    if not form.is_bound:
        return
    visible = form.visible_fields()
    for sentence in form.non_field_errors():
        yield {"sentence": sentence, "place": place_of(visible[0]) if visible else ""}
    for field in form:
        for error in field.errors.as_data():
            for sentence in error.messages:
                yield {"sentence": sentence, "place": "" if field.is_hidden else place_of(field, error.code)}


@register.inclusion_tag("web/_error_summary.html")
def error_summary(*forms, problems=()):
    """Everything that is wrong, at the top of the page; nothing where nothing is.

    Takes any number of forms and formsets. `problems` are the service's own sentences
    (blockers): strings, or objects with `sentence` and perhaps `url`.
    """
    own = [
        {"sentence": getattr(one, "sentence", one), "url": getattr(one, "url", "")} for one in problems or ()
    ]
    return {"errors": [*own, *(error for form in forms_in(forms) for error in errors_of(form))]}


@register.simple_tag
def has_errors(*forms, problems=()) -> bool:
    """Whether the page's title begins with "Error: "."""
    return bool(problems) or any(form.is_bound and form.errors for form in forms_in(forms))


# --- Frames ------------------------------------------------------------------------------------------


@register.inclusion_tag("web/_nav_link.html", takes_context=True)
def nav_link(context, address: str, words: str):
    """A link of the navigation, marked when we are on its page or in its section."""
    path = context["request"].path if "request" in context else ""
    is_home = address.count("/") <= 1 or address == "/office/"
    within = path.startswith(address) and not is_home
    return {
        "address": address,
        "words": words,
        "current": "page" if path == address else "true" if within else "",
    }


@register.filter
def undo(message) -> str:
    """The address that undoes what a message tells of, if there is one."""
    return undo_address(message)


@register.filter
def done_operations(messages) -> str:
    """The ids of the operations that these messages acknowledge, with spaces between them."""
    return " ".join(op_id for message in messages or () if (op_id := acknowledged(message)))


@register.filter
def page_numbers(page: Page) -> list[int | str]:
    """Page numbers to link to, with "…" for those left out."""
    return list(page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1))


# --- Parts of form fields, for the template pack -----------------------------------------------------


@register.filter
def kind(field: BoundField) -> str:
    """How a field is drawn: "date", "radios", "checkboxes", "checkbox", "file" or "plain"."""
    widget = field.field.widget
    if isinstance(widget, DateWidget):
        return "date"
    kinds = {"radio": "radios", "checkbox": "checkboxes", "file": "file"}
    drawn = kinds.get(getattr(widget, "input_type", ""), "plain")
    return (
        "checkbox"
        if drawn == "checkboxes" and not getattr(widget, "allow_multiple_selected", False)
        else drawn
    )


@register.simple_tag
def date_parts(field: BoundField) -> list[dict]:
    """The three boxes of a date, each told whether it is wrong."""
    codes = {error.code for error in field.errors.as_data()} if field.errors else set()
    boxes = field.subwidgets[0].data["subwidgets"]
    some_part = codes & set(DateWidget.parts)
    return [{**box, "is_wrong": bool(codes) and (not some_part or box["part"] in codes)} for box in boxes]


@register.simple_tag
def revealed(field: BoundField, value) -> list[BoundField]:
    """The fields that belong to one answer of this question."""
    answers = getattr(field.form, "reveals", {}).get(field.name, {})
    return [field.form[name] for name in answers.get(str(value), [])]
