"""What a form says, what it takes and what it refuses, in words."""

import datetime as dt

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from web import forms
from web.models import OneTimeOperation
from web.wording import has_hidden_character

DUE = [("next", "At the next meeting"), ("date", "On another date")]


class ActionForm(forms.Form):
    reveals = {"due_kind": {"date": ["due_on"]}}

    text = forms.Text("Action", max_length=400)
    owner = forms.ChoiceField(label="Who owns this action?", choices=[("", "---------"), ("CC", "CC")])
    due_kind = forms.ChoiceField(label="When is it due?", choices=DUE, widget=forms.RadioSelect)
    due_on = forms.DateField("Due date")
    reference = forms.Line("Reference", required=False)


def sent(**data):
    """A request's form data, as a browser sends it."""
    query = QueryDict(mutable=True)
    query.update(data)
    return query


def only(field, **data):
    """A bound form of one field called `answer`."""
    return type("OnlyForm", (forms.Form,), {"answer": field})(sent(**data))


def error_of(field, **data):
    return only(field, **data).errors["answer"][0]


# --- Words


@pytest.mark.parametrize(
    ("field", "words"),
    [
        (forms.Text("Action"), "Enter the action"),
        (forms.Line("What was said"), "Enter what was said"),
        (forms.Line("PDF title"), "Enter the PDF title"),
        (forms.Line("Name", missing="Enter your name"), "Enter your name"),
        (forms.ChoiceField(label="Theme", choices=[("a", "A")]), "Select the theme"),
        (forms.ChoiceField(label="Who owns this action?", choices=[]), "Select who owns this action"),
        (forms.ChoiceField(label="When is it due?", choices=[]), "Select an answer to “When is it due?”"),
        (forms.BooleanField(label="I have read it"), "Select “I have read it”"),
        (forms.FileField(label="Paper"), "Select the paper"),
        (forms.DateField("Due date"), "Enter the due date"),
        (forms.TimeField("Start time"), "Enter the start time"),
        (forms.EmailListField("E-mail addresses"), "Enter the e-mail addresses"),
    ],
)
def test_an_empty_answer_is_told_what_to_do(field, words):
    assert error_of(field) == words


def test_a_field_without_a_label_is_named_by_its_name():
    assert error_of(forms.CharField()) == "Enter the answer"


def test_a_text_that_is_too_long_is_told_how_long_it_may_be():
    assert (
        error_of(forms.Text("Action", max_length=400), answer="x" * 401)
        == "Action must be 400 characters or less"
    )
    assert error_of(forms.Text("Action"), answer="x" * 200_001) == "Action must be 200,000 characters or less"


def test_a_choice_that_is_not_offered_is_refused_in_words():
    field = forms.ChoiceField(label="Theme", choices=[("a", "A")])
    assert error_of(field, answer="z") == "Select the theme again. What was chosen is not in the list"


def test_an_address_in_another_format_is_shown_the_format():
    assert "like name@office.example" in error_of(forms.EmailField(label="E-mail"), answer="nobody")


@pytest.mark.parametrize("sent", [{}, {"op_id": "what?"}])
def test_what_a_form_carries_itself_is_never_asked_of_anybody(sent):
    class Carrying(forms.Form):
        op_id = forms.UUIDField(widget=forms.HiddenInput)

    assert Carrying(sent).errors["op_id"] == [
        "This form was damaged on its way. Open the page again, then send it"
    ]


def test_no_sentence_blames_or_begs():
    for kind in (
        forms.CharField,
        forms.EmailField,
        forms.IntegerField,
        forms.FileField,
        forms.ModelChoiceField,
    ):
        asked = {"queryset": OneTimeOperation.objects.none()} if kind is forms.ModelChoiceField else {}
        field = only(kind(label="Thing", **asked)).fields["answer"]
        words = " ".join(map(str, field.error_messages.values())).lower()
        assert not {"please", "sorry", "valid", "invalid", "oops", "forbidden"} & set(words.split())


# --- What is asked


def test_only_what_is_not_required_says_so():
    form = ActionForm()
    assert form.fields["reference"].is_optional
    assert not form.fields["text"].is_optional
    assert not form.fields["due_on"].is_optional


def test_a_filter_does_not_call_everything_optional():
    form = type(
        "FilterForm", (forms.Form,), {"mark_optional": False, "owner": forms.Line("Owner", required=False)}
    )()
    assert not form.fields["owner"].is_optional


def test_what_belongs_to_an_answer_is_asked_only_with_that_answer():
    answers = {"text": "Report", "owner": "CC"}
    assert ActionForm(sent(due_kind="next", **answers)).is_valid()
    assert ActionForm(sent(due_kind="date", **answers)).errors == {"due_on": ["Enter the due date"]}


def test_the_empty_choice_says_what_to_do():
    assert ActionForm().fields["owner"].choices[0] == ("", "Select from the list")


def test_a_browser_is_never_told_to_stop_or_cut_what_is_typed():
    rendered = ActionForm().as_div()
    assert "required" not in rendered
    assert "maxlength" not in rendered


# --- Text


def test_line_breaks_are_stored_as_one_character_and_the_ends_are_trimmed():
    form = only(forms.Text("Text"), answer="  One\r\ntwo\rthree\vfour\u2028five\n ")
    assert form.is_valid()
    assert form.cleaned_data["answer"] == "One\ntwo\nthree\nfour\nfive"


def test_a_pasted_line_break_in_one_line_becomes_a_space():
    form = only(forms.Line("Title"), answer="Mental\r\nhealth")
    assert form.is_valid()
    assert form.cleaned_data["answer"] == "Mental health"


@pytest.mark.parametrize("hidden", ["\0", "\x07", "\x1b", "\ufffe", "\x9c"])
def test_a_hidden_character_is_refused_once_and_in_words(hidden):
    form = only(forms.Text("Action"), answer=f"Report{hidden}")
    assert form.errors["answer"] == [
        "Action has a hidden character that cannot be kept. Type it again, or paste it as plain text"
    ]


@pytest.mark.parametrize(
    "text", ["<b>bold</b> & “quoted”", "שלום עולם", "👮🏽‍♀️ 👨‍👩‍👧", "tab\there", "x" * 100_000, "ŵ ŷ"]
)
def test_a_text_in_any_script_is_kept_as_it_is(text):
    form = only(forms.Text("Text"), answer=text)
    assert form.is_valid()
    assert form.cleaned_data["answer"] == text


@given(st.text(max_size=200))
def test_whatever_is_kept_can_be_stored_and_exported(text):
    form = only(forms.Text("Text", required=False), answer=text)
    if form.is_valid():
        assert not has_hidden_character(form.cleaned_data["answer"])


# --- Dates


def date_of(day, month, year):
    form = only(forms.DateField("Due date"), answer_day=day, answer_month=month, answer_year=year)
    return form.cleaned_data["answer"] if form.is_valid() else form.errors.as_data()["answer"][0]


@pytest.mark.parametrize("month", ["9", "09", "sep", "September"])
def test_a_date_is_read_from_three_parts(month):
    assert date_of("24", month, "2020") == dt.date(2020, 9, 24)


def test_a_day_with_its_ordinal_is_understood():
    assert date_of("24th", "9", "2020") == dt.date(2020, 9, 24)


@pytest.mark.parametrize(
    ("parts", "words", "part"),
    [
        (("24", "", "2020"), "Due date must include a month", "month"),
        (("24", "", ""), "Due date must include a month and year", "month"),
        (("31", "9", "2020"), "Due date must be a real date", "day"),
        (("24", "autumn", "2020"), "Due date must be a real date", "month"),
        (("soon", "9", "2020"), "Due date must be a real date", "day"),
        (("24", "9", "20"), "Due date must have a year of 4 numbers, like 2020", "year"),
        (("24", "9", "0000"), "Due date must be a real date", "day"),
    ],
)
def test_an_impossible_date_is_told_what_is_wrong_and_where(parts, words, part):
    error = date_of(*parts)
    assert error.messages == [words]
    assert error.code == part


def test_an_optional_date_may_be_left_out():
    form = only(forms.DateField("Date", required=False))
    assert form.is_valid()
    assert form.cleaned_data["answer"] is None


def test_a_date_that_was_not_touched_has_not_changed():
    data = sent(answer_day="24", answer_month="9", answer_year="2020")
    form = type("DateForm", (forms.Form,), {"answer": forms.DateField("Date")})(
        data, initial={"answer": dt.date(2020, 9, 24)}
    )
    assert not form.has_changed()


# --- Times and addresses


def test_a_time_is_taken_as_it_is_written():
    form = only(forms.TimeField("Start time"), answer="13.30pm")
    assert form.is_valid()
    assert form.cleaned_data["answer"] == dt.time(13, 30)


def test_an_unclear_time_is_told_how_to_write_it():
    assert (
        error_of(forms.TimeField("Start time"), answer="2:30")
        == "Start time must be a time, like 10am or 2:30pm"
    )


def test_a_stored_time_is_shown_as_people_write_it():
    form = type("TimeForm", (forms.Form,), {"start": forms.TimeField("Start")})(
        initial={"start": dt.time(14)}
    )
    assert 'value="2pm"' in str(form["start"])


def test_addresses_are_read_one_from_each_line():
    form = only(
        forms.EmailListField("Addresses"), answer="a@force.example\r\n\r\nb@force.example,\na@force.example"
    )
    assert form.is_valid()
    assert form.cleaned_data["answer"] == ["a@force.example", "b@force.example"]


def test_the_address_that_is_wrong_is_named():
    error = error_of(forms.EmailListField("Addresses"), answer="a@force.example\nnobody")
    assert error.startswith("“nobody” must be an e-mail address")


# --- Forms of models


def test_a_model_form_asks_with_our_own_fields():
    class OperationForm(forms.ModelForm):
        missing = {"digest": "Enter the digest of the request"}

        class Meta:
            model = OneTimeOperation
            fields = ["digest"]

    form = OperationForm(sent())
    assert isinstance(form.fields["digest"], forms.Line)
    assert form.errors["digest"] == ["Enter the digest of the request"]
