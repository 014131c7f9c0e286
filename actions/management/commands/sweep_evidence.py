from django.core.management.base import BaseCommand, CommandError

from actions import evidence


class Command(BaseCommand):
    help = "Deletes evidence that was removed 30 days ago and what failures left behind; checks that the rest is whole."

    def handle(self, *args, **options):
        count = evidence.sweep()
        self.stdout.write(f"{count} file{'' if count == 1 else 's'} deleted.")
        if faults := evidence.faults():
            raise CommandError("\n".join(faults))
        self.stdout.write("All evidence is as it was given.")
