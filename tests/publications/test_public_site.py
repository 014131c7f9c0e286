"""ASSURANCE_SITE=public starts the public site alone: no office, no sign-in, no sessions."""

import json
import os
import subprocess
import sys

PROGRAM = """
import json
import django
django.setup()
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client

settings.ALLOWED_HOSTS = ["testserver"]
call_command("migrate", verbosity=0)
call_command("check", fail_level="WARNING", verbosity=0)
from tests.factories_notes import office, published
settings.RENDITIONS = ["article"]
office()
path = published().meeting.get_absolute_url()
client = Client()
print(json.dumps({
    "apps": [app.label for app in apps.get_app_configs()],
    "tables": connection.introspection.table_names(),
    "answers": {page: client.get(page).status_code for page in ["/", path, "/meetings/", "/actions/2024-17/", "/search/?q=rural", "/feed.atom", "/register/", "/health/"]},
    "office": [client.get(page).status_code for page in ["/office/", "/office/sign-in/", "/follow/"]],
    "cookies": sorted({name for page in ["/", path] for name in client.get(page).cookies}),
    "foreign": sorted(name for name in __import__("sys").modules if name in FOREIGN),
}))
"""
OFFICE = ["accounts", "meetings", "following", "actions", "review", "importing", "desk"]


def test_the_public_site_starts_alone(tmp_path):
    environment = {
        "PATH": os.environ["PATH"],
        "ASSURANCE_SITE": "public",
        "ASSURANCE_DATA": str(tmp_path),
        "SECRET_KEY": "a key for this test alone, long enough for every check that measures it",
        "PLAIN_HTTP": "1",
        "DEBUG": "0",
        "DJANGO_SETTINGS_MODULE": "assurance.settings",
        "PYTHONPATH": ".",
    }
    collect = [sys.executable, "manage.py", "collectstatic", "--noinput", "-v0"]
    subprocess.run(collect, env=environment, check=True, capture_output=True)
    program = PROGRAM.replace("FOREIGN", repr(OFFICE))
    done = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout.splitlines()[-1])
    assert found["apps"] == ["staticfiles", "csp", "web", "publications"]
    assert set(found["answers"].values()) == {200}
    assert set(found["office"]) == {404}
    assert found["cookies"] == []
    assert found["foreign"] == []
    assert all(table.startswith(("publications_", "web_", "django_migrations")) for table in found["tables"])
