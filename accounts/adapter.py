"""How allauth behaves in an office: nobody signs themselves up."""

from allauth.account.adapter import DefaultAccountAdapter


class OfficeAdapter(DefaultAccountAdapter):
    """Accounts are made by an administrator."""

    def is_open_for_signup(self, request):
        return False

    def populate_username(self, request, user):
        """There are no user names: people sign in with their e-mail address."""
