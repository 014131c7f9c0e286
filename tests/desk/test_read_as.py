"""After a save: how all of it was understood, what changed beside the record, and where one goes on."""

from uuid import uuid4

from django.urls import reverse

from actions.models import Action
from meetings.models import Contribution, Exchange
from tests.desk.test_box import add, earlier, in_json, press, typed  # noqa: F401
from tests.desk.test_short_forms import make

TWO = "pcc asked why\ncc said so\n\npcc asked when"


def test_every_entry_of_one_save_is_told_of_and_can_be_corrected(officer_client, leadership):
    page = add(officer_client, leadership, TWO).content.decode()
    assert "Entries 2.1.1 to 2.1.2 saved." in page
    assert "PCC asked, CC answered; <b>2.1.2</b> PCC asked" in page
    for words in Contribution.objects.all():
        assert reverse("desk:correct", args=[leadership.meeting_id, words.pk]) in page


def test_what_was_saved_together_stays_in_view_after_one_of_it_is_corrected(officer_client, leadership):
    add(officer_client, leadership, TWO)
    made = ",".join(str(one.pk) for one in Exchange.objects.all())
    answer = press(officer_client, "correct", Contribution.objects.first(), kind="comment", saved=made)
    assert f"?saved={made}#" in answer.url


def test_many_entries_are_told_of_without_a_thousand_buttons(officer_client, leadership):
    text = "\n\n".join(f"pcc asked about {place}\ncc said {place}" for place in range(25))
    looked = add(officer_client, leadership, text).context["looked"]
    page = add(officer_client, leadership, text, looked=looked).content.decode()
    assert "The other 10 are corrected with Edit" in page


def test_an_action_is_told_of_with_owner_and_date(officer_client, leadership):
    page = add(officer_client, leadership, "action cc by 28 oct: find out").content.decode()
    assert "<b>New action 1 added.</b> Chief Constable, due 28 October 2026." in page


def put_back_in(client, action, **others):
    data = {"base_version": action.version, "op_id": uuid4(), "place": 0, **others}
    return client.post(reverse("desk:put_back_in_action", args=[action.meeting_id, action.pk]), data)


def test_a_short_form_in_an_action_is_put_back_with_one_press(officer_client, leadership):
    make(officer_client)
    make(officer_client, "dv", "domestic violence")
    page = add(officer_client, leadership, "action cc: report on mh and dv").content.decode()
    assert "mh is written out as “mental health”, dv is written out as “domestic violence”" in page
    for wording in ["report on mh and domestic violence", "report on mh and dv"]:
        put_back_in(officer_client, Action.objects.get())
        assert Action.objects.get().text == wording


def test_a_short_form_in_an_action_is_not_put_back_upon_a_version_that_is_past(officer_client, leadership):
    make(officer_client)
    add(officer_client, leadership, "action cc: report on mh")
    action = Action.objects.get()
    put_back_in(officer_client, action)
    assert put_back_in(officer_client, action, base_version="").status_code == 428
    assert put_back_in(officer_client, action, place=1).status_code == 409
    assert put_back_in(officer_client, Action.objects.get()).status_code == 409
    assert Action.objects.get().version == 2


def test_a_short_form_in_what_was_reported_is_put_back_with_one_press(
    officer_client,
    meeting,
    earlier,  # noqa: F811
):
    make(officer_client)
    line = f"{earlier.reference} close: reported that mh and the mh board are well"
    page = add(officer_client, meeting.items.first(), line).content.decode()
    assert "mh is written out as" in page
    press(officer_client, "put_back", Contribution.objects.get(), place=1)
    assert Contribution.objects.get().text == "reported that mental health and the mh board are well"


def test_what_is_marked_and_promised_shows_beside_the_record_at_once(officer_client, leadership):
    in_json(officer_client, leadership, typed("pcc asked why"))
    html = in_json(officer_client, leadership, typed("? the year")).json()["html"]
    assert "the year" in html["open-checks"]
    html = in_json(officer_client, leadership, typed("action cc: find out")).json()["html"]
    assert "(1)" in html["promises"]


def test_an_action_before_all_entries_is_shown_before_them(officer_client, leadership):
    html = in_json(officer_client, leadership, typed("action cc: find out\npcc asked why")).json()["html"]
    assert "find out" in html["before-entries"]


def test_the_form_with_a_speaker_leads_back_to_itself(officer_client, leadership, pcc):
    data = {"text": "asked why.", "speaker": pcc.pk, "kind": "", "op_id": uuid4()}
    answer = officer_client.post(leadership.get_absolute_url(), data)
    assert answer.url.endswith("#id_speaker")
    page = officer_client.get(answer.url).content.decode()
    assert 'id="by-speaker" open' in page
