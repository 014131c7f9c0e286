"""Rough now, written up later: typed in the box, worked through as a list, seen by the office alone."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from meetings import services
from meetings.checks import checks
from meetings.models import Contribution
from review.compilation import NOT_WRITTEN_UP, compile_notes
from tests.desk.test_box import add, in_json, typed


@pytest.fixture
def rough(leadership, pcc, cc):
    """A question as it was asked, and two rough lines of answers to it."""
    said = [
        services.Spoken("question", "asked why", pcc, lead="The PCC"),
        services.Spoken("answer", "more sgts, 3 courses", cc, lead="The CC").as_rough(),
        services.Spoken("answer", "figs by xmas", cc, lead="The CC").as_rough(),
    ]
    return list(services.add_exchange(leadership, said, by=None).contributions.all())[1:]


def saves(client, words, text, **others):
    """Save a text on the page of the list."""
    posted = {
        "text": text,
        "kind": words.kind,
        "speaker": words.speaker_id or "",
        "lead": words.lead,
        "paragraph": "on",
        "base_version": words.version,
        "op_id": uuid4(),
        "then": "write-up",
    }
    address = reverse("desk:words", args=[words.exchange.item.meeting_id, words.pk])
    in_json = {"accept": "application/json"} if others.pop("in_json", False) else {}
    return client.post(address, posted | others, headers=in_json)


def now(words) -> tuple:
    row = Contribution.objects.get(pk=words.pk)
    return row.text, row.rough, row.to_write_up


# --- While people talk -----------------------------------------------------------------------------------


def test_what_is_typed_rough_waits_to_be_written_up(officer_client, leadership):
    add(officer_client, leadership, "pcc why so few\ncc: 3 courses, more sgts", rough="on")
    assert [(one.lead, *now(one)) for one in Contribution.objects.order_by("order")] == [
        ("The PCC", "", "why so few", True),
        ("The CC", "", "3 courses, more sgts", True),
    ]


def test_the_choice_is_remembered_for_the_next_entry_of_this_meeting(
    officer_client, leadership, another_meeting
):
    page = add(officer_client, leadership, "cc: 3 courses", rough="on")
    assert page.context["box"]["rough"].value()
    elsewhere = officer_client.get(another_meeting.items.first().get_absolute_url())
    assert not elsewhere.context["box"]["rough"].value()
    page = add(officer_client, leadership, "cc said that all was well")
    assert not page.context["box"]["rough"].value()


def test_a_rough_line_sent_twice_is_there_once(officer_client, leadership):
    data = typed("cc: 3 courses", rough="on")
    answers = [in_json(officer_client, leadership, data) for _ in range(2)]
    assert [one.status_code for one in answers] == [200, 200]
    assert Contribution.objects.count() == 1


def test_the_same_sent_again_without_rough_is_something_else(officer_client, leadership):
    data = typed("cc: 3 courses", rough="on")
    in_json(officer_client, leadership, data)
    del data["rough"]
    assert in_json(officer_client, leadership, data).status_code == 422


def test_an_action_is_no_rough_line(officer_client, leadership):
    add(officer_client, leadership, "cc: 3 courses\naction cc by 28 oct: send the figures", rough="on")
    assert leadership.meeting.actions.get().text == "send the figures"


def test_the_item_says_how_many_wait_and_leads_to_them(officer_client, leadership, rough):
    for address in [
        leadership.get_absolute_url(),
        leadership.meeting.get_absolute_url(),
        reverse("desk:whole", args=[leadership.meeting_id]),
    ]:
        page = officer_client.get(address).content.decode()
        assert "To write up (2)" in page
        assert reverse("desk:to_write_up", args=[leadership.meeting_id]) in page


# --- The list --------------------------------------------------------------------------------------------


def test_the_list_shows_every_rough_line_in_reading_order(officer_client, rough, meeting):
    page = officer_client.get(reverse("desk:to_write_up", args=[meeting.pk])).content.decode()
    assert page.index("more sgts, 3 courses") < page.index("figs by xmas")


def test_the_text_starts_from_the_rough_line(officer_client, rough, meeting):
    page = officer_client.get(reverse("desk:write_up", args=[meeting.pk, rough[0].pk]))
    assert page.context["form"]["text"].value() == "more sgts, 3 courses"
    assert b"autofocus" in page.content


def test_saving_goes_on_to_the_next_and_says_what_was_done(officer_client, rough, meeting):
    first, second = rough
    answer = saves(officer_client, first, "said that more sergeants take three courses")
    assert answer.url.startswith(reverse("desk:write_up", args=[meeting.pk, second.pk]))
    assert now(first) == ("said that more sergeants take three courses", "more sgts, 3 courses", False)
    assert "2.1.1 is written up" in officer_client.get(answer.url).content.decode()


def test_a_script_is_told_where_to_go_on(officer_client, rough, meeting):
    answer = saves(officer_client, rough[0], "said so", in_json=True).json()
    assert answer["state"] == "saved"
    assert answer["go"].startswith(reverse("desk:write_up", args=[meeting.pk, rough[1].pk]))


def test_after_the_last_comes_the_first_that_was_put_off_and_then_the_end(officer_client, rough, meeting):
    first, second = rough
    assert f"/{first.pk}/" in saves(officer_client, second, "promised figures by Christmas").url
    answer = saves(officer_client, first, "said so")
    assert answer.url.startswith(reverse("desk:to_write_up", args=[meeting.pk]))
    assert "Everything is written up" in officer_client.get(answer.url).content.decode()


def test_one_press_keeps_the_rough_line_as_it_is(officer_client, rough):
    saves(officer_client, rough[0], "half a sent", keep="1")
    assert now(rough[0]) == ("more sgts, 3 courses", "more sgts, 3 courses", False)


def test_saving_is_undone_with_one_press(officer_client, rough, meeting):
    page = officer_client.get(saves(officer_client, rough[0], "said so").url)
    undo = page.context["done"].undo
    for _ in range(2):
        assert officer_client.post(undo).url == reverse("desk:write_up", args=[meeting.pk, rough[0].pk])
    assert now(rough[0]) == ("", "more sgts, 3 courses", True)


def test_what_somebody_changed_since_is_not_undone(officer_client, rough):
    page = officer_client.get(saves(officer_client, rough[0], "said so").url)
    newest = Contribution.objects.get(pk=rough[0].pk)
    saves(officer_client, newest, "said so twice")
    assert officer_client.post(page.context["done"].undo).status_code == 409
    assert now(rough[0])[0] == "said so twice"


def test_what_saves_itself_meanwhile_is_not_written_up_yet(officer_client, rough):
    saves(officer_client, rough[0], "said that mo", autosave="1", in_json=True)
    assert now(rough[0]) == ("said that mo", "more sgts, 3 courses", True)


def test_an_edit_in_the_record_leaves_it_on_the_list(officer_client, rough):
    saves(officer_client, rough[0], "more sergeants, 3 courses", then="")
    assert now(rough[0]) == ("more sergeants, 3 courses", "more sgts, 3 courses", True)


def test_two_who_write_up_the_same_line_both_keep_their_text(officer_client, rough):
    saves(officer_client, rough[0], "said mine")
    answer = saves(officer_client, rough[0], "said theirs")
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "said mine" in page
    assert "said theirs" in page


def test_a_save_without_its_base_is_refused(officer_client, rough):
    assert saves(officer_client, rough[0], "said so", base_version="").status_code == 428
    assert now(rough[0])[2]


def test_an_empty_text_is_asked_for(officer_client, rough):
    answer = saves(officer_client, rough[0], " ")
    assert "Enter what was said" in answer.content.decode()
    assert now(rough[0])[2]


def test_the_rough_line_stays_beside_the_history(officer_client, rough, meeting):
    saves(officer_client, rough[0], "said so")
    page = officer_client.get(reverse("desk:history", args=[meeting.pk, rough[0].pk])).content.decode()
    assert "Rough line, the office’s alone" in page
    assert "more sgts, 3 courses" in page


def test_what_is_not_written_up_is_not_split(officer_client, rough, meeting):
    answer = officer_client.get(reverse("desk:split_words", args=[meeting.pk, rough[0].pk]))
    assert answer.url == reverse("desk:write_up", args=[meeting.pk, rough[0].pk])


def test_joined_lines_keep_every_rough_word(rough, officer):
    first, second = rough
    services.join_contributions(first, second, base_versions=(1, 1), by=officer, op_id=uuid4())
    assert now(first) == ("", "more sgts, 3 courses The CC figs by xmas", True)


def test_the_list_costs_the_same_for_any_length(officer_client, leadership, rough, cc, meeting):
    address = reverse("desk:to_write_up", args=[meeting.pk])
    officer_client.get(address)
    with CaptureQueriesContext(connection) as before:
        officer_client.get(address)
    line = services.Spoken("answer", "one more", cc, lead="The CC").as_rough()
    services.add_exchange(leadership, [line] * 20, by=None)
    with CaptureQueriesContext(connection) as after:
        officer_client.get(address)
    assert len(after) == len(before)


# --- Who reads it ----------------------------------------------------------------------------------------


def test_no_notes_hold_a_rough_line(rough, meeting):
    for audience in ("office", "public"):
        told = compile_notes(meeting, audience).to_bytes().decode()
        assert "sgts" not in told
        assert "xmas" not in told
        assert told.count(NOT_WRITTEN_UP) == 2


def test_a_written_up_line_is_in_the_notes_without_its_rough_one(officer_client, rough, meeting):
    saves(officer_client, rough[0], "said that more sergeants take courses")
    told = compile_notes(meeting, "public").to_bytes().decode()
    assert "more sergeants take courses" in told
    assert "sgts" not in told


def test_approval_waits_until_all_is_written_up(officer_client, rough, meeting):
    found = [check for check in checks(meeting) if check.code == "not_written_up"]
    assert [check.sentence for check in found] == [
        "2 rough lines are still to be written up, or to be kept as they are."
    ]
    assert found[0].is_blocker
    for words in rough:
        saves(officer_client, words, "said so")
    assert not [check for check in checks(meeting) if check.code == "not_written_up"]


def test_the_approver_reads_the_list_and_writes_nothing(approver_client, rough, meeting):
    assert approver_client.get(reverse("desk:to_write_up", args=[meeting.pk])).status_code == 200
    assert approver_client.get(reverse("desk:write_up", args=[meeting.pk, rough[0].pk])).status_code == 403


def test_the_structured_form_takes_a_rough_line_and_offers_the_same_again(officer_client, leadership, cc):
    data = {"text": "3 courses, more sgts", "speaker": cc.pk, "kind": "answer", "rough": "on"}
    saved = officer_client.post(leadership.get_absolute_url(), data | {"op_id": uuid4()})
    words = Contribution.objects.get(rough="3 courses, more sgts")
    assert (words.text, words.to_write_up, words.speaker) == ("", True, cc)
    page = officer_client.get(saved.url).context
    assert page["form"]["rough"].value()
    assert page["box"]["rough"].value()


def test_sent_again_as_a_text_it_is_not_the_same_rough_line(officer_client, leadership, cc):
    data = {"text": "3 courses", "speaker": cc.pk, "kind": "answer", "op_id": uuid4()}
    officer_client.post(leadership.get_absolute_url(), data | {"rough": "on"})
    assert officer_client.post(leadership.get_absolute_url(), data).status_code == 422
    assert officer_client.post(leadership.get_absolute_url(), data | {"rough": "on"}).status_code == 302
    assert Contribution.objects.filter(rough="3 courses").count() == 1
