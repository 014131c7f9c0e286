"""Saving a text: nobody's words are lost, and nothing is saved twice."""

from dataclasses import replace
from uuid import uuid4

import pytest

from meetings import services, texts
from meetings.models import Contribution, Exchange, Revision
from meetings.services import Spoken
from web.operations import OperationReused


def save(contribution, text, *, base_version, by, op_id=None, **others):
    spoken = replace(Spoken.of(contribution, text=text), **others)
    return services.save_contribution(
        contribution, spoken, base_version=base_version, op_id=op_id or uuid4(), by=by
    )


@pytest.fixture
def said(exchange) -> Contribution:
    return exchange.contributions.first()


def test_a_save_is_the_next_version_and_keeps_the_one_before(said, officer):
    save(said, "asked about the plan.", base_version=1, by=officer)
    said.refresh_from_db()
    assert (said.text, said.version) == ("asked about the plan.", 2)
    assert [(one.version, one.by) for one in said.revisions()] == [(2, officer), (1, None)]


def test_the_second_of_two_editors_gets_both_texts_and_what_they_started_from(said, officer, approver):
    started_from = said.text
    save(said, "the first one's words", base_version=1, by=officer)
    with pytest.raises(texts.Conflict) as conflict:
        save(said, "the second one's words", base_version=1, by=officer)
    assert conflict.value.theirs.text == "the first one's words"
    assert conflict.value.base.text == started_from
    said.refresh_from_db()
    assert said.text == "the first one's words"


def test_a_save_that_does_not_say_where_it_started_is_never_assumed_to_be_current(said, officer):
    with pytest.raises(texts.MissingBase):
        save(said, "new words", base_version=None, by=officer)
    assert said.revisions().count() == 1


def test_the_same_save_sent_again_gets_its_first_answer(said, officer):
    op_id = uuid4()
    first = save(said, "new words", base_version=1, by=officer, op_id=op_id)
    again = save(said, "new words", base_version=1, by=officer, op_id=op_id)
    assert again == first
    assert said.revisions().count() == 2


def test_the_same_save_sent_again_after_somebody_elses_still_gets_its_first_answer(said, officer):
    op_id = uuid4()
    first = save(said, "new words", base_version=1, by=officer, op_id=op_id)
    save(said, "newer words", base_version=2, by=officer)
    assert save(said, "new words", base_version=1, by=officer, op_id=op_id) == first
    said.refresh_from_db()
    assert said.text == "newer words"


@pytest.mark.parametrize("other", [{"text": "other words"}, {"kind": "comment"}])
def test_the_same_operation_with_other_words_is_refused(said, officer, other):
    op_id = uuid4()
    save(said, "new words", base_version=1, by=officer, op_id=op_id)
    with pytest.raises(OperationReused):
        save(said, **({"text": "new words"} | other), base_version=2, by=officer, op_id=op_id)


def test_an_operation_of_one_person_is_not_anothers(said, officer):
    op_id = uuid4()
    save(said, "new words", base_version=1, by=officer, op_id=op_id)
    with pytest.raises(OperationReused):
        save(said, "new words", base_version=1, by=None, op_id=op_id)


def test_an_operation_on_one_text_is_not_one_on_another(exchange, officer):
    first, second = exchange.contributions.all()
    op_id = uuid4()
    save(first, "new words", base_version=1, by=officer, op_id=op_id)
    with pytest.raises(OperationReused):
        save(second, "new words", base_version=1, by=officer, op_id=op_id)


def test_what_was_deleted_meanwhile_is_not_saved_silently(said, officer):
    services.remove_contribution(said, officer)
    with pytest.raises(texts.TextRemoved):
        save(said, "new words", base_version=1, by=officer)


def test_an_exchange_sent_twice_is_made_once(leadership, pcc, officer):
    op_id = uuid4()
    spoken = [services.Spoken("question", "asked why.", speaker=pcc, lead="The PCC")]
    first = services.add_exchange(leadership, spoken, by=officer, op_id=op_id)
    assert services.add_exchange(leadership, spoken, by=officer, op_id=op_id) == first
    assert Exchange.objects.count() == Contribution.objects.count() == Revision.objects.count() == 1


def test_an_operation_that_made_an_exchange_makes_no_other_one(leadership, pcc, officer):
    op_id = uuid4()
    services.add_exchange(
        leadership, [services.Spoken("question", "asked why.", speaker=pcc)], by=officer, op_id=op_id
    )
    with pytest.raises(OperationReused):
        services.add_exchange(
            leadership, [services.Spoken("question", "asked how.", speaker=pcc)], by=officer, op_id=op_id
        )


def test_a_contribution_sent_twice_is_made_once(exchange, cc, officer):
    op_id = uuid4()
    spoken = services.Spoken("answer", "added that more was to come.", speaker=cc, lead="The CC")
    first = services.add_contribution(exchange, spoken, by=officer, op_id=op_id)
    assert services.add_contribution(exchange, spoken, by=officer, op_id=op_id) == first
    assert exchange.contributions.count() == 3


def test_an_earlier_version_can_be_brought_back_as_the_newest(said, officer):
    original = said.text
    save(said, "worse words", base_version=1, by=officer, kind="comment")
    services.restore_version(said, texts.revision(said, 1), base_version=2, op_id=uuid4(), by=officer)
    said.refresh_from_db()
    assert (said.text, said.kind, said.version) == (original, "question", 3)


def test_every_hostile_text_is_kept_as_it_was_typed(said, officer):
    hostile = "<script>alert(1)</script> \u202eright to left 🙂 " + "x" * 100_000
    save(said, hostile, base_version=1, by=officer)
    said.refresh_from_db()
    assert said.text == hostile
