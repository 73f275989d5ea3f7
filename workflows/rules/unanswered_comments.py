"""The comments that the owner of a text has not answered."""

from __future__ import annotations

from typing import Any

from django.db.models import BooleanField, Case, Exists, OuterRef, Q, QuerySet, Value, When

from documents.models import Comment


def with_waits(comments: QuerySet[Comment]) -> QuerySet[Any]:
    """The comments with ``waits``: neither settled nor answered or replied to by the owner, or reopened."""
    owners = Comment.objects.filter(parent=OuterRef("pk"), institution=OuterRef("edition__instrument__owner"))
    waits = Q(parent=None, resolved=None) & (~Q(outcome="") | ~Exists(owners))
    return comments.annotate(
        waits=Case(When(waits, then=Value(True)), default=Value(False), output_field=BooleanField())
    )


def open_comments(editions: list[int]) -> dict[int, dict[str, Any]]:
    """For each edition how many comments wait for an answer, and since when."""
    of_editions = Comment.objects.filter(edition__in=editions, parent=None, resolved=None)
    waiting = with_waits(of_editions).filter(waits=True).values_list("edition", "written").order_by()
    found: dict[int, dict[str, Any]] = {}
    for edition, written in waiting:
        known = found.setdefault(edition, {"n": 0, "oldest": written})
        known["n"] += 1
        known["oldest"] = min(known["oldest"], written)
    return found
