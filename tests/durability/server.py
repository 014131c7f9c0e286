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
PATIENCE = 60


class Server:
    """Gunicorn with its workers, on a port of its own. What it stores outlives it."""

    def __init__(self, folder: Path):
        self.folder, self.process, self.address = folder, None, ""
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
        self.process = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "--log-level", "warning", "assurance.wsgi"],
            cwd=HOUSE,
            env=self.surroundings(port),
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )
        self.wait()

    def surroundings(self, port: int) -> dict[str, str]:
        """The environment that `bin/run` makes, with the test's database."""
        kept = {name: os.environ[name] for name in ["PATH", "HOME", "TMPDIR"] if name in os.environ}
        ours = {
            "ASSURANCE_DATA": str(self.folder),
            "PORT": str(port),
            "SITE_URL": self.address,
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
                urllib.request.urlopen(f"{self.address}/health/", timeout=5).close()  # noqa: S310
                return
            except OSError:
                assert self.process.poll() is None, "the server did not start"
                time.sleep(0.02)
        raise AssertionError(f"the server did not answer within {PATIENCE} seconds")

    def kill(self) -> None:
        """End every one of its processes at once, in the middle of whatever they do."""
        if self.process and self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


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
