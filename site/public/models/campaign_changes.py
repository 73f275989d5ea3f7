"""A version of a campaign that waits for a second person, or was decided by one."""

from __future__ import annotations

import hashlib
import json

from django.db import models
from wagtail.models import Revision

from public.models.changes import Change, ChangeQuerySet
from public.models.pages import CampaignPage
from public.shown_files import hash_of_files


def hash_of(revision: Revision) -> str:
    """Of the content: the editor's own saving writes over a version, so its number does not name it."""
    content = json.dumps(revision.content, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(content.encode()).hexdigest()


class CampaignChange(Change):
    """``values``: the hash of the version (``sha256``), that of the pictures, audio and video on it
    (``files``), and what its editor has answered (``ticks``)."""

    page = models.ForeignKey(CampaignPage, models.CASCADE, related_name="changes")
    revision = models.ForeignKey(Revision, models.CASCADE, related_name="+")

    objects = ChangeQuerySet.as_manager()

    class Meta:
        ordering = ["-at"]
        constraints = [
            models.UniqueConstraint(
                fields=["page"], condition=models.Q(decided=None), name="campaign_one_change_waits"
            )
        ]

    def __str__(self) -> str:
        return f"{self.page_id} {self.revision_id}"

    @property
    def holds(self) -> bool:
        """Whether the version is still as it was when the second person was asked."""
        if self.values["sha256"] != hash_of(self.revision):
            return False
        files = self.values.get("files")
        return files is None or files == hash_of_files(self.revision.as_object())


def confirmed(revision_id: int | None, page_id: int) -> CampaignChange | None:
    """The second person's word on exactly this version of this page, as it stands now. A copy of a page
    begins with the number of its source's version."""
    found = CampaignChange.objects.filter(revision=revision_id, page=page_id, confirmed=True)
    found = found.select_related("revision")
    return next((change for change in found if change.holds), None) if revision_id else None
