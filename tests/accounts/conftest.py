"""Whoever signs in here has not tried before."""

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def no_earlier_attempts(db):
    cache.clear()
