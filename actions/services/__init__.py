"""What changes an action: recorded by an officer, reported on by its owner, decided by an approver."""

from actions.services.carrying import (
    REVIEWED_UNDER,
    carried_into,
    is_stored,
    record_outcome,
    record_rest_not_reached,
    store_carried,
)
from actions.services.deciding import (
    Standing,
    close,
    decide,
    move_due,
    propose_completion,
    record_update,
    reopen,
    retain,
    return_to_owner,
    state_on,
    withdraw,
)
from actions.services.gate import NotPossible, Overtaken
from actions.services.promising import (
    add_action,
    add_earlier_action,
    assign,
    problem_with_due,
    remove_action,
    restore_action,
    reword,
    set_due,
)
from actions.services.references import give_reference, give_references

__all__ = [
    "REVIEWED_UNDER",
    "NotPossible",
    "Overtaken",
    "Standing",
    "add_action",
    "add_earlier_action",
    "assign",
    "carried_into",
    "close",
    "decide",
    "give_reference",
    "give_references",
    "is_stored",
    "move_due",
    "problem_with_due",
    "propose_completion",
    "record_outcome",
    "record_rest_not_reached",
    "record_update",
    "remove_action",
    "reopen",
    "restore_action",
    "retain",
    "return_to_owner",
    "reword",
    "set_due",
    "state_on",
    "store_carried",
    "withdraw",
]
