"""Who may do what with actions."""

from accounts.models import User
from actions.models import DECISIONS, REPORTS, Action, EventKind


def can_read(user: User) -> bool:
    """The office reads all actions, a liaison those of their body; `Action.objects.visible_to` says which."""
    return user.is_authenticated and (user.is_office or user.is_liaison)


def owes(user: User) -> bool:
    """Whoever reads actions as one who owes them: a liaison, and no member of the office."""
    return user.is_authenticated and user.is_liaison and not user.is_office


def can_minute(user: User) -> bool:
    """Policy officers record actions, and change or remove what is still provisional."""
    return user.is_authenticated and user.is_policy_officer


def can_decide(user: User) -> bool:
    """Only an approver closes an action, returns it, keeps it, withdraws it, opens it again or moves its date."""
    return user.is_authenticated and user.is_approver


def can_report(user: User, action: Action) -> bool:
    """Policy officers record what they were told; a liaison speaks for the body that owes or helps."""
    return can_minute(user) or (user.is_authenticated and user.is_liaison and _concerns(action, user.body))


def can_give_evidence(user: User, action: Action) -> bool:
    """Whoever reports on an action shows what was done."""
    return can_report(user, action)


def can_remove_evidence(user: User) -> bool:
    """Policy officers look after what was given; who gave it asks them."""
    return can_minute(user)


def can_do(user: User | None, kind: EventKind, action: Action) -> bool:
    """Whether this may happen to an action by this person; None is the system, which decides nothing."""
    if kind in DECISIONS:
        return user is not None and can_decide(user)
    if user is None:
        return True
    return can_report(user, action) if kind in REPORTS else can_minute(user)


def _concerns(action: Action, body: str) -> bool:
    roles = [action.owner, *action.supporting.all()]
    return action.reference is not None and any(role.body == body for role in roles if role)
