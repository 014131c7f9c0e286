"""The pages of actions: the log, one action, recording and deciding."""
