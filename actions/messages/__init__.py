"""E-mails about actions: what goes out, to whom, in what words, once each; and what comes back by reply."""

from actions.messages.sending import Sent, send_due, tell_owners

__all__ = ["Sent", "send_due", "tell_owners"]
