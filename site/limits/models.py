from django.db import models


class RequestCount(models.Model):
    """How often something was asked in one stretch of time, under a keyed hash of what, who and when."""

    key = models.CharField(primary_key=True, max_length=64)
    number = models.PositiveIntegerField()
    until = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.key[:12]
