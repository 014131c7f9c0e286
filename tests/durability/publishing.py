"""A meeting that is approved, and whether its publication is there whole or not at all."""

import datetime as dt
from io import StringIO
from threading import Thread

from django.core.management import call_command
from django.urls import reverse

from accounts.models import User
from meetings.models import Meeting, MeetingType
from publications.models import Edition, PublishedExchange, PublishedMeeting, RegisterEntry, Rendition
from review import services
from review.models import Stage
from tests.durability.browsing import BROKEN, Answer, Browser
from tests.review.records import DAY, minuted

PUBLISH_FORM = "contains(@action, '/publish/')"


def approved(turn: int, approver: User) -> Meeting:
    """A meeting of its own day and kind, into which nothing is carried, and that waits for its publication."""
    meeting = minuted(DAY + dt.timedelta(days=turn))
    MeetingType.objects.filter(pk=meeting.type_id).update(name=f"Meeting of kind {turn}")
    services.approve(meeting, by=approver)
    return meeting


class Publisher(Thread):
    """Somebody who has the page with the button open, and presses it."""

    def __init__(self, browser: Browser, meeting: Meeting):
        super().__init__(daemon=True)
        self.browser, self.meeting, self.answer = browser, meeting, BROKEN
        self.form = browser.open(reverse("review:check", args=[meeting.pk]), PUBLISH_FORM)

    def run(self) -> None:
        self.answer = self.browser.send(self.form)


def faults_of_publication(meeting: Meeting, answer: Answer) -> list[str]:
    """Half an edition, or one that was answered with success and is not there."""
    edition = Edition.objects.filter(meeting__meeting=meeting.uid).first()
    stage = services.preparation_of(meeting).stage
    if edition is None:
        left = PublishedMeeting.objects.filter(meeting=meeting.uid).exists() or stage == Stage.PUBLISHED
        return [
            *(["answered as published, and not there"] if answer.is_success else []),
            *(["a trace of an edition that is not there"] if left else []),
        ]
    parts = [
        Rendition.objects.filter(edition=edition).exists(),
        RegisterEntry.objects.filter(edition=edition).exists(),
        PublishedExchange.objects.filter(edition=edition).exists(),
        stage == Stage.PUBLISHED,
    ]
    call_command("check_register", stdout=StringIO())
    return [] if all(parts) else [f"half an edition: {parts}"]
