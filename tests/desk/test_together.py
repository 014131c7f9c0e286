"""Two people who change the same thing beside the record: its details, a note, a question. Nobody's words are lost."""

from uuid import uuid4

import pytest
from django.urls import reverse

from meetings.models import AgendaItem, Meeting, Person, PreparedQuestion, Theme
from meetings.services import add_attendee, add_question, change_attendee, remove_item, remove_question
from meetings.views.agenda import answers_about
from tests.at_once import at_once
from tests.conftest import signed_in
from tests.meetings.pages import filled_form, words_of

pytestmark = pytest.mark.django_db
JSON = {"HTTP_ACCEPT": "application/json"}


@pytest.fixture
def question(leadership) -> PreparedQuestion:
    return add_question(leadership, "How many waited?", by=None)


@pytest.fixture
def details(meeting) -> str:
    return reverse("meetings:details", args=[meeting.pk])


@pytest.fixture
def about_item(meeting, leadership) -> str:
    return reverse("meetings:item_details", args=[meeting.pk, leadership.pk])


@pytest.fixture
def colleague_client(django_user_model):
    """Another policy officer, Petra Holm."""
    from accounts.models import DutyKind
    from tests.conftest import person

    return signed_in(person("petra@office.example", "Petra Holm", DutyKind.POLICY_OFFICER))


def opened_by_both(path: str, one, other) -> tuple[dict, dict]:
    """The form as two people have it before them."""
    return filled_form(one, path), filled_form(other, path)


def test_two_people_who_change_different_answers_both_keep_theirs(
    details, meeting, officer_client, colleague_client
):
    mine, theirs = opened_by_both(details, officer_client, colleague_client)
    colleague_client.post(details, theirs | {"venue": "Marl Hall"})
    answer = officer_client.post(details, mine | {"summary": "Custody was spoken of."}, follow=True)
    meeting.refresh_from_db()
    assert (meeting.venue, meeting.summary) == ("Marl Hall", "Custody was spoken of.")
    assert "Somebody else changed this meanwhile, and it is kept: Venue" in words_of(answer)


def test_the_same_answer_changed_by_two_is_shown_in_both_versions(
    details, meeting, officer_client, colleague_client
):
    Meeting.objects.filter(pk=meeting.pk).update(summary="As it was.")
    meeting.refresh_from_db()
    meeting.save()
    mine, theirs = opened_by_both(details, officer_client, colleague_client)
    colleague_client.post(details, theirs | {"summary": "Theirs."})
    answer = officer_client.post(details, mine | {"summary": "Mine & <b>bold</b>."})
    html = words_of(answer)
    assert answer.status_code == 409
    assert "Petra Holm changed it on" in html
    assert all(words in html for words in ["Theirs.", "Mine &amp; &lt;b&gt;bold&lt;/b&gt;.", "As it was."])
    meeting.refresh_from_db()
    assert meeting.summary == "Theirs."


def sent_again(answer, **chosen) -> dict:
    """What the browser sends from the page that shows both versions."""
    context = answer.context
    return (
        dict(context["posted"])
        | {"base_version": context["base_version"], "op_id": str(context["op_id"])}
        | {name.replace("_", "-", 1): value for name, value in chosen.items()}
    )


@pytest.mark.parametrize(
    ("chosen", "kept"),
    [
        ({"keep_summary": "mine"}, "Mine."),
        ({"keep_summary": "theirs"}, "Theirs."),
        ({"keep_summary": "both", "both_summary": "Theirs. Mine."}, "Theirs. Mine."),
    ],
)
def test_what_they_choose_is_saved_with_everything_else_that_they_typed(
    details, meeting, officer_client, colleague_client, chosen, kept
):
    mine, theirs = opened_by_both(details, officer_client, colleague_client)
    colleague_client.post(details, theirs | {"summary": "Theirs."})
    answer = officer_client.post(details, mine | {"summary": "Mine.", "period": "Quarter 2"})
    assert officer_client.post(details, sent_again(answer, **chosen)).status_code == 302
    meeting.refresh_from_db()
    assert (meeting.summary, meeting.period) == (kept, "Quarter 2")


def test_a_third_change_while_somebody_chooses_is_seen_too(
    details, meeting, officer_client, colleague_client
):
    mine, theirs = opened_by_both(details, officer_client, colleague_client)
    colleague_client.post(details, theirs | {"summary": "Theirs."})
    answer = officer_client.post(details, mine | {"summary": "Mine."})
    colleague_client.post(details, filled_form(colleague_client, details) | {"summary": "Theirs, again."})
    assert officer_client.post(details, sent_again(answer, keep_summary="mine")).status_code == 409


def test_the_same_text_typed_by_two_is_no_conflict(details, officer_client, colleague_client):
    mine, theirs = opened_by_both(details, officer_client, colleague_client)
    for client, form in ((colleague_client, theirs), (officer_client, mine)):
        assert client.post(details, form | {"venue": "Marl Hall"}).status_code == 302


def test_a_save_without_its_base_is_428_and_shows_what_was_typed(details, meeting, officer_client):
    form = filled_form(officer_client, details) | {"summary": "Typed for an hour."}
    answer = officer_client.post(details, {**form, "base_version": ""})
    assert answer.status_code == 428
    assert "Typed for an hour." in words_of(answer)
    meeting.refresh_from_db()
    assert meeting.summary == ""


@pytest.mark.parametrize("damage", [{"base_version": "nonsense"}, {"base_version": "a:b"}, {"op_id": "x"}])
def test_a_damaged_form_saves_nothing_and_keeps_the_text(details, officer_client, damage):
    answer = officer_client.post(details, filled_form(officer_client, details) | {"venue": "Hall"} | damage)
    assert answer.status_code == 400
    assert "Hall" in words_of(answer)


def test_the_same_save_twice_is_one_and_with_other_words_it_is_422(details, meeting, officer_client):
    form = filled_form(officer_client, details)
    assert officer_client.post(details, form | {"venue": "Marl Hall"}).status_code == 302
    changes = meeting.history.count()
    assert officer_client.post(details, form | {"venue": "Marl Hall"}).status_code == 302
    assert meeting.history.count() == changes
    assert officer_client.post(details, form | {"venue": "Elsewhere"}).status_code == 422


def test_an_item_s_scope_and_its_themes_are_guarded_alike(
    about_item, leadership, officer_client, colleague_client
):
    theme = Theme.objects.create(name="Custody")
    mine, theirs = opened_by_both(about_item, officer_client, colleague_client)
    colleague_client.post(about_item, theirs | {"scope": "Since April", "themes": [theme.pk]})
    officer_client.post(about_item, mine | {"lines_of_enquiry": "Who decides?"})
    leadership.refresh_from_db()
    assert (leadership.scope, leadership.lines_of_enquiry) == ("Since April", "Who decides?")
    assert list(leadership.themes.all()) == [theme]


def test_a_theme_that_was_added_meanwhile_stays_when_only_the_title_changes(
    about_item, leadership, officer_client
):
    form = filled_form(officer_client, about_item)
    leadership.themes.add(Theme.objects.create(name="Custody"))
    officer_client.post(about_item, form | {"title": "Culture"})
    assert answers_about(AgendaItem.objects.get(pk=leadership.pk))["title"] == "Culture"
    assert leadership.themes.count() == 1


def test_an_item_that_was_removed_while_somebody_typed_keeps_their_text(
    about_item, leadership, officer, officer_client
):
    form = filled_form(officer_client, about_item)
    remove_item(leadership, officer)
    answer = officer_client.post(about_item, form | {"scope": "Typed for an hour."})
    assert answer.status_code == 409
    html = words_of(answer)
    assert "Olive Farrow deleted this while you were writing." in html
    assert "Typed for an hour." in html
    assert "Bring the item back" in html


def test_a_note_keeps_every_version_with_who_and_when(meeting, exchange, officer_client, colleague_client):
    path = reverse("desk:note", args=[meeting.pk, exchange.pk])
    mine, theirs = opened_by_both(path, officer_client, colleague_client)
    colleague_client.post(path, theirs | {"public_note": "Theirs."})
    answer = officer_client.post(path, mine | {"public_note": "Mine."})
    assert answer.status_code == 409
    assert "Petra Holm changed it on" in words_of(answer)
    officer_client.post(path, sent_again(answer, keep_public_note="mine"))
    assert [one.text for one in exchange.revisions()] == ["Mine.", "Theirs."]


def test_who_came_late_stays_late_when_somebody_saves_an_older_list(
    meeting, pcc, cc, officer, officer_client
):
    path = reverse("meetings:attendance", args=[meeting.pk])
    form = filled_form(officer_client, path)
    change_attendee(cc, presence="part", present_for="from item 2", by=officer)
    assert officer_client.post(path, form | {f"presence_{pcc.pk}": "apologies"}).status_code == 302
    for one in (pcc, cc):
        one.refresh_from_db()
    assert (pcc.presence, cc.presence, cc.present_for) == ("apologies", "part", "from item 2")


def test_somebody_who_was_added_meanwhile_is_not_asked_about(meeting, pcc, officer_client):
    path = reverse("meetings:attendance", args=[meeting.pk])
    form = filled_form(officer_client, path)
    add_attendee(meeting, person=Person.objects.create(name="Ada Quill"), abbreviation="AQ", by=None)
    assert officer_client.post(path, form | {f"presence_{pcc.pk}": "apologies"}).status_code == 302


def test_two_answers_about_one_person_are_both_shown(meeting, cc, officer_client, colleague_client):
    path = reverse("meetings:attendee", args=[meeting.pk, cc.pk])
    mine, theirs = opened_by_both(path, officer_client, colleague_client)
    colleague_client.post(path, theirs | {"role_title": "Acting Chief Constable"})
    answer = officer_client.post(path, mine | {"role_title": "Temporary Chief Constable"})
    assert answer.status_code == 409
    assert "Petra Holm changed it on" in words_of(answer)
    assert "Chief Constable" in answer.context["choices"][0].base


def test_a_script_is_told_in_json_with_both_texts(meeting, question, officer_client, colleague_client):
    path = reverse("desk:question", args=[meeting.pk, question.pk])
    mine, theirs = opened_by_both(path, officer_client, colleague_client)
    assert colleague_client.post(path, theirs | {"text": "Theirs?"}, **JSON).json()["state"] == "saved"
    answer = officer_client.post(path, mine | {"text": "Mine?"}, **JSON)
    told = answer.json()
    assert (answer.status_code, told["state"]) == (409, "changed")
    assert told["sentence"].startswith("Petra Holm changed this question at ")
    assert "Theirs?" in told["html"]["conflict"]
    again = mine | {"text": "Mine?", "base_version": told["version"], "op_id": str(uuid4())}
    assert officer_client.post(path, again, **JSON).json()["state"] == "saved"


@pytest.mark.parametrize(
    ("change", "status", "state"),
    [
        ({"text": ""}, 400, "mistakes"),
        ({"base_version": ""}, 428, "no base"),
        ({"op_id": ""}, 400, "damaged"),
    ],
)
def test_a_script_is_told_what_is_wrong(meeting, question, officer_client, change, status, state):
    path = reverse("desk:question", args=[meeting.pk, question.pk])
    answer = officer_client.post(path, filled_form(officer_client, path) | change, **JSON)
    assert (answer.status_code, answer.json()["state"]) == (status, state)


def test_a_question_that_was_deleted_meanwhile_can_be_brought_back(
    meeting, question, officer, officer_client
):
    path = reverse("desk:question", args=[meeting.pk, question.pk])
    form = filled_form(officer_client, path)
    remove_question(question, officer)
    answer = officer_client.post(path, form | {"text": "Mine?"})
    assert answer.status_code == 409
    assert "Bring the question back" in words_of(answer)
    assert officer_client.post(path, form | {"text": "Mine?"}, **JSON).json()["state"] == "gone"


def test_a_question_that_is_sent_twice_is_one_question(meeting, leadership, officer_client):
    path = reverse("desk:add_question", args=[meeting.pk, leadership.pk])
    form = filled_form(officer_client, path) | {"text": "How many?"}
    for _ in range(2):
        officer_client.post(path, form)
    assert leadership.prepared_questions.count() == 1
    assert officer_client.post(path, form | {"text": "Why?"}).status_code == 422


@pytest.mark.django_db(transaction=True)
def test_of_two_saves_at_the_same_moment_one_wins_and_the_other_is_told(
    meeting, question, officer_client, colleague_client
):
    path = reverse("desk:question", args=[meeting.pk, question.pk])
    mine, theirs = opened_by_both(path, officer_client, colleague_client)
    answers = at_once(
        lambda: officer_client.post(path, mine | {"text": "Mine?"}).status_code,
        lambda: colleague_client.post(path, theirs | {"text": "Theirs?"}).status_code,
    )
    assert sorted(answers) == [302, 409]
