"""Two administrators who act at the same moment, on real connections."""

import pytest

from accounts import services
from accounts.models import Duty, DutyKind, User
from tests.at_once import at_once
from tests.conftest import person

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def two() -> list[User]:
    return [person(f"{name}@office.example", name, DutyKind.ADMINISTRATOR) for name in ["first", "second"]]


def taking(other: User, by: User):
    duty = other.duties.get()
    return lambda: services.take_duty(duty, by=User.objects.get(pk=by.pk))


@pytest.mark.parametrize("turn", range(3))
def test_two_administrators_cannot_take_each_others_duty(two, turn):
    first, second = two
    results = at_once(taking(first, by=second), taking(second, by=first))
    assert Duty.objects.filter(kind=DutyKind.ADMINISTRATOR).count() == 1
    assert [result for result in results if result is None] == [None]


def switching_off(other: User, by: User):
    return lambda: services.disable(User.objects.get(pk=other.pk), by=User.objects.get(pk=by.pk))


@pytest.mark.parametrize("turn", range(3))
def test_two_administrators_cannot_switch_each_other_off(two, turn):
    first, second = two
    at_once(switching_off(first, by=second), switching_off(second, by=first))
    assert User.objects.filter(is_active=True).count() == 1
