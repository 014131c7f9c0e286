from django.core.management.base import BaseCommand

from publications import services


class Command(BaseCommand):
    help = "Makes lists, search and action pages again from what is published."

    def handle(self, *args, **options):
        count = services.rebuild_public()
        self.stdout.write(f"Made the public lists again from {count} editions.")
