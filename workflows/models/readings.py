"""What each reader has read, and the text of a round that was reopened."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone

from documents.models import Edition
from documents.models.letters import Letters
from documents.tree import Section, SectionText, SectionTree
from workflows.models.reviews import Review


class SectionRead(models.Model):
    """That a person has read a section: in which language, and which text (by its hash), so that a later one is new."""

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


class RoundText(models.Model):
    """The text of a round as it ended, kept where another may follow: its room shows it, the next round is compared with it.

    It proves itself: hashed as a language version it gives what the round's manifest names; of a round that ended before its
    text was locked, what the manifest names that was made as it ended (the trail says which).
    """

    review = models.ForeignKey(Review, models.PROTECT, related_name="texts")
    language = models.CharField(max_length=5)
    text = models.JSONField(encoder=Letters)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["review", "language"], name="round_text_once")]

    def __str__(self) -> str:
        return f"{self.review_id} {self.language}"

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
