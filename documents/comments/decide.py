"""Answer a comment as the coordinator: accepted, partly accepted, rejected."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

import audit
from documents.actions.audit_payloads import moment
from documents.actions.errors import ActionError
from documents.actions.locking import hold
from documents.actions.record_refusal import record_refusals
from documents.choices import CommentOutcome
from documents.comments.actions import LONGEST, check_at_work
from documents.models import Comment
from documents.text import plain_text
from people.access import has_role, may
from people.models import User
from people.roles import Role, Verb


def may_decide(user: Any, comment: Comment) -> bool:
    """The coordinators of the owner, while the text is at work."""
    owner = comment.edition.instrument.owner_id
    return has_role(user, Role.COORDINATOR, owner) and may(user, Verb.COMMENT, comment.edition)


@record_refusals("decide_comment")
def decide(by: User, comment: Comment, outcome: str, answer: str, seen: str | None = None) -> Comment:
    """Stores the outcome with its reason, and settles the thread. ``seen`` is the :attr:`Comment.version`
    that was shown. Raises Http404 where ``by`` may not, ActionError for a bad answer, and where there is
    another one already."""
    if comment.parent_id is not None or not may_decide(by, comment):
        raise Http404
    answer = checked(outcome, answer)
    with transaction.atomic():
        hold(comment.edition, alone=False)  # an adoption waits, or has come before
        locked = (
            Comment.objects.select_for_update(of=("self",), no_key=True)
            .select_related("edition__instrument")
            .get(pk=comment.pk)
        )
        check_at_work(may_decide(by, locked))
        if seen is not None and seen != locked.version and seen == f"{locked.version}".removesuffix("+"):
            raise ActionError(
                _("This comment has been reopened. Read the reason, then answer it."), "changed_meanwhile"
            )
        if seen is not None and seen != locked.version:
            raise ActionError(
                _("Someone else has answered this comment. Read their answer first."),
                "changed_meanwhile",
            )
        now = timezone.now()
        locked.outcome, locked.outcome_text, locked.decided, locked.decided_by = outcome, answer, now, by
        locked.resolved, locked.resolved_by = locked.resolved or now, locked.resolved_by or by
        locked.save(
            update_fields=["outcome", "outcome_text", "decided", "decided_by", "resolved", "resolved_by"]
        )
        audit.record(
            "decide_comment",
            locked,
            by,
            edition=locked.edition_id,
            outcome=outcome,
            moment=moment(locked.decided),
        )
    return locked


def checked(outcome: str, answer: str) -> str:
    """The answer as stored. Raises ActionError for what can't be stored."""
    answer = plain_text(answer)
    if outcome not in CommentOutcome.values:
        raise ActionError(_("Choose accepted, partly accepted or rejected."), "no_choice")
    if outcome != CommentOutcome.ACCEPTED and not answer:
        raise ActionError(_("Enter the reason. The author of the comment will read it."), "no_reason")
    if len(answer) > LONGEST:
        raise ActionError(_("A comment has at most %(most)d characters.") % {"most": LONGEST}, "too_long")
    return answer
