"""Short forms: added in one step, written out when saved, put back with one press."""

from uuid import uuid4

import pytest
from django.urls import reverse

from meetings.models import Contribution, ShortForm
from tests.conftest import person
from tests.desk.test_box import add, in_json, press, typed
from tests.meetings.pages import change, filled_form

LIST = reverse("desk:short_forms")


def make(client, short="mh", full="mental health", whose="own", **others):
    return client.post(LIST, {"short": short, "full": full, "whose": whose}, follow=True, **others)


@pytest.fixture
def colleague(db):
    return person("colleague@office.example", "Cleo Marsh")


def test_a_short_form_is_written_out_when_saved(officer_client, leadership):
    make(officer_client)
    add(officer_client, leadership, "pcc asked about mh and MHS")
    assert Contribution.objects.get().text == "asked about mental health and MHS"


def test_it_is_shown_and_put_back_with_one_press(officer_client, leadership):
    make(officer_client)
    make(officer_client, "dv", "domestic violence", "office")
    page = add(officer_client, leadership, "pcc asked about mh and dv").content.decode()
    assert "mh is written out as" in page
    press(officer_client, "put_back", Contribution.objects.get(), place=0)
    assert Contribution.objects.get().text == "asked about mh and domestic violence"
    press(officer_client, "put_back", Contribution.objects.get(), place=0)
    assert Contribution.objects.get().text == "asked about mh and dv"
    assert Contribution.objects.get().version == 3


def test_it_can_still_be_put_back_after_the_speaker_was_corrected(officer_client, leadership, cc):
    make(officer_client)
    add(officer_client, leadership, "pcc asked about mh")
    press(officer_client, "correct", Contribution.objects.get(), speaker=cc.pk)
    press(officer_client, "put_back", Contribution.objects.get(), place=0)
    assert Contribution.objects.get().text == "asked about mh"


@pytest.mark.parametrize("line", ["pcc: asked about mh and dv", "- mh and dv", "pcc - mh, dv"])
def test_it_is_shown_and_put_back_in_a_rough_line_too(officer_client, leadership, line):
    make(officer_client)
    make(officer_client, "dv", "domestic violence", "office")
    page = add(officer_client, leadership, line, rough="on").content.decode()
    assert "dv is written out as" in page
    before = Contribution.objects.get().rough
    press(officer_client, "put_back", Contribution.objects.get(), place=1)
    words = Contribution.objects.get()
    assert words.rough == before.replace("domestic violence", "dv")
    assert (words.text, words.to_write_up) == ("", True)
    press(officer_client, "put_back", words, place=0)
    assert "mental health" not in Contribution.objects.get().rough


def test_in_a_rough_line_it_is_put_back_after_the_speaker_was_corrected(officer_client, leadership, cc):
    make(officer_client)
    add(officer_client, leadership, "pcc: asked about mh", rough="on")
    press(officer_client, "correct", Contribution.objects.get(), speaker=cc.pk)
    press(officer_client, "put_back", Contribution.objects.get(), place=0)
    assert Contribution.objects.get().rough == "asked about mh"


def test_once_the_name_is_part_of_a_rough_line_it_is_no_longer_offered(officer_client, leadership):
    make(officer_client)
    add(officer_client, leadership, "pcc: asked about mh", rough="on")
    answer = press(officer_client, "correct", Contribution.objects.get(), kind="narrative")
    assert Contribution.objects.get().rough == "The PCC asked about mental health"
    assert "is written out as" not in officer_client.get(answer.url).content.decode()


def test_it_is_not_put_back_upon_a_version_that_is_past(officer_client, leadership):
    make(officer_client)
    add(officer_client, leadership, "pcc asked about mh, and of mh again")
    words = Contribution.objects.get()
    press(officer_client, "put_back", words, place=0)
    assert press(officer_client, "put_back", words, place=1).status_code == 409


def test_the_structured_form_writes_them_out_too(officer_client, leadership, pcc):
    make(officer_client)
    data = {"text": "asked about mh", "speaker": pcc.pk, "kind": "", "op_id": uuid4()}
    officer_client.post(leadership.get_absolute_url(), data)
    assert Contribution.objects.get().text == "asked about mental health"


def test_ones_own_goes_before_the_offices_and_is_nobody_elses(officer_client, leadership, colleague):
    ShortForm.objects.create(short="mh", full="Marlshire", owner=colleague)
    make(officer_client, full="major holiday", whose="office")
    add(officer_client, leadership, "pcc asked about mh")
    make(officer_client, short="MH")
    add(officer_client, leadership, "pcc asked about mh")
    assert [one.text for one in Contribution.objects.order_by("pk")] == [
        "asked about major holiday",
        "asked about mental health",
    ]


@pytest.mark.parametrize(
    ("short", "full", "sentence"),
    [
        ("", "mental health", "Enter the letters to type"),
        ("mh", "", "Enter what they stand for"),
        ("m h", "mental health", "must be one word"),
        ("MH", "mental health", "There is a short form of these letters already"),
        ("x" * 21, "mental health", "20 characters or less"),
        ("m\x00", "mental health", "hidden character"),
    ],
)
def test_what_is_wrong_is_said_and_kept(officer_client, officer, short, full, sentence):
    ShortForm.objects.create(short="mh", full="mental health", owner=officer)
    assert sentence in make(officer_client, short, full).content.decode()
    assert ShortForm.objects.count() == 1


def test_a_short_form_is_changed_removed_and_brought_back(officer_client):
    make(officer_client)
    form = ShortForm.objects.get()
    change(officer_client, reverse("desk:short_form", args=[form.pk]), short="mhe")
    assert ShortForm.objects.get().short == "mhe"
    answer = officer_client.post(reverse("desk:remove_short_form", args=[form.pk]), follow=True)
    assert "mhe is no longer a short form" in answer.content.decode()
    assert not ShortForm.objects.exists()
    officer_client.post(reverse("desk:restore_short_form", args=[form.pk]))
    assert ShortForm.objects.get() == form
    assert form.history.count() == 4


def test_two_who_change_one_of_the_office_choose(officer_client, officer):
    form = ShortForm.objects.create(short="mh", full="mental health")
    path = reverse("desk:short_form", args=[form.pk])
    opened = filled_form(officer_client, path)
    change(officer_client, path, full="mental health care")
    answer = officer_client.post(path, opened | {"full": "more help"})
    assert answer.status_code == 409
    assert "mental health care" in answer.content.decode()
    assert officer_client.post(path, opened | {"base_version": ""}).status_code == 428


def test_letters_that_were_given_away_do_not_come_back(officer_client):
    make(officer_client)
    form = ShortForm.objects.get()
    officer_client.post(reverse("desk:remove_short_form", args=[form.pk]))
    make(officer_client, full="more help")
    assert officer_client.post(reverse("desk:restore_short_form", args=[form.pk])).status_code == 409


def test_one_is_added_from_the_item_without_leaving_it(officer_client, leadership):
    page = officer_client.get(leadership.get_absolute_url()).content.decode()
    assert f'action="{LIST}"' in page
    data = {"short": "mh", "full": "mental health", "whose": "own"}
    answer = officer_client.post(LIST, data, headers={"accept": "application/json"}).json()
    assert answer["state"] == "saved"
    assert in_json(officer_client, leadership, typed("pcc asked about mh")).json()["state"] == "saved"
    assert Contribution.objects.get().text == "asked about mental health"


def test_the_page_lists_ones_own_and_the_offices(officer_client, colleague):
    ShortForm.objects.create(short="zz", full="somebody else’s", owner=colleague)
    make(officer_client)
    page = make(officer_client, "dv", "domestic violence", "office").content.decode()
    assert "mental health" in page
    assert "domestic violence" in page
    assert "somebody else’s" not in page
