"""What an installation has to say before it starts, and what it gets without asking."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

HOUSE = Path(__file__).resolve().parent.parent.parent
KEY = "a key for tests alone, long enough for every check that measures it"


def ask_settings(expression: str, **environment: str) -> subprocess.CompletedProcess:
    """Evaluate an expression about the settings in a process of its own, with this environment alone."""
    code = f"from assurance import settings\nprint({expression})"
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=HOUSE,
        env={"PATH": os.environ["PATH"]} | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def answer(expression: str, **environment: str) -> str:
    asked = ask_settings(expression, SECRET_KEY=KEY, **environment)
    assert asked.returncode == 0, asked.stderr
    return asked.stdout.strip()


def test_without_a_secret_key_nothing_starts():
    asked = ask_settings("settings.DEBUG")
    assert asked.returncode != 0
    assert "SECRET_KEY is not set" in asked.stderr


def test_debug_is_off_unless_asked_for():
    assert answer("settings.DEBUG") == "False"
    assert answer("settings.DEBUG", DEBUG="1") == "True"


def test_cookies_and_pages_need_tls_unless_the_sample_office_runs():
    asked = "settings.SESSION_COOKIE_SECURE, settings.CSRF_COOKIE_SECURE, settings.SECURE_SSL_REDIRECT"
    assert answer(asked) == "True True True"
    assert answer(asked, PLAIN_HTTP="1") == "False False False"


def test_cookies_belong_to_the_office_alone():
    assert answer("settings.SESSION_COOKIE_PATH, settings.CSRF_COOKIE_PATH") == "/office/ /office/"


def test_a_second_factor_is_asked_for_unless_the_sample_office_runs():
    assert answer("settings.SECOND_FACTOR") == "True"
    assert answer("settings.SECOND_FACTOR", SAMPLE_OFFICE="1") == "False"


def test_a_proxy_is_believed_only_when_there_is_one():
    assert answer("settings.SECURE_PROXY_SSL_HEADER") == "None"
    assert answer("settings.SECURE_PROXY_SSL_HEADER[0]", BEHIND_PROXY="1") == "HTTP_X_FORWARDED_PROTO"


def test_the_public_site_knows_no_office():
    assert (
        answer("settings.PUBLIC_ONLY, 'accounts' in settings.INSTALLED_APPS", ASSURANCE_SITE="public")
        == "True False"
    )
    assert "sessions" not in answer("settings.MIDDLEWARE", ASSURANCE_SITE="public")


def test_a_misspelt_site_is_refused():
    asked = ask_settings("settings.SITE", SECRET_KEY=KEY, ASSURANCE_SITE="pubic")
    assert asked.returncode != 0
    assert "ASSURANCE_SITE is" in asked.stderr


@pytest.mark.parametrize(
    ("address", "host", "name", "password"),
    [
        ("postgresql://user:p%40ss@db.example:5433/notes", "db.example", "notes", "p@ss"),
        ("postgresql://user@/notes?host=/run/postgresql", "/run/postgresql", "notes", ""),
        ("postgresql://user@/notes?host=%2Frun%2Fpostgresql", "/run/postgresql", "notes", ""),
    ],
)
def test_database_url_chooses_postgresql(address, host, name, password):
    asked = "[settings.DATABASES['default'][part] for part in ['HOST', 'NAME', 'PASSWORD']]"
    assert answer(asked, DATABASE_URL=address) == str([host, name, password])


def test_another_kind_of_database_is_refused():
    asked = ask_settings("settings.DATABASES", SECRET_KEY=KEY, DATABASE_URL="mysql://user@host/notes")
    assert asked.returncode != 0
    assert "DATABASE_URL must begin with postgresql://" in asked.stderr
