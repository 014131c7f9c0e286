from django.apps import AppConfig
from django.core import checks
from django.db.models.signals import post_migrate


class PublicationsConfig(AppConfig):
    name = "publications"
    verbose_name = "What the public sees"

    def ready(self):
        from publications import triggers

        post_migrate.connect(triggers.install_after_migrating, sender=self)
        checks.register(triggers.check_triggers, checks.Tags.database)
