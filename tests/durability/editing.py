"""One round of two or three people who edit the same entries at the same time, drawn from a seed.

Each opens pages and sends their forms in an order that the seed decides, now and then at the very same
moment as somebody else, now and then several times; they carry entries and parts of them from item to
item while others write in them, and undo that. What each was answered is noted; `judging` says whether
that was the truth.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from random import Random
from uuid import UUID, uuid4

from django.db import models
from django.urls import reverse

from actions.models import Action
from actions.services import add_action
from meetings import services
from meetings.models import AgendaItem, Contribution, Exchange, Meeting, Revision
from tests.durability.browsing import Answer, Browser, Form, at_once

# The forms of the desk by what finds them on their page.
WORDS_FORM = ".//*[@name='base_version'] and .//textarea[@name='text']"
BOX = ".//*[@name='lines'] and .//textarea[@name='text']"
NEW_FORM = ".//*[@name='op_id'] and .//*[@name='speaker'] and not(.//*[@name='base_version'])"
SCOPE_FORM = ".//textarea[@name='scope']"
BY_SCRIPT = {"edit", "add", "scope"}
RESTORE_FORM = "contains(@action, '/history/')"
MOVE_FORM = ".//*[@name='{}']"
JOIN_WORDS_FORM = "contains(@action, '/join/') and .//*[@name='before_version']"
JOIN_ENTRY_FORM = "contains(@action, '/join/') and .//*[@name='seen_at']"
# What can be undone in one step.
REARRANGED = {"split", "join", "join entry", "move to"}


@dataclass
class Sent:
    """A form that was sent, what it said, what it showed before, and every answer that it got."""

    what: str
    form: Form
    text: str = ""
    subject: UUID | None = None
    browser: Browser | None = None
    answers: list[Answer] = field(default_factory=list)
    seen: str = ""
    # What is moved, and what it is to be a part of.
    moved: models.Model | None = None
    to: models.Model | None = None

    @property
    def is_acknowledged(self) -> bool:
        return any(answer.is_success for answer in self.answers)

    @property
    def is_sent_again(self) -> bool:
        """Whether its writer, who waits for an answer, may press twice: it carries the id of its operation."""
        return bool(self.text) or self.what in REARRANGED

    def __str__(self):
        statuses = ", ".join(str(answer.status) for answer in self.answers)
        return f"{self.what} {self.text!r} upon {self.form.fields.get('base_version', 'nothing')}: {statuses}"


@dataclass
class Scene:
    """A meeting with an item, two entries, three contributions and an action that everybody of a round edits.

    Beside it is another item, into which they move what belongs there.
    """

    meeting: Meeting
    item: AgendaItem
    elsewhere: AgendaItem
    entries: list[Exchange]
    words: list[Contribution]
    action: Action
    about: str = "all"
    sent: list[Sent] = field(default_factory=list)

    @classmethod
    def set_up(cls, meeting: Meeting) -> "Scene":
        item, elsewhere = (services.add_item(meeting, title=f"Item {uuid4()}", by=None) for _ in range(2))
        pcc, cc = (meeting.attendances.get(abbreviation=short) for short in ["PCC", "CC"])
        asked = services.Spoken("question", "asked how it goes.", pcc, lead=pcc.printed)
        answered = services.Spoken("answer", "said that it goes well.", cc, lead=cc.printed)
        entries = [services.add_exchange(item, [asked, answered], by=None) for _ in range(2)]
        # What stands last can be joined with what is before it, and is nobody's own.
        words = [one for entry in entries for one in entry.contributions.all()][:3]
        promise = {"text": "provide the figures.", "owner": cc.role, "op_id": uuid4(), "by": None}
        action = add_action(meeting=meeting, item=item, after=entries[0], **promise)
        return cls(meeting, item, elsewhere, entries, words, action)

    @property
    def about_item(self) -> str:
        return reverse("meetings:item_details", args=[self.meeting.pk, self.item.pk])

    def said(self) -> models.QuerySet[Contribution]:
        """Everything that was ever said under both items."""
        return Contribution.with_removed.filter(exchange__item__in=[self.item, self.elsewhere])

    def revisions(self) -> list[Revision]:
        """Every version of everything that was ever said under the items, and of what was promised."""
        subjects = [self.action.uid, *self.said().values_list("uid", flat=True)]
        return list(Revision.objects.filter(subject__in=subjects).order_by("subject", "version"))

    def scopes(self) -> list[str]:
        """What the item's scope was, one state after the other."""
        history = AgendaItem.history.filter(id=self.item.pk)
        return list(history.order_by("history_id").values_list("scope", flat=True))


class Editor:
    """Somebody with a browser, who does one thing after the other: opens a form, types, sends it."""

    def __init__(self, name: str, browser: Browser, scene: Scene, chance: Random):
        self.name, self.browser, self.scene, self.chance = name, browser, scene, chance
        self.left, self.opened, self.typed = chance.randint(2, 4), None, 0

    def take_up(self) -> None:
        """Open the form of what comes next; what is no longer there is let be."""
        self.left -= 1
        self.opened = self.chance.choice(self.doings())()
        if self.opened:
            self.opened.browser = self.browser
            if self.opened.what in BY_SCRIPT and self.chance.random() < 0.5:
                self.opened.form = replace(self.opened.form, by_script=True)

    def doings(self) -> list[Callable[[], Sent | None]]:
        """What they might do: in some rounds everybody is at the same few things, so that they meet."""
        words = [self.edit] * 4 + [self.split, self.bring_back, self.flag, self.delete]
        beside = [self.reword, self.scope] * 2 + [self.edit]
        others = [self.add] * 3 + [self.add_to_entry, self.move, self.join]
        places = [self.move_entry_to, self.move_words_to] * 2 + [self.join_entry, self.undo, self.undo]
        some = {
            "words": words,
            "beside": beside,
            "places": [*places, self.edit, self.split],
        }
        return some.get(self.scene.about, words + beside + others + places)

    def edit(self) -> Sent | None:
        words = self.chance.choice([*self.scene.words, self.scene.words[0], self.scene.words[0]])
        form = self.browser.open(self.address("words", words.pk), WORDS_FORM)
        if form is None:
            return None
        text = f"said {self.token()} in other words."
        speaker = self.chance.choice(["", form.fields["speaker"], form.fields["speaker"]])
        more = {"kind": "comment", "speaker": speaker, **self.chance.choice([{}, {"autosave": "1"}])}
        return Sent("edit", form.typed(text=text, **more), text, words.uid)

    def reword(self) -> Sent | None:
        form = self.browser.open(reverse("actions:wording", args=[self.scene.action.pk]), WORDS_FORM)
        text = f"provide {self.token()} by spring."
        more = self.chance.choice([{}, {"autosave": "1"}])
        return form and Sent("edit", form.typed(text=text, **more), text, self.scene.action.uid)

    def scope(self) -> Sent | None:
        form = self.browser.open(self.scene.about_item, SCOPE_FORM)
        text = f"The force reports on {self.token()}."
        return form and Sent("scope", form.typed(scope=text), text, seen=form.fields["scope"])

    def split(self) -> Sent | None:
        words = self.chance.choice(self.scene.words[:2])
        form = self.browser.open(self.address("split_words", words.pk), "@data-split")
        first = f"said {self.token()} at first."
        text = f"{first}\n\nand {self.token()} then."
        chosen = {"text": text, "kind": "comment", "speaker": str(words.speaker_id)}
        return form and Sent("split", form.typed(**chosen), text, words.uid)

    def join(self) -> Sent | None:
        entry = self.chance.choice(self.scene.entries)
        form = self.browser.open(self.address("arrange", entry.pk), JOIN_WORDS_FORM)
        return form and Sent("join", form)

    def join_entry(self) -> Sent | None:
        entry = self.chance.choice(self.scene.entries)
        form = self.browser.open(self.address("arrange", entry.pk), JOIN_ENTRY_FORM)
        return form and Sent("join entry", form)

    def move_entry_to(self) -> Sent | None:
        entry = self.chance.choice(self.scene.entries)
        item = self.chance.choice([self.scene.item, self.scene.elsewhere, self.scene.elsewhere])
        form = self.browser.open(self.address("move_entry_to", entry.pk), MOVE_FORM.format("item"))
        place = self.chance.choice(["first", "last"])
        return form and Sent("move to", form.typed(item=str(item.pk), place=place), moved=entry, to=item)

    def move_words_to(self) -> Sent | None:
        words, entry = self.chance.choice(self.scene.words), self.chance.choice(self.scene.entries)
        form = self.browser.open(self.address("move_words_to", words.pk), MOVE_FORM.format("entry"))
        place = self.chance.choice(["first", "last"])
        return form and Sent("move to", form.typed(entry=str(entry.pk), place=place), moved=words, to=entry)

    def undo(self) -> Sent | None:
        """Press the "Undo" that stands in the banner of somebody who rearranged something."""
        done = [one for one in self.scene.sent if one.what in REARRANGED and one.is_acknowledged]
        if not done:
            return None
        op_id = self.chance.choice(done).form.op_id
        return Sent("undo", Form(reverse("desk:undo", args=[self.scene.meeting.pk, op_id]), {}))

    def flag(self) -> Sent | None:
        words = self.chance.choice(self.scene.words)
        note = {"note": self.token(), "words": str(words.pk), "op_id": str(uuid4())}
        return Sent("flag", Form(self.address("flag", words.exchange_id), note))

    def add(self) -> Sent | None:
        which = self.chance.choice([BOX, BOX, NEW_FORM])
        form = self.browser.open(self.address("item", self.scene.item.pk), which)
        text = self.chance.choice([f"The PCC asked {self.token()} once more.", f"CC replied {self.token()}."])
        return form and Sent("add", form.typed(text=text), text)

    def add_to_entry(self) -> Sent | None:
        entry = self.chance.choice(self.scene.entries)
        form = self.browser.open(self.address("add_to_entry", entry.pk), NEW_FORM)
        text = f"The CC added {self.token()}."
        return form and Sent("add to entry", form.typed(text=text), text)

    def bring_back(self) -> Sent | None:
        words = self.chance.choice(self.scene.words)
        form = self.browser.open(self.address("history", words.pk), RESTORE_FORM)
        if form is None:
            return None
        version = int(form.action.rstrip("/").rsplit("/", 1)[1])
        text = words.revisions().get(version=version).text
        return Sent("bring back", form, text, words.uid)

    def move(self) -> Sent | None:
        direction = self.chance.choice(["up", "down"])
        words = self.chance.choice(self.scene.words)
        form = self.browser.open(self.address("words", words.pk), "contains(@action, '/move/')")
        return form and Sent("move", form.typed(direction=direction))

    def delete(self) -> Sent | None:
        words = self.chance.choice(self.scene.words)
        if self.chance.random() < 0.5:
            deleted = self.chance.choice(
                [("words", words.pk), ("words", words.pk), ("entry", words.exchange_id)]
            )
            name, pk = deleted
            return Sent("bring back what was deleted", Form(self.address(f"restore_{name}", pk), {}))
        form = self.browser.open(self.address("words", words.pk), "contains(@action, '/delete/')")
        return form and Sent("delete", form)

    def token(self) -> str:
        """A word that nobody else types."""
        self.typed += 1
        return f"{self.name}{self.typed}"

    def address(self, name: str, pk: int) -> str:
        return reverse(f"desk:{name}", args=[self.scene.meeting.pk, pk])


def play(scene: Scene, browsers: list[Browser], chance: Random) -> list[Sent]:
    """Let everybody do what they mean to, in an order that chance decides; gives all that was sent."""
    scene.about = chance.choice(["words", "beside", "places", "all", "all"])
    names = ["Ada", "Bea", "Cyd"][: chance.choice([2, 2, 3])]
    editors = [Editor(name, browser, scene, chance) for name, browser in zip(names, browsers, strict=False)]
    sent = scene.sent
    while busy := [one for one in editors if one.left or one.opened]:
        ready = [one for one in busy if one.opened]
        if ready and (chance.random() < 0.25 or not any(one.left and not one.opened for one in busy)):
            together = ready if chance.random() < 0.75 else [chance.choice(ready)]
            sent += send(together, chance)
        else:
            chance.choice([one for one in busy if one.left and not one.opened]).take_up()
    for one in sent:
        # Somebody whose first answer got lost presses again much later.
        if one.is_sent_again and chance.random() < 0.2:
            one.answers.append(one.browser.send(one.form))
    return sent


def send(editors: list[Editor], chance: Random) -> list[Sent]:
    """Send what these have open at one moment; some of it now and then two to five times at once."""
    sendings = []
    for editor in editors:
        times = chance.randint(2, 5) if editor.opened.is_sent_again and chance.random() < 0.25 else 1
        sendings += [(editor, editor.opened)] * times
    answers = at_once([(editor.browser, one.form) for editor, one in sendings])
    # Of what was sent at one moment nobody knows which came first: who was refused may have been before who was not.
    for (_, one), answer in sorted(zip(sendings, answers, strict=True), key=lambda pair: pair[1].is_success):
        one.answers.append(answer)
    sent = [editor.opened for editor in editors]
    for editor in editors:
        editor.opened = None
    return sent
