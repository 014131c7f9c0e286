"""What people type to sign in, and what an administrator says of a user."""

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.recovery_codes.forms import GenerateRecoveryCodesForm
from allauth.mfa.totp.forms import ActivateTOTPForm, DeactivateTOTPForm
from django.core.exceptions import ValidationError

from accounts.models import Body, Duty, DutyKind, User
from web import forms

E_MAIL_FORMAT = "Enter an e-mail address in the correct format, like name@office.example"
HOW_TO_CHOOSE = (
    "At least 12 characters. Three words that do not belong together are easy to remember and hard to guess"
)


class OurWords(forms.Questions):
    """Puts a form of allauth's in our words; its rules stay its own."""

    form_tag = False
    labels: dict[str, str] = {}
    hints: dict[str, str] = {}

    def put_in_words(self, name, field):
        field.label = self.labels.get(name, field.label)
        field.help_text = self.hints.get(name, "")
        field.widget.attrs.pop("placeholder", None)
        if isinstance(field, forms.EmailField):
            field.error_messages["invalid"] = E_MAIL_FORMAT
        super().put_in_words(name, field)


class SignInForm(OurWords, account.LoginForm):
    submit = "Sign in"
    labels = {"login": "E-mail address", "password": "Password"}
    missing = {"login": "Enter your e-mail address", "password": "Enter your password"}


class ForgottenPasswordForm(OurWords, account.ResetPasswordForm):
    submit = "Send the link"
    labels = {"email": "E-mail address"}
    hints = {"email": "The one that you sign in with"}
    missing = {"email": "Enter your e-mail address"}


class NewPasswordForm(OurWords, account.ResetPasswordKeyForm):
    submit = "Save password"
    labels = {"password1": "New password", "password2": "New password again"}
    hints = {"password1": HOW_TO_CHOOSE}
    missing = {"password1": "Enter a new password", "password2": "Enter the new password again"}


class ChangePasswordForm(OurWords, account.ChangePasswordForm):
    submit = "Save password"
    labels = {"oldpassword": "Current password"} | NewPasswordForm.labels
    hints = NewPasswordForm.hints
    missing = {"oldpassword": "Enter your current password"} | NewPasswordForm.missing


class ConfirmPasswordForm(OurWords, account.ReauthenticateForm):
    submit = "Continue"
    labels = {"password": "Password"}
    missing = {"password": "Enter your password"}


class CodeForm(OurWords, mfa.AuthenticateForm):
    submit = "Sign in"
    labels = {"code": "Code"}
    hints = {"code": "The 6 numbers that your app shows now, or one of your recovery codes"}
    missing = {"code": "Enter the code"}


class ConfirmCodeForm(OurWords, mfa.ReauthenticateForm):
    submit = "Continue"
    labels, hints, missing = CodeForm.labels, CodeForm.hints, CodeForm.missing


class SetUpAppForm(OurWords, ActivateTOTPForm):
    submit = "Save and continue"
    labels = {"code": "Code"}
    hints = {"code": "The 6 numbers that your app shows now"}
    missing = {"code": "Enter the code that your app shows"}


class RemoveAppForm(OurWords, DeactivateTOTPForm):
    submit = "Remove authenticator app"


class NewRecoveryCodesForm(OurWords, GenerateRecoveryCodesForm):
    submit = "Make new recovery codes"


class UserForm(forms.ModelForm):
    """Who a user is; whoever is new gets duties too."""

    submit = "Save user"
    missing = {"name": "Enter the name", "email": "Enter the e-mail address"}

    class Meta:
        model = User
        fields = ["name", "email", "body"]
        widgets = {"body": forms.RadioSelect}
        help_texts = {"email": "They sign in with it, and their password link goes there"}

    def clean_email(self):
        email = self.cleaned_data["email"].lower()
        if User.objects.filter(email=email).exclude(pk=self.instance.pk).exists():
            raise ValidationError("Somebody signs in with this e-mail address already. Enter a different one")
        return email


class NewUserForm(UserForm):
    submit = "Add user and send the link"
    kinds = forms.MultipleChoiceField(
        label="Duties. Select all that apply",
        choices=DutyKind,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="What they may do. Without a duty, they can sign in and see nothing",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, initial={"body": Body.OFFICE}, **kwargs)
        self.fields["kinds"].is_optional = False


class DutyForm(forms.ModelForm):
    submit = "Give duty"
    kind = forms.ChoiceField(
        label="Duty",
        choices=DutyKind,
        widget=forms.RadioSelect,
        error_messages={"required": "Select the duty"},
    )

    class Meta:
        model = Duty
        fields = ["kind", "starts", "ends"]
        labels = {"starts": "First day", "ends": "Last day"}
        help_texts = {
            "starts": "Leave empty if it begins at once",
            "ends": "Leave empty if it does not end. A delegate of the approver has a last day",
        }

    def clean(self):
        cleaned = super().clean()
        starts, ends = cleaned.get("starts"), cleaned.get("ends")
        if starts and ends and ends < starts:
            self.add_error(
                "ends", ValidationError("Last day must be the same as or after the first day", code="day")
            )
        return cleaned
