"""How our template pack draws a form: what a screen reader and a browser find in it."""

import datetime as dt

import pytest
from django.http import QueryDict
from django.template import engines
from lxml import html

from web import forms

PAGE = "{% load assurance crispy_forms_tags %}{% error_summary form %}{% crispy form %}"


class MeetingForm(forms.Form):
    submit = "Save meeting"
    reveals = {"held": {"other": ["where"]}}

    title = forms.Line("Title", help_text="As people know it")
    held = forms.ChoiceField(
        label="Where is it held?",
        choices=[("hq", "Headquarters"), ("other", "Elsewhere")],
        widget=forms.RadioSelect,
    )
    where = forms.Line("Name of the place")
    on = forms.DateField("Date", help_text="For example, 24 9 2020")
    themes = forms.MultipleChoiceField(
        label="Themes", choices=[("a", "Custody"), ("b", "Roads")], widget=forms.CheckboxSelectMultiple
    )
    is_public = forms.BooleanField(label="Held in public", required=False, help_text="Anybody may come")
    notes = forms.Text("Notes", required=False)
    paper = forms.FileField(label="Paper", required=False)
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)


def draw(form, template=PAGE):
    """The page with this form, parsed."""
    return html.fromstring(
        "<main>" + engines["django"].from_string(template).render({"form": form}) + "</main>"
    )


@pytest.fixture
def fresh():
    return draw(MeetingForm(initial={"on": dt.date(2020, 9, 24), "held": "hq"}))


@pytest.fixture
def mistaken():
    return draw(MeetingForm(QueryDict("on_day=31&on_month=9&on_year=2020"), {}))


def test_every_control_has_a_label(fresh):
    labelled = {label.get("for") for label in fresh.iter("label")}
    controls = fresh.xpath("//input[@type != 'hidden'] | //select | //textarea")
    assert {control.get("id") for control in controls} == labelled


def test_no_id_is_used_twice(fresh, mistaken):
    for page in (fresh, mistaken):
        ids = page.xpath("//@id")
        assert len(ids) == len(set(ids))


def test_a_hint_is_read_with_its_question(fresh):
    assert fresh.get_element_by_id("id_title_helptext").text == "As people know it"
    assert fresh.get_element_by_id("id_title").get("aria-describedby") == "id_title_helptext"


def test_a_hint_of_a_date_is_read_with_the_whole_date(fresh):
    fieldset = fresh.get_element_by_id("id_on_day").iterancestors("fieldset").__next__()
    assert fieldset.get("aria-describedby") == "id_on_helptext"


def test_hint_and_error_of_every_question_exist(mistaken):
    named = {id_ for ids in mistaken.xpath("//@aria-describedby") for id_ in ids.split()}
    assert named <= set(mistaken.xpath("//@id"))


def test_every_link_of_the_error_summary_lands_on_a_control(mistaken):
    links = mistaken.xpath("//*[@class='error-summary']//a/@href")
    assert links == ["#id_title", "#id_held", "#id_on_day", "#id_themes"]
    for link in links:
        assert mistaken.get_element_by_id(link[1:]).tag == "input"


def test_the_summary_and_the_question_say_the_same_words(mistaken):
    above = mistaken.xpath("//*[@class='error-summary']//a/text()")
    beside = [message.text_content().strip() for message in mistaken.find_class("error-message")]
    assert [f"Error: {words}" for words in above] == beside


def test_only_the_wrong_part_of_a_date_is_marked(mistaken):
    marked = mistaken.xpath("//input[@aria-invalid and contains(@name, 'on_')]/@name")
    assert marked == ["on_day"]


def test_what_was_typed_is_still_there(mistaken):
    assert mistaken.get_element_by_id("id_on_day").get("value") == "31"


def test_a_stored_date_fills_its_three_parts(fresh):
    assert [fresh.get_element_by_id(f"id_on_{part}").get("value") for part in ("day", "month", "year")] == [
        "24",
        "9",
        "2020",
    ]


def test_what_belongs_to_an_answer_stands_under_it_and_nowhere_else(fresh):
    (field,) = fresh.xpath("//input[@name='where']")
    assert field.xpath("ancestor::div[@class='reveal']")


def test_the_chosen_answer_is_chosen(fresh):
    assert fresh.xpath("//input[@checked]/@value") == ["hq"]


def test_a_browser_leaves_the_checking_to_us(fresh):
    (form,) = fresh.iter("form")
    assert "novalidate" in form.attrib
    assert not fresh.xpath("//@required | //@maxlength")


def test_a_form_with_a_file_is_sent_as_one(fresh):
    (form,) = fresh.iter("form")
    assert form.get("enctype") == "multipart/form-data"


def test_hidden_fields_come_along(fresh):
    assert fresh.xpath("//input[@type='hidden' and @name='seen']")


def test_the_button_names_the_act(fresh):
    (button,) = fresh.iter("button")
    assert button.text == "Save meeting"
    assert button.get("name") is None


def test_only_optional_questions_say_so(fresh):
    assert "Notes (optional)" in fresh.text_content()
    assert "Title (optional)" not in fresh.text_content()
    assert "Held in public (optional)" not in fresh.text_content()


def test_a_layout_is_drawn_in_its_order():
    class OrderedForm(MeetingForm):
        layout = ["notes", "title"]

    names = draw(OrderedForm()).xpath("//input[@type != 'hidden']/@name | //textarea/@name")
    assert names == ["notes", "title"]


def test_a_page_with_buttons_of_its_own_writes_the_form_itself():
    class BareForm(MeetingForm):
        form_tag = False
        submit = None

    page = draw(BareForm(), "{% load crispy_forms_tags %}<form>{% crispy form %}<button>Go</button></form>")
    assert len(page.xpath("//form")) == 1
    assert page.xpath("//button/text()") == ["Go"]


def test_what_people_typed_is_never_markup():
    page = draw(MeetingForm(QueryDict("title=<script>alert(1)</script>&notes=</textarea><b>x</b>"), {}))
    assert not page.xpath("//script | //b")
