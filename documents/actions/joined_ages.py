"""Of which original the translations of two sections count as made once the sections are one."""

from __future__ import annotations

from collections.abc import Sequence

from documents.choices import BEHIND
from documents.models import Edition
from documents.models import Section as SectionRow
from documents.texts import translation_state


def current_in(edition: Edition, uids: Sequence[str]) -> frozenset[str]:
    """The languages in which the translations of all these sections are up to date."""
    source = edition.instrument.source_language
    others = [language for language in edition.instrument.languages if language != source]
    columns = [f"text_hash_{source}"]
    columns += [f"{name}_{language}" for language in others for name in ("text_hash", "source_hash")]
    found = set(others)
    for row in SectionRow.objects.filter(edition=edition, uid__in=uids).values(*columns):
        for language in others:
            state = translation_state(
                language,
                source,
                row[f"text_hash_{language}"],
                row[f"source_hash_{language}"],
                row[f"text_hash_{source}"],
            )
            if state in BEHIND:
                found.discard(language)
    return frozenset(found)


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
