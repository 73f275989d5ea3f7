"""Accepted suggestions whose words are not in the text, and the coordinator's word that it goes on so."""

from __future__ import annotations

from collections.abc import Collection

from django.utils.translation import ngettext

from documents.actions.errors import Problem
from documents.models import Comment, Edition
from workflows.rules.comment_anchors import CommentAnchors, accepted

FIELD = "without"
CODE = "left_out"


def unapplied(edition: Edition) -> list[Comment]:
    """The comments that were accepted and whose words are not in the text."""
    anchors = CommentAnchors(edition)
    return [comment for comment in accepted(edition) if anchors.left_out(comment)]


def problem_of(comments: Collection[Comment], confirmed: Collection[int] = ()) -> Problem | None:
    """What stops the text; None where all these comments are ``confirmed``, by their numbers."""
    if {comment.pk for comment in comments} <= set(confirmed):
        return None
    message = ngettext(
        "%(n)d accepted suggestion is not in the text. Insert it, or confirm below that the text "
        "goes ahead without it.",
        "%(n)d accepted suggestions are not in the text. Insert them, or confirm below that the "
        "text goes ahead without them.",
        len(comments),
    )
    return Problem(message % {"n": len(comments)}, FIELD, CODE)
