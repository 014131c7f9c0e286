from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = "Who may do what"

    def ready(self):
        from allauth.mfa import signals

        from accounts.sessions import end_other_sessions

        for change in [
            signals.authenticator_added,
            signals.authenticator_removed,
            signals.authenticator_reset,
        ]:
            change.connect(end_other_sessions, dispatch_uid=f"end_other_sessions_{id(change)}")
