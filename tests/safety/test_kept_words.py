"""What somebody typed and the office kept is harmless wherever it is shown, in the office and in public."""

from dataclasses import replace
from uuid import uuid4

import pytest
from django.db import transaction

from meetings import services
from meetings.models import Contribution
from publications.models import Edition
from review.services import approve, publish, reopen_draft
from tests.safety.hostile import CANARY, Form, harm_in
from tests.safety.office import Office, UnchangedOffice
from tests.safety.test_words import FORMS, PAGES, forms_for_words

SHORT = f'"><script>{CANARY}()</script> =1+1 \u202eمرحبا\u202c 👩🏽‍🚒'


@pytest.fixture(scope="module")
def spoilt(office: UnchangedOffice):
    """The office after somebody has typed markup into every box that kept it, and published what came of it."""
    office.forget()
    with transaction.atomic():
        kept = [
            form.address
            for route, who in FORMS
            for form in forms_for_words(office, route, who)
            if spoil(office, who, form)
        ]
        assert len(kept) > 30, kept
        edition = publish_spoilt(office)
        office.forget()
        yield edition
        transaction.set_rollback(True)
    office.forget()


def spoil(office: Office, who: str, form: Form) -> bool:
    """Send a form with markup in every box, else in each box by itself; whether any was kept."""
    tries = [form.filled(SHORT), *[form.filled(SHORT, only=name) for name in form.words]]
    return any(office.client(who).post(form.address, data).status_code == 302 for data in tries)


def publish_spoilt(office: Office) -> Edition:
    """The waiting notes, published with markup in every text."""
    meeting, officer, approver = office.waiting, office.users["officer"], office.users["approver"]
    reopen_draft(meeting, by=officer)
    services.change_meeting(
        meeting, title=SHORT, venue=SHORT, summary=SHORT, next_subject=SHORT, next_venue=SHORT, by=officer
    )
    for item in meeting.items.all():
        services.change_item(item, title=SHORT, by=officer)
    for said in Contribution.objects.filter(exchange__item__meeting=meeting):
        services.save_contribution(
            said,
            replace(services.Spoken.of(said, text=SHORT), to_check=""),
            base_version=said.version,
            op_id=uuid4(),
            by=officer,
        )
    approve(meeting, by=approver)
    return publish(meeting, by=officer)


@pytest.mark.parametrize(("route", "who"), PAGES)
def test_what_was_kept_is_harmless_wherever_it_is_shown(office, spoilt, route, who):
    thing = {"slug": spoilt.meeting.slug} if route.startswith("meetings/") else {}
    addresses = office.addresses(route, **thing) if "<" in route else office.addresses(route)
    answer = office.ask(who, "GET", next(iter(addresses.values())))
    content, kind = answer.content, answer.headers.get("Content-Type", "")
    assert answer.status_code < 500
    if "html" in kind:
        assert harm_in(content) == []
    if "xml" in kind or "atom" in kind:
        assert f"<script>{CANARY}".encode() not in content
