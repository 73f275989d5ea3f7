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
    """A paragraph taken for a heading: its level, and where its words are if not next to its number."""

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
    found = _candidates(items)
    words = _article_words(items, found)
    taken = set(words.values())
    found = [candidate for candidate in found if candidate.index not in taken]
    if len(found) < 2:
        return {}
    return {c.index: Guess(level, words.get(c.index)) for c, level in zip(found, _levels(found), strict=True)}


def _candidates(items: Sequence[Item]) -> list[_Candidate]:
    """What may be a heading; by its look alone only where this sets few lines apart."""
    body_size, opening = _body_size(items), _opening(items)
    paragraphs = [(index, item) for index, item in enumerate(items) if isinstance(item, Para)]
    both = ((index, _candidate(index, item, body_size)) for index, item in paragraphs)
    found = [one for index, one in both if one and (one.kind != "look" or index >= opening)]
    if len(found) > max(3, sum(1 for _, item in paragraphs if item.text.strip()) * 0.5):
        found = [candidate for candidate in found if candidate.kind != "look"]
    return found


def infer_articles(items: Sequence[Item], level: int) -> dict[int, Guess]:
    """Articles that are as plain lines ("Члан 5") in a document whose chapters are marked and whose articles
    aren't."""
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
        if _is_body(text) or (first is not None and _is_smaller(item, first, items[index + 1 : index + 2])):
            return index
        first = first or item
    return 0


def _is_body(text: str) -> bool:
    if len(text) > LONGEST or looks_as(text)[0] in ("article", "chapter", "decimal", "roman"):
        return True
    return text.endswith(ENDINGS) and len(text.split()) > 7


def _is_smaller(line: Para, first: Para, behind: Sequence[Item]) -> bool:
    """Whether a bold line less striking than the first one has running text behind it."""
    if not line.bold or not (line.size < first.size or first.caps > line.caps):
        return False
    return any(isinstance(one, Para) and len(one.text) > 80 and not one.bold for one in behind)


def _candidate(index: int, para: Para, body_size: int) -> _Candidate | None:
    """What a paragraph is by its number and look."""
    text = para.text.strip()
    if not _may_be_heading(para, text):
        return None
    auto = para.label.text if para.label is not None else ""
    kind, label = looks_as(f"{auto} {text}".strip())
    rest = text if auto else text[len(label) :].strip(" .:–—-")
    ends = text.endswith((";", ",", ":")) or (text.endswith(".") and len(rest.split()) > 6)
    bigger = para.size >= body_size + 3
    if kind in WORDED:
        found = _worded(para, kind, rest=bool(rest), strong=_is_strong(para, text, bigger), ends=ends)
    elif kind:
        found = _is_strong(para, text, bigger) and not ends
    else:
        found = not ends and _is_striking(para, text, bigger)
    depth = label.strip(".)").count(".") + 1 if kind == "decimal" else 0
    return _Candidate(index, para, kind or "look", depth, label) if found else None


def _is_strong(para: Para, text: str, bigger: bool) -> bool:
    return para.bold or bigger or (para.caps and len(text) > 3)


def _is_striking(para: Para, text: str, bigger: bool) -> bool:
    """Whether a line without a number looks like a heading."""
    short = len(text) <= (100 if para.caps or bigger or para.align == "center" else 70)
    return short and (para.bold or bigger)


def _worded(para: Para, kind: str, *, rest: bool, strong: bool, ends: bool) -> bool:
    """Whether a line with the number of an article, a chapter or an annex is its heading."""
    if not rest and (kind == "article" or not ends):
        return True
    return not ends and (strong or para.align == "center")


def _may_be_heading(para: Para, text: str) -> bool:
    """Whether it is short, no item of a bulleted list, and has a letter or a number."""
    if not text or len(text) > LONGEST or para.contents or para.title:
        return False
    return para.label.ordered if para.label is not None else any(map(str.isalpha, text))


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
    if not kinds - {"look", "annex"}:
        return _levels_by_look(found)
    return _levels_by_number(found, kinds)


def _levels_by_number(found: list[_Candidate], kinds: set[str]) -> list[int]:
    upper = [kind for kind in ("chapter", "roman") if kind in kinds]
    decimals = min((c.depth for c in found if c.kind == "decimal"), default=1)
    fixed = {"annex": 1, "article": len(upper) + 1} | {kind: at for at, kind in enumerate(upper, 1)}
    size = max((c.para.size for c in found if c.kind in (*upper, "decimal", "article")), default=0)
    levels: list[int] = []
    last = 0
    for candidate in found:
        if candidate.kind == "decimal":
            last = len(upper) + candidate.depth - decimals + 1
        elif candidate.kind in fixed:
            last = fixed[candidate.kind]
        else:
            # A letter, or a look alone, stands below the number before it.
            bigger = candidate.kind == "look" and candidate.para.size > size
            levels.append(1 if bigger or not levels else min(last + 1, 9))
            continue
        levels.append(min(last, 9))
    return levels


def _levels_by_look(found: list[_Candidate]) -> list[int]:
    looks = sorted({_rank(c.para) for c in found if c.kind == "look"}, reverse=True)
    return [1 if c.kind == "annex" else min(looks.index(_rank(c.para)) + 1, 4) for c in found]


def _rank(para: Para) -> tuple[int, bool, bool]:
    return (para.size, para.caps, para.align == "center")
