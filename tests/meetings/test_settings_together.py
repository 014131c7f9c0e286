"""Two people change the same settings at the same time: nobody overwrites what the other has saved."""

import datetime as dt

import pytest

from accounts.models import DutyKind
from meetings.models import MeetingType, UsualItem, UsualPerson
from meetings.services import settings
from publications.models import Identity
from tests.conftest import person, signed_in
from tests.meetings.pages import at, filled_form, words_of

OFFICE = {
    "starts": dt.date(2024, 5, 8),
    "office_name": "Office of the Police and Crime Commissioner for Marlshire",
    "office_short_name": "Marlshire OPCC",
    "commissioner_title": "Police and Crime Commissioner",
    "force_name": "Marlshire Police",
}


@pytest.fixture
def rows(commissioner, chief_constable, meeting_type):
    """One of everything that is looked after, by the name of the page that changes it."""
    plan = settings.add_plan(title="Safer together", starts=dt.date(2025, 4, 1), by=None)
    priority = settings.add_priority(plan, "Putting victims first", by=None)
    item = settings.add_usual_item(meeting_type, title="Performance", by=None)
    appointment = chief_constable.appointments.get()
    usual = UsualPerson.objects.filter(type=meeting_type).first()
    return {
        "change_role": (chief_constable,),
        "change_appointment": (chief_constable, appointment),
        "change_person": (appointment.person,),
        "change_plan": (plan,),
        "change_priority": (plan, priority),
        "change_theme": (settings.add_theme(name="Custody", priorities=[priority], by=None),),
        "change_type": (meeting_type,),
        "change_usual_item": (meeting_type, item),
        "change_usual_person": (meeting_type, usual),
        "change_identity": (settings.add(Identity(**OFFICE), by=None),),
    }


@pytest.fixture
def second(db):
    return signed_in(person("second@office.example", "Sunniva Park", DutyKind.ADMINISTRATOR))


# What the first and the second of the two answer, and the same in the words of the page.
BOTH = {
    "change_role": ("title", "Chief of police", "Head of the force"),
    "change_appointment": ("kind", "acting", "temporary"),
    "change_person": ("name", "Ms I Vale", "Imogen A Vale"),
    "change_plan": ("title", "Safer still", "Safer for all"),
    "change_priority": ("title", "Victims first", "Victims before all"),
    "change_theme": ("name", "Custody suites", "Detention"),
    "change_type": ("venue", "Marl House", "Town Hall"),
    "change_usual_item": ("title", "Figures", "How it goes"),
    "change_identity": ("telephone", "01632 960001", "01632 960002"),
}


@pytest.mark.parametrize("name", BOTH)
def test_the_second_is_told_who_changed_it_and_chooses(administrator_client, second, rows, name):
    path, (field, theirs, mine) = at(name, *rows[name]), BOTH[name]
    opened = filled_form(second, path)
    administrator_client.post(path, filled_form(administrator_client, path) | {field: theirs})
    answer = second.post(path, opened | {field: mine})
    page = words_of(answer).lower()
    assert answer.status_code == 409
    assert "agnes dole changed it on" in page
    assert theirs.lower() in page
    assert mine.lower() in page
    assert stored(rows[name], field) == theirs
    chosen = {"base_version": answer.context["base_version"], f"keep-{field}": "mine"}
    assert second.post(path, opened | {field: mine} | chosen).status_code == 302
    assert stored(rows[name], field) == mine


def stored(row, field: str) -> str:
    row[-1].refresh_from_db()
    return getattr(row[-1], field)


def test_theirs_stays_when_it_is_chosen(administrator_client, second, rows):
    path = at("change_plan", *rows["change_plan"])
    opened = filled_form(second, path)
    administrator_client.post(path, filled_form(administrator_client, path) | {"title": "Safer still"})
    answer = second.post(path, opened | {"title": "Safer for all"})
    chosen = {"base_version": answer.context["base_version"], "keep-title": "theirs"}
    second.post(path, opened | {"title": "Safer for all"} | chosen)
    assert stored(rows["change_plan"], "title") == "Safer still"


def test_different_answers_of_two_people_both_stay(administrator_client, second, rows):
    path = at("change_type", *rows["change_type"])
    opened = filled_form(second, path)
    administrator_client.post(path, filled_form(administrator_client, path) | {"venue": "Marl House"})
    assert second.post(path, opened | {"name": "Monthly Meeting"}).status_code == 302
    changed = MeetingType.objects.get(pk=rows["change_type"][0].pk)
    assert (changed.name, changed.venue) == ("Monthly Meeting", "Marl House")


@pytest.mark.parametrize("name", [*BOTH, "change_usual_person"])
def test_a_form_that_does_not_say_what_it_started_from_is_refused(administrator_client, rows, name):
    path = at(name, *rows[name])
    sent = filled_form(administrator_client, path)
    del sent["base_version"]
    assert administrator_client.post(path, sent).status_code == 428
    damaged = sent | {"base_version": "x"}
    assert administrator_client.post(path, damaged).status_code == 400


def test_sent_twice_it_is_done_once(administrator_client, rows):
    path, shown = at("change_plan", *rows["change_plan"]), rows["change_plan"][0]
    sent = filled_form(administrator_client, path) | {"title": "Safer still"}
    answers = [administrator_client.post(path, sent).status_code for _ in range(2)]
    assert answers == [302, 302]
    assert shown.history.filter(title="Safer still").count() == 1


def test_what_was_removed_meanwhile_is_brought_back_with_one_press(
    administrator_client, second, rows, administrator
):
    path, (_, item) = at("change_usual_item", *rows["change_usual_item"]), rows["change_usual_item"]
    opened = filled_form(second, path)
    settings.remove(item, by=administrator)
    answer = second.post(path, opened | {"title": "How it goes"})
    assert answer.status_code == 409
    page = words_of(answer)
    assert "Agnes Dole deleted this while you were writing" in page
    assert "How it goes" in page
    second.post(answer.context["undo"])
    assert UsualItem.objects.filter(pk=item.pk).exists()
