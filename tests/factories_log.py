"""Made-up action logs, to publish and to look at."""

import datetime as dt
import hashlib

from publications import services
from publications.action_log import ActionLog, LoggedAction, LoggedEvent
from publications.models import Edition
from publications.notes import DueAt, DueOn, Origin

AS_AT = dt.date(2024, 11, 4)


def logged(reference: str = "2024/17", **facts) -> LoggedAction:
    """An open action that is not late."""
    return LoggedAction(
        **{
            "reference": reference,
            "text": "The CC will report on thefts of farm machinery.",
            "owners": ["Chief Constable (CC)"],
            "agreed": dt.date(2024, 9, 19),
            "due": DueOn(date=dt.date(2024, 12, 1)),
            "state": "open",
        }
        | facts
    )


def some_log(as_at: dt.date = AS_AT, **facts) -> ActionLog:
    """An action that is open, one that is late, one under watch, and one that is closed with a reason."""
    origin = Origin(text="Monthly Assurance Meeting, 19 September 2024")
    moved = LoggedEvent(
        on=dt.date(2024, 10, 3),
        what="due_moved",
        due=DueOn(date=dt.date(2024, 10, 31)),
        reason="The figures of the autumn are wanted too",
    )
    actions = [
        logged(origin=origin),
        logged(
            "2024/9",
            text="The CC will name a contact for every farm.",
            first_due=DueOn(date=dt.date(2024, 9, 30)),
            due=DueOn(date=dt.date(2024, 10, 31)),
            moved=1,
            overdue=True,
            events=[moved],
        ),
        logged(
            "2024/11", text="The ACC will watch the valleys.", state="retained", due=DueAt(meeting="next")
        ),
        logged(
            "2024/5",
            text="The CC will publish the opening hours.\nAt every station.",
            owners=["Chief Constable (CC)", "Head of Estates"],
            state="closed",
            due=None,
            events=[LoggedEvent(on=as_at, what="closed", reason="The hours are on the website")],
        ),
    ]
    return ActionLog(
        **{
            "office": "Police and Crime Commissioner for Marlshire",
            "force": "Marlshire Police",
            "as_at": as_at,
            "actions": actions,
        }
        | facts
    )


def published_log(log: ActionLog | None = None, **facts) -> Edition:
    content = (log or some_log()).to_bytes()
    return services.publish(content, sha256=hashlib.sha256(content).hexdigest(), **facts)
