"""The history of who the office is.

The identity itself is the public side's, which runs without the office; who changed it,
and when, is the office's alone, so that history is kept here.
"""

from simple_history import register

from publications.models import Identity

register(Identity, app="meetings", manager_name="history", table_name="meetings_identity_history")
