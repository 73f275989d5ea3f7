"""Mails as they were written, and whether they have left."""

from __future__ import annotations

from django.db import models
from django.utils import timezone


class Message(models.Model):
    """One mail to one address. Stored after it was sent; it contains nothing of an instrument's text."""

    to = models.EmailField()
    subject = models.CharField(max_length=250)
    text = models.TextField()
    html = models.TextField(blank=True)
    language = models.CharField(max_length=10)
    template = models.CharField(max_length=60)
    about = models.CharField(
        max_length=120, blank=True, help_text="Kind and id of what it is about, e.g. edition:12"
    )
    message_id = models.CharField(max_length=200, unique=True)
    written = models.DateTimeField(default=timezone.now)
    sent = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    problem = models.CharField(max_length=250, blank=True)
    taken = models.DateTimeField(
        null=True, blank=True, help_text="When a worker took it in hand: no other one sends it meanwhile."
    )
    next_try = models.DateTimeField(null=True, blank=True, help_text="Not before that moment.")
    unsubscribe = models.URLField(
        max_length=300,
        blank=True,
        help_text="Where its reader ends mails of this kind, by one click in a mail program.",
    )
    opens = models.CharField(
        max_length=300,
        blank=True,
        help_text="The address in its text that signs its reader in (people.actions.mail_link).",
    )
    opens_for = models.CharField(max_length=60, blank=True, help_text="For which institution, by its key.")
    withdrawn = models.DateTimeField(
        null=True, blank=True, help_text="It never leaves: whom it was for is not there any more."
    )
    held = models.BooleanField(default=False, help_text="Waits for the digest of its reader.")
    digest = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="parts",
        help_text="The digest it went with.",
    )

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.to}: {self.subject}"


class DigestReader(models.Model):
    """Somebody who wants one mail a day. ``sent``: the day of the last digest."""

    email = models.EmailField(unique=True)
    language = models.CharField(max_length=10)
    sent = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return self.email
