"""The agenda of a meeting on the office's pages: add, rename, move, nest, remove."""

import pytest
from django.utils import timezone

from meetings import services
from meetings.models import AgendaItem, Theme
from meetings.numbering import store_numbers
from tests.meetings.pages import ODD_TEXTS, at, filled_form, undo_of, words_of


@pytest.fixture
def performance(meeting):
    return meeting.items.get(title="Performance")


@pytest.fixture
def matters(meeting):
    return meeting.items.get(title="Matters arising")


@pytest.fixture
def following(meeting):
    return meeting.items.get(title="Next meeting")


def titles(meeting):
    return [item.title for item in AgendaItem.objects.filter(meeting=meeting, parent=None)]


def test_the_agenda_shows_numbers_in_order(officer_client, meeting):
    numbers = [line.number for line in officer_client.get(at("agenda", meeting)).context["lines"]]
    assert numbers == ["1", "2", "2.1", "2.2", "3"]


def test_an_item_is_added_under_another(officer_client, meeting):
    main = meeting.items.get(title="Holding to account")
    sent = {"title": "Custody", "kind": "holding_to_account", "parent": main.pk}
    answer = officer_client.post(at("agenda", meeting), sent)
    custody = meeting.items.get(title="Custody")
    assert custody.parent == main
    assert answer.url.endswith(f"#item-{custody.pk}")


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        ({"title": ""}, "Enter the title of the item"),
        ({"title": "x" * 301}, "Title must be 300 characters or less"),
        ({"title": "a\0b"}, "hidden character"),
        ({"kind": "gossip"}, "What was chosen is not in the list"),
        ({"parent": "999999"}, "What was chosen is not in the list"),
    ],
)
def test_an_item_that_cannot_be_added_is_told_in_words(officer_client, meeting, answers, sentence):
    answer = officer_client.post(at("agenda", meeting), {"title": "Custody", "kind": "other"} | answers)
    assert sentence in words_of(answer)
    assert meeting.items.count() == 5


def test_a_sub_item_of_another_meeting_is_no_parent(officer_client, meeting, meeting_type):
    other = services.plan_meeting(type=meeting_type, date=meeting.date, by=None)
    parent = other.items.get(title="Holding to account")
    sent = {"title": "Custody", "kind": "other", "parent": parent.pk}
    assert "What was chosen is not in the list" in words_of(officer_client.post(at("agenda", meeting), sent))


def test_an_item_moves_up_and_its_button_keeps_the_focus(officer_client, meeting, following):
    answer = officer_client.post(at("move_item", meeting, following, "up"))
    assert titles(meeting) == ["Matters arising", "Next meeting", "Holding to account"]
    assert answer.url.endswith(f"/agenda/#up-{following.pk}")
    page = words_of(officer_client.get(answer.url))
    assert "“Next meeting” moved up. It is now item 2" in page
    assert f'id="up-{following.pk}"' in page


def test_at_the_top_the_focus_goes_to_the_other_button(officer_client, meeting, following):
    services.move_item(following, "up", by=None)
    answer = officer_client.post(at("move_item", meeting, following, "up"))
    assert answer.url.endswith(f"#down-{following.pk}")
    page = words_of(officer_client.get(answer.url))
    assert f'id="up-{following.pk}"' not in page
    assert f'id="down-{following.pk}"' in page


def test_an_item_moves_nowhere_but_up_and_down(officer_client, meeting, following):
    sideways = at("move_item", meeting, following, "up").replace("/up/", "/sideways/")
    assert officer_client.post(sideways).status_code == 404


def test_an_item_is_nested_and_made_a_main_item_again(officer_client, meeting, following):
    page = officer_client.post(at("nest_item", meeting, following), follow=True)
    assert "“Next meeting” is a sub-item now. It is now item 2.3" in words_of(page)
    page = officer_client.post(at("unnest_item", meeting, following), follow=True)
    assert "“Next meeting” is a main item now. It is now item 3" in words_of(page)


def test_what_cannot_be_nested_is_told_with_the_reason(officer_client, meeting, matters):
    page = officer_client.post(at("nest_item", meeting, matters), follow=True)
    assert "There is no item before this one to put it under" in words_of(page)


def test_an_item_is_removed_with_its_sub_items_and_brought_back(officer_client, meeting):
    main = meeting.items.get(title="Holding to account")
    page = officer_client.post(at("remove_item", meeting, main), follow=True)
    assert "“Holding to account” removed" in words_of(page)
    assert meeting.items.count() == 2
    officer_client.post(undo_of(page))
    assert meeting.items.count() == 5


def test_an_item_with_a_record_stays_with_the_reason_why(officer_client, meeting, leadership, exchange):
    page = officer_client.post(at("remove_item", meeting, leadership), follow=True)
    assert "“Leadership” has words spoken under it, so it cannot be removed" in words_of(page)
    assert meeting.items.filter(pk=leadership.pk).exists()


def test_an_item_that_has_left_the_office_keeps_its_place(officer_client, meeting, following):
    store_numbers(meeting, timezone.now())
    page = words_of(officer_client.get(at("agenda", meeting)))
    assert "Move up" not in page
    page = officer_client.post(at("move_item", meeting, following, "up"), follow=True)
    assert "has left the office with its number" in words_of(page)


def test_an_item_is_renamed_and_gets_its_themes(officer_client, meeting, leadership):
    custody = Theme.objects.create(name="Custody")
    path = at("item_details", meeting, leadership)
    sent = filled_form(officer_client, path) | {
        "title": "Culture",
        "themes": [custody.pk],
        "scope": "The last year",
    }
    officer_client.post(path, sent)
    leadership.refresh_from_db()
    assert (leadership.title, leadership.scope) == ("Culture", "The last year")
    assert list(leadership.themes.all()) == [custody]


def test_prepared_questions_stand_beside_the_item(officer_client, officer, meeting, leadership):
    services.add_question(leadership, "How many waited?", by=officer)
    page = words_of(officer_client.get(at("item_details", meeting, leadership)))
    assert "How many waited?" in page


def test_the_history_of_an_item_says_who_changed_what(officer_client, officer, meeting, leadership):
    theme = Theme.objects.create(name="Custody")
    services.change_item(leadership, title="Culture", themes=[theme], by=officer)
    page = words_of(officer_client.get(at("item_details", meeting, leadership)))
    assert "Title: from “Leadership” to “Culture”" in page
    assert "Themes: Custody" in page


@pytest.mark.parametrize("text", ODD_TEXTS.values(), ids=ODD_TEXTS)
def test_odd_titles_are_shown_as_text(officer_client, meeting, text):
    officer_client.post(at("agenda", meeting), {"title": text, "kind": "other"})
    assert meeting.items.filter(title=text).exists()
    page = officer_client.get(at("agenda", meeting)).content.decode()
    assert "<script>alert" not in page
    assert "<b>bold" not in page


def test_a_very_long_scope_is_told_in_words_and_kept_on_the_page(officer_client, meeting, leadership):
    path = at("item_details", meeting, leadership)
    long = "word " * 20_000
    answer = officer_client.post(path, filled_form(officer_client, path) | {"scope": long})
    assert "Scope must be 20,000 characters or less" in words_of(answer)
    assert long.strip() in answer.content.decode()


@pytest.mark.parametrize(
    "name", ["item_details", "nest_item", "unnest_item", "remove_item", "bring_back_item"]
)
def test_an_item_of_another_meeting_is_not_found(officer_client, meeting, meeting_type, leadership, name):
    other = services.plan_meeting(type=meeting_type, date=meeting.date, by=None)
    assert officer_client.post(at(name, other, leadership)).status_code == 404


@pytest.mark.parametrize("name", ["nest_item", "unnest_item", "remove_item", "bring_back_item"])
def test_what_changes_the_agenda_is_asked_for_by_a_button(officer_client, meeting, leadership, name):
    assert officer_client.get(at(name, meeting, leadership)).status_code == 405


def test_an_empty_agenda_says_so(officer_client, officer, meeting):
    for item in meeting.items.filter(parent=None):
        services.remove_item(item, officer)
    assert "Nothing is on the agenda yet" in words_of(officer_client.get(at("agenda", meeting)))


def test_a_long_agenda_asks_no_more_of_the_database(officer_client, meeting, django_assert_max_num_queries):
    with django_assert_max_num_queries(15) as few:
        officer_client.get(at("agenda", meeting))
    theme = Theme.objects.create(name="Custody")
    for number in range(40):
        services.add_item(meeting, title=f"Item {number}", themes=[theme], by=None)
    with django_assert_max_num_queries(len(few.captured_queries)):
        officer_client.get(at("agenda", meeting))
