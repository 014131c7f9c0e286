"""Who may do what with users and duties."""

from accounts.models import User


def can_manage_users(user: User) -> bool:
    """Administrators alone look after users and their duties."""
    return user.is_authenticated and user.is_administrator


def can_read_office(user: User) -> bool:
    """Policy officers and approvers read the office's unpublished record."""
    return user.is_authenticated and user.is_office


def can_use_office(user: User) -> bool:
    """Whoever has any duty has a page in the office."""
    return user.is_authenticated and bool(user.duty_kinds)
