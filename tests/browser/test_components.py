"""The page that shows every component of the look."""

import pytest

from tests.browser.pages import axe, come_in, no_sideways_scroll


@pytest.fixture
def components(page, officer):
    come_in(page, officer)
    page.goto("/office/components/")
    return page


def test_components_are_accessible(components):
    axe(components)


def test_components_fit_a_narrow_screen(components):
    no_sideways_scroll(components)
