"""What was translated before, for the section that is being translated: from texts that this person may read."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from documents.choices import ADOPTED
from documents.languages.memory import Offer, Pair, offers, pairs_of
from documents.languages.slots import slots
from documents.models import Edition
from documents.models import Section as SectionRow
from documents.tree import inline_text
from documents.versions import Kept, as_read, finished_numbers, kept_texts

EDITIONS = 12
"""In how many adopted editions is looked, the newest first."""
SHOWN = 12


def offers_for(
    user: Any, edition: Edition, uid: str, language: str, body: dict[str, Any], translated: dict[str, Any]
) -> list[Offer]:
    """Former translations of the section's texts, in the order of the text: from the same country's adopted editions in
    both languages, and from this draft's other sections. What the translation says already is not offered."""
    source = edition.instrument.source_language
    adopted = (
        Edition.objects.visible_to(user)
        .filter(state__in=ADOPTED, instrument__country=edition.instrument.country_id)
        .order_by("-valid_from", "-pk")
        .values_list("pk", flat=True)[:EDITIONS]
    )
    numbers = finished_numbers(adopted, [language])
    pairs = [
        pair
        for pk in adopted
        if (pk, language) in numbers
        for pair in _adopted(pk, numbers[pk, language], source, language)
    ]
    pairs += _pairs(edition, source, language, without=uid)
    texts = [inline_text(content) for _, content in slots(body)]
    said = {" ".join(inline_text(content).split()) for _, content in slots(translated)}
    return [offer for offer in offers(texts, pairs) if offer.pair.target not in said][:SHOWN]


@lru_cache(maxsize=64)
def _adopted(pk: int, number: int, source: str, language: str) -> tuple[Pair, ...]:
    """What readers have of an adopted edition: one number of its translation never changes, so it is read once."""
    edition = Edition.objects.get(pk=pk)
    return tuple(_pairs(edition, source, language, kept_texts([edition], [language]).get((pk, language))))


def _pairs(
    edition: Edition, source: str, language: str, kept: Kept | None = None, without: str = ""
) -> list[Pair]:
    rows = SectionRow.objects.filter(edition=edition)
    if without:
        rows = rows.exclude(uid=without)
    found = []
    columns = ("uid", f"label_{source}", f"heading_{source}", f"body_{source}", f"body_{language}")
    for row in rows.order_by("position").values(*columns):
        read = as_read(row, language, kept)
        if read[f"body_{source}"] and read[f"body_{language}"]:
            place = f"{read[f'label_{source}'] or ''} {read[f'heading_{source}'] or ''}".strip()
            found += pairs_of(read[f"body_{source}"], read[f"body_{language}"], place)
    return found
