"""The browser is killed while somebody types: at most a second of it is gone, and "Saved" was always true."""

import time
from contextlib import suppress
from itertools import cycle
from random import Random
from threading import Timer

import pytest
from django.conf import settings
from playwright.sync_api import Error, Locator, Page, TimeoutError, expect

from meetings.models import Contribution, Revision
from tests.browser.minuting import asked, box, edit, is_ready, minuted_item, state, stored
from tests.conftest import signed_in
from tests.durability.chromium import Chromium
from tests.durability.rounds import SEED, rounds, tell

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
A_SECOND = 1.0
# Milliseconds; a machine that does much else is slow, and that is no loss.
PATIENCE = 60_000
SENTENCES = "PCC asked whether what was promised in spring is done and who looks after it until then. "


class Typing:
    """Somebody who types without a pause, what they typed when, and what the page said meanwhile."""

    def __init__(self, page: Page, words: Locator, form: str):
        self.page, self.words, self.form = page, words, form
        self.typed, self.moments, self.said_saved = "", [], set()

    def go_on(self, browser: Chromium, seconds: float) -> None:
        """Type until the browser is killed, so many seconds from now."""
        self.words.press("Control+End")
        began, timer = time.monotonic(), Timer(seconds, browser.kill)
        timer.start()
        try:
            for letter in cycle(SENTENCES):
                if letter == " " and time.monotonic() - began < seconds / 3:
                    # Long enough for what exists already to be saved by itself.
                    self.page.wait_for_timeout(2200)
                    self.look()
                self.typed += letter
                self.page.keyboard.type(letter)
                self.moments.append(time.monotonic())
                self.look()
        except Error:
            timer.join()
        self.killed_at = began + seconds

    def look(self) -> None:
        """Note the words of which the page says that they are saved."""
        if state(self.page, self.form).inner_text().startswith("Saved"):
            self.said_saved.add(self.words.input_value())

    @property
    def due(self) -> str:
        """What has to have survived: all that was typed a second before the end."""
        count = sum(moment <= self.killed_at - A_SECOND for moment in self.moments)
        return self.typed[:count]


@pytest.fixture(autouse=True)
def patient():
    expect.set_options(timeout=PATIENCE)
    yield
    expect.set_options(timeout=5000)


@pytest.fixture
def chromium(playwright, tmp_path):
    browser = Chromium(playwright, tmp_path / "profile")
    yield browser
    browser.kill()


def test_a_killed_browser_loses_at_most_a_second_of_typing(live_server, officer, chromium, capsys):
    chance, item, count, most = Random(SEED), minuted_item(), 0, 0
    session = signed_in(officer).cookies[settings.SESSION_COOKIE_NAME]
    cookie = {"name": session.key, "value": session.value, "url": f"{live_server.url}/office/"}
    said_saved = 0
    for turn in range(rounds(2)):
        said = asked(item, f"asked {turn}.") if turn % 2 else None
        typing = lose(chromium, cookie, live_server.url + item.get_absolute_url(), said, chance)
        back = come_back(chromium, cookie, live_server.url + item.get_absolute_url(), said)
        told = f"kill {turn + 1}, seed {SEED}: {typing.typed!r} came back as {back!r}"
        start = f"asked {turn}." if said else ""
        assert f"{start}{typing.typed}".startswith(back), told
        assert back.startswith((start + typing.due).rstrip()), told
        stored = Revision.objects.values_list("text", flat=True)
        assert not {one for one in typing.said_saved if one.strip() not in stored}, told
        count, said_saved = count + 1, said_saved + len(typing.said_saved)
        most = max(most, len(start) + len(typing.moments) - len(back))
    assert said_saved or count < 2, "nothing was saved by itself"
    tell(
        capsys,
        f"{count} kills of the browser: at most {most} letters gone, "
        f"{said_saved} times Saved, never of what was not; seed {SEED}",
    )


# From the press of the keys until the answer is on the page it takes about so long.
A_MOMENT = 0.25


def test_a_browser_killed_at_the_press_of_save_has_saved_once(live_server, officer, chromium, capsys):
    chance, item, arrived, count = Random(SEED), minuted_item(), 0, 0
    session = signed_in(officer).cookies[settings.SESSION_COOKIE_NAME]
    cookie = {"name": session.key, "value": session.value, "url": f"{live_server.url}/office/"}
    address = live_server.url + item.get_absolute_url()
    for turn in range(rounds(1)):
        text = f"asked how it goes for the {turn}. time."
        press_and_die(chromium, cookie, address, f"PCC {text}", chance.uniform(0, A_MOMENT))
        arrived += text in stored(item)
        page = chromium.start(cookie)
        page.goto(address)
        is_ready(page)
        if left := box(page).input_value():
            assert left == f"PCC {text}"
            box(page).press("Control+Enter")
        expect(page.locator("#entries")).to_contain_text(text)
        expect(box(page)).to_have_value("")
        chromium.browser.close()
        chromium.kill()
        assert stored(item).count(text) == 1, f"kill {turn + 1}, seed {SEED}"
        count += 1
    tell(
        capsys, f"{count} kills at Ctrl+Enter: {arrived} had arrived, each is in the record once; seed {SEED}"
    )


def press_and_die(chromium: Chromium, cookie: dict, address: str, text: str, seconds: float) -> None:
    """Type, press Ctrl and Enter, and be gone so many seconds later."""
    page = chromium.start(cookie)
    page.goto(address)
    is_ready(page)
    box(page).fill(text)
    page.wait_for_function(KEPT_IT, arg=text, timeout=PATIENCE)
    timer = Timer(seconds, chromium.kill)
    timer.start()
    with suppress(Error):
        page.keyboard.press("Control+Enter")
    timer.join()
    chromium.put_away()


# What was typed a second before is on the device; here nobody waits for that long.
KEPT_IT = """text => new Promise(done => {
    indexedDB.open("assurance").onsuccess = ({target}) => {
        const reading = target.result.transaction("typed").objectStore("typed").getAll();
        reading.onsuccess = () => {
            target.result.close();
            done(JSON.stringify(reading.result).includes(text));
        };
    };
})"""

KEPT_NOTHING = """key => new Promise(done => {
    indexedDB.open("assurance").onsuccess = ({target}) => {
        const reading = target.result.transaction("typed").objectStore("typed").getAll();
        reading.onsuccess = () => { target.result.close(); done(!reading.result.some(one => one.key === key)); };
    };
})"""


def lose(chromium: Chromium, cookie: dict, address: str, said: Contribution | None, chance: Random) -> Typing:
    """Type into the box, or into what was said before, until the browser is no longer there."""
    page = chromium.start(cookie)
    page.goto(address)
    is_ready(page)
    words, form = (edit(page, said), f"form[data-save=words-{said.pk}]") if said else (box(page), "form.box")
    typing = Typing(page, words, form)
    typing.go_on(chromium, chance.uniform(3, 7))
    chromium.put_away()
    return typing


def come_back(chromium: Chromium, cookie: dict, address: str, said: Contribution | None) -> str:
    """What stands in the form when the page is opened again; then it is taken out, for the next time."""
    page = chromium.start(cookie)
    page.goto(address)
    is_ready(page)
    words = page.locator(f"form[data-save=words-{said.pk}] textarea") if said else box(page)
    try:
        words.wait_for(timeout=5000)
    except TimeoutError:
        # Where everything was saved, nothing has to be put back.
        words = edit(page, said)
    back = words.input_value()
    words.press("Control+Enter")
    page.wait_for_timeout(1000)
    if not said and words.input_value():
        # It is still on its way, or no entry yet, as the name of a speaker alone.
        words.fill("")
        key = page.locator("form.box").get_attribute("data-save")
        page.wait_for_function(KEPT_NOTHING, arg=key, timeout=PATIENCE)
    chromium.browser.close()
    chromium.kill()
    return back
