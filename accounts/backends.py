"""Who is signed in, with what every page of the office asks of them."""

from allauth.account.auth_backends import AuthenticationBackend
from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef
from django.utils import timezone

from accounts.models import Duty, DutyKind, User


class OfficeBackend(AuthenticationBackend):
    """Signs people in as allauth does; a user comes with their duties and second factor, in one query."""

    def get_user(self, user_id):
        theirs = Duty.objects.in_force(timezone.localdate()).filter(user=OuterRef("pk"))
        has_duty = {f"has_{kind}": Exists(theirs.filter(kind=kind)) for kind in DutyKind}
        factor = Authenticator.objects.filter(user=OuterRef("pk"), type=Authenticator.Type.TOTP)
        user = User.objects.filter(pk=user_id).annotate(second_factor=Exists(factor), **has_duty).first()
        if user is None or not self.user_can_authenticate(user):
            return None
        user.duty_kinds = frozenset(kind for kind in DutyKind if getattr(user, f"has_{kind}"))
        return user
