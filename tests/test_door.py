"""What somebody reads who starts or checks the house, when something cannot be."""

import os
import runpy
import socket
import subprocess
import sys
from pathlib import Path

import pytest

HOUSE = Path(__file__).resolve().parent.parent


def run(*command, **environment: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        command,
        cwd=HOUSE,
        env={"PATH": os.environ["PATH"]} | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_port_that_is_taken_is_told_in_a_sentence():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        started = run(sys.executable, "bin/prepare", PORT=port)
    assert started.returncode == 1
    assert started.stderr.startswith(f"Something else answers on port {port}.")


@pytest.mark.parametrize("port", ["http", "0", "65536", "-1", ""])
def test_a_port_that_is_none_is_told_in_a_sentence(port):
    started = run(sys.executable, "bin/prepare", PORT=port)
    assert started.returncode == 1
    assert "must be a number from 1 to 65535" in started.stderr


def test_a_python_that_is_too_old_is_told_in_a_sentence(tmp_path):
    old = tmp_path / "python3"
    old.write_text('#!/bin/sh\n[ "$1" != --version ] || { echo Python 3.9.2; exit; }\nexit 1\n')
    old.chmod(0o755)
    copy = tmp_path / "house" / "bin"
    copy.mkdir(parents=True)
    (copy / "setup").write_text((HOUSE / "bin" / "setup").read_text())
    started = run("sh", copy / "setup", PYTHON=str(old))
    assert started.returncode == 1
    assert started.stderr.startswith("Python 3.11 or newer is needed; this machine has Python 3.9.2.")


def test_a_check_that_does_not_exist_is_told_with_those_that_do():
    started = run(sys.executable, "bin/check", "lin")
    assert started.returncode == 2
    assert started.stdout.startswith("There is no check called lin; there are lint, ")


@pytest.mark.parametrize(
    ("said", "closing"),
    [
        (["..", "2 passed in 0.1s"], ["2 passed in 0.1s"]),
        (
            [".F", "== short test summary info ==", "FAILED tests/x.py::y", "= 1 failed, 1 passed in 1s ="],
            ["== short test summary info ==", "FAILED tests/x.py::y", "= 1 failed, 1 passed in 1s ="],
        ),
        (["All checks passed!"], []),
        ([], []),
    ],
)
def test_the_summary_closes_with_what_pytest_said_last(said, closing):
    check = runpy.run_path(str(HOUSE / "bin" / "check"))
    assert check["closing_lines"](said) == closing
