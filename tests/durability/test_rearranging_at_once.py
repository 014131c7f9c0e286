"""Several people add, change, move, split, join and delete at the same moment: each is done, or refused in words."""

from collections.abc import Callable
from random import Random
from uuid import uuid4

import pytest
from django.db import connection

from desk import arranging
from meetings import services, texts
from meetings.models import AgendaItem, Contribution, Exchange
from tests.at_once import at_once
from tests.durability.editing import Scene
from tests.durability.judging import faults_of_history, faults_of_order
from tests.durability.rounds import SEED, rounds, tell
from web.models import OneTimeOperation

pytestmark = pytest.mark.django_db(transaction=True)
# What people are answered in words.
ANSWERS = (services.Refused, texts.Conflict)
AT_ONCE = 3


class Hand:
    """Somebody who does one thing to what they see: every choice is drawn before it begins."""

    def __init__(self, scene: Scene, by, chance: Random):
        self.scene, self.by, self.chance = scene, by, chance

    def something_with_actions(self) -> Callable[[], object]:
        """What takes the actions along that arose from an entry."""
        return self.chance.choice([self.join_entry, self.join_entry, self.move_entry_to, self.undo])()

    def something(self) -> Callable[[], object]:
        doings = [self.add, self.add_to, self.save, self.split, self.join, self.begin_entry, self.join_entry]
        doings += [
            self.move,
            self.move_entry,
            self.move_to,
            self.move_entry_to,
            self.delete,
            self.delete_entry,
        ]
        return self.chance.choice([*doings, self.bring_back, self.none, self.undo, self.undo])()

    def words(self) -> Contribution:
        return self.chance.choice(list(Contribution.objects.filter(exchange__item=self.scene.item)))

    def entry(self) -> Exchange:
        return self.chance.choice(list(Exchange.objects.filter(item=self.scene.item)))

    def spoken(self) -> services.Spoken:
        return services.Spoken("narrative", f"noted {uuid4()}.")

    def add(self):
        return lambda: services.add_exchange(self.scene.item, [self.spoken()], by=self.by, op_id=uuid4())

    def add_to(self):
        entry = self.entry()
        return lambda: services.add_contributions(entry, [self.spoken()], by=self.by, op_id=uuid4())

    def save(self):
        words = self.words()
        return lambda: services.save_contribution(
            words,
            services.Spoken.of(words, text=f"said {uuid4()}."),
            base_version=words.version,
            op_id=uuid4(),
            by=self.by,
        )

    def split(self):
        words = self.words()
        return lambda: services.split_contribution(
            words, "said first.", [self.spoken()], base_version=words.version, by=self.by, op_id=uuid4()
        )

    def join(self):
        words = self.words()
        said = list(words.exchange.contributions.all())
        if words == said[-1]:
            return self.move()
        other = said[said.index(words) + 1]
        versions = (words.version, other.version)
        return lambda: services.join_contributions(
            words, other, base_versions=versions, by=self.by, op_id=uuid4()
        )

    def begin_entry(self):
        words = self.words()
        return lambda: arranging.split_entry(words, by=self.by, op_id=uuid4())

    def join_entry(self):
        entries = list(Exchange.objects.filter(item=self.scene.item))
        if len(entries) == 1:
            return self.add()
        place = self.chance.randint(1, len(entries) - 1)
        return lambda: arranging.join_entry(entries[place], entries[place - 1], by=self.by, op_id=uuid4())

    def move(self):
        words, direction = self.words(), self.direction()
        return lambda: services.move_contribution(words, direction, self.by)

    def move_entry(self):
        entry, direction = self.entry(), self.direction()
        return lambda: services.move_exchange(entry, direction, self.by)

    def move_to(self):
        words, entry, first = self.words(), self.entry(), self.chance.random() < 0.5
        return lambda: services.move_contribution_to(words, entry, first=first, by=self.by, op_id=uuid4())

    def move_entry_to(self):
        entry = self.entry()
        others = AgendaItem.objects.filter(meeting=self.scene.meeting).exclude(pk=self.scene.item.pk)
        other = self.chance.choice(list(others))
        return lambda: arranging.move_entry(entry, other, first=False, by=self.by, op_id=uuid4())

    def delete(self):
        words = self.words()
        return lambda: services.remove_contribution(words, self.by)

    def delete_entry(self):
        entry = self.entry()
        return lambda: services.remove_exchange(entry, self.by)

    def bring_back(self):
        removed = list(
            Contribution.with_removed.filter(exchange__item=self.scene.item).exclude(removed_at=None)
        )
        if not removed:
            return self.delete()
        gone = self.chance.choice(removed)
        return lambda: services.restore(gone, self.by)

    def undo(self):
        """The last that anybody rearranged in this meeting, or one of those before."""
        done = OneTimeOperation.objects.filter(answer__rearranged=self.scene.meeting.pk).order_by("-at")[:3]
        if not done:
            return self.add()
        op_id = self.chance.choice(list(done)).op_id
        return lambda: arranging.undo(self.scene.meeting, op_id, by=self.by)

    def none(self):
        return lambda: services.record_none(self.scene.item, True, self.by)

    def direction(self) -> str:
        return self.chance.choice(["up", "down"])


def test_what_is_done_at_once_is_done_whole_or_refused(officer, new_meeting, capsys):
    meeting, refused, done = new_meeting(), 0, 0
    for turn in range(rounds(15)):
        chance = Random(SEED + turn)
        scene = Scene.set_up(meeting)
        for _ in range(4):
            if not Exchange.objects.filter(item=scene.item).exists():
                break
            # In every third round all are at the few things in which they have to wait for the same actions.
            what = Hand.something if turn % 3 else Hand.something_with_actions
            doings = [what(Hand(scene, officer, chance)) for _ in range(AT_ONCE)]
            results = at_once(*doings)
            faults = [
                repr(one) for one in results if isinstance(one, Exception) and not isinstance(one, ANSWERS)
            ]
            told = f"PROOF_SEED={SEED + turn}: {[name_of(one) for one in doings]}"
            assert faults + faults_of_history(scene, scene.revisions()) + faults_of_order(scene) == [], told
            assert not (said_and_none(scene.item)), told
            refused += sum(isinstance(one, ANSWERS) for one in results)
            done += sum(not isinstance(one, Exception) for one in results)
    tell(capsys, f"{turn + 1} rounds at once on {connection.vendor}: {done} done, {refused} refused in words")


def said_and_none(item: AgendaItem) -> bool:
    return AgendaItem.objects.get(pk=item.pk).none and item.exchanges.exists()


def name_of(doing: Callable) -> str:
    return doing.__qualname__.split(".")[1]
