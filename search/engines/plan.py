"""From what was typed to what an engine is asked: the same plan for both.

Tokens are tagged with the family of the text's language (`hbs:zrtva`). So a word read as Albanian finds
only Albanian texts. Each family makes a group, and a document answers one of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from documents.translation.scripts import CYRILLIC, LATIN, script_of, to_cyrillic
from search.analysis import Analyser, Token, family_of
from search.analysis.analyser import prefix_of
from search.analysis.families import MACEDONIAN
from search.engines.answers import AskedFor, asked_for
from search.engines.base import Query

#: The indexed fields with what a match in them weighs.
WEIGHTS: Final = {"lemma": 1.0, "prefix": 0.5, "heading": 2.0, "title": 0.7}
#: Where phrases are looked for and exclusions hold.
PHRASE_FIELDS: Final = ("lemma", "heading")
EXCLUDED_FIELDS: Final = ("lemma", "heading", "title")
# Documents in the language that one reads in come before equally good ones in others.
_FIRST_FAMILY: Final = 1.25
# What answers in translation comes after what answers as typed.
_ACROSS: Final = 0.6
# What asks, and is not asked for (*who*, *find*), counts a little where it stands in a text.
_LIGHT: Final = 0.1
# Up to three words have to be there all of them: a text with two of three came before the one with all. Of
# more, this part: with more of them, a heading of four words missed its own article too often. What has fewer
# follows (`filling`).
_ALL: Final = 3
_MOST: Final = 0.5
# Weighed by rarity, so much of what was asked is answered at least. Of two words, at first both or the rarer
# one: a text that only has the commoner of them answers something else.
_ANSWERED: Final = 0.4
_ANSWERED_OF_TWO: Final = 0.6
_LONGEST_QUERY: Final = 60
# A word of four letters is its own prefix: what begins with it is another word (*kufi*, *kufizues*). Of a
# long word four letters say too little (*застареност*, *застапување*).
_WITH_RELATIVES: Final = range(5, 7)

# Letters of Macedonian as they are typed with Latin ones that have no diacritics.
_TYPED: Final = (("dzh", "dž"), ("zh", "ž"), ("ch", "č"), ("sh", "š"), ("gj", "ѓ"), ("kj", "ќ"))

#: One piece of what was typed: a word or a phrase, perhaps with a minus.
PIECE: Final = re.compile(
    r'(?P<minus>(?:^|(?<=\s))[-\u2212])?(?:["“”„«»](?P<phrase>[^"“”„«»]*[^\s"“”„«»][^"“”„«»]*)["“”„«»]?|(?P<word>[^\s"“”„«»]+))'
)


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a query, in one family; `others` may stand for it (translations, synonyms). A word without
    prefix is not looked for by its relatives. One with a `phrase` stands for several adjacent words.
    `times`: how often it counts among those that a document needs, by how rare it is."""

    lemma: str
    prefix: str
    weight: float = 1.0
    others: tuple[Word, ...] = ()
    phrase: tuple[str, ...] = ()
    times: int = 1

    @property
    def all(self) -> tuple[Word, ...]:
        return (self, *self.others)


@dataclass(frozen=True, slots=True)
class Group:
    """What a document in one family's languages must have. That is `least` of the words and all of the
    phrases, each in one form. `light` words count a little and are never needed. With `together`, documents
    that have all the words come first."""

    family: str
    words: tuple[Word, ...]
    phrases: tuple[tuple[tuple[str, ...], ...], ...]
    least: int
    weight: float
    light: tuple[Word, ...] = ()
    together: bool = False

    @property
    def every(self) -> int:
        """What all the words count together."""
        return sum(word.times for word in self.words)

    def tagged(self, token: str) -> str:
        return tag(self.family, token)


@dataclass(frozen=True, slots=True)
class Plan:
    """`groups`: a document answers at least one. `excluded`: tagged phrases that it must not have.
    Without groups and with nothing asked (`everything`), all documents answer. `asked_for`: whether it is a
    question about a time limit or an institution."""

    groups: tuple[Group, ...]
    excluded: tuple[tuple[str, ...], ...]
    everything: bool
    asked_for: AskedFor = ""

    @property
    def nothing(self) -> bool:
        """Something was typed, but no word of it can be searched."""
        return not self.groups and not self.everything


@dataclass(frozen=True, slots=True)
class Typed:
    """A query's text taken apart as typed."""

    words: tuple[str, ...]
    phrases: tuple[str, ...]
    excluded: tuple[str, ...]


def tag(family: str, token: str) -> str:
    """A token as it is in the index."""
    return f"{family}:{token}"


def split_query(text: str) -> Typed:
    """Words, "phrases" and -exclusions; a quotation mark left open reaches to the end."""
    words: list[str] = []
    phrases: list[str] = []
    excluded: list[str] = []
    for match in PIECE.finditer(text):
        piece = match["phrase"] or match["word"]
        if match["minus"]:
            excluded.append(piece)
        elif match["phrase"]:
            phrases.append(piece)
        else:
            words.append(piece)
    return Typed(tuple(words), tuple(phrases), tuple(excluded))


def make_plan(query: Query, analyser: Analyser) -> Plan:
    """Analyse a query. Only its first sixty words count."""
    typed = split_query(query.text)
    languages: dict[str, str] = {}
    for language in query.languages:
        languages.setdefault(family_of(language), language)
    telling = without_stopwords(typed.words, query.languages, analyser)
    typed = Typed(telling, typed.phrases, typed.excluded) if telling or typed.phrases else typed
    read = (
        _group(typed, family, language, analyser, query, first=number == 0)
        for number, (family, language) in enumerate(languages.items())
    )
    groups = [group for group in read if group is not None]
    for family in dict.fromkeys((*query.across, *query.across_phrases)):
        words, phrases = query.across.get(family, ()), query.across_phrases.get(family, ())
        if words or phrases:
            groups.append(_across(family, words, phrases, query))
    excluded = _excluded(typed, languages, analyser, query)
    everything = not groups and not typed.words and not typed.phrases
    return Plan(tuple(groups), excluded, everything, asked_for(query.text, tuple(languages)))


def _excluded(
    typed: Typed, languages: Mapping[str, str], analyser: Analyser, query: Query
) -> tuple[tuple[str, ...], ...]:
    """What a text must not have, in each family and in translation."""
    pieces = [
        (family, [token.lemma for token in analyser.tokens(piece, language)])
        for family, language in languages.items()
        for piece in typed.excluded
    ]
    pieces += [(family, list(way)) for family, ways in query.across_excluded.items() for way in ways]
    return tuple(tuple(tag(family, token) for token in tokens) for family, tokens in pieces if tokens)


def without_stopwords(words: Iterable[str], languages: Sequence[str], analyser: Analyser) -> tuple[str, ...]:
    """Without the words that say nothing in the reader's own language, whatever they mean in other
    languages. *sa* is Serbian for *with*, and finds every *site*, all, in Macedonian."""
    own = languages[0] if languages else ""
    return tuple(
        word
        for word in words
        if not own
        or not all(
            analyser.is_silent(as_written(token, family_of(own)), own) for token in analyser.tokens(word, own)
        )
    )


def _group(
    typed: Typed, family: str, language: str, analyser: Analyser, query: Query, *, first: bool
) -> Group | None:
    found = [token for piece in typed.words for token in analyser.tokens(piece, language)][:_LONGEST_QUERY]
    telling = [token for token in found if not analyser.is_silent(as_written(token, family), language)]
    analysed = [
        tuple(token.lemma for token in analyser.tokens(piece, language)[:_LONGEST_QUERY])
        for piece in typed.phrases
    ]
    phrases = tuple((phrase,) for phrase in analysed if phrase)
    # Silent words are asked for only where there is nothing else.
    used = telling if telling or phrases else found
    asking = {token.lemma for token in used if query.rarity and analyser.is_asking(token.text, language)}
    if not phrases and asking >= {token.lemma for token in used}:
        asking = set()
    words = {
        token.lemma: Word(
            token.lemma,
            _prefix(token.lemma, query),
            others=(
                *_in_its_letters(token, family, language, analyser, query),
                *_synonyms(token.lemma, family, query),
            ),
            times=query.rarity.get(family, {}).get(token.lemma, 1),
        )
        for token in used
    }
    if not words and not phrases:
        return None
    needed = tuple(word for lemma, word in words.items() if lemma not in asking)
    light = tuple(
        replace(word, weight=_LIGHT, prefix="", others=()) for lemma, word in words.items() if lemma in asking
    )
    weight = _FIRST_FAMILY if first else 1.0
    return Group(family, needed, phrases, _least(needed, query), weight, light, together=bool(query.rarity))


def _prefix(lemma: str, query: Query) -> str:
    return prefix_of(lemma) if query.relatives and len(lemma) in _WITH_RELATIVES else ""


def _synonyms(lemma: str, family: str, query: Query) -> tuple[Word, ...]:
    """What else people say for a word, in the same family."""
    return tuple(
        Word(tokens[0], "", weight, phrase=tokens if len(tokens) > 1 else ())
        for tokens, weight in query.synonyms.get(family, {}).get(lemma, ())
    )


def _in_its_letters(
    token: Token, family: str, language: str, analyser: Analyser, query: Query
) -> tuple[Word, ...]:
    """A word in Latin letters that no list of Macedonian has (*žrtvama*, Serbian), as its texts would write
    it. So a query finds the same in either script."""
    if family != MACEDONIAN or token.text.isupper() or script_of(token.lemma) != LATIN:
        return ()
    spelt = as_written(token, family)
    found = [one for one in analyser.tokens(spelt, language) if script_of(one.lemma) == CYRILLIC]
    return tuple(Word(one.lemma, _prefix(one.lemma, query)) for one in found[:1])


def as_written(token: Token, family: str) -> str:
    """A word as texts have it. One in Latin letters that no list of Macedonian has in Cyrillic. Also as typed
    without diacritics (*zhrtva*, *chovek*, *shto*)."""
    if family != MACEDONIAN or token.text.isupper() or script_of(token.lemma) != LATIN:
        return token.text
    text = token.text.lower()
    for typed, letter in _TYPED:
        text = text.replace(typed, letter)
    return to_cyrillic(text)


def _across(
    family: str,
    words: tuple[tuple[tuple[str, float], ...], ...],
    phrases: tuple[tuple[tuple[str, ...], ...], ...],
    query: Query,
) -> Group:
    """What the words are in another family: the best translation also by its relatives, the others as they
    are. Of each phrase one of the ways to say it."""
    rarity = query.rarity.get(family, {})
    translated = []
    for alternatives in words:
        (best, weight), *rest = alternatives
        others = tuple(Word(token, "", share) for token, share in rest)
        translated.append(Word(best, _prefix(best, query), weight, others, times=rarity.get(best, 1)))
    needed = tuple(translated)
    least = -int(-sum(word.times for word in needed) * _part(needed, query) // 1)
    least = 1 if query.loose else max(1, least)
    return Group(family, needed, phrases, least, _ACROSS, together=bool(query.rarity))


def of_family(plan: Plan, family: str) -> Group | None:
    """All that a plan asks for in a family, as typed and in translation, for marking it."""
    groups = [group for group in plan.groups if group.family == family]
    if len(groups) < 2 and not any(group.light or word.others for group in groups for word in group.words):
        return groups[0] if groups else None
    every = [word for group in reversed(groups) for each in (*group.words, *group.light) for word in each.all]
    words = {word.lemma: word for word in every if not word.phrase}
    synonyms = tuple((word.phrase,) for word in every if word.phrase)
    phrases = (*(phrase for group in groups for phrase in group.phrases), *synonyms)
    return Group(family, tuple(words.values()), phrases, 1, 1.0)


def compared(plan: Plan) -> tuple[Group, ...]:
    """The groups whose words are weighed against each other: of one word alone nothing need be counted."""
    return tuple(group for group in plan.groups if len(group.words) > 1)


def by_family(plan: Plan, count: Callable[[Group, Word], int]) -> dict[str, dict[str, int]]:
    """What is counted for each word that is not alone, by family and lemma. A word that is there as typed and
    in translation has the greater number."""
    counted: dict[str, dict[str, int]] = {}
    for group in compared(plan):
        of_family = counted.setdefault(group.family, {})
        for word in group.words:
            of_family[word.lemma] = max(of_family.get(word.lemma, 0), count(group, word))
    return counted


def _least(words: tuple[Word, ...], query: Query) -> int:
    if query.loose:
        return min(len(words), 1)
    if query.rarity and len(words) == 1:
        return words[0].times
    if query.rarity:
        return -int(-sum(word.times for word in words) * _part(words, query) // 1)
    if len(words) <= _ALL:
        return len(words)
    return -int(-len(words) * _MOST // 1)


def _part(words: tuple[Word, ...], query: Query) -> float:
    """The part of the words' weight that a text needs."""
    if len(words) == 2:
        return _ANSWERED if query.relatives else _ANSWERED_OF_TWO
    return _ANSWERED / 2 if query.lenient and len(words) > 2 else _ANSWERED
