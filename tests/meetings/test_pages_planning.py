"""Planning a meeting, its details and the next meeting, on the office's pages."""

import datetime as dt

import pytest

from meetings import services
from meetings.models import Meeting
from tests.meetings.pages import ODD_TEXTS, at, date_parts, filled_form, words_of

NEW = "/office/meetings/new/"


def plan(client, meeting_type, **answers):
    return client.post(
        NEW, {"type": meeting_type.pk, "held": ""} | date_parts("date", 22, "oct", 2026) | answers
    )


def test_a_policy_officer_plans_a_meeting_with_what_is_usual(officer_client, meeting_type):
    answer = plan(officer_client, meeting_type)
    meeting = Meeting.objects.get()
    assert answer.url == meeting.get_absolute_url()
    assert meeting.date == dt.date(2026, 10, 22)
    assert meeting.venue == "Conference room"
    assert meeting.attendances.count() == 2
    assert meeting.items.count() == 5


def test_the_officer_hears_on_what_day_of_the_week_it_is(officer_client, meeting_type):
    plan(officer_client, meeting_type)
    page = officer_client.get(at("attendance", Meeting.objects.get()))
    assert "planned for Thursday 22 October 2026" in words_of(page)


def test_a_meeting_at_a_weekend_is_asked_about_and_then_planned(officer_client, meeting_type):
    saturday = date_parts("date", 24, 10, 2026)
    asked = words_of(plan(officer_client, meeting_type, **saturday))
    assert "24 October 2026 is a Saturday. Change the date, or tick that it is right" in asked
    assert 'name="weekend"' in asked
    plan(officer_client, meeting_type, **saturday, weekend="on")
    assert Meeting.objects.get().date == dt.date(2026, 10, 24)


def test_nobody_is_asked_about_a_working_day(officer_client, meeting_type):
    assert 'name="weekend"' not in words_of(officer_client.get(NEW))


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        ({"type": ""}, "Select the type of meeting"),
        (date_parts("date", "", "", ""), "Enter the date of the meeting"),
        (date_parts("date", 31, 2, 2026), "Date must be a real date"),
        ({"start": "half past lunch"}, "Start time must be a time, like 10am or 2:30pm"),
        ({"start": "2pm", "end": "1pm"}, "End time must be after the start time"),
        ({"venue": "x" * 301}, "Venue must be 300 characters or less"),
        ({"title": "a\0b"}, "Title has a hidden character"),
        ({"held": "on the moon"}, "What was chosen is not in the list"),
    ],
)
def test_what_cannot_be_planned_is_told_in_words_and_nothing_is_lost(
    officer_client, meeting_type, answers, sentence
):
    answer = plan(officer_client, meeting_type, **{"venue": "Room 12"} | answers)
    page = words_of(answer)
    assert answer.status_code == 200
    assert sentence in page
    assert "<title>Error: " in page
    assert answers.get("venue", "Room 12") in page
    assert not Meeting.objects.exists()


def test_without_a_meeting_type_the_page_says_what_to_do(officer_client, db):
    assert "there is no type yet" in words_of(officer_client.get(NEW))


@pytest.mark.parametrize("who", ["approver_client", "administrator_client", "liaison_client"])
def test_others_read_that_only_a_policy_officer_plans(request, who, meeting_type):
    visitor = request.getfixturevalue(who)
    assert visitor.get(NEW).status_code == 403
    assert "Only a policy officer plans meetings" in words_of(plan(visitor, meeting_type))
    assert not Meeting.objects.exists()


# --- Details -----------------------------------------------------------------------------------------


def test_details_are_changed_and_told_in_the_history(officer_client, meeting):
    sent = filled_form(officer_client, at("details", meeting))
    officer_client.post(at("details", meeting), sent | {"venue": "Town Hall", "office_note": "Bring the map"})
    meeting.refresh_from_db()
    assert (meeting.venue, meeting.office_note) == ("Town Hall", "Bring the map")
    page = words_of(officer_client.get(at("details", meeting)))
    assert "Venue: “Conference room” was taken out" not in page
    assert "to “Town Hall”" in page or "Venue: Town Hall" in page
    assert "by Olive Farrow" in page


def test_saving_details_untouched_changes_nothing(officer_client, meeting):
    before = {field.name: getattr(meeting, field.name) for field in Meeting._meta.fields}
    path = at("details", meeting)
    assert officer_client.post(path, filled_form(officer_client, path)).status_code == 302
    meeting.refresh_from_db()
    assert {field.name: getattr(meeting, field.name) for field in Meeting._meta.fields} == before


def test_a_meeting_is_held_when_its_day_has_come(officer_client, meeting_type):
    future = services.plan_meeting(type=meeting_type, date=dt.date(2999, 1, 3), by=None)
    path = at("details", future)
    answer = officer_client.post(
        path, filled_form(officer_client, path) | {"status": "held", "venue": "Elsewhere"}
    )
    assert "Say that it was held on that day or later" in words_of(answer)
    future.refresh_from_db()
    assert (future.status, future.venue) == ("planned", "")


@pytest.mark.parametrize("status", ["held", "cancelled", "moved"])
def test_an_officer_says_where_a_meeting_stands(officer_client, meeting, status):
    path = at("details", meeting)
    officer_client.post(path, filled_form(officer_client, path) | {"status": status})
    meeting.refresh_from_db()
    assert meeting.status == status


def test_old_notes_are_marked_as_published_elsewhere(officer_client, meeting):
    path = at("details", meeting)
    sent = filled_form(officer_client, path) | {"published_elsewhere": "on"}
    officer_client.post(path, sent | date_parts("originally_published", 12, 10, 2026))
    meeting.refresh_from_db()
    assert meeting.published_elsewhere
    assert meeting.originally_published == dt.date(2026, 10, 12)


def test_an_import_without_a_date_asks_for_it(officer_client, meeting):
    services.change_meeting(meeting, date=None, by=None)
    path = at("details", meeting)
    answer = officer_client.post(path, filled_form(officer_client, path))
    assert "Enter the date of the meeting" in words_of(answer)


@pytest.mark.parametrize("text", ODD_TEXTS.values(), ids=ODD_TEXTS)
def test_odd_texts_are_kept_and_shown_as_text(officer_client, meeting, text):
    path = at("details", meeting)
    officer_client.post(path, filled_form(officer_client, path) | {"title": text, "summary": text})
    meeting.refresh_from_db()
    assert (meeting.title, meeting.summary) == (text, text)
    page = officer_client.get(at("attendance", meeting)).content.decode()
    assert "<script>alert" not in page
    assert "14 2026" not in page


def test_a_text_that_is_too_long_is_told_in_words(officer_client, meeting):
    path = at("details", meeting)
    answer = officer_client.post(path, filled_form(officer_client, path) | {"summary": "word " * 20_000})
    assert "Summary must be 2,000 characters or less" in words_of(answer)


# --- Next meeting ------------------------------------------------------------------------------------


def test_the_next_meeting_is_written_down(officer_client, meeting):
    sent = {"next_type": "Thematic", "next_subject": "Custody", "next_start": "14:00", "next_venue": ""}
    path = at("next", meeting)
    sent = filled_form(officer_client, path) | sent | date_parts("next_date", 28, "October", 2026)
    officer_client.post(path, sent)
    meeting.refresh_from_db()
    assert (meeting.next_type, meeting.next_date, meeting.next_start) == (
        "Thematic",
        dt.date(2026, 10, 28),
        dt.time(14),
    )


def test_the_next_meeting_comes_after_this_one(officer_client, meeting):
    path = at("next", meeting)
    sent = filled_form(officer_client, path) | date_parts("next_date", 1, 9, 2026)
    answer = officer_client.post(path, sent)
    assert "Date must be after 24 September 2026, the day of this meeting" in words_of(answer)


def test_what_was_published_elsewhere_may_say_what_it_said(officer_client, meeting):
    services.change_meeting(meeting, published_elsewhere=True, by=None)
    path = at("next", meeting)
    sent = filled_form(officer_client, path) | date_parts("next_date", 1, 9, 2026)
    assert officer_client.post(path, sent).status_code == 302


def test_the_form_is_filled_with_the_next_planned_meeting(officer_client, meeting, meeting_type):
    services.plan_meeting(
        type=meeting_type, date=dt.date(2026, 10, 28), start=dt.time(14), title="Custody", by=None
    )
    page = officer_client.get(at("next", meeting))
    assert "Wednesday 28 October 2026, 2pm" in words_of(page)
    filled = officer_client.get(f"{at('next', meeting)}?as=planned").context["form"]
    assert filled["next_subject"].value() == "Custody"
    assert filled["next_date"].value() == dt.date(2026, 10, 28)


# --- Who sees what -----------------------------------------------------------------------------------

PAGES = ["details", "next", "attendance", "agenda", "invite"]


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("who", ["liaison_client", "administrator_client"])
def test_a_meeting_is_not_found_by_those_who_read_no_record(request, who, name, meeting):
    visitor = request.getfixturevalue(who)
    missing = visitor.get(at(name, 999_999))
    assert missing.status_code == 404
    assert visitor.get(at(name, meeting)).content == missing.content


@pytest.mark.parametrize("name", ["details", "next", "invite"])
def test_an_approver_reads_and_does_not_change(approver_client, name, meeting):
    answer = approver_client.get(at(name, meeting))
    assert answer.status_code == 403
    assert "Only a policy officer changes it" in words_of(answer)


@pytest.mark.parametrize("name", ["attendance", "agenda"])
def test_an_approver_reads_the_list_and_the_agenda_without_buttons(approver_client, name, meeting):
    page = words_of(approver_client.get(at(name, meeting)))
    assert "Remove" not in page
    assert "Save" not in page
    assert approver_client.post(at(name, meeting)).status_code == 403


@pytest.mark.parametrize("name", PAGES)
def test_a_removed_meeting_is_not_found(officer_client, officer, meeting, name):
    services.remove_together([meeting], by=officer)
    assert officer_client.get(at(name, meeting)).status_code == 404
