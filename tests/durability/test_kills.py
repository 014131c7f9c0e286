"""The server is killed in the middle of saving and publishing: what it acknowledged is there when it starts again."""

import time
from random import Random
from threading import Event

import pytest
from django.db import connection

from accounts.models import User
from publications.models import Edition
from tests.durability.browsing import BROKEN, Browser
from tests.durability.conftest import browsers_of
from tests.durability.editing import Scene, Sent
from tests.durability.publishing import Publisher, approved, faults_of_publication
from tests.durability.rounds import SEED, rounds, tell
from tests.durability.server import Server
from tests.durability.writing import Writer, halves, lost

pytestmark = pytest.mark.django_db(transaction=True)
PATIENCE = 120
# A publication takes about so many seconds; the kill falls somewhere in it, or shortly after.
A_WHILE = 0.35


class Life:
    """What happens between one start of the server and its sudden end."""

    def __init__(self, server: Server, scene: Scene, browsers: list[Browser], publisher: Publisher | None):
        self.server, self.scene, self.publisher, self.begun = server, scene, publisher, Event()
        self.writers = [
            Writer(name, browser, scene, words, self.begun)
            for name, browser, words in zip(["Ada", "Bea", "Cyd"], browsers, scene.words, strict=True)
        ]

    def live(self, chance: Random) -> None:
        """Let them work until something was acknowledged and a while longer, then kill the server."""
        connection.close()
        for writer in self.writers:
            writer.start()
        assert self.begun.wait(PATIENCE), "nothing was saved"
        if self.publisher:
            self.publisher.start()
        time.sleep(chance.uniform(0, A_WHILE))
        self.server.kill()
        for thread in [*self.writers, *([self.publisher] if self.publisher else [])]:
            thread.join(PATIENCE)

    @property
    def ledger(self) -> list[Sent]:
        return [one for writer in self.writers for one in writer.ledger]

    def faults(self) -> list[str]:
        """What the database says of this life, before anything else has started."""
        faults = lost(self.scene, self.ledger) + halves()
        answered = [one for one in self.ledger if one.answers != [BROKEN]]
        faults += [f"refused: {one}" for one in answered if not one.is_acknowledged]
        if self.publisher:
            faults += faults_of_publication(self.publisher.meeting, self.publisher.answer)
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA integrity_check")
                faults += [said for (said,) in cursor.fetchall() if said != "ok"]
        return faults

    def sent_again(self) -> list[str]:
        """Everybody whose answer never came sends once more: then it is done, and done once."""
        faults = []
        for one in [one for one in self.ledger if one.answers == [BROKEN]]:
            one.browser.address = self.server.address
            one.answers = [one.browser.send(one.form)]
            faults += [] if one.is_acknowledged else [f"refused when it was sent again: {one}"]
        faults += lost(self.scene, self.ledger)
        if self.publisher and self.publisher.answer == BROKEN:
            self.publisher.browser.address = self.server.address
            self.publisher.run()
            editions = Edition.objects.filter(meeting__meeting=self.publisher.meeting.uid).count()
            faults += [] if editions == 1 else [f"{editions} editions: {self.publisher.answer.status}"]
        return faults


def test_what_was_acknowledged_outlives_every_kill(server, sessions, new_meeting, approver, capsys):
    chance, lives, cut, began = Random(SEED), [], 0, time.monotonic()
    # Twenty in `make test`: half on each database.
    for turn in range(rounds(10)):
        life = begin(server, sessions, new_meeting, approver, turn)
        if lives:
            assert lives[-1].sent_again() == [], f"after kill {turn}, seed {SEED}"
        life.live(chance)
        lives.append(life)
        cut += sum(one.answers == [BROKEN] for one in life.ledger)
        assert life.faults() == [], f"kill {turn + 1}, seed {SEED}"
    server.start()
    assert lives[-1].sent_again() == []
    assert [fault for life in lives for fault in lost(life.scene, life.ledger)] == []
    tell(capsys, summary(lives, cut, time.monotonic() - began))


def begin(server: Server, sessions: list[str], new_meeting, approver: User, turn: int) -> Life:
    """Start the server before three people, every fourth time before somebody who publishes too."""
    meeting = approved(turn, approver) if turn % 4 == 3 else None
    scene = Scene.set_up(new_meeting(turn))
    server.start()
    browsers = browsers_of(server, sessions)
    return Life(server, scene, browsers, Publisher(browsers[0], meeting) if meeting else None)


def summary(lives: list[Life], cut: int, seconds: float) -> str:
    saved = sum(one.is_acknowledged for life in lives for one in life.ledger)
    published = [life.publisher for life in lives if life.publisher]
    return (
        f"{len(lives)} kills on {connection.vendor}: {saved} saves acknowledged, {cut} cut off, "
        f"{len(published)} during a publication; 0 lost, 0 halves, in {seconds:.0f} s, seed {SEED}"
    )
