"""Change the titles of a draft, as they are over its text in each language."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

import audit
from documents.actions.errors import ActionError
from documents.actions.locking import hold_draft
from documents.editions.text_storage import check_language
from documents.models import Edition
from documents.signals import texts_changed
from documents.text import plain_line
from people.access import require
from people.models import User
from people.roles import Verb


def set_titles(by: User, edition: Edition, titles: Mapping[str, str]) -> bool:
    """Gives whether anything changed; languages that are not named stay. Raises ActionError for an empty
    title of the source or an unknown language, Locked where the edition is no draft."""
    require(by, Verb.OUTLINE, edition)
    new = {check_language(language): plain_line(title)[:400] for language, title in titles.items()}
    if not set(new) <= set(edition.instrument.languages):
        raise ActionError(_("The document does not have this language version."))
    if not new.get(edition.instrument.source_language, "-"):
        raise ActionError(_("Enter the title in the drafting language."))
    with transaction.atomic():
        locked = hold_draft(edition)
        changed = sorted(
            code for code, title in new.items() if (getattr(locked, f"title_{code}") or "") != title
        )
        if not changed:
            return False
        for language in changed:
            setattr(locked, f"title_{language}", new[language] or None)
        locked.save(update_fields=[f"title_{language}" for language in changed])
        audit.record("title", locked, by, languages=changed)
        texts_changed.send(sender=Edition, edition=locked, uids=None)
    return True
