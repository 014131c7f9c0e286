"""People who save without a pause until the server is gone, and a ledger of what each was answered."""

import json
from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from threading import Event, Thread
from uuid import uuid4

from django.urls import reverse

from actions.models import Action
from meetings.models import Contribution, Exchange, Revision, SavedText
from tests.durability.browsing import BROKEN, Browser, Form
from tests.durability.editing import BOX, SCOPE_FORM, WORDS_FORM, Scene, Sent
from tests.durability.judging import losses


class Writer(Thread):
    """Somebody who adds entries, changes, splits and moves words of their own, one save after the other.

    The first of them changes the action's wording and the item's scope too.
    """

    def __init__(self, name: str, browser: Browser, scene: Scene, words: Contribution, begun: Event):
        super().__init__(daemon=True)
        self.person, self.browser, self.scene, self.words = name, browser, scene, words
        self.begun, self.ledger = begun, []
        self.new = browser.open(self.address("item", scene.item.pk), BOX)
        self.change = browser.open(self.address("words", words.pk), WORDS_FORM)
        self.scope = browser.open(scene.about_item, SCOPE_FORM) if words == scene.words[0] else None
        self.versions, self.narrowed = {}, None

    def run(self) -> None:
        for sent in self.saves():
            self.ledger.append(sent)
            sent.answers.append(self.browser.send(sent.form))
            if sent.answers == [BROKEN]:
                return
            self.begun.set()

    def saves(self) -> Iterator[Sent]:
        """Forms as pages that stay open would send them: each knows what was answered before it."""
        kinds = [self.edit, self.add, self.split, self.move]
        if self.words == self.scene.words[0]:
            kinds += [self.reword, self.narrow]
        for turn in count(self.scene.item.pk):
            yield kinds[turn % len(kinds)]()

    def edit(self) -> Sent:
        # The sentences are long, so that there is something of which half could be missing.
        text = f"asked {self.token()}? {'And so on. ' * 40}".strip()
        form = self.again(self.change, text=text, base_version=self.next_version(self.words), kind="comment")
        return Sent("edit", form, text, self.words.uid, self.browser)

    def add(self) -> Sent:
        text = f"The PCC asked {self.token()} whether it goes on."
        return Sent("add", self.again(self.new, text=text), text, browser=self.browser)

    def split(self) -> Sent:
        text = f"said {self.token()} at first.\n\nand {self.token()} then."
        said = {"speaker": str(self.words.speaker_id), "kind": "comment", "text": text}
        said["base_version"] = self.next_version(self.words)
        form = self.again(Form(self.address("split_words", self.words.pk), said))
        return Sent("split", form, text, self.words.uid, self.browser)

    def move(self) -> Sent:
        form = Form(self.address("move_words", self.words.pk), {"direction": "up"})
        return Sent("move", self.again(form), browser=self.browser)

    def reword(self) -> Sent:
        action, text = self.scene.action, f"provide {self.token()} by spring."
        form = Form(reverse("actions:wording", args=[action.pk]), {"text": text})
        form = self.again(form, base_version=self.next_version(action))
        return Sent("edit", form, text, action.uid, self.browser)

    def narrow(self) -> Sent:
        """Type into the item's scope, upon what the last answer said of it."""
        if self.narrowed:
            answered = json.loads(self.narrowed.answers[0].page)
            self.scope = self.scope.typed(base_version=answered["version"])
        text = f"The force reports on {self.token()}."
        form = replace(self.again(self.scope, scope=text, autosave="1"), by_script=True)
        self.narrowed = Sent("scope", form, text, browser=self.browser)
        return self.narrowed

    def next_version(self, row: SavedText) -> str:
        """The version that stands, if everything before was saved."""
        self.versions[row.uid] = self.versions.get(row.uid, 0) + 1
        return str(self.versions[row.uid])

    def again(self, form: Form, **typed: str) -> Form:
        return form.typed(op_id=str(uuid4()), **typed)

    def token(self) -> str:
        return f"{self.person}{uuid4().int}"

    def address(self, name: str, pk: int) -> str:
        return reverse(f"desk:{name}", args=[self.scene.meeting.pk, pk])


def lost(scene: Scene, ledger: list[Sent]) -> list[str]:
    """What was acknowledged and is not there, whole and once."""
    revisions, scopes = scene.revisions(), scene.scopes()
    told = [one for one in ledger if one.text and one.is_acknowledged]
    return [
        *(fault for one in told if one.what != "scope" for fault in losses(one, revisions)),
        *(f"lost: {one}" for one in told if one.what == "scope" and one.text not in scopes),
    ]


def halves() -> list[str]:
    """What only half of a save would leave behind, anywhere in the record."""
    texts = {(one.subject, one.version): one.text for one in Revision.objects.all()}
    faults = [
        f"{said} stands in the record and not in its history"
        for said in [*Contribution.with_removed.all(), *Action.with_removed.all()]
        if texts.get((said.uid, said.version)) != said.text
    ]
    if Exchange.with_removed.filter(contributions=None).exists():
        faults.append("an entry in which nobody says anything")
    return faults
