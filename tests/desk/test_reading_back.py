"""The whole meeting read back: as it will be printed, with what is open marked where it stands."""

import re
from uuid import uuid4

import pytest
from django.urls import reverse

from actions.services import add_action, add_earlier_action, record_outcome
from meetings import services
from meetings.models import Contribution
from tests.meetings.conftest import answer
from tests.review.records import the_office

pytestmark = pytest.mark.django_db


def whole(client, meeting) -> str:
    html = client.get(reverse("desk:whole", args=[meeting.pk])).content.decode()
    return re.sub(r"\s+", " ", html)


@pytest.fixture
def arising(meeting):
    return meeting.items.get(title="Matters arising")


def earlier(meeting, arising, owner, reference: str):
    return add_earlier_action(
        recorded_in=meeting,
        item=arising,
        text=f"Report on {reference}",
        owner=owner,
        origin_text="June meeting",
        reference=reference,
        by=None,
        op_id=uuid4(),
    )


def test_what_is_to_be_checked_is_listed_and_marked_where_it_stands(officer_client, meeting, exchange, said):
    Contribution.objects.filter(pk=said.pk).update(to_check="Which plan?")
    html = whole(officer_client, meeting)
    assert f'<b>Marked to check:</b> <a href="#entry-{exchange.pk}">2.1.1</a>' in html
    assert "To check</span> Which plan?" in html
    assert f'href="{reverse("desk:words", args=[meeting.pk, said.pk])}"' in html


def test_a_commitment_that_nobody_has_answered_is_asked_about(officer_client, meeting, leadership, cc):
    services.hold(meeting, None)
    made = services.add_exchange(
        leadership, [answer(cc, "said that the force will provide a report by the end of May.")], by=None
    )
    html = whole(officer_client, meeting)
    assert f'<b>Sounds like a commitment:</b> <a href="#entry-{made.pk}">2.1.1</a>' in html
    made.contributions.update(commitment="none")
    assert "Sounds like a commitment" not in whole(officer_client, meeting)


def test_an_action_that_nobody_owns_is_marked_beside_it(officer_client, meeting, leadership, exchange):
    action = add_action(
        meeting=meeting, item=leadership, after=exchange, text="Report", owner=None, by=None, op_id=uuid4()
    )
    html = whole(officer_client, meeting)
    assert f'<a href="#action-{action.pk}">New action 1</a>' in html
    assert f'<a href="{reverse("actions:owner", args=[action.pk])}">Select who owns new action 1</a>' in html


def test_earlier_actions_that_nobody_spoke_of_are_one_line(officer_client, meeting, arising, chief_constable):
    for number in range(3):
        earlier(meeting, arising, chief_constable, f"2025/{number + 1}")
    html = whole(officer_client, meeting)
    assert "No outcome yet</span> 3 earlier actions:" in html
    assert "Report on 2025/2" not in html


def test_those_that_were_not_reached_are_one_line_too(officer_client, meeting, arising, chief_constable):
    action = earlier(meeting, arising, chief_constable, "2025/1")
    record_outcome(action, meeting, "not_reached", by=None)
    html = whole(officer_client, meeting)
    assert "<b>Not reached, carried forward:</b>" in html
    assert "Report on 2025/1" not in html


def test_one_that_was_reported_on_stands_before_the_entry_that_tells_of_it(
    officer_client, meeting, arising, chief_constable, cc
):
    services.add_exchange(arising, [answer(cc, "opened the item.")], by=None)
    telling = services.add_exchange(arising, [answer(cc, "said that it is done.")], by=None)
    action = earlier(meeting, arising, chief_constable, "2025/1")
    record_outcome(action, meeting, "reported", exchanges=[telling], by=None)
    html = whole(officer_client, meeting)
    places = [
        html.index(words) for words in ("opened the item.", "Report on 2025/1", "said that it is done.")
    ]
    assert places == sorted(places)


def test_when_nothing_is_open_the_page_says_so(officer_client, meeting, exchange):
    the_office()
    services.hold(meeting, None)
    for title in ("Matters arising", "Performance"):
        services.record_none(meeting.items.get(title=title), True, None)
    services.change_meeting(meeting, next_type="Thematic", by=None)
    assert "What is open (0)</h2> <p>Nothing is open.</p>" in whole(officer_client, meeting)


def test_who_only_reads_is_sent_nowhere_to_change_it(approver_client, meeting, exchange, said):
    Contribution.objects.filter(pk=said.pk).update(to_check="Which plan?")
    html = whole(approver_client, meeting)
    assert "To check</span> Which plan?" in html
    assert reverse("desk:words", args=[meeting.pk, said.pk]) not in html
