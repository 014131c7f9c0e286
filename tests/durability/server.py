"""The product's own server, started as `bin/run` starts it, on the test's database; and killed without a warning."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from urllib.parse import quote

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import override_settings

HOUSE = Path(__file__).resolve().parent.parent.parent
PATIENCE = 180


class Server:
    """Gunicorn with its workers, on a port of its own. What it stores outlives it."""

    def __init__(self, folder: Path):
        self.folder, self.imported, self.pid, self.address = folder, None, 0, ""
        (folder / "static").mkdir(parents=True, exist_ok=True)
        storages = settings.STORAGES | {"staticfiles": {"BACKEND": STATIC_FILES}}
        with override_settings(STATIC_ROOT=folder / "static", STORAGES=storages):
            call_command("collectstatic", interactive=False, verbosity=0)
        if connection.vendor == "sqlite":
            (folder / "assurance.sqlite3").symlink_to(connection.settings_dict["NAME"])

    def start(self) -> None:
        """Return when it answers."""
        # With the last connection of the test closed, SQLite has to recover from its log alone.
        connection.close()
        port = a_free_port()
        self.address = f"http://127.0.0.1:{port}"
        self.pid = self.tell(f"start {port}")
        self.wait()

    def tell(self, what: str) -> int:
        """Have the process from which servers are copied do something; the id of the server."""
        self.imported = self.imported or subprocess.Popen(
            [sys.executable, "-m", "tests.durability.imported"],
            cwd=HOUSE,
            env=self.surroundings(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            bufsize=1,
            start_new_session=True,
        )
        self.imported.stdin.write(f"{what}\n")
        return int(self.imported.stdout.readline())

    def surroundings(self) -> dict[str, str]:
        """The environment that `bin/run` makes, with the test's database."""
        kept = {name: os.environ[name] for name in ["PATH", "HOME", "TMPDIR"] if name in os.environ}
        ours = {
            "ASSURANCE_DATA": str(self.folder),
            "SITE_URL": "http://127.0.0.1",
            "DJANGO_SETTINGS_MODULE": "assurance.settings",
            "SECRET_KEY": settings.SECRET_KEY,
            "PLAIN_HTTP": "1",
            "SAMPLE_OFFICE": "1",
            "RENDITIONS": ",".join(settings.RENDITIONS),
        }
        return kept | ours | ({"DATABASE_URL": database_url()} if connection.vendor != "sqlite" else {})

    def wait(self) -> None:
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            try:
                urllib.request.urlopen(f"{self.address}/health/", timeout=30).close()  # noqa: S310
                return
            except OSError:
                time.sleep(0.02)
        raise AssertionError(f"the server did not answer within {PATIENCE} seconds")

    def kill(self) -> None:
        """End every one of its processes at once, in the middle of whatever they do."""
        if self.pid:
            os.killpg(self.pid, signal.SIGKILL)
            self.tell("gone")
            self.pid = 0

    def put_away(self) -> None:
        """End what is left of it."""
        self.kill()
        if self.imported:
            self.imported.stdin.close()
            self.imported.wait()
            self.imported.stdout.close()


STATIC_FILES = "whitenoise.storage.CompressedManifestStaticFilesStorage"


def a_free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def database_url() -> str:
    """The address of the test's own PostgreSQL database."""
    known = connection.settings_dict
    user = quote(known["USER"]) + (f":{quote(known['PASSWORD'])}" if known["PASSWORD"] else "")
    port = f":{known['PORT']}" if known["PORT"] else ""
    host = known["HOST"]
    if host.startswith("/"):
        return f"postgresql://{user}@/{known['NAME']}?host={host}"
    return f"postgresql://{user}@{host}{port}/{known['NAME']}"
