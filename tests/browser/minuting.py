"""What the tests of saving share: a meeting that is being minuted, and looking at what a device keeps."""

import datetime as dt

from playwright.sync_api import Locator, Page, Route, expect

from accounts.models import Body
from meetings import services
from meetings.models import AgendaItem, Contribution, Meeting, MeetingType, Person, Role
from meetings.models.people import PublishAs
from publications.notes import ContributionKind, ItemKind
from tests.browser.pages import OFF_THE_NETWORK, come_in

KEPT = """() => new Promise((resolve, reject) => {
    const opening = indexedDB.open("assurance");
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
        const reading = opening.result.transaction("typed").objectStore("typed").getAll();
        reading.onsuccess = () => { opening.result.close(); resolve(reading.result); };
    };
})"""


def minuted_item() -> AgendaItem:
    """An item of a meeting of two people, in which the PCC has asked something."""
    kind = MeetingType.objects.create(name="Monthly Assurance Meeting")
    meeting = services.plan_meeting(type=kind, date=dt.date(2026, 9, 24), by=None)
    for title, short, body, name in [
        ("Police and Crime Commissioner", "PCC", Body.OFFICE, "Rowan Ashdown"),
        ("Chief Constable", "CC", Body.FORCE, "Imogen Vale"),
    ]:
        role = Role.objects.create(title=title, abbreviation=short, body=body, publish_as=PublishAs.NAME)
        person = Person.objects.create(name=name)
        services.add_attendee(
            meeting, person=person, role=role, abbreviation=short, chair=short == "PCC", by=None
        )
    services.hold(Meeting.objects.get(pk=meeting.pk), by=None)
    item = services.add_item(meeting, title="Leadership", kind=ItemKind.HOLDING_TO_ACCOUNT.value, by=None)
    asked(item, "asked why.")
    return item


def asked(item: AgendaItem, text: str) -> Contribution:
    """The PCC asks something more."""
    speaker = item.meeting.attendances.get(abbreviation="PCC")
    spoken = services.Spoken(ContributionKind.QUESTION, text, speaker, lead="The PCC")
    return services.add_exchange(item, [spoken], by=None).contributions.get()


def stored(item: AgendaItem) -> list[str]:
    """Everything that the record of an item holds, in order."""
    return [one.text for exchange in item.exchanges.all() for one in exchange.contributions.all()]


def versions(said: Contribution) -> list[str]:
    """Every text that was ever acknowledged, the oldest first."""
    return [one.text for one in said.revisions()][::-1]


def minute(page: Page, user, item: AgendaItem) -> Page:
    """Open the page of an item, with its scripts at work."""
    OFF_THE_NETWORK.add(page)
    come_in(page, user)
    page.goto(item.get_absolute_url())
    return is_ready(page)


def is_ready(page: Page) -> Page:
    expect(page.locator("form.box[data-connected]")).to_have_count(1)
    return page


def box(page: Page) -> Locator:
    return page.locator("form.box textarea")


def state(page: Page, form: str = "form.box") -> Locator:
    """How saving stands, in words."""
    return page.locator(form).locator(".save-state")


def edit(page: Page, said: Contribution) -> Locator:
    """Open what was said for editing, inside its entry; the box with its words."""
    page.locator(f"#words-{said.pk}").get_by_role("link", name="Edit").click()
    words = page.locator(f"form[data-save=words-{said.pk}]")
    expect(words.and_(page.locator("[data-connected]"))).to_have_count(1)
    return words.locator("textarea")


EDITOR = ".editing form"


def kept(page: Page) -> list[str]:
    """The longest text of each record that the device keeps."""
    records = page.evaluate(KEPT)
    return [max((value for _, value in record["fields"]), key=len, default="") for record in records]


def answer_with(page: Page, address: str, **answer) -> None:
    """From now on, let this answer every form that is sent to an address."""
    page.route(address, lambda route: _only_posts(route, lambda: route.fulfill(**answer)))


def cut(page: Page, address: str) -> None:
    """Let forms reach the server, and lose its answers."""

    def lose(route: Route):
        route.fetch()
        route.abort()

    page.route(address, lambda route: _only_posts(route, lambda: lose(route)))


def _only_posts(route: Route, answer) -> None:
    if route.request.method == "POST":
        answer()
    else:
        route.continue_()
