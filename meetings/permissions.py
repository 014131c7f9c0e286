"""Who may do what with meetings and their records.

A policy officer plans, minutes and edits; an approver reads all of it; an administrator
looks after posts, themes and types and reads no record. `by` is None where no person
acts: the sample office, an import by command.
"""

from django.core.exceptions import PermissionDenied

from accounts.models import User
from meetings.models import Meeting


def can_read_record(user: User) -> bool:
    """Policy officers and approvers read every meeting and its unpublished record."""
    return user.is_authenticated and user.is_office


def can_plan(user: User) -> bool:
    """Policy officers plan meetings, and change when and where they are held."""
    return user.is_authenticated and user.is_policy_officer


def can_edit_record(user: User, meeting: Meeting) -> bool:
    """Policy officers minute, as long as the meeting itself was not removed."""
    return can_plan(user) and meeting.removed_at is None


def can_manage_settings(user: User) -> bool:
    """Administrators look after roles, themes, meeting types and the office's identity."""
    return user.is_authenticated and user.is_administrator


def can_manage_people(user: User) -> bool:
    """People, the posts they hold and the office's plans: administrators, and policy officers who plan meetings."""
    return user.is_authenticated and (user.is_administrator or user.is_policy_officer)


def can_read_settings(user: User) -> bool:
    """Everybody who works on the record or looks after the office sees how the office is set up."""
    return user.is_authenticated and (user.is_office or user.is_administrator)


def require_planning(by: User | None) -> None:
    """Raise `PermissionDenied` unless `by` plans meetings."""
    if by is not None and not can_plan(by):
        raise PermissionDenied("Only a policy officer plans meetings.")


def require_editing(by: User | None, meeting: Meeting) -> None:
    """Raise `PermissionDenied` unless `by` may change this meeting's record."""
    if by is not None and not can_edit_record(by, meeting):
        raise PermissionDenied("Only a policy officer changes the record of a meeting.")


def require_people(by: User | None) -> None:
    """Raise `PermissionDenied` unless `by` looks after people and their posts."""
    if by is not None and not can_manage_people(by):
        raise PermissionDenied(
            "Only an administrator or a policy officer looks after people and their posts."
        )


def require_settings(by: User | None) -> None:
    """Raise `PermissionDenied` unless `by` looks after the office itself."""
    if by is not None and not can_manage_settings(by):
        raise PermissionDenied(
            "Only an administrator looks after roles, themes, meeting types and the office."
        )
