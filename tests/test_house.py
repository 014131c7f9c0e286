"""Facts about the tree: what a newcomer relies on when they look for something."""

import re
import subprocess
import tomllib
from pathlib import Path

import pytest

HOUSE = Path(__file__).resolve().parent.parent
APPS = ["accounts", "actions", "desk", "following", "importing", "meetings", "publications", "review", "web"]


def kept_files() -> list[Path]:
    """What the repository holds, and what is about to be added to it."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=HOUSE,
        capture_output=True,
        check=False,
    )
    if listed.returncode:
        pytest.skip("This copy of the house is not a git repository")
    return [path for name in listed.stdout.decode().split("\0") if name and (path := HOUSE / name).is_file()]


def words_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


def pyproject() -> dict:
    return tomllib.loads((HOUSE / "pyproject.toml").read_text())


@pytest.mark.parametrize("app", APPS)
def test_every_app_has_the_files_that_people_look_for(app):
    for name in ["__init__.py", "apps.py", "urls.py"]:
        assert (HOUSE / app / name).is_file(), f"{app}/{name}"


def test_every_folder_of_python_at_the_top_is_an_app_or_known():
    folders = {path.parent.name for path in HOUSE.glob("*/__init__.py")}
    assert folders == {*APPS, "assurance", "tests"}


@pytest.mark.parametrize("app", APPS)
def test_migrations_are_numbered_without_gap_and_named_for_what_they_do(app):
    names = sorted(path.stem for path in (HOUSE / app / "migrations").glob("0*.py"))
    assert [int(name[:4]) for name in names] == list(range(1, len(names) + 1))
    assert not [name for name in names if "_auto_" in name]


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_locks_hold_hashes_and_no_address(name):
    lock = (HOUSE / name).read_text()
    assert "://" not in lock
    packages = re.findall(r"^[a-z0-9].*==.*(?:\n +--hash=sha256:.*)*", lock, re.MULTILINE)
    assert packages
    assert not [package for package in packages if "--hash=sha256:" not in package]


def test_locks_agree_on_what_both_name():
    pins = [
        dict(re.findall(r"^([a-z0-9-]+)==(\S+)", (HOUSE / name).read_text(), re.MULTILINE))
        for name in ["requirements.lock", "requirements-dev.lock"]
    ]
    shared = pins[0].keys() & pins[1].keys()
    assert {name: pins[0][name] for name in shared} == {name: pins[1][name] for name in shared}


def test_no_lock_with_addresses_is_kept():
    names = {path.name for path in kept_files()}
    assert not names & {"uv.lock", "pylock.toml", "poetry.lock", "package-lock.json"}


def test_every_dependency_is_in_a_lock():
    normal = lambda text: re.split(r"[\[=<>~ ]", text)[0].lower().replace("_", "-")  # noqa: E731
    wanted = {
        "requirements.lock": pyproject()["project"]["dependencies"],
        "requirements-dev.lock": pyproject()["dependency-groups"]["dev"],
    }
    for lock, requirements in wanted.items():
        pinned = set(re.findall(r"^([a-z0-9.-]+)==", (HOUSE / lock).read_text(), re.MULTILINE))
        assert {normal(text) for text in requirements} <= pinned


def test_every_dependency_has_its_reason_on_its_line():
    text = (HOUSE / "pyproject.toml").read_text()
    everything = [*pyproject()["project"]["dependencies"], *pyproject()["dependency-groups"]["dev"]]
    for requirement in everything:
        line = next(line for line in text.splitlines() if f'"{requirement}"' in line)
        assert re.search(r"# \w+.{10,}", line), line


def test_help_lists_every_target_of_the_makefile():
    makefile = (HOUSE / "Makefile").read_text()
    targets = set(re.findall(r"^([a-z][a-z-]*):", makefile, re.MULTILINE))
    said = subprocess.run(["make", "help"], cwd=HOUSE, capture_output=True, text=True, check=True).stdout
    assert set(re.findall(r"^  make (\S+) ", said, re.MULTILINE)) == targets
    assert set(re.search(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)[1].split()) == targets


def test_readme_explains_every_variable_that_settings_read():
    settings = (HOUSE / "assurance" / "settings.py").read_text()
    names = set(re.findall(r'(?:environ\.get|listed|switched_on)\("([A-Z_]+)"', settings))
    readme = (HOUSE / "README.md").read_text()
    assert {name for name in names if f"`{name}`" not in readme} == set()


def test_tests_shut_out_every_variable_that_settings_read():
    settings = (HOUSE / "assurance" / "settings.py").read_text()
    names = set(re.findall(r'(?:environ\.get|listed|switched_on)\("([A-Z_]+)"', settings))
    shut_out = (HOUSE / "tests" / "settings.py").read_text()
    assert {name for name in names - {"DATABASE_URL"} if f'"{name}"' not in shut_out} == set()


@pytest.mark.parametrize(
    ("banned", "why"),
    [
        (r"\|\s*safe\b|\|\s*safeseq\b", "people's text is escaped"),
        (r"\{%\s*autoescape off", "people's text is escaped"),
        (r"\|\s*urlize|\|\s*urlizetrunc", "people's text is shown as it is"),
        (r"\|\s*striptags|\|\s*truncate\w+_html", "people's text is shown as it is"),
        (r"\sstyle=", "the policy of contents refuses inline styles"),
        (r"\son[a-z]+=[\"']", "the policy of contents refuses inline scripts"),
        (r"<script(?![^>]*\ssrc\b)[^>]*>", "scripts are files"),
        (r"<style\b", "styles are files"),
    ],
)
def test_templates_keep_off_what_is_banned(banned, why):
    found = [
        f"{path.relative_to(HOUSE)}: {line.strip()}"
        for path in HOUSE.glob("templates/**/*.html")
        for line in path.read_text().splitlines()
        if re.search(banned, line)
    ]
    assert found == [], why


@pytest.mark.parametrize(
    ("banned", "why"),
    [
        (
            r"(?:filter|exclude|get)\(\*\*(?:self\.)?request\.",
            "whoever writes the address would write the query",
        ),
        (r"order_by\([^)]*request\.", "whoever writes the address would choose the column"),
        (r"from django\.contrib import admin|django\.contrib\.admin", "the admin site passes our rules by"),
    ],
)
def test_python_keeps_off_what_no_lint_rule_sees(banned, why):
    found = [
        f"{path.relative_to(HOUSE)}: {line.strip()}"
        for app in [*APPS, "assurance"]
        for path in (HOUSE / app).rglob("*.py")
        for line in path.read_text().splitlines()
        if re.search(banned, line)
    ]
    assert found == [], why


def test_every_template_lives_in_the_folder_of_an_app_or_of_the_form_pack():
    folders = {path.name for path in (HOUSE / "templates").iterdir() if path.is_dir()}
    # allauth looks for its pages under names of its own; "assurance" is the form pack.
    assert folders <= {*APPS, "assurance", "account", "allauth", "mfa", "socialaccount"}


def test_nothing_kept_tells_where_or_on_what_it_was_made():
    tell_tales = ["/" + "work/", "/root/" + ".pyenv", "/opt/" + "wheels", "/opt/" + "pypi"]
    found = [
        f"{path.relative_to(HOUSE)}: {tell_tale}"
        for path in kept_files()
        for tell_tale in tell_tales
        if tell_tale in words_of(path)
    ]
    assert found == []


def test_no_secret_is_kept():
    shapes = re.compile(r"BEGIN (?:RSA |EC |OPENSSH )?PRIVATE KEY|AKIA[0-9A-Z]{16}|gh[pousr]_[A-Za-z0-9]{36}")
    assert [path for path in kept_files() if shapes.search(words_of(path))] == []


def test_nobody_left_a_note_to_themselves():
    marks = re.compile("TO" + "DO|FIX" + r"ME|\bX" + r"XX\b")
    found = [
        path
        for path in kept_files()
        if path.suffix in {".py", ".html", ".css", ".js"} and marks.search(words_of(path))
    ]
    assert found == []


def test_static_files_that_styles_scripts_and_pages_name_are_there(tmp_path, settings):
    from django.core.management import call_command

    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": "web.storage.HashedFiles"}}
    call_command("collectstatic", interactive=False, verbosity=0)
    assert (tmp_path / "staticfiles.json").is_file()
    (keeping,) = (tmp_path / "web" / "keeping").glob("keeping.????????????.js")
    assert 'from "./saver.js"' not in keeping.read_text(), "scripts name each other by what is in them"
