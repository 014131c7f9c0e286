"""Who is signed in, with what every page of the office asks of them."""

from allauth.account.auth_backends import AuthenticationBackend
from allauth.mfa.models import Authenticator
from django.db.models import F, FilteredRelation
from django.utils import timezone

from accounts.models import User, in_force


class OfficeBackend(AuthenticationBackend):
    """Signs people in as allauth does; a user comes with their duties and second factor, in one query."""

    def get_user(self, user_id):
        today = timezone.localdate()
        # A row for each of their duties with each of their factors, and one where there is none.
        rows = list(
            User.objects.filter(pk=user_id)
            .annotate(held=FilteredRelation("duties", condition=in_force(today, "duties__")))
            .annotate(duty=F("held__kind"), factor=F("authenticator__type"))
        )
        if not rows or not self.user_can_authenticate(rows[0]):
            return None
        user = rows[0]
        user.duty_kinds = frozenset(row.duty for row in rows if row.duty)
        user.second_factor = any(row.factor == Authenticator.Type.TOTP for row in rows)
        return user
