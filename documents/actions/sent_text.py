"""The exported text of a returned Word file, from its bookmarks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import islice
from typing import Any

from django.utils.translation import gettext as _

from audit.models import Entry
from audit.trail import thing_name
from documents.actions.errors import ActionError
from documents.editions.text_history import text_starting
from documents.editions.text_storage import EMPTY
from documents.models import Edition, SectionChange
from documents.text import SectionTree, text_hash
from theme.locales import native_name

LOOKED_AT = 40
"""How many sections are asked for the language of a file."""
Verb = SectionChange.Verb
WRITTEN = (Verb.SAVE, Verb.IMPORT)
ARRIVED = (Verb.ADD, Verb.IMPORT, Verb.RESTORE)


def require_language(edition: Edition, language: str, states: Mapping[str, str]) -> None:
    """``states``: by uid, the start of the hash of the exported text. Raises ActionError where they are those
    of another language."""

    def known(language: str) -> bool:
        found = (text_starting(edition, uid, language, start) for uid, start in states.items() if start)
        return any(body is not None for body in islice(found, LOOKED_AT))

    if known(language):
        return
    for other in edition.instrument.languages:
        if other != language and known(other):
            raise ActionError(
                _(
                    "This file was downloaded from the text in %(language)s. Choose that "
                    "language. Nothing was saved."
                )
                % {"language": native_name(other)}
            )


def text_that_went_out(
    edition: Edition, language: str, draft: SectionTree, states: Mapping[str, str]
) -> SectionTree:
    """The draft with the exported texts; a section whose export the file does not name has today's."""

    def sent(uid: str, now: Any) -> Any:
        state = states.get(uid, "")
        if not state or text_hash(now or EMPTY).startswith(state):
            return now
        return text_starting(edition, uid, language, state) or now

    sections = (replace(one, text=replace(one.text, body=sent(one.uid, one.text.body))) for one in draft)
    return replace(draft, sections=tuple(sections))


def went_out(edition: Edition, language: str, draft: SectionTree, states: Mapping[str, str]) -> set[str]:
    """The sections of the draft that surely were in the file. Its bookmarks name them. Or they were in the
    draft when its own file was fetched, by the file's newest change. None where it has no bookmarks."""
    if not any(states.values()):
        return set()
    last = _last_change(edition, language, states)
    fetched = Entry.objects.filter(verb="export_own", thing=thing_name(edition), refused=False)
    logs = [
        detail["log"]
        for detail in fetched.values_list("detail", flat=True)
        if detail.get("language") == language and isinstance(detail.get("log"), int)
    ]
    until = min((log for log in logs if log >= last), default=last)
    later = SectionChange.objects.filter(edition=edition, verb__in=ARRIVED, pk__gt=until)
    added = {str(uid) for uid in later.values_list("uid", flat=True)}
    return {one.uid for one in draft if one.uid in states or one.uid not in added}


def _last_change(edition: Edition, language: str, states: Mapping[str, str]) -> int:
    """The number of the last change that the file surely has; 0 where there is none."""
    changes = SectionChange.objects.filter(
        edition=edition, language=language, uid__in=list(states), verb__in=WRITTEN
    )
    first: dict[str, int] = {}
    for pk, of, after in changes.order_by("pk").values_list("pk", "uid", "after").iterator(200):
        uid = str(of)
        state = states[uid]
        if uid not in first and state and after and text_hash(after).startswith(state):
            first[uid] = pk
    return max(first.values(), default=0)
