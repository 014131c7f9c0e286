from django.core.management.base import BaseCommand, CommandError

from publications import register
from publications.models import RegisterEntry


class Command(BaseCommand):
    help = "Checks that every publication is still what the register says of it, as after a restored backup."

    def handle(self, *args, **options):
        if faults := register.faults():
            raise CommandError("\n".join(faults))
        self.stdout.write(f"{RegisterEntry.objects.count()} publications are as the register says.")
