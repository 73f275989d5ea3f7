"""What of a question says whom or how it asks, in any language of the office, whatever the page is in."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final

from documents.translation.scripts import to_latin
from search.analysis import Analyser
from search.engines.plan import PIECE, without_stopwords

DATA: Final = Path(__file__).with_suffix(".toml")
_BETWEEN: Final = 2
"""So many words may stand between two of a phrase: "who *do I* call"."""
_ENOUGH: Final = 2
"""So many telling words are left of a question from which something is left out."""
_MACEDONIAN: Final = str.maketrans("ѓќѕ", "gkz")
_WORD: Final = re.compile(r"[^\W_]+")


def asks_whom_to_call(words: str) -> bool:
    plain = [plain_word(word) for word in _WORD.findall(words)]
    return any(_places(phrase, plain) for _family, phrase in _phrases("call"))


def sought(words: str, languages: Sequence[str], analyser: Analyser) -> str:
    """What a question looks for in the texts: without whom to call and what no step is about; signs, where it
    asks how to recognise. As it is where too little would be left, or where it has phrases or exclusions."""
    pieces = [*PIECE.finditer(words)]
    if any(match["minus"] or match["phrase"] for match in pieces):
        return words
    typed = [match["word"] for match in pieces]
    plain = [plain_word(word) for word in typed]
    around = [phrase for _, phrase in _phrases("call") if len(phrase) > 1]
    around += [phrase for _, phrase in _phrases("aside")]
    out = {at for phrase in around for at in _places(phrase, plain)}
    signs = ""
    for family, phrase in _phrases("recognise"):
        if places := _places(phrase, plain):
            out.update(places)
            signs = _data()[family]["signs"]
    rest = [*([signs] if signs else []), *(word for at, word in enumerate(typed) if at not in out)]
    telling = without_stopwords(rest, languages, analyser)
    return " ".join(rest) if out and len(set(telling)) >= _ENOUGH else words


def names(question: str, name: str) -> bool:
    """Whether a question has a name, in whatever case: *u Beogradu*, *në Tiranë*."""
    plain = [plain_word(word) for word in _WORD.findall(question)]
    stems = tuple(plain_word(word).rstrip("aeiou") for word in _WORD.findall(name))
    return all(len(stem) > 2 for stem in stems) and bool(stems and _places(stems, plain))


def plain_word(word: str) -> str:
    """In small Latin letters without diacritics or signs."""
    latin = to_latin(word.casefold().translate(_MACEDONIAN)).replace("đ", "dj")
    letters = unicodedata.normalize("NFKD", latin)
    return "".join(letter for letter in letters if letter.isalnum())


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(DATA.read_text("utf-8"))


@cache
def _phrases(name: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The phrases with the family of each."""
    return tuple(
        (family, tuple(map(plain_word, phrase.split())))
        for family, kinds in _data().items()
        for phrase in kinds[name].split(";")
        if phrase.strip()
    )


def _places(phrase: tuple[str, ...], words: Sequence[str]) -> tuple[int, ...]:
    """The places of a phrase's words in a question; none where they do not follow one another."""
    starts = (at for at, word in enumerate(words) if word.startswith(phrase[0]))
    return next((found for start in starts if (found := tuple(_from(start, phrase, words)))), ())


def _from(start: int, phrase: tuple[str, ...], words: Sequence[str]) -> Iterator[int]:
    places = [start]
    for part in phrase[1:]:
        near = range(places[-1] + 1, min(places[-1] + 2 + _BETWEEN, len(words)))
        at = next((place for place in near if words[place].startswith(part)), None)
        if at is None:
            return
        places.append(at)
    yield from places
