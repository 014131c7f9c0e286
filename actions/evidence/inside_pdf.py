"""Looks into a PDF in a process of its own, where a hostile one can use up neither memory nor time of the office's.

`look(content)` runs this file with the PDF as its input; it prints one word.
"""

import io
import subprocess
import sys
from pathlib import Path

FINE, LOCKED, ACTS, HOLDS, BROKEN = "fine", "locked", "acts", "holds", "broken"
SECONDS, BYTES = 4, 512 * 1024 * 1024


def look(content: bytes) -> str:
    """What a PDF is: fine, locked with a password, acting by itself, holding other files, or broken."""
    # Our own file, run by the interpreter that runs us; nothing of what is asked comes from people.
    command = [sys.executable, "-I", str(Path(__file__).resolve())]
    try:
        done = subprocess.run(  # noqa: S603
            command, input=content, capture_output=True, timeout=2 * SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        return BROKEN
    word = done.stdout.decode("ascii", "replace").strip()
    return word if word in {FINE, LOCKED, ACTS, HOLDS} else BROKEN


def judge(content: bytes) -> str:
    """One word for what is in it; runs in the other process."""
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(content), suppress_warnings=True) as opened:
            return _by_root(opened.Root) if len(opened.pages) else BROKEN
    except pikepdf.PasswordError:
        return LOCKED
    except (pikepdf.PdfError, AttributeError, TypeError, ValueError, KeyError):
        return BROKEN


def _by_root(root) -> str:
    """Scripts and programs that run when it is opened, and files inside the file."""
    import pikepdf

    opening, names = root.get("/OpenAction"), root.get("/Names", {})
    starts = isinstance(opening, pikepdf.Dictionary) and str(opening.get("/S")) not in {"/GoTo", "None"}
    if starts or "/AA" in root or "/JavaScript" in names:
        return ACTS
    return HOLDS if "/EmbeddedFiles" in names else FINE


def _main() -> None:
    import resource

    content = sys.stdin.buffer.read()
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (BYTES, BYTES))
    sys.stdout.write(judge(content))


if __name__ == "__main__":
    _main()
