"""Versions of campaigns that wait for a second person, or that one has confirmed: proposals of the kind
"campaign". Their values are the number of the version (``revision``), the hash of its content (``sha256``),
that of the files on it (``files``), and what its editor has answered (``ticks``)."""

from __future__ import annotations

import hashlib
import json

from django.db.models import Model
from wagtail.models import Revision

from proposals.models import Proposal, ProposalQuerySet
from public.shown_files import hash_of_files

KIND = "campaign"


def hash_of(revision: Revision) -> str:
    """Of the content: the editor's own saving writes over a version, so its number does not name it."""
    content = json.dumps(revision.content, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(content.encode()).hexdigest()


def versions_proposed(page: Model | str) -> ProposalQuerySet:
    """Every version of a campaign that somebody sent to a second person."""
    return Proposal.objects.about(page).filter(kind=KIND).select_related("proposed_by", "decided_by")


def revision_of(proposal: Proposal) -> Revision | None:
    """The version that is proposed; None where it is gone."""
    found: Revision | None = Revision.objects.filter(pk=proposal.values["revision"]).first()
    return found


def is_unchanged(proposal: Proposal, revision: Revision | None) -> bool:
    """Whether the version is still as it was when the second person was asked."""
    if revision is None or proposal.values["sha256"] != hash_of(revision):
        return False
    files = proposal.values.get("files")
    return files is None or files == hash_of_files(revision.as_object())


def confirmed(revision_id: int | None, page_id: int) -> Proposal | None:
    """The second person's word on exactly this version of this page, as it stands now. A copy of a page
    begins with the number of its source's version."""
    if revision_id is None:
        return None
    rows = versions_proposed(f"campaignpage:{page_id}").filter(confirmed=True, values__revision=revision_id)
    revision = Revision.objects.filter(pk=revision_id).first()
    return next((one for one in rows if is_unchanged(one, revision)), None)
