"""Make the sample office, when there is no office yet."""

import os
import secrets

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts.models import User
from desk.sample import cast, story


class Command(BaseCommand):
    help = "Make a made-up office with fourteen months of meetings; SAMPLE_PASSWORD chooses the password."

    def add_arguments(self, parser):
        parser.add_argument(
            "--if-empty", action="store_true", help="do nothing, quietly, when there is an office"
        )

    def handle(self, *args, if_empty, **options):
        if User.objects.exists():
            if if_empty:
                return
            raise CommandError("There is an office already. A sample is only made in an empty database.")
        password = os.environ.get("SAMPLE_PASSWORD") or secrets.token_urlsafe(9)
        story.tell(timezone.localdate(), password)
        self.stdout.write(f"Sample office made. Password for all of them: {password}")
        for sign_in in cast.SIGN_INS:
            self.stdout.write(f"  {sign_in.email}")
