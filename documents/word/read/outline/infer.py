"""Headings of a document that marks none: recognised by their numbers and by their look."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from documents.word.read.context import Item, Para
from documents.word.read.outline.heading_numbers import ARTICLE, WORDED, looks_as

LONGEST = 160
ENDINGS = (".", ";", ",", ":", "?")


@dataclass(slots=True)
class Guess:
    """A paragraph taken for a heading: its level, and where its words stand if not beside its number."""

    level: int
    words_at: int | None = None


@dataclass(slots=True)
class _Candidate:
    index: int
    para: Para
    kind: str
    depth: int
    label: str


def infer_headings(items: Sequence[Item]) -> dict[int, Guess]:
    """For each item that looks like a heading its guess; empty where fewer than two do."""
    body_size = _body_size(items)
    opening = _opening(items)
    found = [
        one
        for index, item in enumerate(items)
        if isinstance(item, Para)
        and (one := _candidate(index, item, body_size))
        and (one.kind != "look" or index >= opening)
    ]
    paragraphs = sum(1 for item in items if isinstance(item, Para) and item.text.strip())
    if len(found) > max(3, paragraphs * 0.5):
        found = [candidate for candidate in found if candidate.kind != "look"]
    words = _article_words(items, found)
    taken = set(words.values())
    found = [candidate for candidate in found if candidate.index not in taken]
    if len(found) < 2:
        return {}
    return {c.index: Guess(level, words.get(c.index)) for c, level in zip(found, _levels(found), strict=True)}


def infer_articles(items: Sequence[Item], level: int) -> dict[int, Guess]:
    """Articles that stand as plain lines ("Члан 5") in a document whose chapters are marked and whose articles aren't."""
    found = [
        _Candidate(index, item, "article", 0, item.text.strip())
        for index, item in enumerate(items)
        if isinstance(item, Para)
        and item.label is None
        and item.outline == 9
        and len(item.text.strip()) < 20
        and ARTICLE.fullmatch(item.text.strip())
    ]
    if len(found) < 2:
        return {}
    words = _article_words(items, found)
    return {candidate.index: Guess(level, words.get(candidate.index)) for candidate in found}


def _body_size(items: Sequence[Item]) -> int:
    sizes: Counter[int] = Counter()
    for item in items:
        if isinstance(item, Para):
            sizes[item.size] += len(item.text)
    return sizes.most_common(1)[0][0] if sizes else 20


def _opening(items: Sequence[Item]) -> int:
    """Up to which item the document's first lines go: title and institution, not headings."""
    first: Para | None = None
    for index, item in enumerate(items):
        if not isinstance(item, Para):
            return index
        text = item.text.strip()
        if not text or item.title:
            continue
        if len(text) > LONGEST or looks_as(text)[0] in ("article", "chapter", "decimal", "roman"):
            return index
        if text.endswith(ENDINGS) and len(text.split()) > 7:
            return index
        if first is not None and item.bold and (item.size < first.size or first.caps > item.caps):
            following = items[index + 1] if index + 1 < len(items) else None
            if isinstance(following, Para) and len(following.text) > 80 and not following.bold:
                return index
        first = first or item
    return 0


def _candidate(index: int, para: Para, body_size: int) -> _Candidate | None:
    """What a paragraph is by its number and look."""
    text = para.text.strip()
    if not text or len(text) > LONGEST or para.contents or para.title:
        return None
    if para.label is not None and not para.label.ordered:
        return None
    if not any(letter.isalpha() for letter in text) and para.label is None:
        return None
    auto = para.label.text if para.label is not None else ""
    kind, label = looks_as(f"{auto} {text}".strip())
    rest = text if auto else text[len(label) :].strip(" .:–—-")
    ends = text.endswith((";", ",", ":")) or (text.endswith(".") and len(rest.split()) > 6)
    bigger = para.size >= body_size + 3
    strong = para.bold or bigger or (para.caps and len(text) > 3)
    striking = strong or para.align == "center"
    if kind in WORDED:
        alone = not rest and (kind == "article" or not ends)
        return _Candidate(index, para, kind, 0, label) if alone or (striking and not ends) else None
    if ends or not strong:
        return None
    if kind == "decimal":
        return _Candidate(index, para, kind, label.strip(".)").count(".") + 1, label)
    if kind:
        return _Candidate(index, para, kind, 0, label)
    short = len(text) <= 70 or (len(text) <= 100 and (para.caps or bigger or para.align == "center"))
    return _Candidate(index, para, "look", 0, "") if short and (para.bold or bigger) else None


def _article_words(items: Sequence[Item], found: list[_Candidate]) -> dict[int, int]:
    """For articles whose line holds the number alone: the line below or above that holds their words."""
    words: dict[int, int] = {}
    numbered = {candidate.index for candidate in found if candidate.kind != "look"}
    for candidate in found:
        if candidate.kind != "article" or candidate.para.text.strip(" .") != candidate.label.strip(" ."):
            continue
        for near in (candidate.index + 1, candidate.index - 1):
            if 0 <= near < len(items) and near not in numbered and near not in words.values():
                line = items[near]
                if isinstance(line, Para) and _titles(line):
                    words[candidate.index] = near
                    break
    return words


def _titles(para: Para) -> bool:
    text = para.text.strip()
    if not text or len(text) > 120 or para.label is not None or text.endswith((".", ";", ":", ",")):
        return False
    return para.bold or para.align == "center"


def _levels(found: list[_Candidate]) -> list[int]:
    kinds = {candidate.kind for candidate in found}
    upper = [kind for kind in ("chapter", "roman") if kind in kinds]
    decimals = min((c.depth for c in found if c.kind == "decimal"), default=1)
    looks = sorted({_rank(c.para) for c in found if c.kind == "look"}, reverse=True)
    numbered_size = max((c.para.size for c in found if c.kind in (*upper, "decimal", "article")), default=0)
    numbered = bool(kinds - {"look", "annex"})
    levels: list[int] = []
    last = 0
    for candidate in found:
        if candidate.kind == "annex":
            level = 1
        elif candidate.kind in upper:
            level = upper.index(candidate.kind) + 1
        elif candidate.kind == "decimal":
            level = len(upper) + candidate.depth - decimals + 1
        elif candidate.kind == "article":
            level = len(upper) + 1
        elif candidate.kind == "letter":
            level = last + 1 if levels and numbered else 1
        elif numbered:
            bigger = candidate.para.size > numbered_size
            level = 1 if bigger or not levels else last + 1
        else:
            level = min(looks.index(_rank(candidate.para)) + 1, 4)
        if candidate.kind not in ("look", "letter") or not numbered:
            last = level
        levels.append(min(level, 9))
    return levels


def _rank(para: Para) -> tuple[int, bool, bool]:
    return (para.size, para.caps, para.align == "center")
