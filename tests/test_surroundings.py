"""Tests do not disturb each other: what one of them commits is gone before the next."""

import pytest
from django.conf import settings
from django.db import connection

from publications import triggers
from publications.models import PublishedMeeting

MEETING = "00000000-0000-4000-8000-000000000001"


@pytest.mark.parametrize("time", ["first", "second"])
def test_what_is_published_in_a_test_is_gone_after_it(transactional_db, time):
    PublishedMeeting.objects.create(meeting=MEETING, slug="2026-09-24-monthly-assurance-meeting")


def test_the_database_guards_what_is_published(transactional_db):
    assert triggers.triggers_for(connection)
    assert triggers.missing(connection) == []


def test_no_test_writes_to_the_data_of_this_copy():
    assert not settings.DATA.is_relative_to(settings.BASE_DIR)
