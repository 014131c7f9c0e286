"""Two or three people edit the same entries over real HTTP: no text that was acknowledged is lost or overwritten."""

import time
from collections import Counter
from random import Random

import pytest
from django.db import connection

from tests.durability.conftest import browsers_of
from tests.durability.editing import Scene, play
from tests.durability.judging import faults_of
from tests.durability.rounds import SEED, rounds, tell

pytestmark = pytest.mark.django_db(transaction=True)
A_MEETING = 10
# Fifty in `make test`: half on each database.
HALF = 25


def test_whatever_several_editors_do_no_text_is_lost(server, sessions, new_meeting, capsys):
    server.start()
    browsers, meeting, answers = browsers_of(server, sessions), None, Counter()
    began = time.monotonic()
    for turn in range(rounds(HALF)):
        if turn % A_MEETING == 0:
            meeting = new_meeting(turn)
        scene = Scene.set_up(meeting)
        sent = play(scene, browsers, Random(SEED + turn))
        answers.update(answer.status for one in sent for answer in one.answers)
        story = "\n".join(f"  {one}" for one in sent)
        again = f"PROOF_SEED={SEED + turn} PROOF_ROUNDS=1 plays it again"
        assert faults_of(scene, sent) == [], f"round {turn}; {again}:\n{story}"
    # One round that is played again need not have every kind of answer.
    assert rounds(HALF) < 10 or {200, 302, 409} <= answers.keys()
    tell(capsys, f"{summary(turn + 1, answers)} in {time.monotonic() - began:.0f} s, seed {SEED}")


def summary(count: int, answers: Counter) -> str:
    said = ", ".join(f"{number} answered {status}" for status, number in sorted(answers.items()))
    return f"{count} interleavings on {connection.vendor}: {said}; 0 texts lost, 0 overwritten unseen"
