"""Whether a text is in the language of its page: by its script, else by the small words of each language.

A text of a few words, a name or an address decides nothing.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import cache

from documents.translation.scripts import to_latin
from search.analysis import family_of
from search.analysis.word_lists import silent_forms

SCRIPT_OF = {
    "mk": "CYRILLIC", "sr-cyrl": "CYRILLIC", "bn": "BENGALI",
    "ar": "ARABIC", "fa": "ARABIC", "prs": "ARABIC", "ps": "ARABIC", "ur": "ARABIC",
}  # fmt: skip
"""All others are in Latin script; Bosnian and Montenegrin may be in either."""
EITHER = frozenset({"bs", "cnr"})
FAMILIES = ("hbs", "mk", "sq", "en", "tr", "fr", "fa", "ar", "ur", "ps")
LEAST_LETTERS = 12
LEAST_WORDS = 4
"""So many small words of another language, and three times as many as of the page's, make it another one."""
WORD = re.compile(r"[^\W\d_][\w\u064b-\u0652\u200c]*")
NO_TEXT = re.compile(r"\S+@\S+|\S+://\S+|www\.\S+")


def is_in_another_language(text: str, language: str) -> bool:
    text = NO_TEXT.sub(" ", text)
    scripts = Counter(unicodedata.name(one, "").partition(" ")[0] for one in text if one.isalpha())
    own = scripts[SCRIPT_OF.get(language, "LATIN")] + (scripts["CYRILLIC"] if language in EITHER else 0)
    if scripts.total() < LEAST_LETTERS:
        return False
    if own * 2 < scripts.total():
        return True
    return _speaks_another(text, family_of(language))


@cache
def _small_words(family: str) -> frozenset[str]:
    return frozenset(map(to_latin, silent_forms(family)))


def _speaks_another(text: str, own: str) -> bool:
    """Words that two languages share count for neither."""
    if own not in FAMILIES:
        return False
    words = [to_latin(word.casefold()) for word in WORD.findall(text)]

    def count(family: str, other: str) -> int:
        only = _small_words(family) - _small_words(other)
        return sum(word in only for word in words)

    return any(
        count(other, own) >= max(LEAST_WORDS, 3 * count(own, other)) for other in FAMILIES if other != own
    )
