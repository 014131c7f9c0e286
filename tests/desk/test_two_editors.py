"""Two people who save the same words at the same moment, over real HTTP: no answer of success is ever lost."""

import http.client
from concurrent.futures import ThreadPoolExecutor
from random import Random
from threading import Barrier
from urllib.parse import urlencode, urlsplit
from uuid import uuid4

import pytest
from django.conf import settings
from django.urls import reverse

from meetings.models import Contribution
from tests.conftest import signed_in

pytestmark = pytest.mark.django_db(transaction=True)
TOKEN = "a" * 32
ROUNDS = 25


def post(server, cookie, path, data):
    """Send a form as a browser does; the status of the answer and its page."""
    connection = http.client.HTTPConnection(urlsplit(server.url).netloc, timeout=60)
    headers = {
        "Cookie": f"{settings.SESSION_COOKIE_NAME}={cookie}; {settings.CSRF_COOKIE_NAME}={TOKEN}",
        "Content-Type": "application/x-www-form-urlencoded",
    }
    connection.request("POST", path, urlencode({"csrfmiddlewaretoken": TOKEN, **data}), headers)
    answer = connection.getresponse()
    page = answer.read().decode()
    connection.close()
    return answer.status, page


def test_what_was_saved_is_kept_and_who_lost_sees_both_texts(live_server, officer, meeting, said):
    path = reverse("desk:words", args=[meeting.pk, said.pk])
    cookies = [signed_in(officer).cookies[settings.SESSION_COOKIE_NAME].value for _ in range(2)]
    chance, saved = Random(7), []
    with ThreadPoolExecutor(2) as pool:
        for turn in range(ROUNDS):
            version = Contribution.objects.get(pk=said.pk).version
            # Now and then one of the two starts from an older page.
            bases = [version, max(1, version - chance.choice([0, 0, 0, 1]))]
            forms = [
                {
                    "base_version": base,
                    "op_id": uuid4(),
                    "speaker": said.speaker_id,
                    "kind": "question",
                    "lead": "The PCC",
                    "text": f"asked in turn {turn} as editor {editor}.",
                }
                for editor, base in enumerate(bases)
            ]
            gate = Barrier(2)

            def send(cookie, form, gate=gate):
                gate.wait()
                return post(live_server, cookie, path, form)

            answers = list(pool.map(send, cookies, forms))
            assert sorted(status for status, _ in answers) == [302, 409]
            winner = next(form for form, (status, _) in zip(forms, answers, strict=True) if status == 302)
            loser = next(form for form, (status, _) in zip(forms, answers, strict=True) if status == 409)
            page = next(page for status, page in answers if status == 409)
            assert loser["text"] in page
            # Who started from an older page may have lost to the version before, too.
            assert winner["text"] in page or (loser["base_version"] < version and saved[-1] in page)
            saved.append(winner["text"])
    said.refresh_from_db()
    kept = [revision.text for revision in said.revisions()]
    assert said.text == saved[-1]
    assert set(saved) <= set(kept)
    assert len(kept) == 1 + ROUNDS
