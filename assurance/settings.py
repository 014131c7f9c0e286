"""The settings of every installation; what differs comes from the environment.

What production needs and does not have stops the start with a sentence. The
variables are listed in README.md, "Running it for real".
"""

import os
from pathlib import Path
from urllib.parse import unquote, urlsplit

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent


def switched_on(name: str) -> bool:
    """Whether the environment says 1, true or yes for this name."""
    return os.environ.get(name, "").lower() in {"1", "true", "yes"}


def listed(name: str) -> list[str]:
    """The values of a comma-separated variable."""
    return [value.strip() for value in os.environ.get(name, "").split(",") if value.strip()]


DEBUG = switched_on("DEBUG")
DATA = Path(os.environ.get("ASSURANCE_DATA", BASE_DIR / "var"))
SITE = os.environ.get("ASSURANCE_SITE", "whole")
if SITE not in {"whole", "public"}:
    raise ImproperlyConfigured(
        "ASSURANCE_SITE is 'whole' (office and public pages) or 'public' (public pages alone)."
    )
PUBLIC_ONLY = SITE == "public"

SECRET_KEY = os.environ.get("SECRET_KEY", "")
if not SECRET_KEY:
    raise ImproperlyConfigured(
        "SECRET_KEY is not set. Set it to at least 50 random characters and keep it the same between starts."
    )
ALLOWED_HOSTS = listed("ALLOWED_HOSTS") or ["127.0.0.1", "localhost", "[::1]"]
# The sample office runs on plain HTTP on this machine; everything else is behind TLS.
PLAIN_HTTP = switched_on("PLAIN_HTTP")
SITE_URL = os.environ.get("SITE_URL", "http://127.0.0.1:8000").rstrip("/")
CSRF_TRUSTED_ORIGINS = listed("CSRF_TRUSTED_ORIGINS")

PUBLIC_APPS = ["web", "publications"]
OFFICE_APPS = ["accounts", "meetings", "following", "actions", "review", "importing", "desk"]
INSTALLED_APPS = ["django.contrib.staticfiles", "csp", *PUBLIC_APPS]
if not PUBLIC_ONLY:
    INSTALLED_APPS += [
        "django.contrib.auth",
        "django.contrib.contenttypes",
        "django.contrib.sessions",
        "django.contrib.messages",
        "allauth",
        "allauth.account",
        "allauth.mfa",
        "crispy_forms",
        "simple_history",
        *OFFICE_APPS,
    ]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
if not PUBLIC_ONLY:
    MIDDLEWARE += [
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "accounts.middleware.SignInFirst",
        "accounts.middleware.DutyFirst",
        "django.contrib.messages.middleware.MessageMiddleware",
        "allauth.account.middleware.AccountMiddleware",
        "simple_history.middleware.HistoryRequestMiddleware",
        "accounts.middleware.office_answers",
    ]
MIDDLEWARE += ["web.middleware.pages_and_forms"]

ROOT_URLCONF = "publications.urls" if PUBLIC_ONLY else "assurance.urls"
WSGI_APPLICATION = "assurance.wsgi.application"

OFFICE_CONTEXT = [
    "django.contrib.auth.context_processors.auth",
    "django.contrib.messages.context_processors.messages",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                *([] if PUBLIC_ONLY else OFFICE_CONTEXT),
                "publications.context_processors.identity",
            ],
        },
    },
]
CRISPY_ALLOWED_TEMPLATE_PACKS = "assurance"
CRISPY_TEMPLATE_PACK = "assurance"
CRISPY_FAIL_SILENTLY = False


def database_from(url: str) -> dict:
    """Django's settings for a postgresql:// address; a socket folder goes in `?host=`."""
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured("DATABASE_URL must begin with postgresql://")
    options = dict(pair.split("=", 1) for pair in parts.query.split("&") if "=" in pair)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(options.pop("host", parts.hostname or "")),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }


SQLITE = {
    "ENGINE": "django.db.backends.sqlite3",
    "NAME": DATA / "assurance.sqlite3",
    "CONN_MAX_AGE": 600,
    "OPTIONS": {
        # A writer waits its turn instead of failing when it turns from reading to writing.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
    },
}
DATABASES = {"default": database_from(url) if (url := os.environ.get("DATABASE_URL")) else SQLITE}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_I18N = True
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = DATA / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "web.storage.HashedFiles"
    },
}
# What is given as evidence with an action. No server serves this folder, and it is backed up with the database.
EVIDENCE_FOLDER = DATA / "evidence"
EVIDENCE_LARGEST = int(os.environ.get("EVIDENCE_LARGEST_MB", "10")) * 1024 * 1024
EVIDENCE_AT_ONCE = 10
# What is cut off is noticed, what is larger than any form takes is not even written to the disk.
FILE_UPLOAD_HANDLERS = [
    "web.uploads.NoticeCutOff",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "web.uploads.MeasuredFiles",
]
LARGEST_UPLOAD = max(EVIDENCE_LARGEST, 20 * 1024 * 1024)
# The longest text that a form takes is 200,000 characters; a pasted record is 5 MB.
DATA_UPLOAD_MAX_MEMORY_SIZE = 6 * 1024 * 1024

if not PUBLIC_ONLY:
    AUTH_USER_MODEL = "accounts.User"
    AUTHENTICATION_BACKENDS = ["accounts.backends.OfficeBackend"]
    LOGIN_URL = "account_login"
    LOGIN_REDIRECT_URL = "desk:today"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "accounts.adapter.OfficeAdapter"
ACCOUNT_FORMS = {
    "login": "accounts.forms.SignInForm",
    "reset_password": "accounts.forms.ForgottenPasswordForm",
    "reset_password_from_key": "accounts.forms.NewPasswordForm",
    "change_password": "accounts.forms.ChangePasswordForm",
    "reauthenticate": "accounts.forms.ConfirmPasswordForm",
}
# Nobody who never had an account gets a letter about it.
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
# Failed sign-ins: per address, and per account and address (accounts.adapter), so that nobody can lock another
# person out.
# Reply addresses of e-mails: per address of the reader, and per reply address.
ACCOUNT_RATE_LIMITS = {
    "login": "60/m/ip",
    "login_failed": "20/m/ip,5/5m/key",
    "reply": "60/m/ip,30/10m/key",
}
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("TRUSTED_PROXY_COUNT", "0"))
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Assurance"
MFA_ADAPTER = "accounts.adapter.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "accounts.forms.CodeForm",
    "reauthenticate": "accounts.forms.ConfirmCodeForm",
    "activate_totp": "accounts.forms.SetUpAppForm",
    "deactivate_totp": "accounts.forms.RemoveAppForm",
    "generate_recovery_codes": "accounts.forms.NewRecoveryCodesForm",
}
# The administrator knows whose address it is; nobody makes an account for themselves.
MFA_ALLOW_UNVERIFIED_EMAIL = True
# A telephone's clock may be half a minute off.
MFA_TOTP_TOLERANCE = 1
# Everybody with a duty needs a second factor; only the sample office, on this machine, does without.
SECOND_FACTOR = not switched_on("SAMPLE_OFFICE")

# Throttling has to count across worker processes, so its counters live in the database.
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "throttle"}
    if not PUBLIC_ONLY
    else {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}
}

# Letters go through MAIL_SERVER; without it they are printed to the log, with the links that they carry.
MAIL_SERVER = urlsplit(os.environ.get("MAIL_SERVER", ""))
if MAIL_SERVER.scheme not in {"", "smtp", "smtps"}:
    raise ImproperlyConfigured("MAIL_SERVER must begin with smtp:// (STARTTLS) or smtps:// (TLS).")
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if MAIL_SERVER.scheme else 'console'}.EmailBackend"
EMAIL_HOST, EMAIL_PORT = MAIL_SERVER.hostname or "localhost", MAIL_SERVER.port or 587
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = (
    unquote(MAIL_SERVER.username or ""),
    unquote(MAIL_SERVER.password or ""),
)
EMAIL_USE_TLS, EMAIL_USE_SSL = MAIL_SERVER.scheme == "smtp", MAIL_SERVER.scheme == "smtps"
# A mail server that does not answer must not keep a page waiting.
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = os.environ.get("MAIL_FROM", "office@localhost")

# No public page has a cookie: the session belongs to the office's addresses.
SESSION_COOKIE_PATH = CSRF_COOKIE_PATH = "/office/"
SESSION_COOKIE_NAME = "assurance_session"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not PLAIN_HTTP
CSRF_FAILURE_VIEW = "web.views.csrf_failure"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

SECURE_SSL_REDIRECT = not PLAIN_HTTP
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if switched_on("BEHIND_PROXY") else None
SECURE_HSTS_SECONDS = 0 if PLAIN_HTTP else 365 * 24 * 60 * 60
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = not PLAIN_HTTP
SECURE_REDIRECT_EXEMPT = [r"^health/$"]
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

# Which renditions a publication makes. An installation could do without paper; the record itself is always stored.
RENDITIONS = listed("RENDITIONS") or ["article", "pdf"]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
