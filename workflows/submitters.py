"""Who submitted a text that is under review: none of them signs it off."""

from __future__ import annotations

from django.db.models import Q

from documents.models import Manifest
from people.models import User
from workflows.models import Review


def submitters(review: Review) -> dict[int, User]:
    """By their number: who began the round, who locked its text, and who submitted these very words in a round before it (the hash
    of what they submitted is the same one)."""
    made = Manifest.objects.filter(edition=review.edition_id, sha256=review.manifest.sha256)
    found = User.objects.filter(Q(pk=review.submitted_by_id) | Q(pk__in=made.values("made_by")))
    return {user.pk: user for user in found}
