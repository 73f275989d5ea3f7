"""What each reader has read, and the texts of rounds that ended and of answers that were given."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone

from documents.models import Edition
from documents.models.sections import UnicodeJSONEncoder
from documents.text import Section, SectionText, SectionTree
from workflows.models.reviews import Review


class SectionRead(models.Model):
    """That a user has read a section in a language, with the hash of its text."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    edition = models.ForeignKey(Edition, models.CASCADE, related_name="+")
    uid = models.UUIDField()
    language = models.CharField(max_length=5)
    text_hash = models.CharField(max_length=64, blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "edition", "uid", "language"], name="section_read_once")
        ]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.uid} {self.language}"


class KeptText(models.Model):
    """The full text of a language as it once was."""

    language = models.CharField(max_length=5)
    text = models.JSONField(encoder=UnicodeJSONEncoder)

    class Meta:
        abstract = True

    @staticmethod
    def pack(tree: SectionTree) -> dict[str, Any]:
        return {
            "title": tree.title,
            "sections": [
                [s.uid, s.level, s.kind, s.text.label, s.text.body, list(s.origins)] for s in tree.sections
            ],
        }

    @property
    def tree(self) -> SectionTree:
        return SectionTree(
            self.language,
            self.text["title"],
            tuple(
                Section(uid, level, kind, SectionText(label, body), tuple(origins))
                for uid, level, kind, label, body, origins in self.text["sections"]
            ),
        )


class RoundText(KeptText):
    """The text of a round as it ended. Its hash is in the round's manifest, or in the one made at its end."""

    review = models.ForeignKey(Review, models.PROTECT, related_name="texts")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["review", "language"], name="round_text_once")]

    def __str__(self) -> str:
        return f"{self.review_id} {self.language}"


class AnsweredText(KeptText):
    """A text that an institution answered while it was open, stored once.

    ``sha256`` is its hash as a language version; ``key`` is :func:`documents.editions.text_storage.tree_key`.
    """

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)
    key = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["edition", "language", "sha256"], name="answered_text_once")
        ]

    def __str__(self) -> str:
        return f"{self.edition_id} {self.language} {self.sha256[:12]}"
