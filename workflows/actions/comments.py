"""Answer the comments on a text in its review, and tell those who wrote them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from documents.actions.errors import ActionError
from documents.actions.record_refusal import record_refusals
from documents.comments.actions import add_comment, resolve
from documents.comments.apply import apply_suggestion
from documents.comments.decide import checked, decide
from documents.models import Comment
from people.access import may
from people.models import Institution, User
from people.roles import Verb
from workflows import mails
from workflows.access import own_seats, spoken_seats
from workflows.models import Review
from workflows.rules import grants, mentions, vote_conflicts
from workflows.rules.respondents import coordinators


# Told here too: what the inner action tells of its refusal is undone with the transaction around it.
@record_refusals("decide_comment")
def answer_comment(
    by: User, comment: Comment, review: Review, outcome: str, answer: str, seen: str | None = None
) -> Comment:
    """Keep the outcome of a comment and tell its author. Raises what ``decide`` does."""
    with transaction.atomic():
        stored = decide(by, comment, outcome, answer, seen)
        tell_authors(by, review, [comment])
    return stored


@record_refusals("decide_comment")
def answer_comments(
    by: User,
    review: Review,
    chosen: Sequence[tuple[Comment, str]],
    outcome: str,
    answer: str,
    *,
    only_check: bool = False,
) -> None:
    """One answer to several comments, each with the version of it that was shown: all or none. Each author is
    notified once. ``only_check``: raise what would be raised, and keep nothing."""
    if not chosen:
        raise ActionError(_("Choose the comments to answer: tick the boxes."), "none_chosen")
    checked(outcome, answer)
    if only_check:
        return
    with transaction.atomic():
        for comment, seen in chosen:
            decide(by, comment, outcome, answer, seen)
        tell_authors(by, review, [comment for comment, _seen in chosen])


@record_refusals("apply_suggestion")
def accept_suggestion(by: User, comment: Comment, review: Review, seen_hash: str) -> None:
    """Put the suggested words into the draft; tell the author of a comment without an answer."""
    answered = bool(comment.outcome)
    with transaction.atomic():
        apply_suggestion(by, comment, seen_hash)
        if not answered:
            tell_authors(by, review, [comment])


def tell_authors(by: User, review: Review, answered: Iterable[Comment]) -> None:
    """One mail to each author who may read the text, but not to who answered."""
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


def write_comment(
    by: User,
    review: Review,
    uid: str,
    language: str,
    text: str,
    *,
    to: str = "",
    parent: Comment | None = None,
    quote: str = "",
    prefix: str = "",
    suffix: str = "",
    suggestion: str = "",
) -> Comment:
    """Keep a comment or reply for the institution for which ``by`` is asked; ``to`` is a Mention's key."""
    mention = mentions.find(review, to)
    people = mentions.recipients(mention, review.edition, by) if mention is not None else []
    if mention is not None and not people:
        raise ActionError(
            _("Nobody else at %(name)s can read this text now. Mention somebody else, or nobody.")
            % {"name": mention.name}
        )
    with transaction.atomic():
        comment = add_comment(
            by,
            review.edition,
            uid,
            language,
            text,
            quote=quote,
            prefix=prefix,
            suffix=suffix,
            suggestion=suggestion,
            parent=parent,
            to_institution=mention.institution if mention else None,
            to_person=mention.person if mention else None,
            institution=institution_for(by, review),
        )
        grants.read_on(review, by, comment.institution_id)
        first = (comment.parent or comment).pk
        for user in people:
            mails.tell(
                user,
                "mentioned",
                review,
                page=f"review/{review.pk}/?view=comments&comment={first}#k{first}",
                by=by.name,
            )
    return comment


def institution_for(user: User, review: Review) -> Institution | None:
    """The institution in whose name a comment is written: of the seat that the room shows, or None."""
    seats = own_seats(user, review) or spoken_seats(user, review)
    opened = [seat for seat in reversed(seats) if seat.stage.open and seat.answer is None]
    others = vote_conflicts.who_else(user, review, vote_conflicts.sharing_stage(opened))
    waiting = vote_conflicts.in_turn(user, opened, others)
    found = waiting or [seat for seat in seats if seat.stage.open] or seats
    return found[0].institution if found else None


def settle_comment(by: User, comment: Comment, review: Review, *, settled: bool) -> bool:
    """Settle or reopen a thread; gives whether it changed. The coordinators are notified of a reopened
    one."""
    with transaction.atomic():
        changed = resolve(by, comment, settled)
        if changed and not settled:
            for user in coordinators(review):
                if user.pk != by.pk:
                    place = f"?text={comment.language}&view=comments&comment={comment.pk}#k{comment.pk}"
                    mails.tell(
                        user, "comment_reopened", review, page=f"review/{review.pk}/{place}", by=by.name
                    )
    return changed
