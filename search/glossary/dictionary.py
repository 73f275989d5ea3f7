"""What bilingual dictionaries of installed packages say: the English glosses of `uniparser-albanian` (MIT).

Read when the tables are built and kept beside them; nothing of it is in this repository.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from search.analysis import Analyser
from search.analysis.albanian import glosses
from search.analysis.families import ALBANIAN, ENGLISH
from search.analysis.lexicon import Lexicon
from search.analysis.tables import TableError, open_lexicon, write_lexicon

_RULES: Final = "dictionary-1"
_MOST: Final = 6
_FEW: Final = 3
_ASIDE: Final = re.compile(r"\([^)]*\)|\[[^\]]*\]")
_PARTS: Final = re.compile(r"[,;/]")
_TO: Final = re.compile(r"^(?:to|an?|the)\s+")

Rows = Mapping[str, str]


@dataclass(frozen=True)
class Dictionary:
    """By pair of families, tokens to the tokens that translate them, parted by spaces.

    Of a word with a few senses only the first is believed, of one with many none; and a sense that has no
    other word always.
    """

    rows: Mapping[tuple[str, str], Rows] = field(default_factory=dict)

    def of(self, token: str, source: str, target: str) -> tuple[str, ...]:
        found = self._all(token, source, target)
        pairs = (((token, other) if source == ALBANIAN else (other, token), other) for other in found)
        return tuple(other for (word, english), other in pairs if self._sure(word, english))

    def _sure(self, word: str, english: str) -> bool:
        senses = self._all(word, ALBANIAN, ENGLISH)
        return (senses[:1] == (english,) and len(senses) <= _FEW) or self._all(
            english, ENGLISH, ALBANIAN
        ) == (word,)

    def _all(self, token: str, source: str, target: str) -> tuple[str, ...]:
        return tuple((self.rows.get((source, target), {}).get(token) or "").split())


def dictionary_path(directory: Path) -> Path:
    return directory / "sq-en.dictionary"


def open_dictionary(directory: Path, analyser: Analyser) -> Dictionary:
    """The dictionary that was built for this analysis; an empty one where there is none."""
    try:
        table = open_lexicon(dictionary_path(directory))
    except (OSError, TableError):
        return Dictionary()
    if table.version != _version(analyser):
        return Dictionary()
    return Dictionary({(ALBANIAN, ENGLISH): table.lemmas, (ENGLISH, ALBANIAN): table.endings})


def build_dictionary(directory: Path, analyser: Analyser) -> int:
    """Write the dictionary where it is missing or was made for another analysis; gives how many words it has,
    none where it was up to date."""
    if open_dictionary(directory, analyser).rows:
        return 0
    forward: dict[str, list[str]] = {}
    backward: dict[str, list[str]] = {}
    for word, english in _pairs(glosses(), analyser):
        forward.setdefault(word, []).append(english)
        backward.setdefault(english, []).append(word)
    table = Lexicon(f"{ALBANIAN}-{ENGLISH}", _version(analyser), _joined(forward), _joined(backward))
    write_lexicon(table, dictionary_path(directory))
    return len(forward)


def _pairs(entries: Iterable[tuple[str, str]], analyser: Analyser) -> Iterator[tuple[str, str]]:
    """Each word with each gloss of one word, as tokens."""
    for lemma, gloss in entries:
        found = analyser.tokens(lemma, ALBANIAN)
        if len(found) != 1 or lemma[:1].isupper():
            continue
        for part in _PARTS.split(_ASIDE.sub("", gloss)):
            english = analyser.tokens(_TO.sub("", part.strip()), ENGLISH)
            if len(english) == 1 and not analyser.is_silent(english[0].text, ENGLISH):
                yield found[0].lemma, english[0].lemma


def _joined(rows: Mapping[str, Iterable[str]]) -> dict[str, str]:
    return {word: " ".join(list(dict.fromkeys(others))[:_MOST]) for word, others in rows.items()}


def _version(analyser: Analyser) -> str:
    return f"{_RULES};{analyser.version()}"
