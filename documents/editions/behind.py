"""What translations lack against their original, of many editions at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from django.db.models import Q

from documents.choices import BEHIND, Translation
from documents.editions.text_storage import translation_state
from documents.models import Edition
from documents.models import Section as SectionRow


@dataclass(frozen=True, slots=True)
class Lack:
    """A section that somebody has to translate or, in the source language, to write."""

    uid: str
    state: Translation


Lacks = dict[int, dict[str, list[Lack]]]
"""By edition and language, in the order of the text; languages that lack nothing are not there."""


def lacks_of(editions: Sequence[Edition]) -> Lacks:
    """The sections whose translation is missing or out of date; one query."""
    languages = sorted({language for edition in editions for language in edition.instrument.languages})
    known = {edition.pk: edition.instrument for edition in editions}
    columns = [f"{name}_{language}" for language in languages for name in ("text_hash", "source_hash")]
    rows = SectionRow.objects.filter(edition__in=list(known)).order_by("edition", "position")
    found: Lacks = defaultdict(dict)
    for row in rows.values("edition", "uid", *columns) if editions else ():
        instrument = known[row["edition"]]
        source = instrument.source_language
        for language in instrument.languages:
            own, made_from = row[f"text_hash_{language}"], row[f"source_hash_{language}"]
            state = translation_state(language, source, own, made_from, row[f"text_hash_{source}"])
            if language != source and state in BEHIND:
                lacks = found[row["edition"]].setdefault(language, [])
                lacks.append(Lack(str(row["uid"]), state))
    return found


def unwritten_of(editions: Collection[Edition]) -> dict[int, list[Lack]]:
    """The sections without a text in the source language and without sections below; one query for each
    source language."""
    by_source: dict[str, list[int]] = defaultdict(list)
    for edition in editions:
        by_source[edition.instrument.source_language].append(edition.pk)
    found: dict[int, list[Lack]] = defaultdict(list)
    for source, pks in by_source.items():
        empty = Q(**{f"body_{source}__isnull": True}) | Q(**{f"body_{source}__blocks": []})
        rows = SectionRow.objects.filter(edition__in=pks).order_by("edition", "position")
        without = set(rows.filter(empty).values_list("edition", "uid"))
        levels = list(rows.values_list("edition", "uid", "level")) if without else []
        for (pk, uid, level), following in zip_longest(levels, levels[1:]):
            has_below = following is not None and following[0] == pk and following[2] > level
            if (pk, uid) in without and not has_below:
                found[pk].append(Lack(str(uid), Translation.MISSING))
    return found
