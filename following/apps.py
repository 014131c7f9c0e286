from django.apps import AppConfig


class FollowingConfig(AppConfig):
    name = "following"
    verbose_name = "What the public sends"
