"""A section's label in another language: "Article 1." as "Neni 1.", "CHAPTER I" as "ГЛАВА I". "3.1" and "(a)"
stay."""

from __future__ import annotations

import re

from documents.text.division_names import name_in
from documents.text.numerals import from_roman

REPEATED = re.compile(r"(?P<letter>[^\W\d_])(?P=letter){0,2}", re.IGNORECASE)
ROMAN = re.compile(r"[IVXLC]+|[ivxlc]+")
LETTERS = re.compile(r"[^\W\d_]+")
NAMED = re.compile(r"(?P<ahead>[^\w]*)(?P<name>[^\W\d_]+\.?)(?P<gap>[^\w]*)(?P<rest>.*)", re.DOTALL)


def label_in(label: str, source: str, target: str) -> str:
    """The equivalent of ``label`` in the language ``target``. Empty where its word is unknown or its number
    is in words."""
    if is_number(label):
        return label
    match = NAMED.fullmatch(label)
    if match is None:
        return ""
    name = name_in(match["name"], source, target)
    rest = match["rest"] and label_in(match["rest"], source, target)
    if not name or (match["rest"] and not rest):
        return ""
    return match["ahead"] + _in_capitals_of(match["name"], name) + match["gap"] + rest


def is_number(label: str) -> bool:
    """Whether a label has no word in it: what letters it has are numbers."""
    return all(
        REPEATED.fullmatch(run) or (ROMAN.fullmatch(run) and from_roman(run.upper()))
        for run in LETTERS.findall(label)
    )


def typed_length(heading: str, label: str) -> int:
    """How many characters of a heading are that label and the blank after it, typed by somebody. 0 where it
    does not begin with it. After a word's number the sign may differ or be missing ("Neni 1:"). A number
    alone counts only with its sign."""
    bare = is_number(label)
    if not label or (bare and label.isalnum()):
        return 0
    wanted = label if bare else label.rstrip(".:)–—-")
    words = r"\s+".join(map(re.escape, wanted.split()))
    sign = r"(?=\s|\Z)\s*" if bare else r"[.)]?(?=\s|:|\Z)\s*(?:[:–—-]\s*)?"
    match = re.match(rf"\s*{words}{sign}", heading, re.IGNORECASE)
    return match.end() if match else 0


def _in_capitals_of(model: str, name: str) -> str:
    if len(model) > 1 and model.isupper():
        return name.upper()
    return name.capitalize() if model[0].isupper() else name
