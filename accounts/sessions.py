"""Which sessions end when a user changes how they sign in."""

from django.contrib.auth import update_session_auth_hash

from accounts.services import end_sessions


def end_other_sessions(sender, request, user, **kwargs):
    """After a change of the second factor, only the session in which it was made goes on."""
    end_sessions(user)
    update_session_auth_hash(request, user)
