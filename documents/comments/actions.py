"""Comment on a section, answer a comment, say that it is settled."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import transaction
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

import audit
from documents.actions.audit_payloads import moment
from documents.actions.errors import ActionError
from documents.actions.locking import hold
from documents.editions.text_storage import check_language
from documents.models import Comment, Edition, Section
from documents.text import body_text, plain_text, text_quote
from people.access import has_role, may, memberships, require
from people.models import Institution, User
from people.roles import Role, Verb

LONGEST = 5_000
LONGEST_QUOTE = 2_000


def add_comment(
    by: User,
    edition: Edition,
    uid: str,
    language: str,
    text: str,
    quote: str = "",
    prefix: str = "",
    suffix: str = "",
    suggestion: str = "",
    parent: Comment | None = None,
    to_institution: Institution | None = None,
    to_person: User | None = None,
    institution: Institution | None = None,
) -> Comment:
    """Stores a comment, its anchor as the text has it. ``to_institution`` or ``to_person`` is mentioned;
    ``institution`` is in whose name it is written (else :func:`speaks_for`).

    Raises Http404 where ``by`` may not comment or there is no such section. Raises ActionError for an empty
    or too long comment, and for words that the section does not have. Also for an answer to a comment of
    another text.
    """
    require(by, Verb.COMMENT, edition)
    check_language(language)
    if "\x00" in text + quote + suggestion:
        raise ActionError(_("The comment contains characters that are not allowed."))
    text, quote, suggestion = plain_text(text), quote.strip(), plain_text(suggestion)
    _check_length(text, quote, suggestion)
    if language not in edition.instrument.languages:
        raise ActionError(_("The document does not have this language version."))
    with transaction.atomic():
        # Before anything stands in the trail; and what ends the coordination waits, so no comment slips in
        # behind its back.
        edition = hold(edition, alone=False)
        require(by, Verb.COMMENT, edition)
        if parent is not None:
            if parent.edition_id != edition.pk or str(parent.uid) != str(uid):
                raise ActionError(_("This replies to a comment on another text."))
            parent = parent.parent or parent
            quote = suggestion = ""
        else:
            quote, prefix, suffix = _anchored(edition, str(uid), language, quote, prefix, suffix)
        comment = Comment.objects.create(
            edition=edition,
            uid=uuid.UUID(str(uid)),
            language=language,
            parent=parent,
            author=by,
            institution=institution or speaks_for(by, edition),
            quote=quote,
            prefix=prefix[-text_quote.AROUND :],
            suffix=suffix[: text_quote.AROUND],
            text=text,
            suggestion=suggestion if quote else "",
            to_institution=to_institution,
            to_person=to_person,
        )
        audit.record(
            "comment",
            comment,
            by,
            edition=edition.pk,
            uid=str(uid),
            language=language,
        )
    return comment


def resolve(by: User, comment: Comment, settled: bool = True) -> bool:
    """Settles a thread, or opens it again; gives whether it was not so before. Raises Http404 where ``by``
    may not (:func:`may_resolve`), ActionError where the text is adopted already."""
    if not may_resolve(by, comment):
        raise Http404
    first = comment.parent or comment
    with transaction.atomic():
        first.edition = hold(first.edition, alone=False)
        check_at_work(may_resolve(by, first))
        at = timezone.now() if settled else None
        other = Comment.objects.filter(pk=first.pk, resolved__isnull=settled)
        if not other.update(resolved=at, resolved_by=by if settled else None):
            return False
        verb = "resolve" if settled else "unresolve"
        audit.record(verb, first, by, edition=first.edition_id, moment=moment(at))
    return True


def may_resolve(user: Any, comment: Comment) -> bool:
    """The author of the thread, and the owner's drafters and coordinators, while the text is at work."""
    first = comment.parent or comment
    if not may(user, Verb.COMMENT, first.edition):
        return False
    owner = first.edition.instrument.owner_id
    return first.author_id == user.pk or any(
        has_role(user, role, owner) for role in (Role.COORDINATOR, Role.DRAFTER)
    )


def check_at_work(may: bool) -> None:
    """Raises ActionError where the edition is no longer at work."""
    if not may:
        raise ActionError(_("This review has already ended. Nothing was changed."), "ended")


def speaks_for(user: User, edition: Edition) -> Institution | None:
    """The institution for which somebody comments: where they review, else the owner's, else their first."""
    roles = [m for m in memberships(user) if m.role != Role.OPERATOR]
    roles.sort(key=lambda m: (m.role != Role.REVIEWER, m.institution_id != edition.instrument.owner_id, m.pk))
    return roles[0].institution if roles else None


def section_text(edition: Edition, uid: str, language: str) -> str | None:
    """The words of one section, as anchors count them (notes too); None where there is no such section."""
    check_language(language)
    try:
        row = (
            Section.objects.filter(edition=edition, uid=uuid.UUID(uid))
            .values_list(f"body_{language}")
            .first()
        )
    except ValueError:
        return None
    return None if row is None else body_text(row[0], heading=True)


def _check_length(text: str, quote: str, suggestion: str) -> None:
    if not text and not suggestion:
        raise ActionError(_("Enter a comment or a suggestion."), "no_text")
    if len(text) > LONGEST or len(suggestion) > LONGEST:
        code = "long_text" if len(text) > LONGEST else "suggestion"
        raise ActionError(_("A comment has at most %(most)d characters.") % {"most": LONGEST}, code)
    if len(quote) > LONGEST_QUOTE:
        raise ActionError(_("Mark fewer words. A comment is about one passage."), "quote")
    if suggestion and not quote:
        raise ActionError(_("Mark the words that you want to replace."), "quote")


def _anchored(
    edition: Edition, uid: str, language: str, quote: str, prefix: str, suffix: str
) -> tuple[str, str, str]:
    wording = section_text(edition, uid, language)
    if wording is None:
        raise Http404
    if not quote:
        return "", "", ""
    found = text_quote.places(quote, wording)
    if (
        not (prefix.strip() or suffix.strip()) and len(found) > 1
    ):  # typed: nobody could say which of them is meant
        raise ActionError(
            _("These words appear in this section %(count)d times. Add a few words around them.")
            % {"count": len(found)},
            "quote",
        )
    place = max(found, key=lambda one: text_quote.fit(one, prefix, suffix, wording), default=None)
    if place is None or text_quote.fit(place, prefix, suffix, wording) < text_quote.LEAST_FIT:
        raise ActionError(
            _("The words that you marked are no longer in this section. Your comment was not saved."),
            "quote",
        )
    return wording[slice(*place)], *text_quote.around(wording, *place)
