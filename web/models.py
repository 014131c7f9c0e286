"""One-time operations: a request that is sent again has one effect and gets the same answer."""

from django.db import models


class OneTimeOperation(models.Model):
    """The answer that was given to an operation's id, so that a retry can be given it again."""

    op_id = models.UUIDField(primary_key=True)
    digest = models.CharField(max_length=64, help_text="SHA-256 of what was asked and by whom")
    answer = models.JSONField()
    at = models.DateTimeField(auto_now_add=True, db_index=True)

    def __str__(self):
        return str(self.op_id)
