"""Who is at a meeting, on the office's pages."""

import datetime as dt

import pytest

from meetings import services
from meetings.models import Attendance, Person, Role
from tests.meetings.pages import ODD_TEXTS, at, filled_form, undo_of, words_of


def present(client, meeting, **answers):
    path = at("attendance", meeting)
    return client.post(path, filled_form(client, path) | answers)


def test_apologies_and_part_are_marked_on_one_page(officer_client, meeting, pcc, cc):
    present(
        officer_client,
        meeting,
        **{
            f"presence_{pcc.pk}": "apologies",
            f"presence_{cc.pk}": "part",
            f"present_for_{cc.pk}": "items 2 to 4",
        },
    )
    pcc.refresh_from_db()
    cc.refresh_from_db()
    assert pcc.presence == "apologies"
    assert (cc.presence, cc.present_for) == ("part", "items 2 to 4")


def test_present_for_goes_when_they_were_there_throughout(officer_client, meeting, cc):
    services.change_attendee(cc, presence="part", present_for="items 2 to 4", by=None)
    present(officer_client, meeting, **{f"presence_{cc.pk}": "present"})
    cc.refresh_from_db()
    assert cc.present_for == ""


def test_an_answer_that_is_none_of_the_three_is_told_in_words(officer_client, meeting, cc):
    answer = present(officer_client, meeting, **{f"presence_{cc.pk}": "asleep"})
    assert "There is a problem" in words_of(answer)


def test_the_usual_people_are_added_when_the_list_is_empty(officer_client, officer, meeting):
    for one in meeting.attendances.all():
        services.remove_attendee(one, officer)
    page = words_of(officer_client.get(at("attendance", meeting)))
    assert "Nobody is on the list yet" in page
    assert "2 of the roles that usually come to a Monthly Assurance Meeting have nobody on the list" in page
    officer_client.post(at("invite_usual_people", meeting))
    assert [one.abbreviation for one in meeting.attendances.all()] == ["PCC", "CC"]


def test_the_usual_people_are_not_added_twice(officer_client, meeting):
    page = officer_client.post(at("invite_usual_people", meeting), follow=True)
    assert "Nobody was added" in words_of(page)
    assert meeting.attendances.count() == 2


def test_without_a_date_nobody_knows_who_usually_comes(officer_client, meeting):
    services.change_meeting(meeting, date=None, by=None)
    page = officer_client.post(at("invite_usual_people", meeting), follow=True)
    assert "Enter the date of the meeting first" in words_of(page)


# --- Adding somebody ---------------------------------------------------------------------------------

SOMEBODY = {"who": "known", "presence": "present", "publish_as": ""}


@pytest.fixture
def deputy(db):
    """Somebody who holds a role, and does not usually come."""
    role = Role.objects.create(
        title="Deputy Chief Constable", abbreviation="DCC", body="force", publish_as="name"
    )
    person = Person.objects.create(name="Ines Hollow")
    services.appoint(role, person, starts=dt.date(2025, 1, 1), by=None)
    return person


def test_a_person_comes_with_the_role_that_they_hold_that_day(officer_client, meeting, deputy):
    officer_client.post(at("invite", meeting), SOMEBODY | {"person": deputy.pk})
    added = meeting.attendances.get(person=deputy)
    assert (added.role_title, added.abbreviation, added.printed) == (
        "Deputy Chief Constable",
        "DCC",
        "The DCC",
    )
    assert added.publish_as == "name"


def test_somebody_new_is_added_with_a_role_in_words(officer_client, meeting):
    officer_client.post(
        at("invite", meeting),
        SOMEBODY
        | {"who": "new", "new_name": "Ada Quill", "role_title": "Head of custody", "publish_as": "role"},
    )
    added = meeting.attendances.get(name="Ada Quill")
    assert (added.role_title, added.printed, added.publish_as) == (
        "Head of custody",
        "The Head of custody",
        "role",
    )
    assert Person.objects.filter(name="Ada Quill").exists()


def test_somebody_new_whose_short_name_is_taken_is_not_stored_at_all(officer_client, meeting):
    answer = officer_client.post(
        at("invite", meeting), SOMEBODY | {"who": "new", "new_name": "Ada Quill", "abbreviation": "cc"}
    )
    assert "Imogen Vale is CC at this meeting. Tell the two apart" in words_of(answer)
    assert 'href="#id_abbreviation"' in words_of(answer)
    assert not Person.objects.filter(name="Ada Quill").exists()


def test_a_person_is_on_the_list_once(officer_client, meeting, cc):
    answer = officer_client.post(
        at("invite", meeting), SOMEBODY | {"person": cc.person_id, "abbreviation": "X"}
    )
    assert "Imogen Vale is on the list already" in words_of(answer)


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        ({}, "Select the person from the list"),
        ({"who": ""}, "Select who it is"),
        ({"who": "new"}, "Enter the name"),
        ({"person": "999999"}, "What was chosen is not in the list"),
        ({"person": "'; DROP TABLE"}, "What was chosen is not in the list"),
        ({"who": "new", "new_name": "a\0b"}, "hidden character"),
    ],
)
def test_an_answer_that_is_missing_is_told_in_words(officer_client, meeting, answers, sentence):
    answer = officer_client.post(at("invite", meeting), SOMEBODY | answers)
    assert sentence in words_of(answer)
    assert meeting.attendances.count() == 2


# --- Changing and removing ---------------------------------------------------------------------------


def test_what_is_printed_and_published_is_changed_for_this_meeting_alone(officer_client, meeting, cc):
    path = at("attendee", meeting, cc)
    officer_client.post(
        path, filled_form(officer_client, path) | {"abbreviation": "T/CC", "publish_as": "counted"}
    )
    cc.refresh_from_db()
    assert (cc.abbreviation, cc.publish_as) == ("T/CC", "counted")
    assert cc.role.abbreviation == "CC"


def test_a_short_name_belongs_to_one_person(officer_client, meeting, cc):
    path = at("attendee", meeting, cc)
    answer = officer_client.post(path, filled_form(officer_client, path) | {"abbreviation": "PCC"})
    assert "Rowan Ashdown is PCC at this meeting" in words_of(answer)


def test_saving_a_person_untouched_changes_nothing(officer_client, meeting, cc):
    path = at("attendee", meeting, cc)
    before = {field.name: getattr(cc, field.name) for field in Attendance._meta.fields}
    officer_client.post(path, filled_form(officer_client, path))
    cc.refresh_from_db()
    assert {field.name: getattr(cc, field.name) for field in Attendance._meta.fields} == before


def test_a_person_is_removed_and_brought_back(officer_client, meeting, cc):
    page = officer_client.post(at("remove_attendee", meeting, cc), follow=True)
    assert "Imogen Vale removed from the list" in words_of(page)
    assert not meeting.attendances.filter(pk=cc.pk).exists()
    officer_client.post(undo_of(page))
    assert meeting.attendances.filter(pk=cc.pk).exists()


def test_whoever_spoke_stays_with_the_reason_why(officer_client, meeting, cc, exchange):
    page = officer_client.post(at("remove_attendee", meeting, cc), follow=True)
    assert "Imogen Vale has spoken in 2.1.1" in words_of(page)
    assert meeting.attendances.filter(pk=cc.pk).exists()


def test_the_history_of_an_attendance_says_who_changed_what(officer_client, officer, meeting, cc):
    services.change_attendee(cc, presence="apologies", by=officer)
    page = words_of(officer_client.get(at("attendee", meeting, cc)))
    assert "from “Present” to “Apologies”" in page
    assert "by Olive Farrow" in page


@pytest.mark.parametrize("text", ODD_TEXTS.values(), ids=ODD_TEXTS)
def test_odd_names_are_shown_as_text(officer_client, meeting, cc, text):
    services.change_attendee(cc, name=text, role_title=text, printed=text, by=None)
    page = officer_client.get(at("attendance", meeting)).content.decode()
    assert "<script>alert" not in page
    assert "<b>bold" not in page


@pytest.mark.parametrize("name", ["attendee", "remove_attendee", "bring_back_attendee"])
def test_somebody_of_another_meeting_is_not_found(officer_client, meeting, meeting_type, cc, name):
    other = services.plan_meeting(type=meeting_type, date=meeting.date, by=None)
    assert officer_client.post(at(name, other, cc)).status_code == 404


def test_a_long_list_asks_no_more_of_the_database(officer_client, meeting, django_assert_max_num_queries):
    with django_assert_max_num_queries(15) as few:
        officer_client.get(at("attendance", meeting))
    for number in range(20):
        person = Person.objects.create(name=f"Person {number}")
        services.add_attendee(meeting, person=person, role_title="Observer", by=None)
    with django_assert_max_num_queries(len(few.captured_queries)):
        officer_client.get(at("attendance", meeting))
