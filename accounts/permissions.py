"""Who may do what with users and duties."""

from accounts.models import User


def can_manage_users(user: User) -> bool:
    """Administrators alone look after users and their duties."""
    return user.is_authenticated and user.is_administrator
