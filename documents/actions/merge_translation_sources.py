"""Of which original the translations of two sections count as made once the sections are one."""

from __future__ import annotations

from collections.abc import Sequence

from documents.choices import BEHIND
from documents.models import Edition
from documents.models import Section as SectionRow
from documents.text_storage import section_states


def current_in(edition: Edition, uids: Sequence[str]) -> frozenset[str]:
    """The languages in which the translations of all these sections are up to date."""
    states = section_states(edition)
    others = set(edition.instrument.languages) - {edition.instrument.source_language}
    return frozenset(
        language
        for language, of in ((one, states.of(one)) for one in others)
        if not any(of.get(uid) in BEHIND for uid in uids)
    )


def keep_ages(edition: Edition, uid: str, current: frozenset[str]) -> None:
    """Lets the translations of a section that another one was joined to be up to date in the languages ``current`` and in no other:
    its original became another one by the joining alone."""
    source = edition.instrument.source_language
    rows = SectionRow.objects.filter(edition=edition, uid=uid)
    now = rows.values_list(f"text_hash_{source}", flat=True).get() or ""
    for language in edition.instrument.languages:
        if language == source:
            continue
        column = f"source_hash_{language}"
        if language in current:
            rows.update(**{column: now})
        else:
            rows.filter(**{column: now}).update(**{column: ""})
