"""Texts that say the same in two or more languages, out of a table of tab-separated columns.

Three ways to write it, UTF-8, one line for one passage (a sentence, a paragraph, a short section):

- the first line names the languages, each further line holds the passage in each; a cell may be empty:
  `sq<TAB>mk<TAB>en`, then `Viktima …<TAB>Жртвата …<TAB>The victim …`
- no such line, four columns: language, text, language, text; or language, language, text, text
- no such line, two columns, and the languages said on the command line

Scripts may be mixed, and any languages may be combined. Of two that are analysed alike (sr, hr) the first
counts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from search.analysis import Analyser, family_of

_CODE: Final = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*\Z")
_MOST_WORDS: Final = 400


class PairsError(Exception):
    """The table can't be read; the message names the line."""


@dataclass(frozen=True, slots=True)
class Passage:
    """One passage in several languages: language code to text."""

    texts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """The telling words of a passage in two families."""

    source: tuple[str, ...]
    target: tuple[str, ...]


def read_passages(
    lines: Iterable[str],
    languages: tuple[str, str] | None = None,
    skip: Callable[[PairsError], object] | None = None,
) -> Iterator[Passage]:
    """The passages of a table. A line that fits none of the formats is passed to `skip` and left out.
    Without `skip` it is a `PairsError`."""
    header: tuple[str, ...] | None = languages
    for number, line in enumerate(lines, 1):
        cells = line.lstrip("\ufeff" if number == 1 else "").rstrip("\r\n").split("\t")
        if not any(cell.strip() for cell in cells):
            continue
        if number == 1 and _names_languages(cells, languages):
            header = tuple(cell.strip() for cell in cells)
            continue
        try:
            passage = Passage(_texts(cells, header, number))
        except PairsError as error:
            if skip is None:
                raise
            skip(error)
        else:
            yield passage


def _names_languages(cells: list[str], languages: tuple[str, str] | None) -> bool:
    codes = [cell.strip() for cell in cells]
    if languages is not None:
        return len(codes) == 2 and {code.casefold() for code in codes} == {
            code.casefold() for code in languages
        }
    return len(codes) > 1 and all(_CODE.match(code) for code in codes)


def _texts(cells: list[str], header: tuple[str, ...] | None, number: int) -> tuple[tuple[str, str], ...]:
    if header is not None and len(cells) <= len(header):
        return tuple((language, text) for language, text in zip(header, cells, strict=False) if text.strip())
    if header is None and len(cells) == 4 and _CODE.match(cells[0]):
        if _CODE.match(cells[1]):
            return ((cells[0], cells[2]), (cells[1], cells[3]))
        if _CODE.match(cells[2]):
            return ((cells[0], cells[1]), (cells[2], cells[3]))
    raise PairsError(
        f"line {number}: {len(cells)} columns; the first line must name the languages (sq, mk, …), or each "
        f"line holds "
        "language, text, language, text"
    )


def pairs_of(passages: Iterable[Passage], analyser: Analyser) -> dict[tuple[str, str], list[Pair]]:
    """The words of each pair of families, the families in the order of the alphabet."""
    pairs: dict[tuple[str, str], list[Pair]] = {}
    for passage in passages:
        words: dict[str, tuple[str, ...]] = {}
        for language, text in passage.texts:
            words.setdefault(family_of(language), telling(text, language, analyser))
        for one, other in combinations(sorted(words), 2):
            if words[one] and words[other]:
                pairs.setdefault((one, other), []).append(Pair(words[one], words[other]))
    return pairs


def telling(text: str, language: str, analyser: Analyser) -> tuple[str, ...]:
    """The tokens of a text that say something, in order."""
    return tuple(
        token.lemma
        for token in analyser.tokens(text, language)
        if not analyser.is_silent(token.text, language)
    )[:_MOST_WORDS]
