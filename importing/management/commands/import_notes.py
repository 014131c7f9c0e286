"""Make a draft of each file of old notes."""

import datetime as dt
import json
from argparse import ArgumentTypeError
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from importing.intake import Intake, already_here, read_source
from importing.looking_over import bring_in
from importing.source import Unreadable, open_source
from meetings.models import Meeting
from meetings.services import Refused
from web.dates import day

UNKNOWN = "unknown"


def day_or_unknown(written: str) -> dt.date | None:
    """The date of an option such as 2020-10-12; None for "unknown"."""
    if written == UNKNOWN:
        return None
    try:
        return dt.date.fromisoformat(written)
    except ValueError:
        raise ArgumentTypeError(f"{written!r} is not a date like 2020-10-12, nor {UNKNOWN!r}") from None


class Command(BaseCommand):
    help = "Read files of old notes and make a draft of each. What is wrong with a file is said on stderr."

    def add_arguments(self, parser):
        parser.add_argument(
            "files", nargs="+", metavar="FILE", help="plain text, as it comes out of a PDF file"
        )
        parser.add_argument("--dry-run", action="store_true", help="read and tell, but store nothing")
        parser.add_argument(
            "--json",
            action="store_true",
            help='print {"notes": …, "findings": […]} for each file, one document per line',
        )
        parser.add_argument(
            "--published-elsewhere",
            metavar="DATE",
            type=day_or_unknown,
            default=False,
            help=f"mark the records as published elsewhere before, on this date, or {UNKNOWN!r}",
        )

    def handle(self, *, files, **options):
        failed = [file for file in files if not self.bring_in(Path(file), options)]
        if failed:
            raise CommandError(f"{len(failed)} of {len(files)} files could not be imported.")

    def bring_in(self, path: Path, options: dict) -> bool:
        """Read one file, tell of it and make its record; False when that is not possible."""
        try:
            intake = self.read(path)
            self.tell(intake, as_json=options["json"])
            if not options["dry_run"]:
                meeting = self.make(intake, options["published_elsewhere"])
                self.say(f"Made a draft: {meeting}, {self.address(meeting)}", options)
            elif not options["json"]:
                self.stdout.write("Nothing was stored.")
        except (Unreadable, Refused) as error:
            self.stderr.write(f"{path}: {error.sentence}")
        except OSError as error:
            self.stderr.write(f"{path}: The file cannot be read: {error.strerror}")
        else:
            return True
        return False

    def read(self, path: Path) -> Intake:
        with path.open("rb") as file:
            content = open_source(file, size=path.stat().st_size)
        return read_source(content, name=path.name)

    def tell(self, intake: Intake, *, as_json: bool) -> None:
        if as_json:
            findings = [
                {"severity": one.severity, "where": one.where, "sentence": one.sentence}
                for one in intake.findings
            ]
            told = {"notes": intake.notes.model_dump(mode="json", by_alias=True), "findings": findings}
            self.stdout.write(json.dumps(told, ensure_ascii=False))
            return
        facts = intake.notes.meeting
        on = day(facts.date) if facts.date else "without a date"
        self.stdout.write(f"{intake.name}: {facts.title}, {on}")
        for finding in intake.findings:
            self.stdout.write(f"  {finding.severity.capitalize()}: {finding.where}: {finding.sentence}")

    def make(self, intake: Intake, published_elsewhere: dt.date | bool | None) -> Meeting:
        if earlier := already_here(intake):
            raise Refused(f"These notes are here already: {earlier}, {self.address(earlier)}")
        return bring_in(
            intake,
            elsewhere=published_elsewhere is not False,
            published_on=published_elsewhere or None,
            by=None,
        )

    def say(self, words: str, options: dict) -> None:
        """Tell the person, apart from the documents that a program reads."""
        (self.stderr if options["json"] else self.stdout).write(words)

    def address(self, meeting: Meeting) -> str:
        return f"{settings.SITE_URL}{meeting.get_absolute_url()}"
