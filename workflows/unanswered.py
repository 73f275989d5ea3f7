"""The comments that the owner of a text has not answered."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, F, Q

from documents.models import Comment


def open_comments(editions: list[int]) -> dict[int, dict[str, Any]]:
    """For each edition how many comments wait for an answer, and since when the oldest one does. One that was answered and opened
    again waits for another answer."""
    waiting = (
        Comment.objects.filter(edition__in=editions, parent=None, resolved=None)
        .annotate(owners=Count("replies", filter=Q(replies__institution=F("edition__instrument__owner"))))
        .filter(Q(owners=0) | ~Q(outcome=""))
        .values_list("edition", "written")
        .order_by()
    )
    found: dict[int, dict[str, Any]] = {}
    for edition, written in waiting:
        known = found.setdefault(edition, {"n": 0, "oldest": written})
        known["n"] += 1
        known["oldest"] = min(known["oldest"], written)
    return found
