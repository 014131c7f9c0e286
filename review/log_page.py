"""What the page shows on which an approver reads the action log before it is published."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from accounts.models import User
from actions.models import Action, ActionEvent
from publications.models import Edition, PublishedAction, PublishedMention, SaidOfAction
from publications.projections import said_in_log
from publications.states import EVENTS
from review import permissions
from review.action_log import TOLD, Compiled, compile_log, public_reason
from review.services import digest_of


@dataclass(frozen=True)
class Difference:
    """One fact of an action, as the public reads it now and as it will."""

    name: str
    before: str
    after: str


@dataclass(frozen=True)
class Changed:
    """An action of which the public will read something else, or which is new to it."""

    action: Action
    differences: list[Difference]
    is_new: bool


@dataclass(frozen=True)
class Reason:
    """A decision, and what the public is told of why."""

    action: Action
    event: ActionEvent
    done: str
    text: str
    is_written: bool


@dataclass(frozen=True)
class LogPage:
    compiled: Compiled
    last: Edition | None
    chosen: list[int]
    changed: list[Changed]
    reasons: list[Reason]  # of what was decided since the public read of it last
    earlier_reasons: list[Reason]
    user: User

    @property
    def seen(self) -> str:
        """The version that this page asks about."""
        return digest_of(self.compiled.log)

    @property
    def may_publish(self) -> bool:
        return permissions.can_approve(self.user)

    @property
    def is_out(self) -> bool:
        """Whether exactly this is published."""
        return self.last is not None and self.last.sha256 == self.seen

    @property
    def number(self) -> int:
        """Which edition it would be."""
        return self.last.number + 1 if self.last else 1

    @property
    def new_actions(self) -> list[Action]:
        """What was sent and is new to the public, those that are chosen first."""
        chosen = [one.action for one in self.changed if one.is_new]
        return [*chosen, *self.compiled.offered]

    @property
    def unwritten(self) -> int:
        return sum(not reason.is_written for reason in self.reasons)


def log_page(user: User, as_at: dt.date, chosen: Collection[int]) -> LogPage:
    """Collect what the page shows; the same number of queries for many actions as for few."""
    compiled = compile_log(as_at, chosen)
    last = Edition.objects.of_log().defer("notes", "line").first()
    now = {row.reference: row for row in PublishedAction.objects.all()}
    decisions = dict(
        PublishedMention.objects.filter(edition=last).values_list("action__reference", "outcome")
    )
    changed, reasons, earlier = [], [], []
    for told in compiled.log.actions:
        action, before = compiled.actions[told.reference], now.get(told.reference)
        after = PublishedMention(**said_in_log(told, compiled.log))
        differences = differences_of(before, after, decisions.get(told.reference))
        if differences:
            changed.append(Changed(action, differences, is_new=before is None))
        for event in action.events.all():
            if event.kind in TOLD and event.on <= as_at:
                is_new = before is None or event.on >= before.as_of
                if is_new or public_reason(event):
                    (reasons if is_new else earlier).append(reason_of(action, event))
    return LogPage(compiled, last, sorted(chosen), changed, reasons, earlier, user)


def differences_of(
    before: SaidOfAction | None, after: PublishedMention, decisions: str | None
) -> list[Difference]:
    """What the public will read differently; the day of the log is not in it."""
    told = {
        "Wording": (before.text if before else "", after.text),
        "Owner": (before.owner if before else "", after.owner),
        "Due": (before.due_in_words if before else "", after.due_in_words),
        "Status": (before.public_state if before else "", after.public_state),
    }
    # Until a log told of an action, notes told of its decisions, in words of their own.
    if before is None or decisions is not None or ": " in after.outcome:
        told["Decisions"] = (decisions or "", after.outcome)
    return [Difference(name, was, is_now) for name, (was, is_now) in told.items() if was != is_now]


def reason_of(action: Action, event: ActionEvent) -> Reason:
    text = public_reason(event)
    is_written = hasattr(event, "public_reason")
    return Reason(action, event, EVENTS[TOLD[event.kind]], text, is_written)
