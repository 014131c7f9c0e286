"""Who may do what at the gate between the office and the public."""

from accounts.models import User


def can_send(user: User) -> bool:
    """Policy officers send a record to the approver, and take it back."""
    return user.is_authenticated and user.is_policy_officer


def can_approve(user: User) -> bool:
    """Only an approver approves."""
    return user.is_authenticated and user.is_approver


def can_publish(user: User) -> bool:
    """A policy officer or an approver publishes exactly what is approved."""
    return user.is_authenticated and user.is_office


def can_settle(user: User) -> bool:
    """Policy officers say of a doubt in an old record that it stays as in the original."""
    return user.is_authenticated and user.is_policy_officer
