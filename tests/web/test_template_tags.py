"""Filters and tags that every template uses."""

import datetime as dt

import pytest
from django.core.paginator import Paginator
from django.http import QueryDict
from django.template import engines
from django.test import RequestFactory
from lxml import html

from web import forms


def draw(template, path="/", **context):
    """What this template says, on the page of that address."""
    template = engines["django"].from_string("{% load assurance %}" + template)
    return template.render(context, RequestFactory().get(path)).strip()


class NameForm(forms.Form):
    name = forms.Line("Name")
    told = forms.Line("Who is told")

    def clean(self):
        if self.data.get("name") == "twice":
            self.add_error(None, "Enter a name that is not taken")


@pytest.mark.parametrize(
    ("filter_", "words"),
    [
        ("day", "24 September 2020"),
        ("weekday_day", "Thursday 24 September 2020"),
        ("short_day", "24 Sept 2020"),
        ("month", "September 2020"),
        ("moment", "24 September 2020 at 10:30am"),
        ("clock", "10:30am"),
    ],
)
def test_filters_write_dates_in_our_words(filter_, words):
    # Half past nine in UTC is half past ten in the office's summer.
    at = dt.datetime(2020, 9, 24, 9, 30, tzinfo=dt.UTC)
    assert draw("{{ at|" + filter_ + " }}", at=at) == words
    assert draw("{{ at|" + filter_ + " }}", at=None) == ""


def test_midnight_is_a_time():
    assert draw("{{ at|clock }}", at=dt.time(0)) == "midnight"


def test_a_missing_variable_writes_nothing():
    assert draw("{{ nowhere.start|clock }}{{ nowhere|day }}{{ nowhere|clock_range:None }}") == ""


def test_ranges_are_written_with_to():
    context = {
        "start": dt.time(10),
        "end": dt.time(11),
        "first": dt.date(2020, 9, 24),
        "last": dt.date(2020, 9, 26),
    }
    assert draw("{{ start|clock_range:end }}, {{ first|day_range:last }}", **context) == (
        "10am to 11am, 24 to 26 September 2020"
    )


def test_nothing_wrong_shows_no_summary():
    assert draw("{% error_summary form %}", form=NameForm()) == ""


def test_one_summary_speaks_for_several_forms():
    first, second = NameForm(QueryDict("name=A")), NameForm(QueryDict("told=B"), prefix="two")
    page = html.fromstring(draw("{% error_summary one two none %}", one=first, two=[second], none=None))
    assert page.xpath("//a/@href") == ["#id_told", "#id_two-name", "#id_two-told"]


def test_an_error_of_the_whole_form_leads_to_its_first_question():
    page = html.fromstring(draw("{% error_summary form %}", form=NameForm(QueryDict("name=twice&told=A"))))
    assert page.xpath("//a/text()") == ["Enter a name that is not taken"]
    assert page.xpath("//a/@href") == ["#id_name"]


def test_a_services_own_sentences_are_problems_too():
    class Blocker:
        sentence, url = "Record who chaired", "/office/meetings/1/attendance/"

    page = html.fromstring(draw("{% error_summary problems=blockers %}", blockers=[Blocker(), "Add a date"]))
    assert [item.text_content() for item in page.iter("li")] == ["Record who chaired", "Add a date"]
    assert page.xpath("//a/@href") == ["/office/meetings/1/attendance/"]


def test_the_title_can_ask_whether_something_is_wrong():
    template = "{% has_errors form as wrong %}{% if wrong %}Error: {% endif %}Add a name"
    assert draw(template, form=NameForm(QueryDict(""))) == "Error: Add a name"
    assert draw(template, form=NameForm()) == "Add a name"


@pytest.mark.parametrize(
    ("path", "current"),
    [("/office/meetings/", "page"), ("/office/meetings/12/", "true"), ("/office/actions/", None)],
)
def test_the_navigation_marks_the_section_we_are_in(path, current):
    link = html.fromstring(draw('{% nav_link "/office/meetings/" "Meetings" %}', path))
    assert link.find("a").get("aria-current") == current


def test_the_first_page_is_current_only_on_itself():
    assert "aria-current" not in draw('{% nav_link "/office/" "Today" %}', "/office/meetings/")
    assert "aria-current" not in draw('{% nav_link "/" "Home" %}', "/meetings/")
    assert 'aria-current="page"' in draw('{% nav_link "/" "Home" %}', "/")


def test_pages_keep_the_rest_of_the_address():
    page = Paginator(range(300), 20).page(4)
    nav = html.fromstring(draw('{% include "web/_pagination.html" %}', "/meetings/?q=a&page=4", page=page))
    assert nav.xpath("//a[@rel='next']/@href") == ["?q=a&page=5"]
    assert nav.xpath("//a[@aria-current]/@href") == ["?q=a&page=4"]


def test_a_single_page_needs_no_pagination():
    assert draw('{% include "web/_pagination.html" %}', page=Paginator([1], 20).page(1)) == ""
