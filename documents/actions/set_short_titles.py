"""Set what a document is called in short, so that citations of it are found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db import transaction
from django.utils.translation import gettext as _

import audit
from documents.actions.errors import ActionError
from documents.actions.find_citations import request_citations
from documents.models import Instrument
from documents.text import plain_line
from people.access import require
from people.models import User
from people.roles import Verb

LEAST, LONGEST, MOST = 2, 60, 5


def set_short_titles(
    by: User, instrument: Instrument, titles: Mapping[str, Sequence[str]], before: Mapping[str, Sequence[str]]
) -> bool:
    """Gives whether anything changed. Raises ActionError for a wrong title, and where somebody else changed
    them since ``before`` was read."""
    require(by, Verb.CLASSIFY, instrument)
    new = {language: _clean(language, short) for language, short in titles.items() if short}
    if not set(new) <= set(instrument.languages):
        raise ActionError(_("The document does not have this language version."))
    with transaction.atomic():
        locked = Instrument.objects.select_for_update(no_key=True).get(pk=instrument.pk)
        if locked.short_titles == new:
            return False
        if locked.short_titles != before:
            raise ActionError(_("Somebody else has changed the short titles. Check them and save again."))
        locked.short_titles = new
        locked.save(update_fields=["short_titles"])
        audit.record("short_titles", locked, by, languages=sorted(new))
        request_citations([None])
    return True


def _clean(language: str, titles: Sequence[str]) -> list[str]:
    clean = list(dict.fromkeys(plain_line(title) for title in titles))
    if len(clean) > MOST or any(not LEAST <= len(title) <= LONGEST for title in clean):
        raise ActionError(
            _("Enter up to %(most)d short titles, each of %(least)d to %(longest)d characters.")
            % {"most": MOST, "least": LEAST, "longest": LONGEST},
            language,
        )
    return clean
