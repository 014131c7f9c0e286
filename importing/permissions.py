"""Who may bring old notes in."""

from accounts.models import User
from meetings.permissions import can_plan


def can_import(user: User) -> bool:
    """Policy officers do: what they bring in is a draft like any other."""
    return can_plan(user)
