"""Rearranging the record at the desk: every page, every button, and the way back."""

from contextlib import contextmanager
from uuid import uuid4

import pytest
from django.db import connection
from django.urls import reverse

from actions.models import Action, CarriedAction
from desk import arranging
from meetings import services
from meetings.models import Contribution, Exchange
from meetings.services import Spoken
from tests.meetings.conftest import answer, question


@pytest.fixture
def performance(meeting):
    return meeting.items.get(title="Performance")


@pytest.fixture
def second(leadership, pcc, cc):
    """2.1.2: another question with two answers."""
    return services.add_exchange(
        leadership,
        [
            question(pcc, "asked how many."),
            answer(cc, "said that there were nine."),
            answer(cc, "added one."),
        ],
        by=None,
    )


@pytest.fixture
def action(meeting, leadership, second):
    """What was promised after 2.1.2."""
    return Action.objects.create(meeting=meeting, item=leadership, after=second, text="Report back", order=1)


@pytest.fixture
def send(officer_client, meeting):
    """Send a form about an entry, or about what somebody said."""

    def send(name, row, **data):
        address = reverse(f"desk:{name}", args=[meeting.pk, row.pk])
        return officer_client.post(address, {"op_id": uuid4(), **data}, follow=True)

    return send


def record(item):
    return [
        [f"{one.lead} {one.text}".strip() for one in exchange.contributions.all()]
        for exchange in Exchange.objects.filter(item=item)
    ]


def said_in(exchange):
    return list(Contribution.objects.filter(exchange=exchange))


def banner(answer):
    """What the banner says, and where its Undo leads."""
    (message,) = list(answer.context["messages"])
    return str(message), (message.extra_tags or "").rpartition("undo:")[2]


def take_back(officer_client, answer):
    return officer_client.post(banner(answer)[1], follow=True)


def test_what_was_said_is_split_where_an_empty_line_stands(officer_client, send, leadership, said, exchange):
    before = record(leadership)
    text = "asked whether the plan\n\nThe CC responded that it was on course."
    answer = send("split_words", said, text=text, base_version=1, paragraph="on")
    assert record(leadership)[0][:2] == [
        "The PCC asked whether the plan",
        "The CC responded that it was on course.",
    ]
    second = said_in(exchange)[1]
    assert (second.kind, second.speaker.abbreviation) == ("answer", "CC")
    assert banner(answer)[0] == "Split in entry 2.1.1"
    assert answer.redirect_chain[-1][0] == f"{leadership.get_absolute_url()}#entry-{exchange.pk}"
    take_back(officer_client, answer)
    assert record(leadership) == before


def test_words_of_nobody_go_on_with_the_same_speaker(send, exchange, said, pcc):
    send("split_words", said, text="asked why.\n\nA second thought.", base_version=1)
    second = said_in(exchange)[1]
    assert (second.speaker, second.kind, second.lead, second.paragraph) == (pcc, "question", "", False)


def test_who_says_the_second_part_can_be_chosen(send, exchange, said, cc):
    send("split_words", said, text="asked why.\n\nsaid so.", base_version=1, speaker=cc.pk, kind="comment")
    second = said_in(exchange)[1]
    assert (second.speaker, second.kind, second.lead) == (cc, "comment", "The CC")


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"text": "asked why."}, "Leave an empty line where the second part begins"),
        ({"text": "asked.\n\nwhy.\n\nhow."}, "Leave one empty line only"),
        ({"text": " \n \n "}, "Enter what was said"),
        ({"text": "asked why.\n\nsaid.", "kind": "answer"}, "Select who answered, or Nobody named"),
    ],
)
def test_what_is_wrong_with_a_split_is_said_and_the_text_stays(send, said, exchange, given, sentence):
    answer = send("split_words", said, base_version=1, **given)
    page = answer.content.decode()
    assert sentence in page
    assert "<title>Error: " in page
    assert given["text"].split("\n")[0].strip() in page
    assert len(said_in(exchange)) == 2


@pytest.mark.parametrize(("base", "status"), [(9, 409), ("", 428), ("abc", 428)])
def test_a_split_upon_another_version_keeps_what_was_typed(send, said, exchange, base, status):
    answer = send("split_words", said, text="asked mine.\n\nmore.", base_version=base)
    assert answer.status_code == status
    assert "asked mine." in answer.content.decode()
    assert len(said_in(exchange)) == 2


def test_parts_of_an_entry_are_joined_and_taken_apart_by_undo(officer_client, send, leadership, exchange):
    before = record(leadership)
    answer = send("join_words", said_in(exchange)[1], base_version=1, before_version=1)
    assert record(leadership) == [
        ["The PCC asked whether the plan was on course. The CC replied that it was."]
    ]
    take_back(officer_client, answer)
    assert record(leadership) == before


def test_the_first_part_has_nothing_to_be_joined_with(send, said):
    assert send("join_words", said, base_version=1, before_version=1).status_code == 409


def test_an_entry_moves_to_another_item_with_its_action_and_back(
    officer_client, send, leadership, performance, second, action
):
    before = record(leadership)
    answer = send("move_entry_to", second, item=performance.pk, place="last")
    action.refresh_from_db()
    assert (action.item, action.after) == (performance, second)
    assert record(performance)[0][0] == "The PCC asked how many."
    assert banner(answer)[0] == "Entry 2.1.1 moved to “Performance”. It is now entry 2.2.1"
    take_back(officer_client, answer)
    action.refresh_from_db()
    assert (action.item, record(leadership)) == (leadership, before)


def test_a_move_asks_for_the_item(send, second):
    assert "Select an item" in send("move_entry_to", second, place="last").content.decode()


def test_a_part_moves_to_another_entry(officer_client, send, leadership, exchange, second):
    answer = send("move_words_to", said_in(exchange)[1], entry=second.pk, place="first")
    assert [len(entry) for entry in record(leadership)] == [1, 4]
    assert banner(answer)[0] == "Moved from entry 2.1.1 to entry 2.1.2"
    take_back(officer_client, answer)
    assert [len(entry) for entry in record(leadership)] == [2, 3]


def test_an_entry_is_split_and_its_action_stays_behind_the_last_words(
    officer_client, send, leadership, second, action
):
    answer = send("split_entry", said_in(second)[1])
    new = leadership.exchanges.last()
    action.refresh_from_db()
    assert (action.after, [len(entry) for entry in record(leadership)]) == (new, [1, 2])
    assert banner(answer)[0] == "Entry 2.1.1 split. The second part is now entry 2.1.2"
    take_back(officer_client, answer)
    action.refresh_from_db()
    assert (action.after, [len(entry) for entry in record(leadership)]) == (second, [3])


def test_an_entry_joins_the_one_before_with_its_action_and_what_it_tells_of(
    officer_client, send, meeting, leadership, exchange, second, action
):
    from django.utils import timezone

    told = CarriedAction.objects.create(action=action, meeting=meeting, at=timezone.now())
    told.exchanges.add(second)
    answer = send("join_entry", second, seen_at=1)
    action.refresh_from_db()
    assert (action.after, list(told.exchanges.all())) == (exchange, [exchange])
    assert [len(entry) for entry in record(leadership)] == [5]
    assert banner(answer)[0] == "Entry 2.1.2 joined with entry 2.1.1"
    take_back(officer_client, answer)
    action.refresh_from_db()
    assert (action.after, list(told.exchanges.all())) == (second, [second])
    assert [len(entry) for entry in record(leadership)] == [2, 3]


def test_an_entry_that_was_moved_meanwhile_is_not_joined(send, leadership, exchange, second):
    assert send("join_entry", second, seen_at=2).status_code == 409
    assert send("join_entry", exchange, seen_at=0).status_code == 409
    assert len(record(leadership)) == 2


def test_a_run_is_given_to_another_speaker(officer_client, send, second, pcc, cc):
    rows = said_in(second)[1:]
    versions = {f"version-{one.pk}": 1 for one in rows}
    answer = send("speakers", second, words=[one.pk for one in rows], speaker=pcc.pk, **versions)
    assert [(one.speaker, one.lead) for one in said_in(second)[1:]] == [(pcc, "The PCC")] * 2
    assert banner(answer)[0] == "2 parts are now said by PCC – Rowan Ashdown"
    take_back(officer_client, answer)
    assert [one.speaker for one in said_in(second)[1:]] == [cc, cc]


def test_changing_who_spoke_asks_for_both(send, second):
    page = send("speakers", second).content.decode()
    assert "Select what somebody else said" in page
    assert "Select who said it" in page


def test_changing_who_spoke_without_the_version_is_428(send, second, pcc):
    row = said_in(second)[1]
    assert send("speakers", second, words=[row.pk], speaker=pcc.pk).status_code == 428


def test_an_answer_that_came_since_keeps_the_undo_from_dropping_it(officer_client, send, meeting, second, cc):
    answer = send("split_entry", said_in(second)[1])
    new = Exchange.objects.last()
    services.add_contribution(new, Spoken("answer", "added late.", speaker=cc), by=None)
    refused = take_back(officer_client, answer)
    assert refused.status_code == 409
    assert "added to the new entry since" in refused.content.decode()
    assert Contribution.objects.filter(text="added late.", exchange=new).exists()


def test_an_action_that_arose_since_keeps_the_undo_from_dropping_it(
    officer_client, send, meeting, leadership, second
):
    answer = send("split_entry", said_in(second)[1])
    new = leadership.exchanges.last()
    Action.objects.create(meeting=meeting, item=leadership, after=new, text="Report", order=1)
    assert take_back(officer_client, answer).status_code == 409
    assert Exchange.objects.filter(pk=new.pk).exists()


def test_a_form_without_its_operation_changes_nothing(officer_client, meeting, exchange):
    answer = officer_client.post(reverse("desk:split_entry", args=[meeting.pk, said_in(exchange)[1].pk]))
    assert answer.status_code == 400
    assert "damaged" in answer.content.decode()


def test_what_is_pressed_twice_is_done_once_and_answered_alike(
    officer_client, meeting, leadership, performance, exchange, second
):
    first, last = said_in(exchange)
    presses = [
        ("join_words", last, {"base_version": 1, "before_version": 1}),
        ("split_words", first, {"text": "asked\n\nwhether.", "base_version": 2}),
        ("move_words_to", said_in(second)[2], {"entry": exchange.pk, "place": "last"}),
        ("move_entry_to", second, {"item": performance.pk, "place": "last"}),
        ("split_entry", said_in(second)[1], {}),
        ("flag", exchange, {"note": "Name"}),
    ]
    for name, row, data in presses:
        data["op_id"] = uuid4()
        address = reverse(f"desk:{name}", args=[meeting.pk, row.pk])
        once = officer_client.post(address, data)
        after = record(leadership), record(performance)
        again = officer_client.post(address, data)
        assert (once.status_code, again.status_code) == (302, 302), name
        assert again.url == once.url
        assert (record(leadership), record(performance)) == after


def test_joining_entries_twice_is_joining_them_once(officer_client, meeting, leadership, exchange, second):
    address, data = reverse("desk:join_entry", args=[meeting.pk, second.pk]), {"op_id": uuid4(), "seen_at": 1}
    urls = [officer_client.post(address, data).url for _ in range(2)]
    assert urls == [f"{leadership.get_absolute_url()}#entry-{exchange.pk}"] * 2


def test_a_second_choice_under_the_same_press_is_not_swallowed(
    officer_client, meeting, leadership, performance, second
):
    address, op_id = reverse("desk:move_entry_to", args=[meeting.pk, second.pk]), uuid4()
    officer_client.post(address, {"op_id": op_id, "item": performance.pk, "place": "last"})
    answer = officer_client.post(address, {"op_id": op_id, "item": leadership.pk, "place": "last"})
    assert answer.status_code == 422


def test_a_split_of_words_that_were_deleted_meanwhile_keeps_what_was_typed(send, officer, said):
    services.remove_contribution(said, officer)
    answer = send("split_words", said, text="asked mine.\n\nmore.", base_version=1)
    assert answer.status_code == 409
    assert "asked mine." in answer.content.decode()


def test_a_note_on_an_entry_that_was_deleted_meanwhile_is_shown(send, officer, exchange):
    services.remove_exchange(exchange, officer)
    answer = send("flag", exchange, note="Name of the plan")
    assert answer.status_code == 409
    assert "Name of the plan" in answer.content.decode()


def test_what_more_opens_leads_to_everything(officer_client, leadership, exchange, second):
    page = officer_client.get(f"{leadership.get_absolute_url()}?more={second.pk}").content.decode()
    for words in [
        "Move up",
        "Join 2.1.2 with",
        "Move to another item",
        "Change who spoke",
        "To check",
        "Delete",
    ]:
        assert words in page


@pytest.mark.parametrize("name", ["arrange", "move_entry_to", "speakers"])
def test_pages_about_an_entry_take_as_many_queries_for_more_entries(
    officer_client, meeting, leadership, exchange, pcc, name, django_assert_max_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    address = reverse(f"desk:{name}", args=[meeting.pk, exchange.pk])
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert officer_client.get(address).status_code == 200
        counts.append(len(queries))
        for number in range(5):
            services.add_exchange(leadership, [question(pcc, f"asked {number}.")] * 3, by=None)
    assert counts[0] == counts[1]


# --- To check --------------------------------------------------------------------------------------------


def test_an_entry_is_marked_in_one_press_listed_and_ticked_in_one(officer_client, send, meeting, exchange):
    answer = send("flag", exchange)
    assert banner(answer)[0] == "Entry 2.1.1 is marked to check"
    last = said_in(exchange)[-1]
    assert last.to_check == "Check this"
    page = officer_client.get(reverse("desk:flags", args=[meeting.pk])).content.decode()
    assert "To check (1)" in page
    answer = send("checked", last, note="Check this", list="1")
    assert banner(answer)[0] == "Checked in entry 2.1.1"
    assert "Nothing is marked to be checked" in answer.content.decode()
    take_back(officer_client, answer)
    assert said_in(exchange)[-1].to_check == "Check this"


def test_the_part_and_the_note_can_be_said(send, exchange, said):
    send("flag", exchange, words=said.pk, note="Name of the strategy")
    assert said_in(exchange)[0].to_check == "Name of the strategy"


def test_words_of_another_entry_are_no_part_to_mark(send, exchange, second):
    assert send("flag", exchange, words=said_in(second)[0].pk).status_code == 400


def test_a_note_that_was_changed_meanwhile_is_not_ticked(send, exchange, said):
    send("flag", exchange, words=said.pk, note="Name")
    assert send("checked", said, note="Another").status_code == 409
    assert said_in(exchange)[0].to_check == "Name"


# --- History ---------------------------------------------------------------------------------------------


def test_any_two_versions_are_compared_word_by_word_in_words_too(officer_client, meeting, said, cc):
    for base, text in [(1, "asked whether the plan was sound."), (2, "asked why.")]:
        services.save_contribution(
            said, Spoken.of(said, text=text), base_version=base, op_id=uuid4(), by=None
        )
    address = reverse("desk:compare", args=[meeting.pk, said.pk])
    page = officer_client.get(address, {"before": 1, "after": 2}).content.decode()
    assert '<del><span class="visually-hidden">[taken out: </span>on course. ' in page
    assert '<ins><span class="visually-hidden">[put in: </span>sound. ' in page
    assert "2 words taken out, 1 word put in" in page
    assert "Bring version 1 back" in page


def test_versions_that_do_not_exist_are_the_newest_two(officer_client, meeting, said):
    address = reverse("desk:compare", args=[meeting.pk, said.pk])
    answer = officer_client.get(address, {"before": "99", "after": "x"})
    assert "There is only this version" in answer.content.decode()


def test_who_speaks_is_compared_as_well(officer_client, send, meeting, second, pcc):
    row = said_in(second)[1]
    send("speakers", second, words=[row.pk], speaker=pcc.pk, **{f"version-{row.pk}": 1})
    page = officer_client.get(reverse("desk:compare", args=[meeting.pk, row.pk])).content.decode()
    assert "CC – Imogen Vale answered" in page
    assert "PCC – Rowan Ashdown answered" in page


def test_the_history_says_where_words_came_from(officer_client, send, meeting, exchange, said):
    send("split_words", said, text="asked why.\n\nand how.", base_version=1)
    address = reverse("desk:history", args=[meeting.pk, said_in(exchange)[1].pk])
    assert "Split off from version 1 of other words" in officer_client.get(address).content.decode()


def test_an_undo_that_is_sent_again_leaves_the_action_where_its_entry_went_since(
    officer_client, send, leadership, performance, second, action
):
    answer = send("move_entry_to", second, item=performance.pk, place="last")
    take_back(officer_client, answer)
    send("move_entry_to", second, item=performance.pk, place="last")
    take_back(officer_client, answer)
    action.refresh_from_db()
    second.refresh_from_db()
    assert (second.item, action.item, action.after) == (performance, performance, second)


def test_an_action_that_arose_since_comes_back_with_its_entry(
    officer_client, send, meeting, leadership, performance, second
):
    answer = send("move_entry_to", second, item=performance.pk, place="last")
    action = Action.objects.create(meeting=meeting, item=performance, after=second, text="Report", order=1)
    take_back(officer_client, answer)
    action.refresh_from_db()
    assert (action.item, action.after) == (leadership, second)


def test_joining_sent_again_after_its_undo_leaves_the_action_where_it_is(
    officer_client, meeting, leadership, exchange, second, action
):
    address, data = reverse("desk:join_entry", args=[meeting.pk, second.pk]), {"op_id": uuid4(), "seen_at": 1}
    take_back(officer_client, officer_client.post(address, data, follow=True))
    officer_client.post(address, data)
    action.refresh_from_db()
    assert (action.after, [len(entry) for entry in record(leadership)]) == (second, [2, 3])


def test_an_entry_whose_words_are_elsewhere_does_not_come_back_without_them(
    officer_client, send, meeting, leadership, exchange, second
):
    """The banner of an old deletion still stands in another window."""
    send("remove_entry", second)
    send("restore_entry", second)
    send("join_entry", second, seen_at=1)
    answer = send("restore_entry", second)
    assert answer.status_code == 409
    assert "What was said in this entry stands in another one now" in answer.content.decode()
    assert [len(entry) for entry in record(leadership)] == [5]


@contextmanager
def meanwhile(do, before):
    """Let somebody else do something while a page is made, before it reads from this table for the first time."""
    done = []

    def between(execute, sql, *rest):
        if not done and f'FROM "{before}"' in sql:
            done.append(sql)
            do()
        return execute(sql, *rest)

    with connection.execute_wrapper(between):
        yield
    assert done, f"nobody read {before}"


def test_words_that_are_deleted_at_the_very_moment_keep_what_was_typed(send, officer, said):
    with meanwhile(lambda: services.remove_contribution(said, officer), before="meetings_attendance"):
        answer = send("split_words", said, text="asked mine.\n\nmore.", base_version=1)
    assert answer.status_code == 409
    assert "asked mine." in answer.content.decode()


def test_joining_what_somebody_joins_at_the_very_moment_is_answered(
    officer_client, meeting, officer, exchange, second
):
    data = {"op_id": uuid4(), "seen_at": 1}

    def join():
        arranging.join_entry(second, exchange, by=officer, op_id=data["op_id"])

    address = reverse("desk:join_entry", args=[meeting.pk, second.pk])
    with meanwhile(join, before="meetings_attendance"):
        answer = officer_client.post(address, data)
    assert answer.status_code == 302
