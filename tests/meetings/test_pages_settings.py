"""People, roles, plans, themes, meeting types and the office itself, on the office's pages."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from meetings import services
from meetings.models import (
    AgendaItem,
    Appointment,
    MeetingType,
    Person,
    Plan,
    Role,
    Theme,
    UsualItem,
    UsualPerson,
)
from meetings.services import settings
from publications.models import Identity
from tests.meetings.pages import ODD_TEXTS, at, change, date_parts, filled_form, undo_of, words_of

LISTS = ["settings", "identity", "roles", "people", "plans", "themes", "types"]


@pytest.fixture
def plan(db):
    return settings.add_plan(title="Safer together", starts=dt.date(2025, 4, 1), by=None)


@pytest.fixture
def priority(plan):
    return settings.add_priority(plan, "Putting victims first", by=None)


@pytest.fixture
def theme(priority):
    return settings.add_theme(name="Domestic abuse", priorities=[priority], by=None)


@pytest.fixture
def rowan(commissioner):
    return Person.objects.get(name="Rowan Ashdown")


# --- Who may -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("who", ["officer_client", "approver_client", "administrator_client"])
def test_everybody_in_the_office_sees_how_it_is_set_up(request, who, name, db):
    assert request.getfixturevalue(who).get(at(name)).status_code == 200


@pytest.mark.parametrize("name", LISTS)
def test_the_force_does_not_see_how_the_office_is_set_up(liaison_client, name):
    answer = liaison_client.get(at(name))
    assert answer.status_code == 403
    assert "for those who work in the office" in words_of(answer)


@pytest.mark.parametrize("name", ["add_role", "add_theme", "add_type", "add_identity"])
@pytest.mark.parametrize("who", ["officer_client", "approver_client", "liaison_client"])
def test_the_office_itself_is_for_administrators(request, who, name, db):
    answer = request.getfixturevalue(who).post(at(name))
    assert answer.status_code == 403
    assert "Only an administrator looks after" in words_of(answer)


@pytest.mark.parametrize("name", ["add_person", "add_plan"])
def test_people_and_plans_are_for_policy_officers_too(
    officer_client, administrator_client, approver_client, name
):
    assert officer_client.get(at(name)).status_code == 200
    assert administrator_client.get(at(name)).status_code == 200
    assert approver_client.get(at(name)).status_code == 403


def test_services_refuse_whoever_may_not(officer, approver, theme, rowan):
    with pytest.raises(PermissionDenied):
        settings.change_theme(theme, name="Other", by=officer)
    with pytest.raises(PermissionDenied):
        settings.remove(rowan, by=approver)
    with pytest.raises(PermissionDenied):
        settings.add_role(title="Other", body="office", by=officer)


@pytest.mark.parametrize("name", LISTS[2:])
def test_an_empty_list_says_so_in_words(officer_client, name, db):
    page = words_of(officer_client.get(at(name)))
    assert any(words in page for words in ["yet", "No role belongs to it"])


@pytest.mark.parametrize("name", ["role", "person", "plan", "theme", "type"])
def test_what_does_not_exist_is_not_found(administrator_client, name):
    assert administrator_client.get(at(name, 999_999)).status_code == 404


# --- Roles and appointments --------------------------------------------------------------------------

ROLE = {"title": "Head of custody", "abbreviation": "HoC", "body": "force", "publish_as": "role"}


def test_a_role_is_added_with_its_addresses(administrator_client, db):
    letters = {"to": "custody@force.example\nstaff@force.example", "copy": "desk@force.example"}
    administrator_client.post(at("add_role"), ROLE | letters)
    role = Role.objects.get()
    assert list(role.contacts.values_list("line", "email")) == [
        ("copy", "desk@force.example"),
        ("to", "custody@force.example"),
        ("to", "staff@force.example"),
    ]


def test_changed_addresses_are_told_in_the_history(administrator_client, db):
    administrator_client.post(at("add_role"), ROLE)
    role = Role.objects.get()
    change(administrator_client, at("change_role", role), to="new@force.example")
    page = words_of(administrator_client.get(at("role", role)))
    assert "Contact addresses changed" in page
    assert "by Agnes Dole" in page


def test_saving_a_role_untouched_changes_nothing(administrator_client, db):
    administrator_client.post(at("add_role"), ROLE | {"to": "custody@force.example"})
    role = Role.objects.get()
    administrator_client.post(
        at("change_role", role), filled_form(administrator_client, at("change_role", role))
    )
    assert [contact.email for contact in role.contacts.all()] == ["custody@force.example"]
    assert "changed" not in words_of(administrator_client.get(at("role", role))).replace("last changed", "")


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        ({"title": ""}, "Enter the title of the role"),
        ({"body": ""}, "Select whom the role belongs to"),
        ({"to": "custody at force"}, "“custody at force” must be an e-mail address"),
        ({"title": "x" * 201}, "Title must be 200 characters or less"),
        ({"abbreviation": "a\0"}, "hidden character"),
    ],
)
def test_a_role_that_cannot_be_kept_is_told_in_words(administrator_client, answers, sentence):
    assert sentence in words_of(administrator_client.post(at("add_role"), ROLE | answers))
    assert not Role.objects.exists()


def test_two_roles_of_one_body_cannot_have_one_title(administrator_client, commissioner):
    answer = administrator_client.post(
        at("add_role"), ROLE | {"title": "Police and Crime Commissioner", "body": "office"}
    )
    assert "There is a role with this title already" in words_of(answer)


def test_somebody_is_appointed_for_a_time_and_the_one_before_ends(officer_client, chief_constable, rowan):
    sent = {"person": rowan.pk, "kind": "substantive"} | date_parts("starts", 1, 1, 2026)
    officer_client.post(at("appoint", chief_constable), sent)
    page = words_of(officer_client.get(at("role", chief_constable)))
    assert "1 May 2024 to 31 December 2025" in page
    assert "since 1 January 2026" in page


def test_a_role_may_be_vacant(officer_client, chief_constable):
    officer_client.post(
        at("appoint", chief_constable),
        {"person": "", "kind": "substantive"} | date_parts("starts", 1, 1, 2026),
    )
    assert services.holder_on(chief_constable, dt.date(2026, 2, 1)).person is None


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        (date_parts("starts", "", "", ""), "Enter the first day"),
        ({"kind": ""}, "Select how"),
        (
            date_parts("starts", 2, 1, 2026) | date_parts("ends", 1, 1, 2026),
            "Last day must be the same as or after 2 January 2026",
        ),
    ],
)
def test_an_appointment_that_cannot_be_is_told_in_words(officer_client, chief_constable, answers, sentence):
    sent = {"person": "", "kind": "acting"} | date_parts("starts", 1, 1, 2026) | answers
    answer = officer_client.post(at("appoint", chief_constable), sent)
    assert sentence in words_of(answer)
    assert chief_constable.appointments.count() == 1


def test_an_appointment_is_ended(officer_client, chief_constable):
    appointment = chief_constable.appointments.get()
    path = at("change_appointment", chief_constable, appointment)
    officer_client.post(path, filled_form(officer_client, path) | date_parts("ends", 31, 3, 2026))
    assert services.holder_on(chief_constable, dt.date(2026, 4, 1)) is None


def test_an_appointment_is_removed_and_brought_back(officer_client, chief_constable):
    appointment = chief_constable.appointments.get()
    page = officer_client.post(at("remove_appointment", chief_constable, appointment), follow=True)
    assert services.holder_on(chief_constable, dt.date(2026, 1, 1)) is None
    officer_client.post(undo_of(page))
    assert services.holder_on(chief_constable, dt.date(2026, 1, 1)) == appointment


def test_a_role_is_removed_with_its_appointments_and_brought_back(administrator_client, chief_constable):
    page = administrator_client.post(at("remove_role", chief_constable), follow=True)
    assert "Chief Constable (CC) removed" in words_of(page)
    assert not Appointment.objects.exists()
    administrator_client.post(undo_of(page))
    assert Appointment.objects.count() == 1


def test_a_role_that_spoke_at_a_meeting_stays_with_the_reason_why(
    administrator_client, meeting, chief_constable
):
    page = administrator_client.post(at("remove_role", chief_constable), follow=True)
    assert "“Chief Constable (CC)” stays, because an attendance refers to it" in words_of(page)
    assert Role.objects.filter(pk=chief_constable.pk).exists()


def test_a_name_that_was_taken_meanwhile_keeps_a_removed_role_away(administrator_client, administrator, db):
    first = settings.add_role(title="Head of custody", body="force", by=None)
    settings.remove(first, by=administrator)
    settings.add_role(title="Head of custody", body="force", by=None)
    page = administrator_client.post(at("bring_back_role", first), follow=True)
    assert "There is a role with this title already" in words_of(page)


# --- People ------------------------------------------------------------------------------------------


def test_a_person_is_added_and_changed(officer_client, db):
    officer_client.post(at("add_person"), {"name": "Ada Quill", "email": ""})
    ada = Person.objects.get()
    change(officer_client, at("change_person", ada), name="Ada Quill-Moss", email="ada@office.example")
    page = words_of(officer_client.get(at("person", ada)))
    assert "Name: from “Ada Quill” to “Ada Quill-Moss”" in page


def test_an_account_belongs_to_one_person(officer_client, officer, rowan):
    settings.change(rowan, user=officer, by=None)
    form = officer_client.get(at("add_person")).context["form"]
    assert officer not in form.fields["user"].queryset


def test_whoever_is_on_a_meetings_list_stays_with_the_reason_why(officer_client, meeting, rowan):
    page = officer_client.post(at("remove_person", rowan), follow=True)
    assert "“Rowan Ashdown” stays, because an attendance refers to it" in words_of(page)


def test_a_person_is_removed_and_brought_back(officer_client, rowan):
    page = officer_client.post(at("remove_person", rowan), follow=True)
    assert "Rowan Ashdown removed" in words_of(page)
    officer_client.post(undo_of(page))
    assert Person.objects.filter(pk=rowan.pk).exists()
    assert rowan.appointments.count() == 1


def test_no_persons_name_is_in_the_title_of_their_page(officer_client, rowan):
    page = words_of(officer_client.get(at("person", rowan)))
    assert "<title>A person and their roles" in page


@pytest.mark.parametrize("text", ODD_TEXTS.values(), ids=ODD_TEXTS)
def test_odd_names_are_kept_and_shown_as_text(officer_client, text, db):
    officer_client.post(at("add_person"), {"name": text})
    person = Person.objects.get()
    assert person.name == text
    for path in [at("people"), at("person", person)]:
        page = officer_client.get(path).content.decode()
        assert "<script>alert" not in page
        assert "<b>bold" not in page


# --- Plans, priorities, themes -----------------------------------------------------------------------


def test_a_plan_gets_its_priorities_in_order(officer_client, db):
    officer_client.post(at("add_plan"), {"title": "Safer together"} | date_parts("starts", 1, 4, 2025))
    plan = Plan.objects.get()
    for title in ["Victims", "Roads", "Trust"]:
        officer_client.post(at("add_priority", plan), {"title": title})
    trust = plan.priorities.get(title="Trust")
    answer = officer_client.post(at("move_priority", plan, trust, "up"))
    assert [str(priority) for priority in plan.priorities.all()] == ["Victims", "Trust", "Roads"]
    assert answer.url.endswith(f"#up-priority-{trust.pk}")


def test_a_priority_is_renamed_removed_and_brought_back(officer_client, plan, priority, theme):
    change(officer_client, at("change_priority", plan, priority), title="Victims first")
    page = officer_client.post(at("remove_priority", plan, priority), follow=True)
    assert not plan.priorities.exists()
    officer_client.post(undo_of(page))
    assert str(plan.priorities.get()) == "Victims first"
    assert list(theme.priorities.all()) == [priority]


def test_an_empty_priority_is_told_in_words(officer_client, plan):
    assert "Enter the priority" in words_of(officer_client.post(at("add_priority", plan), {"title": " "}))


def test_a_plan_is_removed_with_its_priorities_and_brought_back(officer_client, plan, priority):
    page = officer_client.post(at("remove_plan", plan), follow=True)
    assert "There is no plan yet" in words_of(page)
    officer_client.post(undo_of(page))
    assert plan.priorities.count() == 1


def test_a_theme_says_which_priorities_it_serves(administrator_client, priority):
    administrator_client.post(at("add_theme"), {"name": "Custody", "priorities": [priority.pk]})
    page = words_of(administrator_client.get(at("theme", Theme.objects.get())))
    assert "Putting victims first" in page
    assert "Priorities: Putting victims first" in page


def test_two_themes_cannot_have_one_name(administrator_client, theme):
    answer = administrator_client.post(at("add_theme"), {"name": "Domestic abuse"})
    assert "There is a theme of this name already" in words_of(answer)


def test_a_theme_that_items_are_about_stays_with_the_reason_why(administrator_client, theme, leadership):
    services.change_item(leadership, themes=[theme], by=None)
    page = administrator_client.post(at("remove_theme", theme), follow=True)
    assert "“Domestic abuse” stays, because an agenda item refers to it" in words_of(page)


def test_a_theme_is_removed_and_brought_back(administrator_client, theme):
    page = administrator_client.post(at("remove_theme", theme), follow=True)
    administrator_client.post(undo_of(page))
    assert Theme.objects.filter(pk=theme.pk).exists()


# --- Meeting types -----------------------------------------------------------------------------------

TYPE = {"name": "Thematic", "held": "private", "venue": "Hall", "start": "2pm", "speaker_style": "colon"}


def test_a_type_is_added_and_shares_actions_both_ways(administrator_client, meeting_type):
    administrator_client.post(at("add_type"), TYPE | {"shares_actions_with": [meeting_type.pk]})
    thematic = MeetingType.objects.get(name="Thematic")
    assert thematic.start == dt.time(14)
    assert list(meeting_type.shares_actions_with.all()) == [thematic]


def test_a_type_gets_a_nested_default_agenda(administrator_client, db):
    administrator_client.post(at("add_type"), TYPE)
    kind = MeetingType.objects.get()
    for title in ["Scrutiny", "Custody"]:
        administrator_client.post(at("add_usual_item", kind), {"title": title, "kind": "other"})
    custody = kind.usual_items.get(title="Custody")
    administrator_client.post(at("nest_usual_item", kind, custody))
    numbers = [line["number"] for line in administrator_client.get(at("type", kind)).context["items"]]
    assert numbers == ["1", "1.1"]
    administrator_client.post(at("unnest_usual_item", kind, custody))
    administrator_client.post(at("move_usual_item", kind, custody, "up"))
    assert [str(item) for item in kind.usual_items.all()] == ["Custody", "Scrutiny"]


def test_a_usual_item_is_changed_removed_with_its_sub_items_and_brought_back(
    administrator_client, meeting_type
):
    main = meeting_type.usual_items.get(title="Holding to account")
    change(administrator_client, at("change_usual_item", meeting_type, main), title="Scrutiny")
    page = administrator_client.post(at("remove_usual_item", meeting_type, main), follow=True)
    assert meeting_type.usual_items.count() == 2
    administrator_client.post(undo_of(page))
    assert meeting_type.usual_items.count() == 5
    assert meeting_type.usual_items.get(pk=main.pk).title == "Scrutiny"


def test_a_removed_usual_item_is_on_no_new_agenda(administrator, meeting_type):
    settings.remove(meeting_type.usual_items.get(title="Matters arising"), by=administrator)
    meeting = services.plan_meeting(type=meeting_type, date=dt.date(2026, 10, 22), by=None)
    assert not AgendaItem.objects.filter(meeting=meeting, title="Matters arising").exists()


def test_somebody_usually_comes_and_no_longer(administrator_client, meeting_type, db):
    observer = settings.add_role(title="Observer", body="other", by=None)
    administrator_client.post(
        at("add_usual_person", meeting_type), {"role": observer.pk, "minute_taker": "on"}
    )
    usual = meeting_type.usual_people.get(role=observer)
    assert usual.minute_taker
    again = administrator_client.post(at("add_usual_person", meeting_type), {"role": observer.pk})
    assert "among the usual people already" in words_of(again)
    change(administrator_client, at("change_usual_person", meeting_type, usual), chair="on")
    administrator_client.post(at("move_usual_person", meeting_type, usual, "up"))
    page = administrator_client.post(at("remove_usual_person", meeting_type, usual), follow=True)
    administrator_client.post(undo_of(page))
    assert [str(one) for one in meeting_type.usual_people.all()][1] == "Observer"
    assert meeting_type.usual_people.get(role=observer).chair


def test_the_history_of_a_type_tells_of_its_agenda_and_people(
    administrator_client, administrator, meeting_type
):
    settings.add_usual_item(meeting_type, title="Custody", by=administrator)
    page = words_of(administrator_client.get(at("type", meeting_type)))
    assert "Usual item added" in page
    assert "Title: Custody" in page


def test_a_type_that_meetings_are_of_stays_with_the_reason_why(administrator_client, meeting, meeting_type):
    page = administrator_client.post(at("remove_type", meeting_type), follow=True)
    assert "“Monthly Assurance Meeting” stays, because a meeting refers to it" in words_of(page)


def test_a_type_is_removed_and_brought_back(administrator_client, meeting_type):
    page = administrator_client.post(at("remove_type", meeting_type), follow=True)
    administrator_client.post(undo_of(page))
    assert UsualItem.objects.filter(type=meeting_type).count() == 5
    assert UsualPerson.objects.filter(type=meeting_type).count() == 2


def test_a_usual_item_of_another_type_is_not_found(administrator_client, meeting_type):
    other = settings.add_type(name="Thematic", held="private", by=None)
    item = meeting_type.usual_items.first()
    assert administrator_client.post(at("remove_usual_item", other, item)).status_code == 404


# --- The office --------------------------------------------------------------------------------------

OFFICE = {
    "office_name": "Police and Crime Commissioner for Marlshire",
    "office_short_name": "Marlshire Commissioner",
    "commissioner_title": "Police and Crime Commissioner",
    "force_name": "Marlshire Police",
    "accent_colour": "#1f4f5f",
} | date_parts("starts", 1, 4, 2020)


def test_an_office_says_who_it_is_and_who_it_will_be(administrator_client, db):
    administrator_client.post(at("add_identity"), OFFICE)
    later = OFFICE | {"office_name": "Marlshire Policing Board"} | date_parts("starts", 1, 5, 2999)
    administrator_client.post(at("add_identity"), later)
    assert Identity.current(timezone.localdate()).office_name == OFFICE["office_name"]
    page = words_of(administrator_client.get(at("identity")))
    assert "From 1 May 2999 on" in page
    assert "Marlshire Policing Board" in page


def test_a_change_of_the_office_starts_from_what_holds_today(administrator_client, db):
    administrator_client.post(at("add_identity"), OFFICE)
    form = administrator_client.get(at("add_identity")).context["form"]
    assert form["force_name"].value() == "Marlshire Police"
    assert form["starts"].value() is None


def test_two_changes_cannot_begin_on_one_day(administrator_client, db):
    administrator_client.post(at("add_identity"), OFFICE)
    answer = administrator_client.post(at("add_identity"), OFFICE)
    assert answer.status_code == 200
    assert "begins that day" in words_of(answer)


def test_a_slip_in_the_office_is_corrected(administrator_client, db):
    administrator_client.post(at("add_identity"), OFFICE)
    identity = Identity.objects.get()
    change(administrator_client, at("change_identity", identity), telephone="01632 960000")
    identity.refresh_from_db()
    assert identity.telephone == "01632 960000"


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        ({"office_name": ""}, "Enter the name of the office"),
        ({"accent_colour": "teal"}, "Enter a colour as # and six digits"),
        ({"accent_colour": "#ffee00"}, "Colour must be darker"),
        ({"website": "javascript:alert(1)"}, "web address in the correct format"),
        ({"email": "office"}, "e-mail address in the correct format"),
        (date_parts("starts", "", "", ""), "Enter the first day"),
    ],
)
def test_an_office_that_cannot_be_is_told_in_words(administrator_client, db, answers, sentence):
    assert sentence in words_of(administrator_client.post(at("add_identity"), OFFICE | answers))
    assert not Identity.objects.exists()


# --- Long lists --------------------------------------------------------------------------------------


def fill(times: int, start: int = 0):
    """So many of everything, each with what hangs on it."""
    plan = settings.add_plan(title=f"Plan {start}", starts=dt.date(2025, 4, 1), by=None)
    for number in range(start, start + times):
        role = settings.add_role(
            title=f"Role {number}", body="force", to=[f"{number}@force.example"], by=None
        )
        person = settings.add_person(name=f"Person {number}", by=None)
        services.appoint(role, person, starts=dt.date(2025, 1, 1), by=None)
        priority = settings.add_priority(plan, f"Priority {number}", by=None)
        settings.add_theme(name=f"Theme {number}", priorities=[priority], by=None)
        kind = settings.add_type(name=f"Type {number}", held="private", by=None)
        settings.add_usual_item(kind, title="Item", by=None)
        settings.add_usual_person(kind, role, by=None)


@pytest.mark.parametrize("name", [*LISTS, "plan_meeting", "add_theme", "add_person"])
def test_ten_times_as_much_asks_no_more_of_the_database(officer_client, administrator_client, name):
    client = administrator_client if name == "add_theme" else officer_client
    fill(2)
    client.get(at(name))
    with CaptureQueriesContext(connection) as few:
        client.get(at(name))
    fill(20, start=2)
    with CaptureQueriesContext(connection) as many:
        client.get(at(name))
    assert len(many) == len(few)


@pytest.mark.parametrize("name", ["role", "plan", "type", "theme"])
def test_a_long_history_asks_no_more_of_the_database(administrator_client, administrator, name):
    fill(1)
    row = {"role": Role, "plan": Plan, "type": MeetingType, "theme": Theme}[name].objects.first()
    field = "name" if name in {"type", "theme"} else "title"

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            administrator_client.get(at(name, row))
        return len(asked)

    settings.change(row, **{field: "Renamed"}, by=administrator)
    few = queries()
    for number in range(30):
        settings.change(row, **{field: f"Renamed {number}"}, by=administrator)
    assert queries() == few


def test_the_office_page_says_who_renamed_the_office_and_when(administrator, administrator_client):
    identity = Identity.objects.create(
        starts=dt.date(2024, 4, 1),
        office_name="Old Office",
        office_short_name="Old",
        commissioner_title="Commissioner",
        force_name="Marlshire Police",
    )
    settings.change(identity, office_name="New Office", by=administrator)
    page = words_of(administrator_client.get(at("identity")))
    assert "Name of the office: from “Old Office” to “New Office”" in page
    assert f"by {administrator.name}" in page


# --- Pressed twice -----------------------------------------------------------------------------------


def test_a_button_pressed_twice_adds_one_person(administrator_client):
    form = filled_form(administrator_client, at("add_person")) | {"name": "Robin Marsh"}
    answers = [administrator_client.post(at("add_person"), form) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert answers[0].headers["Location"] == answers[1].headers["Location"]
    assert Person.objects.filter(name="Robin Marsh").count() == 1


def test_other_words_sent_by_the_same_form_are_not_swallowed(administrator_client):
    form = filled_form(administrator_client, at("add_person")) | {"name": "Robin Marsh"}
    administrator_client.post(at("add_person"), form)
    answer = administrator_client.post(at("add_person"), form | {"name": "Robyn Marsh"})
    assert "This was sent before with other words" in words_of(answer)
    assert "Robyn Marsh" in answer.content.decode()
    assert not Person.objects.filter(name="Robyn Marsh").exists()
