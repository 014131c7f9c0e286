"""Typing at speed: one box, many lines, and what becomes of them."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from actions.models import Action, CarriedAction
from actions.services import add_action, give_references
from meetings import services
from meetings.models import Contribution, Exchange, Role
from tests.desk.test_entries import record


def typed(text, **others):
    return {"lines": "1", "text": text, "op_id": uuid4(), **others}


def add(client, item, text, **others):
    return client.post(item.get_absolute_url(), typed(text, **others), follow=True)


def in_json(client, item, data):
    return client.post(item.get_absolute_url(), data, headers={"accept": "application/json"})


def question_in(answer) -> str:
    """The name of the first question about a line."""
    return answer.context["asked"][0].name


@pytest.fixture
def acc(meeting):
    role = Role.objects.create(title="Assistant Chief Constable", abbreviation="ACC", body="force")
    person = services.people.Person.objects.create(name="Ola Brook")
    return services.add_attendee(meeting, person=person, role=role, abbreviation="ACC", by=None)


@pytest.fixture
def earlier(meeting_type, meeting, chief_constable):
    """An action of the month before, with its reference."""
    before = services.plan_meeting(type=meeting_type, date=meeting.date.replace(month=8), by=None)
    action = add_action(
        meeting=before,
        item=before.items.first(),
        text="provide figures",
        owner=chief_constable,
        by=None,
        op_id=uuid4(),
    )
    give_references(before)
    return Action.objects.get(pk=action.pk)


def test_three_lines_make_one_exchange_of_three(officer_client, leadership, acc):
    add(
        officer_client,
        leadership,
        "pcc asked how the force gets assurance\ncc responded that it counts\nacc added that it counts twice",
    )
    assert record(leadership) == [
        [
            ("question", "PCC", "The PCC", "asked how the force gets assurance"),
            ("answer", "CC", "The CC", "responded that it counts"),
            ("answer", "ACC", "The ACC", "added that it counts twice"),
        ]
    ]


def test_a_blank_line_starts_another_exchange(officer_client, leadership):
    add(officer_client, leadership, "pcc asked why\ncc said so\n\npcc asked when")
    assert [len(entry) for entry in record(leadership)] == [2, 1]


def test_answers_alone_go_on_with_the_entry_above(officer_client, leadership, exchange):
    add(officer_client, leadership, "cc added that more is to come")
    assert [len(entry) for entry in record(leadership)] == [3]


def test_the_page_says_how_it_was_read_and_the_cursor_waits_in_the_box(officer_client, leadership):
    page = add(officer_client, leadership, "pcc asked when and was told that it was near").content.decode()
    assert "Entry 2.1.1 saved." in page
    assert "Read as: PCC asked, nobody named answered" in page
    assert page.count("autofocus") == 1


def test_an_action_stands_after_its_exchange_with_owner_and_date(officer_client, leadership, chief_constable):
    add(
        officer_client,
        leadership,
        "pcc asked why\naction cc by 28 oct: find out\naction cc next meeting: tell",
    )
    first, second = Action.objects.order_by("order")
    assert (first.text, first.owner, str(first.due_on)) == ("find out", chief_constable, "2026-10-28")
    assert first.after == leadership.exchanges.get()
    assert second.due_next


def test_an_answer_after_an_action_goes_on_with_the_exchange(officer_client, leadership):
    add(officer_client, leadership, "pcc asked why\naction cc: find out\ncc replied that it would")
    assert [len(entry) for entry in record(leadership)] == [2]


def test_none_is_recorded(officer_client, leadership):
    add(officer_client, leadership, "none")
    leadership.refresh_from_db()
    assert leadership.none


def test_a_flag_marks_the_line_above_it(officer_client, leadership):
    add(officer_client, leadership, "pcc asked why\n? the name of the board\ncc said so")
    assert [one.to_check for one in Contribution.objects.order_by("order")] == ["the name of the board", ""]


def test_a_flag_alone_marks_what_was_said_last(officer_client, leadership, exchange):
    add(officer_client, leadership, "? the year")
    assert exchange.contributions.last().to_check == "the year"
    assert exchange.contributions.last().version == 2


def test_a_prepared_question_is_taken_and_ticked(officer_client, leadership):
    for text in ("How many?", "asked why it took so long"):
        services.add_question(leadership, text, by=None)
    add(officer_client, leadership, "q2 cc replied that it was hard\n\nq1\ncc said ten")
    assert [entry[0][1:] for entry in record(leadership)] == [
        ("PCC", "The PCC", "asked why it took so long"),
        ("PCC", "The PCC", "asked: How many?"),
    ]
    assert record(leadership)[0][1][0] == "answer"
    assert all(question.asked for question in leadership.prepared_questions.all())


@pytest.mark.parametrize(
    ("words", "outcome", "said"),
    [
        ("close: report received", "closed", "report received"),
        ("return", "returned", None),
        ("to 28 jan: they need more time", "new_date", "they need more time"),
    ],
)
def test_what_was_agreed_on_an_earlier_action_is_recorded_and_closes_nothing(
    officer_client, meeting, earlier, words, outcome, said
):
    item = meeting.items.first()
    add(officer_client, item, f"{earlier.reference} {words}")
    told = CarriedAction.objects.get(action=earlier, meeting=meeting)
    assert told.outcome == outcome
    assert [one.contributions.first().text for one in told.exchanges.all()] == ([said] if said else [])
    earlier.refresh_from_db()
    assert earlier.state == "open"


def test_what_was_said_right_above_an_outcome_tells_of_the_action(officer_client, meeting, earlier):
    item = meeting.items.first()
    add(officer_client, item, f"cc explained that it is done\n{earlier.reference} close")
    assert CarriedAction.objects.get(action=earlier).exchanges.get() == item.exchanges.get()


def test_what_follows_a_reference_is_about_that_action(officer_client, meeting, earlier):
    item = meeting.items.first()
    add(officer_client, item, f"{earlier.reference}:\npcc asked why\n\npcc asked when")
    told = CarriedAction.objects.get(action=earlier)
    assert (told.outcome, told.exchanges.count()) == ("", 2)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "Enter what was said"),
        (" \n ", "Enter what was said"),
        ("cc", "Enter what the CC said"),
        ("action: find out", "Select who owns this action"),
        ("action cc by 1 sep 2026: find out", "Due date must be the same as or after 24 September 2026"),
        ("dcc said that it rains", "Select who DCC is"),
        ("q7", "This item has no prepared questions"),
        ("? the year", "There is nothing above that could be checked"),
        ("none\npcc asked why", "Write none on its own"),
        ("2020/1 close", "was not carried into this meeting"),
        ("pcc asked\x00 why", "What you typed has a hidden character"),
        ("pcc asked " + "why " * 50_000, "Save the first part of it, then the rest"),
        (f"pcc asked why\n? {'x' * 501}", "500 characters or less"),
    ],
)
def test_what_cannot_be_kept_is_said_and_nothing_typed_is_lost(officer_client, leadership, text, sentence):
    page = add(officer_client, leadership, text).content.decode()
    assert sentence in page
    assert "<title>Error: " in page
    assert text.strip("\x00").strip()[:30].split("\x00")[0] in page
    assert not Exchange.objects.exists()
    assert not Action.objects.exists()


def test_somebody_unknown_is_asked_about_on_the_same_page_and_kept_once_it_is_answered(
    officer_client, leadership, cc
):
    text = "pcc asked why\ndcc said that it rains"
    answer = add(officer_client, leadership, text)
    assert not Exchange.objects.exists()
    name = question_in(answer)
    add(officer_client, leadership, text, **{name: f"attendance-{cc.pk}"})
    assert record(leadership)[0][1][1:] == ("CC", "The CC", "said that it rains")


def test_who_owns_an_action_is_chosen_where_it_was_not_typed(officer_client, leadership, cc, chief_constable):
    answer = add(officer_client, leadership, "action: find out")
    add(officer_client, leadership, "action: find out", **{question_in(answer): f"attendance-{cc.pk}"})
    assert Action.objects.get().owner == chief_constable


def test_a_page_of_notes_is_looked_over_before_it_is_kept(officer_client, leadership):
    text = "\n\n".join(f"pcc asked about {place}\ncc said {place}" for place in range(5))
    answer = add(officer_client, leadership, text)
    assert "Nothing is saved yet" in answer.content.decode()
    assert not Exchange.objects.exists()
    add(officer_client, leadership, text, looked=answer.context["looked"])
    assert Exchange.objects.count() == 5


def test_a_few_lines_are_looked_over_when_asked_for(officer_client, leadership):
    page = add(officer_client, leadership, "pcc asked why", look="1").content.decode()
    assert "Nothing is saved yet" in page
    assert not Exchange.objects.exists()


def test_what_is_sent_twice_is_stored_once(officer_client, leadership):
    data = typed("pcc asked why\naction cc: find out\nq1") | {"text": "pcc asked why\naction cc: find out"}
    for _ in range(2):
        assert officer_client.post(leadership.get_absolute_url(), data).status_code == 302
    assert (Exchange.objects.count(), Action.objects.count()) == (1, 1)


def test_none_sent_twice_is_no_mistake(officer_client, leadership):
    data = typed("none")
    for _ in range(2):
        assert officer_client.post(leadership.get_absolute_url(), data).status_code == 302


def test_the_same_operation_with_other_words_is_refused_with_the_words_shown(officer_client, leadership):
    data = typed("pcc asked why")
    officer_client.post(leadership.get_absolute_url(), data)
    answer = officer_client.post(leadership.get_absolute_url(), data | {"text": "pcc asked how"})
    assert answer.status_code == 422
    assert "pcc asked how" in answer.content.decode()


def test_all_is_stored_or_nothing(officer_client, leadership, monkeypatch):
    def fails(**_):
        raise services.Refused("No.")

    monkeypatch.setattr("desk.typed.keeping.actions.add_action", fails)
    answer = add(officer_client, leadership, "pcc asked why\naction cc: find out")
    assert answer.status_code == 409
    assert "action cc: find out" in answer.content.decode()
    assert not Exchange.objects.exists()


def test_a_line_of_20000_characters_is_kept(officer_client, leadership):
    words = "word " * 4000
    add(officer_client, leadership, f"pcc asked {words}")
    assert record(leadership)[0][0][3] == f"asked {words}".strip()


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script> & more", "\u202eright to left", "•\tcc said “so”", "🙂"]
)
def test_what_is_pasted_is_harmless(officer_client, leadership, text):
    page = add(officer_client, leadership, text).content.decode()
    assert Contribution.objects.count() == 1
    assert "<script>alert" not in page


def test_a_script_gets_the_entry_and_how_it_was_read(officer_client, leadership):
    answer = in_json(officer_client, leadership, typed("pcc asked why\naction cc: find out")).json()
    entry = Exchange.objects.get()
    assert answer["state"] == "saved"
    assert answer["sentence"] == "Entry 2.1.1 saved. 1 action added"
    assert "find out" in answer["html"][f"entry-{entry.pk}"]
    assert "PCC asked" in answer["html"]["read-as"]


def test_a_script_gets_what_changed_beside_the_record(officer_client, meeting, earlier):
    item = meeting.items.first()
    services.add_question(item, "How many?", by=None)
    html = in_json(officer_client, item, typed(f"q1 cc said ten\n{earlier.reference} close")).json()["html"]
    assert "is-asked" in html["questions"]
    assert f"action-{earlier.pk}-outcome" in html


def test_a_reference_alone_is_asked_about(officer_client, meeting, earlier):
    page = add(officer_client, meeting.items.first(), f"{earlier.reference}:").content.decode()
    assert "what was said about it" in page


def test_a_script_is_asked_about_what_is_unclear(officer_client, leadership):
    answer = in_json(officer_client, leadership, typed("xyz: said so"))
    assert answer.status_code == 400
    assert "Select who XYZ is" in answer.json()["html"]["unclear"]
    assert answer.json()["errors"]["text"] == ["Select who XYZ is. Nobody here is called that"]


def press(client, name, words, **others):
    data = {"base_version": words.version, "op_id": uuid4(), **others}
    return client.post(reverse(f"desk:{name}", args=[words.exchange.item.meeting_id, words.pk]), data)


def test_one_press_corrects_who_spoke(officer_client, leadership, cc):
    add(officer_client, leadership, "pcc said that it rains")
    words = Contribution.objects.get()
    press(officer_client, "correct", words, speaker=cc.pk)
    assert record(leadership)[0][0][1:] == ("CC", "The CC", "said that it rains")


def test_one_press_corrects_what_they_did(officer_client, leadership):
    add(officer_client, leadership, "pcc said that it rains")
    press(officer_client, "correct", Contribution.objects.get(), kind="question")
    assert Contribution.objects.get().kind == "question"
    press(officer_client, "correct", Contribution.objects.get(), kind="narrative")
    assert record(leadership)[0][0] == ("narrative", None, "", "The PCC said that it rains")


def test_a_correction_of_what_changed_meanwhile_is_refused(officer_client, leadership):
    add(officer_client, leadership, "pcc said that it rains")
    words = Contribution.objects.get()
    press(officer_client, "correct", words, kind="question")
    assert press(officer_client, "correct", words, kind="answer").status_code == 409
    assert press(officer_client, "correct", words, kind="answer", base_version="").status_code == 428


def test_the_page_makes_as_many_queries_after_a_long_entry_as_after_a_short_one(officer_client, leadership):
    def queries() -> int:
        pk = leadership.exchanges.last().pk
        with CaptureQueriesContext(connection) as caught:
            officer_client.get(f"{leadership.get_absolute_url()}?saved={pk}")
        return len(caught)

    add(officer_client, leadership, "pcc asked why\ncc said so")
    few = queries()
    add(officer_client, leadership, "pcc asked why" + "\ncc said so" * 20)
    assert queries() == few
