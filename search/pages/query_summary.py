"""Say in words how a query was read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from search.engines.plan import split_query
from search.factory import analyser
from search.pages.result_groups import Group
from search.pages.spelling_suggestions import lemmas_of

_MOST = 6


@dataclass(frozen=True, slots=True)
class Form:
    """A word as it stands in a text."""

    word: str
    lang: str


@dataclass(frozen=True, slots=True)
class QuerySummary:
    """``words`` were looked for in every form and either script, ``phrases`` as they stand together,
    ``excluded`` must not be there, ``silent`` say nothing among other words and were left out. ``forms``: in
    which other forms, or in translation as which words, they were found on this page; what only begins like
    them is none."""

    words: tuple[str, ...]
    phrases: tuple[str, ...]
    excluded: tuple[str, ...]
    silent: tuple[str, ...]
    forms: tuple[Form, ...]

    @property
    def as_phrase(self) -> str:
        """The same words as one phrase, where that is another question."""
        if len(self.words) < 2 or self.phrases or self.excluded:
            return ""
        return '"{}"'.format(" ".join(word for word in self.words if '"' not in word))


def summarise_query(words: str, language: str, groups: Sequence[Group]) -> QuerySummary:
    """How a query was read in the language of the page."""
    typed = split_query(words)
    analysis = analyser()

    def says_nothing(word: str) -> bool:
        tokens = analysis.tokens(word, language)
        return all(analysis.is_silent(token.text, language) for token in tokens)

    silent = tuple(word for word in typed.words if says_nothing(word))
    if len(silent) == len(typed.words) and not typed.phrases:
        silent = ()
    telling = tuple(word for word in typed.words if word not in silent)
    known = [*telling, *(word for phrase in typed.phrases for word in phrase.split())]
    return QuerySummary(telling, typed.phrases, typed.excluded, silent, _forms(groups, known))


def _forms(groups: Sequence[Group], typed: Sequence[str]) -> tuple[Form, ...]:
    """The first few forms that were found and that are not what was typed."""
    seen = {word.casefold() for word in typed}
    forms: list[Form] = []
    for group in groups:
        for section in group.sections:
            for part in (part for parts in (section.heading, *section.snippets) for part in parts):
                word = part.text.casefold()
                if not part.marked or word in seen or len(forms) == _MOST:
                    continue
                seen.add(word)
                lemmas = lemmas_of(part.text, section.content)
                if lemmas and lemmas <= section.has:
                    forms.append(Form(word, section.lang))
    return tuple(forms)
