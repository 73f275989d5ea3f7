"""Which of the content languages a text seems to be in: a proposal that a person confirms."""

from __future__ import annotations

import re
from collections import Counter

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
