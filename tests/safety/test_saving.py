"""Every form of the office that changes a text says what it started from, and is not saved without it."""

import re

import pytest

from tests.safety.hostile import Form
from tests.safety.office import Office
from tests.safety.test_words import FORMS, every_form

# The parts of the office in which the record is written, what was promised in it, and what both rely on.
RECORD = (
    "office/meetings/",
    "office/actions/",
    "office/short-forms/",
    *(f"office/settings/{what}/" for what in ["office", "roles", "people", "plans", "themes", "types"]),
)
# Where a text is to be split is found before anything else, and there is nothing to split in the form as it stands.
SPLIT = "/split/"
PAGES = [(route, who) for route, who in FORMS if route.startswith(RECORD)]
# Forms that only make something new, tell why, or press one answer about one person: no text is overwritten.
MAKES = re.compile(
    r"/(new|short-forms|add|appoint|question|people|to-check|earlier|action|earlier-action|agenda|send|approve|publish"
    r"|settle|reopen|decide|end|drop|comment|report|update|return|close|transcripts|remove)/|/items/\d+/$"
)


@pytest.mark.parametrize(("route", "who"), PAGES)
def test_what_does_not_say_what_it_started_from_is_not_saved(office, route, who):
    forms = [form for form in every_form(office, route, who) if "base_version" in form.chosen]
    for form in forms if SPLIT not in route else []:
        assert status(office, who, form, base_version=None) == 428, form.address
        assert status(office, who, form, base_version=["so to speak"]) == 400, form.address
        assert status(office, who, form, op_id=["so to speak"]) in {400, 428}, form.address


def status(office: Office, who: str, form: Form, **instead) -> int:
    """The answer to the form as it stands, with some of what it carries replaced or left out."""
    fields = form.chosen | {name: [words] for name, words in form.words.items()} | instead
    return office.ask(
        who, "POST", form.address, {name: value for name, value in fields.items() if value}
    ).status_code


@pytest.mark.parametrize(("route", "who"), PAGES)
def test_who_types_into_what_is_there_already_is_asked_what_they_saw(office, route, who):
    typed = [form for form in every_form(office, route, who) if any(form.words.values())]
    without = [form.address for form in typed if "base_version" not in form.chosen]
    assert [address for address in without if not MAKES.search(address)] == []
