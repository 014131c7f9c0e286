"""One round of two or three people who edit the same entries at the same time, drawn from a seed.

Each opens pages and sends their forms in an order that the seed decides, now and then at the very same
moment as somebody else, now and then several times. What each was answered is noted; `judging` says
whether that was the truth.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from random import Random
from uuid import UUID, uuid4

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

    @property
    def is_acknowledged(self) -> bool:
        return any(answer.is_success for answer in self.answers)

    def __str__(self):
        statuses = ", ".join(str(answer.status) for answer in self.answers)
        return f"{self.what} {self.text!r} upon {self.form.fields.get('base_version', 'nothing')}: {statuses}"


@dataclass
class Scene:
    """A meeting with one item, two entries, three contributions and an action that everybody of a round edits."""

    meeting: Meeting
    item: AgendaItem
    entries: list[Exchange]
    words: list[Contribution]
    action: Action
    about: str = "all"

    @classmethod
    def set_up(cls, meeting: Meeting) -> "Scene":
        item = services.add_item(meeting, title=f"Item {uuid4()}", by=None)
        pcc, cc = (meeting.attendances.get(abbreviation=short) for short in ["PCC", "CC"])
        asked = services.Spoken("question", "asked how it goes.", pcc, lead=pcc.printed)
        answered = services.Spoken("answer", "said that it goes well.", cc, lead=cc.printed)
        entries = [services.add_exchange(item, spoken, by=None) for spoken in ([asked, answered], [asked])]
        words = [one for entry in entries for one in entry.contributions.all()]
        promise = {"text": "provide the figures.", "owner": cc.role, "op_id": uuid4(), "by": None}
        action = add_action(meeting=meeting, item=item, after=entries[0], **promise)
        return cls(meeting, item, entries, words, action)

    @property
    def about_item(self) -> str:
        return reverse("meetings:item_details", args=[self.meeting.pk, self.item.pk])

    def revisions(self) -> list[Revision]:
        """Every version of everything that was ever said under the item, and of what was promised."""
        said = Contribution.with_removed.filter(exchange__item=self.item)
        subjects = [self.action.uid, *said.values_list("uid", flat=True)]
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
        return {"words": words, "beside": beside}.get(self.scene.about, words + beside + others)

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
        form = self.browser.open(
            self.address("arrange", entry.pk), "contains(@action, '/join/') and .//*[@name='before_version']"
        )
        return form and Sent("join", form)

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
            restore = Form(self.address("restore_words", words.pk), {})
            return Sent("bring back what was deleted", restore)
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
    scene.about = chance.choice(["words", "beside", "all", "all"])
    names = ["Ada", "Bea", "Cyd"][: chance.choice([2, 2, 3])]
    editors = [Editor(name, browser, scene, chance) for name, browser in zip(names, browsers, strict=False)]
    sent: list[Sent] = []
    while busy := [one for one in editors if one.left or one.opened]:
        ready = [one for one in busy if one.opened]
        if ready and (chance.random() < 0.25 or not any(one.left and not one.opened for one in busy)):
            together = ready if chance.random() < 0.75 else [chance.choice(ready)]
            sent += send(together, chance)
        else:
            chance.choice([one for one in busy if one.left and not one.opened]).take_up()
    for one in sent:
        # Somebody whose first answer got lost presses again much later.
        if one.text and chance.random() < 0.2:
            one.answers.append(one.browser.send(one.form))
    return sent


def send(editors: list[Editor], chance: Random) -> list[Sent]:
    """Send what these have open at one moment; a text now and then two to five times at once."""
    sendings = []
    for editor in editors:
        times = chance.randint(2, 5) if editor.opened.text and chance.random() < 0.25 else 1
        sendings += [(editor, editor.opened)] * times
    answers = at_once([(editor.browser, one.form) for editor, one in sendings])
    for (_, one), answer in zip(sendings, answers, strict=True):
        one.answers.append(answer)
    sent = [editor.opened for editor in editors]
    for editor in editors:
        editor.opened = None
    return sent
