"""What somebody answered when they were asked whether words are a commitment. It is the office's alone."""

from accounts.models import User
from meetings import permissions
from meetings.models import Contribution


def answer_commitment(contribution: Contribution, answer: str, *, by: User | None) -> None:
    """Remember that these words are an action, are none, or are to be asked about again."""
    permissions.require_editing(by, contribution.exchange.item.meeting)
    contribution.commitment = answer
    # No version of the text: nobody who writes in it is held up.
    contribution.save(update_fields=["commitment"])
