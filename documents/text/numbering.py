"""Numbers of sections, made from their place: for texts that were not numbered by Word.

A text from Word keeps the labels that Word showed. Where sections are added, moved or removed on the desk,
the labels are recomputed by the same pattern.
"""

from __future__ import annotations

from collections.abc import Sequence

from documents.text.division_names import written_in

ARTICLE, ANNEX = written_in("article"), written_in("annex")
LETTERS = {"sr": "АБВГДЂЕЖЗИЈКЛЉМНЊОПРСТЋУФХЦЧЏШ", "mk": "АБВГДЃЕЖЗЅИЈКЛЉМНЊОПРСТЌУФХЦЧЏШ"}


def number_sections(outline: Sequence[tuple[int, str]], language: str) -> list[str]:
    """Labels for sections given as (level, kind) in reading order.

    Chapters, sections and steps are numbered "1", "1.2", "1.2.3". Articles count through the full document
    ("Член 5"). Annexes have letters ("Прилог А"), and their sections are numbered below that letter ("А.1").
    """
    labels: list[str] = []
    counters: list[int] = []
    article = annex = 0
    prefix = ""
    for level, kind in outline:
        while len(counters) < level:
            counters.append(0)
        del counters[level:]
        if kind == "article":
            article += 1
            labels.append(f"{ARTICLE.get(language, 'Article')} {article}")
            continue
        if kind == "annex" and level == 1:
            letters = LETTERS.get(language, "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
            prefix = letters[annex % len(letters)] * (annex // len(letters) + 1)
            annex += 1
            labels.append(f"{ANNEX.get(language, 'Annex')} {prefix}")
            continue
        if level == 1:
            prefix = ""
        counters[level - 1] += 1
        numbers = [str(n) for n in counters[1 if prefix else 0 : level] if n]
        labels.append(".".join(([prefix] if prefix else []) + numbers))
    return labels


def numbers_of(outline: Sequence[tuple[int, str, bool]], language: str) -> list[str]:
    """The same for sections given as (level, kind, whether it shows a heading or a number). One without has
    no number and counts for none. An article or annex always does: its number is its name."""
    counts = [named or kind in ("article", "annex") for _level, kind, named in outline]
    shown = [(level, kind) for (level, kind, _named), counted in zip(outline, counts, strict=True) if counted]
    labels = iter(number_sections(shown, language))
    return [next(labels) if counted else "" for counted in counts]
