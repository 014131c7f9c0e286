"""The product's settings, in the surroundings of a test.

Nothing of the environment of whoever runs the tests gets in, but for the database: `DATABASE_URL`
chooses PostgreSQL, so that one suite runs on both. Files go to a folder that is gone afterwards.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

VARIABLES = [
    "ALLOWED_HOSTS",
    "ASSURANCE_DATA",
    "ASSURANCE_SITE",
    "BEHIND_PROXY",
    "CSRF_TRUSTED_ORIGINS",
    "DEBUG",
    "EVIDENCE_LARGEST_MB",
    "MAIL_FROM",
    "MAIL_SERVER",
    "PLAIN_HTTP",
    "RENDITIONS",
    "SAMPLE_OFFICE",
    "SECRET_KEY",
    "SITE_URL",
    "TRUSTED_PROXY_COUNT",
]
for name in VARIABLES:
    os.environ.pop(name, None)

FOLDER = Path(tempfile.mkdtemp(prefix="assurance-tests-"))
atexit.register(shutil.rmtree, FOLDER, ignore_errors=True)
(FOLDER / "static").mkdir()

os.environ["ASSURANCE_DATA"] = str(FOLDER)
os.environ["SECRET_KEY"] = "a key for tests alone, long enough for every check that measures it"
# The servers of tests speak plain HTTP on this machine.
os.environ["PLAIN_HTTP"] = "1"
os.environ["SAMPLE_OFFICE"] = "1"

from assurance.settings import *  # noqa: E402, F403
from assurance.settings import DATABASES, STORAGES  # noqa: E402

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, as in real life: each thread of a live server has a connection and a turn of its own.
    DATABASES["default"]["TEST"] = {"NAME": FOLDER / "test.sqlite3"}

# Static files straight from their folders; `make run` and production collect them first.
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_USE_FINDERS = True
# Every test's client is a server of its own; looked for when asked for, the files need not be listed for each.
WHITENOISE_AUTOREFRESH = True

# A password is made and checked thousands of times here; none of them guards anything.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
