"""Words that somebody typed for a Serbian text which is kept in one script and may be read in the other. Pure, knows no Django.

What is typed on a page in the other script is meant in the letters of the page, and goes into a text in those of the text.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable

from documents.languages.scripts import CYRILLIC, LATIN, outside_addresses, script_of, to_cyrillic, to_latin

_CYRILLIC_WORD = re.compile("[\u0400-\u052f]")
_LATIN_WORD = re.compile("[A-Za-z\u00c0-\u024f]")
_WORD = re.compile(r"[^\W\d_]+")
_OWN_LATIN = re.compile("[čćžšđ]", re.IGNORECASE)
"""Letters that a foreign name in a Cyrillic text hardly has, and a sentence in Serbian hardly lacks."""


def typed_ways(typed: str, quote: str, section: str, own: str, shown: str) -> dict[str, str]:
    """What was typed in place of ``quote``, as it can be kept in a text in the script ``own``: by the script, the words in it.

    ``section`` is the text in which the quote stands, ``shown`` the script in which the page shows it. One way where it is sure;
    two where only who typed it can say: the section has both scripts, other letters than the text's own are replaced, or nothing
    but letters of the other script was typed on a page that shows the text as it is kept.
    """
    other = LATIN if own == CYRILLIC else CYRILLIC
    ways = {one: in_script(typed, one, section) for one in (own, other)}
    if ways[own] == ways[other]:
        return {own: typed}
    replaced = script_of(quote) or own
    if shown == own:
        # A foreign name among words of the text's own letters is meant as it stands, and so is one in place of another.
        letters = _CYRILLIC_WORD if replaced == CYRILLIC else _LATIN_WORD
        return {own: typed} if letters.search(typed) else ways
    if replaced == own == (script_of(section) or own) and not is_mixed(section):
        return {own: ways[own]}
    return ways


def in_script(typed: str, script: str, section: str = "") -> str:
    """What was typed, in ``script``. A word that stands in ``section`` is written as it stands there: a foreign name stays, and
    "nj" is one letter or two."""
    convert: Callable[[str], str] = to_cyrillic if script == CYRILLIC else to_latin
    known = (
        _known(section, to_latin if script == CYRILLIC else to_cyrillic)
        if script_of(section) == script
        else {}
    )

    def of(piece: str) -> str:
        done = 0
        pieces: list[str] = []
        for match in _WORD.finditer(piece):
            word = match.group()
            # Cut only where it must be: whether "I" is a numeral is seen by what stands around it.
            if word in known and known[word] != convert(word):
                pieces += (convert(piece[done : match.start()]), known[word])
                done = match.end()
        return "".join((*pieces, convert(piece[done:])))

    return outside_addresses(typed, of)


def _known(section: str, read: Callable[[str], str]) -> dict[str, str]:
    """The words of a text by what is read for them in the other script, those of which that is sure. A single letter is a word here
    and a numeral there."""
    known: dict[str, set[str]] = defaultdict(set)

    def note(piece: str) -> str:
        for word in _WORD.findall(piece):
            if len(word) > 1:
                known[read(word)].add(word)
        return piece

    outside_addresses(section, note)
    return {shown: words.pop() for shown, words in known.items() if len(words) == 1}


def is_mixed(text: str) -> bool:
    """Whether a text has sentences in both scripts, and not only foreign names and addresses in the one."""
    # What the way to Cyrillic leaves is an address, an acronym or a name.
    words = [word for word in _WORD.findall(text) if len(word) > 1]
    latin = sum(1 for word in words if _LATIN_WORD.search(word))
    cyrillic = len(words) - latin
    if not cyrillic or not latin:
        return False
    left = sum(1 for word in _WORD.findall(to_cyrillic(text)) if len(word) > 1 and _LATIN_WORD.search(word))
    accented = sum(1 for word in words if _OWN_LATIN.search(word))
    return cyrillic <= latin or accented > 1 or (latin - left) * 3 >= len(words)
