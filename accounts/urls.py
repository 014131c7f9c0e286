"""Signing in, one's own account, and the users of the office.

allauth's views answer under our own addresses, by the names that allauth looks for;
only what an office needs is here, so nobody can sign themselves up.
"""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from django.urls import include, path

from accounts import views

sign_in = [
    path("", account.login, name="account_login"),
    path("code/", mfa.authenticate, name="mfa_authenticate"),
    path("switched-off/", account.account_inactive, name="account_inactive"),
    path("forgotten/", account.password_reset, name="account_reset_password"),
    path("forgotten/sent/", account.password_reset_done, name="account_reset_password_done"),
    path(
        "new-password/<str:uidb36>/<str:key>/",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "new-password/done/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
]

own_account = [
    path("password/", account.password_change, name="account_change_password"),
    path("confirm/", account.reauthenticate, name="account_reauthenticate"),
    path("confirm/code/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("second-factor/", mfa.index, name="mfa_index"),
    path("second-factor/set-up/", totp.activate_totp, name="mfa_activate_totp"),
    path("second-factor/remove/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("recovery-codes/", recovery_codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("recovery-codes/new/", recovery_codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path(
        "recovery-codes/download/", recovery_codes.download_recovery_codes, name="mfa_download_recovery_codes"
    ),
]

users = [
    path("account/", views.account, name="account"),
    path("session/", views.session, name="session"),
    path("account/second-factor/code.svg", views.qr_code, name="qr_code"),
    path("settings/users/", views.users, name="users"),
    path("settings/users/new/", views.add_user, name="add_user"),
    path("settings/users/<int:pk>/", views.user, name="user"),
    path("settings/users/<int:pk>/change/", views.change_user, name="change_user"),
    path("settings/users/<int:pk>/duty/", views.give_duty, name="give_duty"),
    path("settings/users/<int:pk>/duty/<int:duty_pk>/remove/", views.take_duty, name="take_duty"),
    path("settings/users/<int:pk>/duty/<int:duty_pk>/give-back/", views.give_back, name="give_back"),
    path("settings/users/<int:pk>/password-link/", views.send_password_link, name="send_password_link"),
    path("settings/users/<int:pk>/switch-off/", views.disable, name="disable"),
    path("settings/users/<int:pk>/switch-on/", views.enable, name="enable"),
    path(
        "settings/users/<int:pk>/second-factor/forget/",
        views.forget_second_factor,
        name="forget_second_factor",
    ),
]

urlpatterns = [
    path("sign-in/", include(sign_in)),
    path("sign-out/", account.logout, name="account_logout"),
    path("account/", include(own_account)),
    path("", include((users, "accounts"))),
]
