"""Send the e-mails about actions that are due, each once."""

from django.core.management.base import BaseCommand, CommandError

from actions.messages import send_due


class Command(BaseCommand):
    help = "Send what is due: new actions, changes, reminders, decisions, digests. Safe to run as often as one likes."

    def handle(self, *args, **options):
        done = send_due()
        if not done.is_well:
            raise CommandError(str(done))
        self.stdout.write(str(done))
