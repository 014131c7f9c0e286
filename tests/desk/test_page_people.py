"""Who is here, told without leaving the item."""

import pytest
from django.urls import reverse

from accounts.models import Body
from desk import attending
from meetings import services
from meetings.models import Attendance, Person, Role

Presence = Attendance.Presence
JSON = {"Accept": "application/json"}


@pytest.fixture
def tell(officer_client, meeting, leadership):
    """Press what happened to somebody while Leadership, item 2.1, is spoken of."""

    def press(attendance, answer, **others):
        address = reverse("desk:attend", args=[meeting.pk, attendance.pk])
        headers = others.pop("headers", {})
        shown = Attendance.with_removed.get(pk=attendance.pk)
        form = {
            "item": leadership.pk,
            "answer": answer,
            "base_version": str(attending.Seen.of(shown)),
            **others,
        }
        sent = officer_client.post(address, form, headers=headers)
        attendance.refresh_from_db()
        return sent

    return press


def test_who_comes_late_is_present_from_the_item_that_is_spoken_of(tell, cc):
    tell(cc, "arrived")
    assert (cc.presence, cc.present_for) == (Presence.PART, "from item 2.1")


def test_who_leaves_was_present_until_then(tell, cc):
    tell(cc, "left")
    assert (cc.presence, cc.present_for) == (Presence.PART, "until item 2.1")


def test_who_came_late_and_leaves_early_was_present_for_the_items_between(tell, cc):
    services.change_attendee(cc, presence=Presence.PART, present_for="from item 1", by=None)
    tell(cc, "left")
    assert cc.present_for == "items 1 to 2.1"


@pytest.mark.parametrize(
    ("before", "came", "left"),
    [
        ("", "from item 4", "until item 4"),
        ("from item 2", "from item 4", "items 2 to 4"),
        ("from item 4", "from item 4", "item 4"),
        ("until item 2", "until item 2, and from item 4", "until item 2, until item 4"),
        ("until item 2, and from item 3", "from item 4", "until item 2, and items 3 to 4"),
    ],
)
def test_coming_and_going_is_told_as_notes_tell_it(before, came, left):
    assert attending.on_arriving(before, "4") == came
    assert attending.on_leaving(before, "4") == left


def test_apologies_are_taken_back_in_one_press(tell, cc):
    tell(cc, "apologies")
    assert cc.presence == Presence.APOLOGIES
    tell(cc, "present")
    assert (cc.presence, cc.present_for) == (Presence.PRESENT, "")


def test_what_somebody_was_present_for_can_be_typed(tell, cc):
    tell(cc, "part", present_for="  items 2  to 4 ")
    assert (cc.presence, cc.present_for) == (Presence.PART, "items 2 to 4")


def test_telling_leads_back_to_the_item(tell, cc, leadership):
    assert tell(cc, "left")["Location"] == f"{leadership.get_absolute_url()}#here"


def test_a_script_gets_the_list_as_it_is_now(tell, cc):
    answer = tell(cc, "left", headers=JSON).json()
    assert answer["state"] == "saved"
    assert answer["sentence"] == "Imogen Vale is present until item 2.1"
    assert "until item 2.1" in answer["html"]["here"]


@pytest.mark.parametrize("answer", ["", "danced"])
def test_what_is_no_answer_is_told_in_words(tell, cc, answer):
    assert tell(cc, answer).status_code == 400
    assert cc.presence == Presence.PRESENT


def test_too_much_is_refused_with_what_was_typed(tell, cc):
    sent = tell(cc, "part", present_for="x" * 201)
    assert sent.status_code == 400
    assert "x" * 201 in sent.content.decode()


def test_an_item_of_another_meeting_is_not_found(officer_client, meeting, cc, another_meeting):
    other = another_meeting.items.first()
    address = reverse("desk:attend", args=[meeting.pk, cc.pk])
    assert officer_client.post(address, {"item": other.pk, "answer": "left"}).status_code == 404


def test_a_press_on_an_old_page_overwrites_nobody(tell, cc, officer):
    services.change_attendee(cc, presence=Presence.APOLOGIES, present_for="", by=officer)
    answer = tell(cc, "arrived", base_version="present:")
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Imogen Vale sent apologies" in page
    assert "Imogen Vale is present from item 2.1" in page
    assert str(officer) in page
    assert cc.presence == Presence.APOLOGIES


@pytest.mark.parametrize(("chosen", "presence"), [("mine", Presence.PART), ("theirs", Presence.APOLOGIES)])
def test_who_pressed_on_an_old_page_chooses(tell, cc, officer, chosen, presence):
    services.change_attendee(cc, presence=Presence.APOLOGIES, present_for="", by=officer)
    clash = tell(cc, "left", base_version="part:from item 1")
    sent = dict(clash.context["posted"]) | {"base_version": clash.context["base_version"]}
    answer = sent.pop("answer")
    assert tell(cc, answer, **sent, **{"keep-answer": chosen}).status_code == 302
    assert (cc.presence, cc.present_for) == (presence, "items 1 to 2.1" if chosen == "mine" else "")


def test_pressed_twice_on_one_page_it_is_recorded_once(tell, cc):
    answers = [tell(cc, "left", base_version="present:").status_code for _ in range(2)]
    assert answers == [302, 302]
    assert cc.present_for == "until item 2.1"
    assert cc.history.filter(present_for="until item 2.1").count() == 1


@pytest.mark.parametrize(("base", "status"), [("", 428), ("danced", 400), ("danced:", 400)])
def test_a_press_says_what_it_was_pressed_beside(tell, cc, base, status):
    assert tell(cc, "left", base_version=base).status_code == status
    assert cc.presence == Presence.PRESENT


def test_who_is_no_longer_on_the_list_is_told_of_with_what_was_typed(tell, cc, officer):
    services.remove_attendee(cc, officer)
    answer = tell(cc, "part", present_for="items 2 to 4", base_version="present:")
    assert answer.status_code == 409
    assert "items 2 to 4" in answer.content.decode()


@pytest.fixture
def join(officer_client, meeting, leadership):
    """Add a person from the page of Leadership."""

    def add(**typed):
        return officer_client.post(reverse("desk:join", args=[meeting.pk]), {"item": leadership.pk, **typed})

    return add


def test_a_person_who_joined_is_added_with_role_and_short_name(join, meeting):
    assert join(name="Petra Lindqvist", role="Head of Estates", abbreviation="HE").status_code == 302
    added = meeting.attendances.get(abbreviation="HE")
    assert (added.name, added.role_title, added.printed) == ("Petra Lindqvist", "Head of Estates", "The HE")


def test_a_role_is_known_by_its_short_name(join, meeting):
    role = Role.objects.create(title="Head of Estates", abbreviation="HE", body=Body.FORCE)
    join(name="Petra Lindqvist", role="he", abbreviation="")
    added = meeting.attendances.get(name="Petra Lindqvist")
    assert (added.role, added.role_title, added.abbreviation, added.body) == (
        role,
        "Head of Estates",
        "HE",
        Body.FORCE,
    )


def test_whom_the_office_knows_is_not_made_twice(join, meeting):
    known = Person.objects.create(name="Petra Lindqvist")
    join(name="petra lindqvist")
    assert meeting.attendances.get(person=known).name == "Petra Lindqvist"
    assert Person.objects.filter(name__iexact="petra lindqvist").count() == 1


def test_adding_sent_twice_counts_once(join, meeting):
    typed = {"name": "Petra Lindqvist", "op_id": "0b0e9f5e-4f4e-4d5e-9d6c-0f6d1c6f2a11"}
    before = meeting.attendances.count()
    assert [join(**typed).status_code for _ in range(2)] == [302, 302]
    assert meeting.attendances.count() == before + 1


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"name": ""}, "Enter the name"),
        ({"name": "Imogen Vale"}, "Imogen Vale is on the list already."),
        ({"name": "Petra Lindqvist", "abbreviation": "cc"}, "Tell the two apart"),
    ],
)
def test_what_is_wrong_with_a_person_is_said(join, typed, sentence):
    shown = join(**typed)
    assert shown.status_code == 200
    assert sentence in shown.content.decode()


def test_an_approver_reads_who_is_here(approver_client, meeting, leadership, cc):
    page = approver_client.get(leadership.get_absolute_url()).content.decode()
    assert "Imogen Vale" in page
    assert "Leaves now" not in page
    address = reverse("desk:attend", args=[meeting.pk, cc.pk])
    assert approver_client.post(address, {"answer": "left", "item": leadership.pk}).status_code == 403
