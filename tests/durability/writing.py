"""People who save without a pause until the server is gone, and a ledger of what each was answered."""

import json
from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from threading import Event, Thread
from uuid import uuid4

from django.db.models import F
from django.urls import reverse

from actions.models import Action
from meetings.models import Contribution, Exchange, Revision, SavedText
from tests.durability.browsing import BROKEN, Browser, Form
from tests.durability.editing import BOX, JOIN_WORDS_FORM, SCOPE_FORM, WORDS_FORM, Scene, Sent
from tests.durability.judging import faults_of_join, losses

# The form that joins what follows these words with them.
JOIN_NEXT = JOIN_WORDS_FORM + " and ancestor::li/preceding-sibling::li[1][@id='part-{}']"


class Writer(Thread):
    """Somebody who adds entries, changes, splits and moves words of their own, one save after the other.

    The first of them changes the action's wording and the item's scope too, and moves the entry from which
    the action arose from item to item. The last is alone in an entry, and joins again what they split.
    """

    def __init__(self, name: str, browser: Browser, scene: Scene, words: Contribution, begun: Event):
        super().__init__(daemon=True)
        self.person, self.browser, self.scene, self.words = name, browser, scene, words
        self.begun, self.ledger = begun, []
        self.new = browser.open(self.address("item", scene.item.pk), BOX)
        self.change = browser.open(self.address("words", words.pk), WORDS_FORM)
        self.scope = browser.open(scene.about_item, SCOPE_FORM) if words == scene.words[0] else None
        self.versions, self.narrowed, self.carried = {}, None, False

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
            kinds += [self.reword, self.narrow, self.carry]
        if self.words == self.scene.words[-1]:
            kinds = [self.join_again, self.edit, self.join_again, self.add, self.join_again, self.move]
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

    def join_again(self) -> Sent:
        """Put what follows one's words behind them again; where nothing follows, split them first."""
        page = self.address("arrange", self.words.exchange_id)
        form = self.browser.open(page, JOIN_NEXT.format(self.words.pk))
        if form is None:
            return self.split()
        self.next_version(self.words)
        return Sent("join", form, browser=self.browser)

    def carry(self) -> Sent:
        """Move the entry to the other item, and with it the action that arose from it."""
        item = self.scene.item if self.carried else self.scene.elsewhere
        self.carried = not self.carried
        chosen = {"item": str(item.pk), "place": "first"}
        form = Form(self.address("move_entry_to", self.words.exchange_id), chosen)
        return Sent("move to", self.again(form), browser=self.browser, to=item)

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
    joins = [one for one in ledger if one.what == "join" and one.is_acknowledged]
    return [
        *(fault for one in joins for fault in faults_of_join(one, revisions)),
        *lost_places(scene, ledger),
        *(fault for one in told if one.what != "scope" for fault in losses(one, revisions)),
        *(f"lost: {one}" for one in told if one.what == "scope" and one.text not in scopes),
    ]


def lost_places(scene: Scene, ledger: list[Sent]) -> list[str]:
    """Whether what was moved last stands where its mover was told that it is, or one move that was cut off farther."""
    moves = [one for one in ledger if one.what == "move to"]
    told = [one for one in moves if one.is_acknowledged]
    after = moves[len(told) :]
    now = Exchange.with_removed.get(pk=scene.entries[0].pk).item_id
    stood = told[-1].to.pk if told else scene.item.pk
    allowed = {stood, *(one.to.pk for one in after)}
    return [] if now in allowed else [f"moved to {stood}, and now in {now}: {told[-1:]}"]


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
    return faults + half_joined() + half_moved()


def half_joined() -> list[str]:
    """Words that stand twice after they were joined, or that are gone without standing in others."""
    joins = Revision.objects.filter(details__came_from__how="join")
    joined = {one.details["came_from"]["words"] for one in joins}
    gone = set(Contribution.with_removed.exclude(removed_at=None).values_list("pk", flat=True))
    return [f"only half joined: words {pk}" for pk in joined ^ gone]


def half_moved() -> list[str]:
    """Actions that stayed behind when the entry from which they arose moved, or went without it."""
    moved = Action.with_removed.exclude(after=None).exclude(item=F("after__item"))
    return [f"not where its entry is: {action}" for action in moved]
