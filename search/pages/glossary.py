"""The glossary, at /{lang}/glossary/ on both hosts: terms in seven languages, to look up and cite."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from documents.display.language import content_language
from documents.pages.decorators import door, referrer
from documents.translation.scripts import to_latin
from search.analysis.spelling import lower, macedonian_in_latin, plain
from search.factory import analyser
from search.glossary.entries import LANGUAGES, split
from search.models import GlossaryTerm
from search.pages.params import clean
from theme import locales

LATIN: Final = "sr-latn"
#: What the page is written in: each language, and Serbian in either script.
TAGS: Final = ("en", "sq", "sr-cyrl", LATIN, "bs", "hr", "cnr", "mk")
_LONGEST: Final = 100
_CYRILLIC: Final = "АБВГДЂЃЕЖЗЅИЈКЛЉМНЊОПРСТЋЌУФХЦЧЏШ"


@dataclass(frozen=True, slots=True)
class LocalTerm:
    """A term in one language: the official way to say it, and the others."""

    tag: str
    lang: str
    name: str
    term: str
    others: str


@dataclass(frozen=True, slots=True)
class Row:
    key: str
    main: LocalTerm
    beside: tuple[LocalTerm, ...]
    definition: str


@door
def page(request: HttpRequest) -> HttpResponse:
    """The terms that begin with a letter of the given language. With ``q`` those that contain it in any
    language or script, or its words in any form. One query."""
    typed = clean(request.GET.get("q", "")[: _LONGEST * 10])[:_LONGEST].strip()
    here = get_language() or "en"
    own = here if here in TAGS else (content_language(here) or "en")
    tag = given if (given := request.GET.get("in", "")) in TAGS else own
    terms = list(GlossaryTerm.objects.filter(shown=True))
    forms = _forms(typed)
    found = [term for term in terms if not typed or _holds(term, typed) or _has_forms(term, forms)]
    rows = sorted((_row(term, tag) for term in found), key=lambda row: _order(row.main.term))
    letters = list(dict.fromkeys(_letter(row.main.term) for row in rows))
    wanted = request.GET.get("letter", "")[:2]
    letter = "" if typed else wanted if wanted in letters else next(iter(letters), "")
    context: dict[str, Any] = {
        "rows": [row for row in rows if not letter or _letter(row.main.term) == letter],
        "letters": letters if letter else [],
        "letter": letter,
        "asked": typed,
        "tag": tag,
        "tags": [(one, locales.native_name(one)) for one in TAGS],
        "longest": _LONGEST,
        "all": len(terms),
        "referrer": referrer(request),
    }
    response = render(request, "search/glossary.html", context)
    if request.public:  # type: ignore[attr-defined]
        # In the office the page names who is signed in, and is kept by nobody.
        response.headers["Cache-Control"] = "public, max-age=300"
    return response


def _row(term: GlossaryTerm, tag: str) -> Row:
    by_tag = {one: _local_term(term, one) for one in TAGS}
    main = by_tag[tag] if by_tag[tag].term else by_tag["en"]
    hidden = {main.tag, "sr-cyrl" if main.tag == LATIN else LATIN}
    alike: dict[tuple[str, str], LocalTerm] = {}
    for one in by_tag.values():
        if one.term and one.tag not in hidden:
            same = alike.get((one.term, one.others))
            # What several languages call alike stands there once.
            alike[one.term, one.others] = replace(same, name=f"{same.name}, {one.name}") if same else one
    return Row(term.key, main, tuple(alike.values()), term.definition)


def _letter(term: str) -> str:
    return term[:1].upper()


def _order(term: str) -> tuple[int, str]:
    """By the alphabet of a Cyrillic page, else by plain letters."""
    return _CYRILLIC.find(_letter(term)), bare(term)


def _local_term(term: GlossaryTerm, tag: str) -> LocalTerm:
    words = split(getattr(term, content_language(tag)))
    if tag == LATIN:
        words = tuple(to_latin(word) for word in words)
    return LocalTerm(
        tag, locales.html_lang(tag), locales.native_name(tag), words[0] if words else "", "; ".join(words[1:])
    )


def _holds(term: GlossaryTerm, typed: str) -> bool:
    wanted = bare(typed)
    return any(wanted in bare(text) for text in _texts(term))


def _forms(typed: str) -> dict[str, frozenset[str]]:
    """By language the tokens of the words typed, without those that say nothing in it."""
    return {language: found for language in LANGUAGES if (found := _tokens(typed, language))} if typed else {}


def _has_forms(term: GlossaryTerm, forms: Mapping[str, frozenset[str]]) -> bool:
    """Whether one of the ways to say a term has all the words in some form."""
    return any(
        wanted <= _tokens(way, language)
        for language, wanted in forms.items()
        for way in split(getattr(term, language))
    )


def _tokens(text: str, language: str) -> frozenset[str]:
    analysis = analyser()
    return frozenset(
        token.lemma
        for token in analysis.tokens(text, language)
        if not analysis.is_silent(token.text, language)
    )


def _texts(term: GlossaryTerm) -> Iterable[str]:
    yield from (getattr(term, language) for language in LANGUAGES)
    yield term.definition


def bare(text: str) -> str:
    """Without script, case and diacritics: as people type it."""
    small = lower(text)
    return (
        plain(to_latin(small) if not small.isascii() else small)
        if not _macedonian(small)
        else macedonian_in_latin(small)
    )


def _macedonian(small: str) -> bool:
    return any(letter in small for letter in "ѓќѕѐѝ")
