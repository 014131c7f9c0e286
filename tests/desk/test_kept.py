"""What an open page is told of a new entry: that entry alone, and what else changed where something did."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from actions.services import add_action
from meetings import services
from meetings.models import Contribution, Exchange
from tests.desk.test_box import in_json, typed

BESIDE = {"before-entries", "promises", "open-checks", "to-write-up", "to-put-right"}
# Six of them ask who it is and where; eleven hold the transaction together.
QUERIES = 30


def spoken_of(item, count):
    """So many entries, written at one go."""
    exchanges = Exchange.objects.bulk_create(Exchange(item=item, order=place) for place in range(count))
    Contribution.objects.bulk_create(
        Contribution(exchange=one, order=0, text="It rained.", kind="narrative") for one in exchanges
    )


def told(client, item, text, **others):
    """What the page is told of these lines, by the id of each part."""
    return in_json(client, item, typed(text, **others)).json()["html"]


@pytest.mark.parametrize("count", [10, 300])
def test_a_new_entry_asks_as_little_of_the_database_however_long_the_record_is(
    officer_client, leadership, count
):
    spoken_of(leadership, count)
    with CaptureQueriesContext(connection) as caught:
        answer = in_json(officer_client, leadership, typed("pcc asked why\ncc said so"))
    assert answer.json()["sentence"] == f"Entry 2.1.{count + 1} saved"
    # That the statements are as many says nothing of the rows: what was said before is not read.
    assert sum('FROM "meetings_contribution"' in one["sql"] for one in caught.captured_queries) <= 3
    assert len(caught) <= QUERIES


def test_of_plain_words_the_page_is_told_that_entry_and_how_it_was_read(officer_client, leadership, exchange):
    parts = told(officer_client, leadership, "pcc asked why")
    new = leadership.exchanges.last()
    assert parts.keys() == {f"entry-{new.pk}", "unclear", "read-as"}


@pytest.mark.parametrize("text", ["pcc asked why\ncc said so", "cc added that it is late", "- It rained."])
def test_a_new_entry_is_drawn_as_the_page_draws_it(officer_client, leadership, exchange, text):
    parts = told(officer_client, leadership, text)
    name = next(name for name in parts if name.startswith("entry-"))
    page = {"entry": name.removeprefix("entry-")}
    drawn = officer_client.get(leadership.get_absolute_url(), page, headers={"accept": "application/json"})
    assert parts[name] == drawn.json()["html"][name]


@pytest.mark.parametrize(
    "text",
    ["pcc asked why\n? Which year", "pcc asked why\naction cc next meeting: provide figures", "? Which year"],
)
def test_what_opens_something_beside_the_record_brings_it_along(officer_client, leadership, exchange, text):
    assert told(officer_client, leadership, text).keys() >= BESIDE


def test_a_rough_line_joins_the_list_of_what_is_to_be_written_up(officer_client, leadership, exchange):
    assert "To write up (1)" in told(officer_client, leadership, "pcc why late", rough="on")["to-write-up"]


def test_the_first_entry_of_an_item_takes_away_what_said_that_there_is_none(officer_client, leadership):
    parts = told(officer_client, leadership, "pcc asked why")
    assert "Nothing is recorded yet" not in parts["nothing-yet"]
    assert "has no record" not in parts["to-put-right"]


def test_the_first_entry_sent_again_still_does(officer_client, leadership):
    data = typed("pcc asked why")
    first = in_json(officer_client, leadership, data).json()["html"]
    again = in_json(officer_client, leadership, data).json()["html"]
    assert first.keys() == again.keys()
    assert Exchange.objects.count() == 1


def test_an_answer_that_goes_on_with_an_entry_leaves_its_action_there(
    officer_client, leadership, exchange, chief_constable
):
    add_action(
        meeting=leadership.meeting,
        item=leadership,
        after=exchange,
        text="Report back",
        owner=chief_constable,
        by=None,
        op_id=uuid4(),
    )
    parts = told(officer_client, leadership, "cc added that it is late")
    assert "Report back" in parts[f"entry-{exchange.pk}"]


def test_what_was_said_of_an_absentee_is_told_of_at_once(officer_client, leadership, exchange, cc):
    services.change_attendee(cc, presence="apologies", by=None)
    assert "sent apologies" in told(officer_client, leadership, "cc added that it is late")["to-put-right"]


def test_a_new_entry_is_counted_after_numbers_were_stored(officer_client, leadership, exchange):
    from django.utils import timezone

    from meetings.numbering import store_numbers

    store_numbers(leadership.meeting, timezone.now())
    answer = in_json(officer_client, leadership, typed("pcc asked why")).json()
    assert answer["sentence"] == "Entry 2.1.2 saved"
