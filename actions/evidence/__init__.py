"""Evidence files: what they are, where they lie, who gave them. The office's alone, and their giver's."""

from actions.evidence.giving import add, faults, give, putting, remove, restore, sweep
from actions.evidence.kinds import NotAccepted

__all__ = ["NotAccepted", "add", "faults", "give", "putting", "remove", "restore", "sweep"]
