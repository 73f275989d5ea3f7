"""Comment on a text in its review, and tell whom the comment mentions."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from documents.actions.errors import ActionError
from documents.comments.actions import add_comment
from documents.models import Comment
from people.models import Institution, User
from workflows import mails
from workflows.access import own_seats, spoken_seats
from workflows.models import Review
from workflows.rules import grants, mentions, vote_conflicts


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
    """Keeps a comment or an answer to one (``parent``), in the name of the institution for which ``by`` is
    asked (:func:`asked_for`); ``to`` is the key of a :class:`workflows.rules.mentions.Mention`.

    Raises what :func:`documents.comments.actions.add_comment` does, and ActionError for whom one can't
    mention here.
    """
    mention = mentions.find(review, to)
    people = mentions.told(mention, review.edition, by) if mention is not None else []
    if mention is not None and not people:
        raise ActionError(
            _("Nobody else of %(name)s reads this text now. Mention somebody else, or nobody.")
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
            institution=asked_for(by, review),
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


def asked_for(user: User, review: Review) -> Institution | None:
    """The institution whose seat the person has in the review: the one that waits for their answer, else one
    of an open stage, else the last, as the room chooses what it asks for
    (:class:`workflows.pages.review.reader.Reader`); of who was asked no more, the one for which they
    commented. None for whoever has none."""
    seats = own_seats(user, review) or spoken_seats(user, review)
    opened = [seat for seat in reversed(seats) if seat.stage.open and seat.answer is None]
    others = vote_conflicts.who_else(user, review, vote_conflicts.beside(opened))
    waiting = vote_conflicts.in_turn(user, opened, others)
    found = waiting or [seat for seat in seats if seat.stage.open] or seats
    return found[0].institution if found else None
