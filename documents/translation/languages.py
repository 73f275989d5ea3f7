"""Which of the content languages a text seems to be in: a proposal that a person confirms."""

from __future__ import annotations

import re
from collections import Counter

from documents.translation.scripts import CYRILLIC, LATIN, script_of

WORDS = {
    "en": "the of and to in for with shall is are by",
    "sq": "të dhe në për një me nga është që së janë",
    "sr": "је и у на за се од који или што са као да lica odnosno",
    "mk": "на и во за се од да со кои или што како не ги",
    "hr": "je i u na za se od koji ili što te tijela kao tko uvjet općina osoba",
    "bs": "je i u na za se od koji ili što te tijela kao ko uslov općina osoba lice",
    "cnr": "je i u na za se od koji ili što te tijela kao ko uslov opština osoba nijesu lice śe",
}
BY_TAG = {
    "mk": "mk", "sq": "sq", "hr": "hr", "bs": "bs", "en": "en", "sr-cyrl": "sr", "sr-latn-me": "cnr",
    "sr-cyrl-me": "cnr", "sr-latn-ba": "bs", "sr": "sr", "cnr": "cnr",
}  # fmt: skip
TOKEN = re.compile(r"[^\W\d_]+")


def language_of_tag(tag: str) -> str:
    """The content language that a language tag of Word's names ("sr-Latn-ME"), or empty."""
    parts = tag.lower().split("-")
    for length in (3, 2, 1):
        found = BY_TAG.get("-".join(parts[:length]))
        if found:
            return found
    return ""


def guess_language(text: str, tag: str = "") -> str:
    """The language of a text; ``tag`` decides between languages that the words leave equal."""
    low = text[:200_000].lower()
    counts = Counter(TOKEN.findall(low))
    total = sum(counts.values())
    if not total:
        return language_of_tag(tag)
    letters = {letter: low.count(letter) for letter in "ђћѓќѕ"}
    scores = {
        language: sum(counts[word] for word in words.split()) / total for language, words in WORDS.items()
    }
    if letters["ђ"] + letters["ћ"] > letters["ѓ"] + letters["ќ"] + letters["ѕ"]:
        scores["mk"] = 0.0
    elif letters["ѓ"] + letters["ќ"] + letters["ѕ"]:
        scores["sr"] = min(scores["sr"], scores["mk"] / 2)
    best = max(scores.values())
    if best < 0.02:
        return language_of_tag(tag)
    close = {language for language, score in scores.items() if score >= best * 0.9}
    hinted = language_of_tag(tag)
    if hinted in close:
        return hinted
    if hinted == "sr" and close & {"hr", "bs", "cnr"}:
        return "sr"
    return max(sorted(close), key=lambda language: scores[language])


FAMILIES = {"sr": "hbs", "bs": "hbs", "hr": "hbs", "cnr": "hbs", "mk": "mk", "sq": "sq", "en": "en"}
"""Languages that are told apart by their frequent words; those of one family are not."""
SCRIPTS = {"mk": (CYRILLIC,), "sq": (LATIN,), "en": (LATIN,), "hr": (LATIN,)}
"""The scripts a language is written in; both where it is not named."""
_OWN_WORDS = {
    "en": "the of and to in for with is are be by shall must this that from which as on it when who",
    "sq": "të dhe në për një nga është që së janë ose si duhet kur nuk do ka tij saj kjo ky deri pas ndaj",
    "hbs": "je u su koji koja koje koju kojim kao sa ili na za se od da ne što će kod iz po bez kada",
    "mk": "во со го ги ќе кои кој е ја преку тоа оваа овој овие сите бил била ѝ му дека",
}
_OWN_CYRILLIC = {"hbs": "је у су који која које коју којим као са ће код из без када", "mk": _OWN_WORDS["mk"]}
"""What Macedonian and Serbian do not share."""
_OWN_LETTERS = {"hbs": "ђћčćšžđ", "mk": "ѓќѕ", "sq": "ë", "en": ""}
_OWN_ENDINGS = {"mk": ("от", "ата", "ите"), "hbs": ("ог", "ом", "има", "ама")}
LONG_ENOUGH = 4
"""An ending tells nothing of a word without more letters."""
LEAST = 2
"""So many words of another language make a text one of that language."""


def other_language(text: str, language: str) -> bool:
    """Whether a text seems to be in another language or script than ``language`` is written in.

    Names and acronyms of Latin letters are in every Cyrillic text. A language that is not known is not
    judged.
    """
    own = FAMILIES.get(language)
    if own is None:
        return False
    return _in_other_script(text, language) or _has_others_words(text, own)


def _in_other_script(text: str, language: str) -> bool:
    scripts = SCRIPTS.get(language)
    words = [word for word in TOKEN.findall(text) if not word.isupper()]
    other = [word for word in words if scripts and script_of(word) not in scripts]
    if scripts == (CYRILLIC,):
        # A name may stand in Latin letters; a phrase of small letters may not.
        other = [word for word in other if word.islower()]
        return len(other) * 2 > len(words) or _longest_run(words, other) > LEAST
    return len(other) * 2 > len(words) or _longest_run(words, other) > 1


def _longest_run(words: list[str], other: list[str]) -> int:
    longest = run = 0
    strange = set(other)
    for word in words:
        run = run + 1 if word in strange else 0
        longest = max(longest, run)
    return longest


def _has_others_words(text: str, own: str) -> bool:
    tokens = TOKEN.findall(text.lower())
    cyrillic = script_of(text) == CYRILLIC
    counts = {family: _evidence(tokens, family, cyrillic) for family in _OWN_WORDS}
    best = max(counts, key=lambda family: counts[family])
    return best != own and counts[best] >= LEAST and counts[best] > 2 * counts[own]


def _evidence(tokens: list[str], family: str, cyrillic: bool) -> int:
    """How many of the words are frequent in a language of the family, or look like one of it alone."""
    words = (_OWN_CYRILLIC if cyrillic else _OWN_WORDS).get(family, "").split()
    letters, endings = _OWN_LETTERS[family], _OWN_ENDINGS.get(family, ())
    return sum(
        token in words
        or any(letter in token for letter in letters)
        or (len(token) > LONG_ENOUGH and token.endswith(endings))
        for token in tokens
    )
