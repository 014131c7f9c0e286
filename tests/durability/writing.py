"""People who save without a pause until the server is gone, and a ledger of what each was answered."""

from collections.abc import Iterator
from itertools import count
from threading import Event, Thread
from uuid import uuid4

from django.urls import reverse

from meetings.models import Contribution, Exchange, Revision
from tests.durability.browsing import BROKEN, Browser
from tests.durability.editing import BOX, WORDS_FORM, Scene, Sent
from tests.durability.judging import losses


class Writer(Thread):
    """Somebody who adds entries and changes words of their own, one save after the other."""

    def __init__(self, name: str, browser: Browser, scene: Scene, words: Contribution, begun: Event):
        super().__init__(daemon=True)
        self.person, self.browser, self.scene, self.words = name, browser, scene, words
        self.begun, self.ledger = begun, []
        self.new = browser.open(self.address("item", scene.item.pk), BOX)
        self.change = browser.open(self.address("words", words.pk), WORDS_FORM)

    def run(self) -> None:
        for sent in self.saves():
            self.ledger.append(sent)
            sent.answers.append(self.browser.send(sent.form))
            if sent.answers == [BROKEN]:
                return
            self.begun.set()

    def saves(self) -> Iterator[Sent]:
        """Forms as two pages that stay open would send them: each knows the version before it."""
        new, change = self.new, self.change
        for turn in count():
            # The sentences are long, so that there is something of which half could be missing.
            text = f"asked {self.person}{turn}x{uuid4().hex}? {'And so on. ' * 40}".strip()
            form = change.typed(
                text=text, op_id=str(uuid4()), base_version=str(change.base_version + turn), kind="comment"
            )
            yield Sent("edit", form, text, self.words.uid, self.browser)
            text = f"The PCC asked {self.person}{turn}y{uuid4().hex} whether it goes on."
            yield Sent("add", new.typed(text=text, op_id=str(uuid4())), text, browser=self.browser)

    def address(self, name: str, pk: int) -> str:
        return reverse(f"desk:{name}", args=[self.scene.meeting.pk, pk])


def lost(scene: Scene, ledger: list[Sent]) -> list[str]:
    """What was acknowledged and is not there, whole and once."""
    revisions = scene.revisions()
    return [fault for one in ledger if one.is_acknowledged for fault in losses(one, revisions)]


def halves() -> list[str]:
    """What only half of a save would leave behind, anywhere in the record."""
    texts = {(one.subject, one.version): one.text for one in Revision.objects.all()}
    faults = [
        f"{said} stands in the record and not in its history"
        for said in Contribution.with_removed.all()
        if texts.get((said.uid, said.version)) != said.text
    ]
    if Exchange.with_removed.filter(contributions=None).exists():
        faults.append("an entry in which nobody says anything")
    return faults
