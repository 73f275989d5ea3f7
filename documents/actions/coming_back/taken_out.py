"""Sections that somebody took out of a Word file without tracking: nothing in the file speaks of them any more."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import timedelta

from documents.models import Edition, SectionChange
from documents.text import Section, SectionTree, body_text, text_hash

Verb = SectionChange.Verb
AT_ONCE = timedelta(seconds=5)
"""Sections that were taken in one after the other so quickly came in one file."""


def taken_out(
    edition: Edition, language: str, draft: SectionTree, found: Collection[str], states: Mapping[str, str]
) -> Iterator[Section]:
    """The sections of the ``draft``, as it was sent out, that are not among those ``found`` in the file. ``states``: by uid, the start
    of the hash of the text with which a section was sent out.

    When the file was written, nothing says. A section was in it that stood in the draft from its beginning, or before a
    change of another one with which that was sent out. One that came later may have come after the file: of it nothing is
    told."""
    missing = [
        section
        for section in draft
        if section.uid not in found and body_text(section.text.body, heading=True).strip()
    ]
    if not missing or not states:
        return
    rows = list(
        SectionChange.objects.filter(edition=edition).order_by("pk").values_list("pk", "uid", "verb", "at")
    )
    began: dict[str, int] = {}
    for index, (_pk, uid, verb, _at) in enumerate(rows):
        if verb in (Verb.ADD, Verb.IMPORT):
            began.setdefault(str(uid), index)
    last = _last_sent(edition, language, states)
    for section in missing:
        index = began.get(section.uid, -1)
        while index > 0 and all(row[2] == Verb.IMPORT for row in rows[index - 1 : index + 1]):
            if rows[index][3] - rows[index - 1][3] > AT_ONCE:
                break
            index -= 1
        if index < 0 or rows[index][0] <= last:
            yield section


def _last_sent(edition: Edition, language: str, states: Mapping[str, str]) -> int:
    """The number of the last change that the file surely has; 0 where there is none."""
    changes = SectionChange.objects.filter(
        edition=edition, language=language, uid__in=list(states), verb__in=[Verb.SAVE, Verb.IMPORT]
    )
    first: dict[str, int] = {}
    for pk, of, after in changes.order_by("pk").values_list("pk", "uid", "after").iterator(200):
        uid = str(of)
        if (
            uid not in first
            and isinstance(after, dict)
            and states[uid]
            and text_hash(after).startswith(states[uid])
        ):
            first[uid] = pk
    return max(first.values(), default=0)
