"""Answer the comments on a text in its review, and tell those who wrote them."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from documents.actions.record_refusal import record_refusals
from documents.comments.apply import apply_suggestion
from documents.comments.decide import decide
from documents.models import Comment
from people.access import may
from people.models import User
from people.roles import Verb
from workflows import mails
from workflows.models import Review


# Told here too: what the inner action tells of its refusal is undone with the transaction around it.
@record_refusals("decide_comment")
def answer_comment(
    by: User, comment: Comment, review: Review, outcome: str, answer: str, seen: str | None = None
) -> Comment:
    """Keeps what becomes of a comment, and tells its author. Raises what
    :func:`documents.comments.decide.decide` does."""
    with transaction.atomic():
        kept = decide(by, comment, outcome, answer, seen)
        tell_authors(by, review, [comment])
    return kept


@record_refusals("apply_suggestion")
def accept_suggestion(by: User, comment: Comment, review: Review, seen_hash: str) -> None:
    """Puts suggested words into the draft; tells their author where the comment was not answered before.
    Raises what :func:`documents.comments.apply.apply_suggestion` does."""
    answered = bool(comment.outcome)
    with transaction.atomic():
        apply_suggestion(by, comment, seen_hash)
        if not answered:
            tell_authors(by, review, [comment])


def tell_authors(by: User, review: Review, answered: Iterable[Comment]) -> None:
    """One mail to each author of comments that were answered: to those who may read the text, never to who
    answered."""
    authors: dict[User, list[Comment]] = {}
    for comment in answered:
        if comment.author is not None and comment.author.pk != by.pk:
            authors.setdefault(comment.author, []).append(comment)
    for author, own in authors.items():
        if may(author, Verb.READ, review) and may(author, Verb.READ, review.edition):
            first = own[0]
            alone = f"?text={first.language}&view=comments&comment={first.pk}#k{first.pk}"
            place = alone if len(own) == 1 else "comments/"
            mails.tell(
                author,
                "comment_answered",
                review,
                page=f"review/{review.pk}/{place}",
                by=by.name,
                n=len(own),
            )
