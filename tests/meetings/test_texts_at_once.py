"""Two people who save at the same moment, on real connections: one wins, and nobody's words are lost."""

from uuid import uuid4

import pytest

from meetings import texts
from meetings.models import Contribution, Exchange, Revision
from meetings.services import Spoken, add_exchange, save_contribution
from tests.at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def saving(pk, text, op_id, by, base_version=1):
    def save():
        return save_contribution(
            Contribution.objects.get(pk=pk),
            Spoken("answer", text, nobody_named=True),
            base_version=base_version,
            op_id=op_id,
            by=by,
        )

    return save


@pytest.mark.parametrize("turn", range(5))
def test_one_of_two_editors_wins_and_the_other_is_told(exchange, officer, turn):
    pk = exchange.contributions.first().pk
    results = at_once(saving(pk, "mine", uuid4(), officer), saving(pk, "theirs", uuid4(), officer))
    winners = [result for result in results if isinstance(result, Revision)]
    losers = [result for result in results if isinstance(result, texts.Conflict)]
    assert (len(winners), len(losers)) == (1, 1)
    assert Contribution.objects.get(pk=pk).text == winners[0].text == losers[0].theirs.text


def test_one_save_that_arrives_several_times_at_once_is_one_version(exchange, officer):
    pk, op_id = exchange.contributions.first().pk, uuid4()
    results = at_once(*[saving(pk, "mine", op_id, officer)] * 4)
    assert {type(result) for result in results} == {Revision}
    assert Contribution.objects.get(pk=pk).revisions().count() == 2


def test_one_new_entry_that_arrives_several_times_at_once_is_made_once(leadership, pcc, officer):
    op_id, spoken = uuid4(), [Spoken("question", "asked why.", speaker=pcc)]
    results = at_once(*[lambda: add_exchange(leadership, spoken, by=officer, op_id=op_id)] * 4)
    assert len({result.pk for result in results}) == 1
    assert Exchange.objects.count() == 1


def test_entries_added_at_once_all_stay_and_have_places_of_their_own(leadership, pcc, officer):
    def adding(word):
        return lambda: add_exchange(
            leadership, [Spoken("question", word, speaker=pcc)], by=officer, op_id=uuid4()
        )

    at_once(*[adding(f"asked {number}.") for number in range(4)])
    assert sorted(Exchange.objects.values_list("order", flat=True)) == [0, 1, 2, 3]
