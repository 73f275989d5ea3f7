"""Put the words that a comment suggests into the draft, in place of those that it is about."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

import audit
from documents.access.rights import Text
from documents.actions.audit_payloads import moment
from documents.actions.errors import ActionError
from documents.actions.find_translation_source import PART
from documents.actions.locking import hold
from documents.actions.record_refusal import record_refusals
from documents.actions.save_section import save_section
from documents.choices import CommentOutcome
from documents.comments.decide import decide, may_decide
from documents.editions.text_storage import check_language
from documents.models import Comment, Section
from documents.text import body_text, plain_line
from documents.text.replace_words import replace_words
from documents.text.text_quote import locate
from documents.text.types import Body
from people.access import may
from people.models import User
from people.roles import Verb


def may_apply(user: Any, comment: Comment) -> bool:
    """Those who may write in that text; of an undecided comment, only a coordinator."""
    text = Text(comment.edition, comment.language, str(comment.uid))
    decided = comment.outcome in (CommentOutcome.ACCEPTED, CommentOutcome.PARTLY)
    return may(user, Verb.DRAFT, text) and (decided or may_decide(user, comment))


@record_refusals("apply_suggestion")
def apply_suggestion(by: User, comment: Comment, seen_hash: str) -> str:
    """Changes the draft, accepts the comment if it is undecided, and gives the hash of the section's text.

    ``seen_hash`` is that of the text that the page showed. Raises Http404 where ``by`` may not, and Locked
    where the text can't be changed. Raises ActionError where there is nothing to apply or its place is not
    certain. Raises Conflict where the text has changed.
    """
    if comment.parent_id is not None or not may_apply(by, comment):
        raise Http404
    with transaction.atomic():
        # Before the comment: the order is that of documents.actions.locking.
        hold(comment.edition, alone=False)
        locked = (
            Comment.objects.select_for_update(of=("self",), no_key=True)
            .select_related("edition__instrument", "author")
            .get(pk=comment.pk)
        )
        if not locked.suggestion or locked.outcome == CommentOutcome.REJECTED:
            raise ActionError(_("This comment does not suggest any words to insert."))
        if locked.applied is not None:
            raise ActionError(_("These words have already been added to the text."), "decided")
        body = _body(locked)
        anchor = locate(locked.quote, locked.prefix, locked.suffix, body_text(body, heading=True))
        if not anchor.count:
            raise _words_missing()
        if anchor.certain is None:
            raise ActionError(
                _(
                    "The text around this comment has changed, so it is unclear which words it "
                    "refers to. Nothing was changed. Edit the text in the draft."
                )
            )
        changed = replace_words(body, *anchor.certain, plain_line(locked.suggestion))
        if changed is None:
            raise ActionError(_("These words span more than one paragraph. Edit the text in the draft."))
        sha256 = save_section(
            by, locked.edition, str(locked.uid), locked.language, changed, seen_hash, seen=PART
        )
        if not locked.outcome:
            decide(by, locked, CommentOutcome.ACCEPTED, "")
        now = timezone.now()
        Comment.objects.filter(pk=locked.pk).update(applied=now, applied_by=by)
        audit.record(
            "apply_suggestion",
            locked,
            by,
            edition=locked.edition_id,
            uid=str(locked.uid),
            language=locked.language,
            suggested_by=str(locked.author.actor) if locked.author else "",
            sha256=sha256,
            moment=moment(now),
        )
    return sha256


def _body(comment: Comment) -> Body:
    column = f"body_{check_language(comment.language)}"
    rows = Section.objects.filter(edition=comment.edition_id, uid=comment.uid)
    body: Body | None = rows.values_list(column, flat=True).first()
    if not body:
        raise _words_missing()
    return body


def _words_missing() -> ActionError:
    return ActionError(
        _("The words that this comment refers to are no longer in the text. Nothing was changed.")
    )
