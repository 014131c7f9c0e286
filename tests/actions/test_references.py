"""An office's own references: written its way, never given twice, each found at an address of its own."""

import datetime as dt
from itertools import product

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from actions import services
from actions.models import Action, ReferencePattern
from actions.services.patterns import initials_of, problem_with_pattern, series_of, written
from publications.addresses import action_slug
from tests.actions.conftest import SEPTEMBER, a_meeting, promise

PAGE = "/office/settings/references/"


def given_with(pattern, digits, *actions):
    ReferencePattern.objects.create(pattern=pattern, digits=digits, at=dt.datetime.now(dt.UTC))
    return [services.give_reference(action) for action in actions]


@pytest.mark.parametrize(
    ("pattern", "digits", "reference"),
    [
        ("{year}/{number}", 1, "2026/1"),
        ("{number}/{year}", 2, "01/2026"),
        ("{meeting}-{initials}-{number}", 3, "20260924-MAM-001"),
        ("A{number}", 1, "A1"),
    ],
)
def test_an_office_writes_its_references_its_own_way(new_action, pattern, digits, reference):
    assert given_with(pattern, digits, new_action) == [reference]


def test_the_number_counts_for_each_meeting_where_the_pattern_names_it(office, september):
    october = a_meeting(office.monthly, SEPTEMBER + dt.timedelta(days=34))
    actions = [promise(meeting, office.cc) for meeting in (september, september, october)]
    assert given_with("{meeting}/{number}", 1, *actions) == ["20260924/1", "20260924/2", "20261028/1"]


def test_changing_the_pattern_changes_no_reference_that_was_given(office, administrator, september, action):
    services.change_pattern("{number}-{year}", seen=None, by=administrator)
    action.refresh_from_db()
    assert action.reference == "2026/1"
    assert services.give_reference(promise(september, office.cc)) == "1-2026"


def test_a_reference_whose_address_is_taken_is_passed_over(office, september, action):
    """2026/1 is found at 2026-1, so no other action may be called 2026-1."""
    assert given_with("{year}-{number}", 1, promise(september, office.cc)) == ["2026-2"]


def test_going_back_to_an_earlier_pattern_goes_on_counting(office, september, action):
    given_with("{number}-{year}", 1, promise(september, office.cc))
    assert given_with("{year}/{number}", 1, promise(september, office.cc)) == ["2026/2"]


@pytest.mark.parametrize(
    ("pattern", "sentence"),
    [
        ("{year}", "Add {number}"),
        ("{year}/{number}/{number}", "Use {number} once only"),
        ("{month}/{number}", "{month} is not known"),
        ("{year", "{year is not known"),
        ("{year}{number}", "Put / or - between {year} and {number}"),
        ("7{number}", "Put / or - between 7 and {number}"),
        ("{year} {number}", "use letters without accents"),
        ("{year}/{number}?", "use letters without accents"),
        ("/{number}", "not at an end"),
        ("{year}//{number}", "not side by side"),
    ],
)
def test_a_pattern_by_which_two_could_meet_is_refused_in_words(pattern, sentence):
    assert sentence in problem_with_pattern(pattern)


@st.composite
def patterns(draw) -> str:
    """A pattern that is allowed: the number and some other parts in any order, with or without something between."""
    others = draw(st.lists(st.sampled_from(["{year}", "{meeting}", "{initials}", "A", "x"]), unique=True))
    parts = draw(st.permutations(["{number}", *others]))
    between = [draw(st.sampled_from(["", "/", "-"])) for _ in parts[1:]]
    pattern = parts[0] + "".join(joint + part for joint, part in zip(between, parts[1:], strict=True))
    assume(problem_with_pattern(pattern) is None)
    return pattern


# Kinds of meeting whose first letters and figures could run into the number.
KINDS = ["Weekly", "Ŵythnosol 3", "Monthly Assurance Meeting", "Thematic", "議"]
DAYS = [dt.date(2020, 1, 2), dt.date(2020, 11, 12), dt.date(2021, 1, 2)]


@settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))
@given(patterns(), st.integers(1, 4))
def test_no_two_actions_get_the_same_address_by_any_pattern_that_is_allowed(pattern, digits):
    found = {}
    for day, kind, number in product(DAYS, KINDS, range(1, 40)):
        series = series_of(pattern, year=day.year, day=day, type_name=kind)
        slug = action_slug(written(series, number, digits))
        assert found.setdefault(slug, (series, number)) == (series, number)


def test_initials_are_letters_that_every_address_can_hold():
    assert initials_of("Monthly Assurance Meeting") == "MAM"
    assert initials_of("Ŵythnosol 3") == "W"
    assert initials_of("議") == "M"


def test_a_typed_reference_at_the_same_address_is_refused(officer_client, action):
    assert services.is_taken("2026-1")
    assert not services.is_taken("2026/11")


@pytest.mark.parametrize("who", ["officer", "approver", "liaison", "stranger"])
def test_only_an_administrator_changes_the_pattern(request, who, db):
    with pytest.raises(PermissionDenied):
        services.change_pattern("{number}/{year}", seen=None, by=request.getfixturevalue(who))


def test_the_page_saves_and_shows_an_example(administrator_client):
    typed = {"pattern": "{number}/{year}", "digits": 3, "op_id": "5f3f6f80-0000-4000-8000-000000000002"}
    page = administrator_client.post(PAGE, typed, follow=True).content.decode()
    assert "The next references are written like {number}/{year}" in page
    assert f"001/{timezone.localdate().year}" in page


def test_a_wrong_pattern_keeps_what_was_typed(administrator_client):
    typed = {"pattern": "{year}{number}", "digits": 1, "op_id": "5f3f6f80-0000-4000-8000-000000000003"}
    page = administrator_client.post(PAGE, typed).content.decode()
    assert "Put / or - between {year} and {number}" in page
    assert "{year}{number}" in page


def test_the_second_of_two_administrators_is_told_who_was_first(administrator, administrator_client):
    services.change_pattern("{number}/{year}", seen=None, by=administrator)
    typed = {"pattern": "A{number}", "digits": 1, "op_id": "5f3f6f80-0000-4000-8000-000000000004"}
    answer = administrator_client.post(PAGE, typed | {"seen": ""})
    assert answer.status_code == 409
    assert "Agnes Dole changed this to {number}/{year} on " in answer.content.decode()
    again = answer.context["form"]["seen"].value()
    administrator_client.post(PAGE, typed | {"seen": again})
    assert ReferencePattern.current().pattern == "A{number}"


def test_officers_read_the_setting_and_do_not_change_it(officer_client):
    page = officer_client.get(PAGE).content.decode()
    assert "An administrator changes how they are written" in page
    assert officer_client.post(PAGE, {"pattern": "A{number}", "digits": 1}).status_code == 403
    assert not ReferencePattern.objects.exists()


def test_every_action_that_exists_keeps_its_own_reference(office, september, administrator):
    for pattern in ("{year}/{number}", "{number}/{year}", "{initials}{number}", "{year}/{number}"):
        given_with(pattern, 1, *[promise(september, office.cc) for _ in range(2)])
    references = list(Action.objects.values_list("reference", flat=True))
    assert len({action_slug(one) for one in references}) == len(references) == 8
