"""Typed words for a Serbian text that is stored in one script and may be read in the other. Pure, knows no
Django.

Words typed on a page in the other script are meant in the letters of the page. They enter the text in those
of the text.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable

from documents.translation.scripts import CYRILLIC, LATIN, outside_addresses, script_of, to_cyrillic, to_latin

_CYRILLIC_WORD = re.compile("[\u0400-\u052f]")
_LATIN_WORD = re.compile("[A-Za-z\u00c0-\u024f]")
_WORD = re.compile(r"[^\W\d_]+")
_COMPOUND = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_OWN_LATIN = re.compile("[čćžšđ]", re.IGNORECASE)
"""Letters that a foreign name in a Cyrillic text hardly has, and a sentence in Serbian hardly lacks."""
NAMES_TOO = "Cyrl-all"
"""The way into Cyrillic in which what may be a foreign name goes too."""
_UNIT = r"(?:[cdk]?m|m?m|[km]?g|[dm]?l|ha|h|t)"
_STRANGE = re.compile(r"[^\W\d_a-pr-vzA-PR-VZčćžšđðśźČĆŽŠĐÐŚŹ\u01c4-\u01cc\u0400-\u052f]")
"""A letter that Serbian does not have."""
_SURE = re.compile(
    # A unit after a number, but not what a dot shortens ("2026 g." is a year, "5 t. 2" an item), a year
    # without one, nor "3 g)".
    rf"(?<=\d)(?!(?<=\b(?:19|20)\d\d)[ \u00a0]?g\b)[ "
    rf"\u00a0\u202f-]?{_UNIT}(?:/{_UNIT})?(?![a-z\u00c0-\u024f)]|(?<=[gt])\.)"
    r"|°[ \u00a0]?[CF]\b|\b[Ee]-mail\b|\b[cdk]?m[23]\b"
    # A code of capitals and digits: RS35, A4; but not "5A", which is an article.
    r"|\b(?:\d*[A-Z]+\d|\d+[A-Z]{2})[A-Z\d]*\b"
)
_FOREIGN = re.compile(r"ch|ll|ff|cc|(?:ck|ss|tt|nn|mm)\Z", re.IGNORECASE)
"""Letters side by side that no Serbian word has: Deutsche. The word may still be meant in Cyrillic."""
_FOREIGN_NAME = re.compile(r"\A(?:[GKPRT]h[a-z]|[A-Z][a-z]*?(?:bb|gg|kk|pp|zz))")
"""The same of words with a capital: Philips, Piazza. Two vowels ("Google") are in Serbian words too
("Koordinator"), and "Banca" has common letters. These are not recognised."""
_MORE_OF_NAME = re.compile("(?:[ \u00a0][A-ZÀ-Ž][a-zà-ž]+)*")
"""The words in capitals after such a word: Deutsche Bank."""


def typed_ways(typed: str, quote: str, section: str, own: str, shown: str) -> dict[str, str]:
    """The typed replacement of ``quote``, as it can be stored in a text in the script ``own``. By script, its
    words.

    ``section`` is the text in which the quote is, ``shown`` the script in which the page shows it. One way
    where it is sure. Two where only the author can decide: the section has both scripts, or foreign letters
    are replaced. Or nothing but letters of the other script was typed on a page that shows the text as
    stored. Cyrillic words may contain a foreign name in Latin letters. Then the name in Cyrillic (NAMES_TOO)
    is one more way.
    """
    other = LATIN if own == CYRILLIC else CYRILLIC
    ways = {one: in_script(typed, one, section) for one in (own, other)}
    all_turned = in_script(typed, CYRILLIC, section, names=False)
    names_too = {NAMES_TOO: all_turned} if own == CYRILLIC and all_turned != ways[own] else {}
    if ways[own] == ways[other]:
        return {own: typed} | (names_too if shown != own else {})
    replaced = script_of(quote) or own
    if shown == own:
        # A foreign name among words of the text's own letters is meant as it stands, and so is one in place
        # of another.
        letters = _CYRILLIC_WORD if replaced == CYRILLIC else _LATIN_WORD
        return {own: typed} if letters.search(typed) else ways | names_too
    if replaced == own == (script_of(section) or own) and not is_mixed(section):
        return {own: ways[own]} | names_too
    return ways | names_too


def in_script(typed: str, script: str, section: str = "", *, names: bool = True) -> str:
    """What was typed, in ``script``. A word of ``section`` is written as it is there. So a foreign name
    stays, and "nj" is one letter or two. Units after a number, codes (RS35), and words with letters that
    Serbian does not have stay Latin. So do probable foreign names, unless ``names`` is False."""
    convert: Callable[[str], str] = to_cyrillic if script == CYRILLIC else to_latin
    known = (
        _known(section, to_latin if script == CYRILLIC else to_cyrillic)
        if script_of(section) == script
        else {}
    )

    def of(piece: str) -> str:
        done = 0
        pieces: list[str] = []
        latin = _latin_spans(piece, names) if script == CYRILLIC else {}
        for match in _WORD.finditer(piece):
            word, end = match.group(), match.end()
            if match.start() < done:
                continue
            now = known.get(word)
            if now is None and match.start() in latin:
                end = latin[match.start()]
                now = piece[match.start() : end]
            # Cut only where it must be: whether "I" is a numeral is seen by what stands around it.
            if now is not None and now != convert(piece[match.start() : end]):
                pieces += (convert(piece[done : match.start()]), now)
                done = end
        return "".join((*pieces, convert(piece[done:])))

    return outside_addresses(typed, of)


def _latin_spans(piece: str, names: bool) -> dict[int, int]:
    """The start and end of each piece that stays in Latin letters."""
    found = [match.span() for match in _SURE.finditer(piece)]
    for word in _COMPOUND.finditer(piece):
        # Word by word: a pattern that looks for such a letter from every letter on takes the square of a long
        # word.
        strange = _STRANGE.search(word.group())
        foreign = _FOREIGN.search(word.group()) or _FOREIGN_NAME.match(word.group())
        if names and (strange or foreign):
            more = _MORE_OF_NAME.match(piece, word.end())
            found.append((word.start(), more.end() if more else word.end()))
        elif strange:
            found.append(word.span())
    return {word.start(): end for start, end in found for word in _WORD.finditer(piece, start, end)}


def _known(section: str, read: Callable[[str], str]) -> dict[str, str]:
    """The words of a text by their form in the other script, if that is sure. A single letter is a word here
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
