"""Ask a person to write or translate a part of a draft, and take it back."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

import audit
from documents import notifications
from documents.actions.errors import ActionError
from documents.actions.locking import hold_writable
from documents.editions.text_storage import check_language
from documents.models import Assignment, Edition
from people.access import memberships, require
from people.models import User
from people.roles import Role, Verb
from theme.localized_names import localized_name


def assign(
    by: User, edition: Edition, user: User, language: str, uid: str | None = None, due: date | None = None
) -> Assignment:
    """Opens the draft, or the language that follows an adoption, for the person and mails them. Raises
    ActionError where their role does not allow the language, Locked where nobody writes in it."""
    require(by, Verb.ASSIGN, edition)
    check_language(language)
    roles = memberships(user)
    if language not in edition.instrument.languages:
        raise ActionError(_("The document does not have this language version."))
    writes = any(
        m.role in (Role.DRAFTER, Role.COORDINATOR) or (m.role == Role.TRANSLATOR and language in m.languages)
        for m in roles
    )
    if not writes:
        raise ActionError(
            _("%(name)s is neither a drafter nor a translator into this language.")
            % {"name": localized_name(user.name)}
        )
    with transaction.atomic():
        draft = hold_writable(edition, language)
        audit.hold()  # who hands work over changes assignments with the trail in hand
        assignment, created = Assignment.objects.get_or_create(
            edition=draft, user=user, language=language, uid=uid, defaults={"due": due, "assigned_by": by}
        )
        if created:
            audit.record("assign", draft, by, to=str(user.actor), language=language, uid=uid)
            notifications.tell_of_assignment(assignment)
    return assignment


def unassign(by: User, assignment: Assignment) -> None:
    """Takes the part back; what the person wrote stays."""
    require(by, Verb.ASSIGN, assignment.edition)
    with transaction.atomic():
        audit.record(
            "unassign",
            assignment.edition,
            by,
            to=str(assignment.user.actor),
            language=assignment.language,
            uid=assignment.uid and str(assignment.uid),
        )
        assignment.delete()
