"""Earlier translations for the section that is translated, from texts that this person may read."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from documents.choices import ADOPTED
from documents.editions.language_versions import StoredTexts, as_read, finished_numbers, stored_versions
from documents.editions.text_history import text_by_hash, translation_then
from documents.models import Edition
from documents.models import Section as SectionRow
from documents.text import inline_text
from documents.translation.memory import Offer, Pair, offers, pairs_of
from documents.translation.slots import align_slots, slots

EDITIONS = 12
"""In how many adopted editions is looked, the newest first."""
SHOWN = 12


def offers_for(
    user: Any, edition: Edition, uid: str, language: str, body: dict[str, Any], translated: dict[str, Any]
) -> list[Offer]:
    """Former translations of the section's texts, in their order, without those that the translation already
    has. They are from adopted editions of the country and from other sections of this draft."""
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
    present = {" ".join(inline_text(content).split()) for _, content in slots(translated)}
    return [offer for offer in offers(texts, pairs) if offer.pair.target not in present][:SHOWN]


@lru_cache(maxsize=64)
def _adopted(pk: int, number: int, source: str, language: str) -> tuple[Pair, ...]:
    """The pairs of an adopted edition; a number of its translation never changes."""
    edition = Edition.objects.get(pk=pk)
    return tuple(
        _pairs(edition, source, language, stored_versions([edition], [language]).get((pk, language)))
    )


def _pairs(
    edition: Edition, source: str, language: str, stored: StoredTexts | None = None, without: str = ""
) -> list[Pair]:
    rows = SectionRow.objects.filter(edition=edition)
    if without:
        rows = rows.exclude(uid=without)
    found: list[Pair] = []
    texts = (f"body_{source}", f"body_{language}", f"text_hash_{source}", f"text_hash_{language}")
    columns = ("uid", f"label_{source}", f"heading_{source}", f"source_hash_{language}", *texts)
    for row in rows.order_by("position").values(*columns):
        read = as_read(row, language, stored)
        if read[f"body_{source}"] and read[f"body_{language}"]:
            place = f"{read[f'label_{source}'] or ''} {read[f'heading_{source}'] or ''}".strip()
            made_from = row[f"source_hash_{language}"] or ""
            if stored is None and made_from and made_from != row[f"text_hash_{source}"]:
                key = (row[f"text_hash_{source}"] or "", made_from, row[f"text_hash_{language}"] or "")
                found += _older(edition.pk, str(row["uid"]), language, place, key)
            else:
                found += pairs_of(read[f"body_{source}"], read[f"body_{language}"], place)
    return found


@lru_cache(maxsize=2048)
def _older(pk: int, uid: str, language: str, place: str, _texts: tuple[str, str, str]) -> tuple[Pair, ...]:
    """The pairs of a section whose translation was made from another original, by the words of that one. The
    hashes of the three texts say which they are, so that they are looked up once."""
    edition = Edition.objects.select_related("instrument").get(pk=pk)
    source = edition.instrument.source_language
    now, translated, made_from = (
        SectionRow.objects.filter(edition=edition, uid=uid)
        .values_list(f"body_{source}", f"body_{language}", f"source_hash_{language}")
        .get()
    )
    former = text_by_hash(edition, uid, source, made_from or "")
    if former is None:
        return ()
    then = translation_then(edition, uid, language, made_from or "")
    other = align_slots(now or {}, former, translated or {}, then, least=100)
    return tuple(
        Pair(" ".join(inline_text(content).split()), " ".join(inline_text(other[name]).split()), place)
        for name, content in slots(now or {})
        if name in other
    )
