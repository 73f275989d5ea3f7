"""What was typed, what is asked, and what is marked in what was found."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import pytest

from search.analysis import Analyser
from search.engines.base import Document, Hit, Part, Query
from search.engines.highlight import present
from search.engines.plan import make_plan, split_query
from search.engines.ranking import Ranked, ranked_page, settle


@pytest.mark.parametrize(
    ("text", "words", "phrases", "excluded"),
    [
        ("žrtva trgovine", ("žrtva", "trgovine"), (), ()),
        ('"žrtva trgovine" policija', ("policija",), ("žrtva trgovine",), ()),
        ("žrtva -dete", ("žrtva",), (), ("dete",)),
        ('žrtva -"socijalni rad"', ("žrtva",), (), ("socijalni rad",)),
        ("„mobilni tim” »plan«", (), ("mobilni tim", "plan"), ()),
        ('open "mobilni tim', ("open",), ("mobilni tim",), ()),
        ("crno-bela e-pošta", ("crno-bela", "e-pošta"), (), ()),
        (' - -- " ', ("-",), (), ("-",)),
        ("", (), (), ()),
    ],
)
def test_take_apart(
    text: str, words: tuple[str, ...], phrases: tuple[str, ...], excluded: tuple[str, ...]
) -> None:
    typed = split_query(text)
    assert (typed.words, typed.phrases, typed.excluded) == (words, phrases, excluded)


def test_a_word_is_read_in_every_language_asked_for(analyser: Analyser) -> None:
    plan = make_plan(Query("planovi za žrtve", languages=("sr", "hr", "en")), analyser)
    assert [group.family for group in plan.groups] == ["hbs", "en"]
    first = plan.groups[0]
    assert [word.lemma for word in first.words] == ["plan", "zrtva"]
    assert first.weight > plan.groups[1].weight


def test_a_macedonian_text_is_found_by_a_serbian_word_in_either_script(analyser: Analyser) -> None:
    """*žrtvama* stands in no Macedonian list; its relatives do, in Cyrillic."""

    def asked(text: str) -> set[tuple[str, str]]:
        groups = make_plan(Query(text, languages=("sr", "mk")), analyser).groups
        (macedonian,) = (group for group in groups if group.family == "mk")
        return {(each.lemma, each.prefix) for word in macedonian.words for each in word.all}

    for latin, cyrillic in (("žrtvama", "жртвама"), ("razgovorima", "разговорима"), ("TLP", "TLP")):
        assert asked(cyrillic) <= asked(latin), latin
    assert ("жртв" in {prefix for _lemma, prefix in asked("žrtvama")}) and len(asked("TLP")) == 1


def test_how_many_words_have_to_be_there(analyser: Analyser) -> None:
    def least(text: str, *, loose: bool = False) -> int:
        return make_plan(Query(text, languages=("en",), loose=loose), analyser).groups[0].least

    assert [least("victim"), least("victim child"), least("victim child plan"), least("victim child plan border")] == [
        1, 2, 3, 2,
    ]  # fmt: skip
    assert least("victim of the child") == 2
    assert least("victim child plan", loose=True) == 1


def test_of_two_words_the_commoner_is_not_enough(analyser: Analyser) -> None:
    rarity = {"hbs": {"pasos": 2, "oduzeti": 2}}
    query = Query("oduzet pasoš", languages=("sr",), relatives=False, rarity=rarity)
    assert make_plan(query, analyser).groups[0].least == 3
    assert make_plan(replace(query, relatives=True), analyser).groups[0].least == 2
    rare = replace(query, rarity={"hbs": {"pasos": 3, "oduzeti": 1}})
    assert make_plan(rare, analyser).groups[0].least == 3


@pytest.mark.parametrize(
    ("typed", "lemmas"),
    [
        *[("zhrtva", {"жртва"}), ("chovek", {"човек"}), ("shto e zhrtva", {"жртва"}), ("grizha", {"грижа"})],
        *[("kukja", {"кука"}), ("gjavol", {"гавол"}), ("kjibritche", {"кибрит"})],
    ],
)
def test_macedonian_typed_in_latin_without_diacritics(
    typed: str, lemmas: set[str], analyser: Analyser
) -> None:
    (group,) = make_plan(Query(typed, languages=("mk",)), analyser).groups
    assert [{each.lemma for each in word.all} & lemmas for word in group.words] == [{one} for one in lemmas]


def test_without_relatives_a_word_is_only_looked_for_itself(analyser: Analyser) -> None:
    across = {"en": ((("victim", 1.0),),)}
    query = Query("kazna", languages=("sr",), across=across)
    with_them, without = (make_plan(replace(query, relatives=given), analyser) for given in (True, False))
    assert [word.prefix for group in with_them.groups for word in group.words] == ["kazn", "vict"]
    assert [word.prefix for group in without.groups for word in group.words] == ["", ""]
    long = make_plan(Query("застареност", languages=("mk",)), analyser)
    assert [word.prefix for group in long.groups for word in group.words] == [""], "*застапување* is another"


def test_silent_words_alone_are_searched(analyser: Analyser) -> None:
    assert [word.lemma for word in make_plan(Query("who", languages=("en",)), analyser).groups[0].words] == [
        "who"
    ]


def test_nothing_to_search(analyser: Analyser) -> None:
    assert make_plan(Query("!!! …"), analyser).nothing
    assert make_plan(Query(""), analyser).everything
    assert make_plan(Query("-dete", languages=("sr",)), analyser).everything


def shown(text: str, query: str, analyser: Analyser, language: str = "sr", heading: str = "") -> Hit:
    document = Document("1", "i", "e", "u", language, "", heading, text, frozenset({"pub"}))
    return present(document, 1.0, make_plan(Query(query, languages=(language,)), analyser), analyser)


def marked(parts: tuple[Part, ...]) -> list[str]:
    return [part.text for part in parts if part.marked]


def test_every_form_is_marked(analyser: Analyser) -> None:
    hit = shown("Жртва има право. Žrtvama se pomaže.", "zrtve", analyser, heading="Права жртава")
    assert marked(hit.snippets[0]) == ["Жртва", "Žrtvama"]
    assert marked(hit.heading) == ["жртава"]
    assert "".join(part.text for part in hit.snippets[0]) == "Жртва има право. Žrtvama se pomaže."
    assert [hit.document.text[start:end] for start, end in hit.spans] == ["Жртва", "Žrtvama"]


def test_relatives_are_marked_only_where_the_word_is_not(analyser: Analyser) -> None:
    assert marked(shown("Kažnjavanje i kazna.", "kazne", analyser).snippets[0]) == ["kazna"]
    assert marked(shown("Kažnjavanje je tu.", "kazne", analyser).snippets[0]) == ["Kažnjavanje"]


def test_a_phrase_is_marked_where_it_stands_together(analyser: Analyser) -> None:
    hit = shown("Tim je mobilni. Mobilnog tima nema.", '"mobilni tim"', analyser)
    assert marked(hit.snippets[0]) == ["Mobilnog", "tima"]


def test_the_richest_stretch_is_shown(analyser: Analyser) -> None:
    filler = "Ovde nema ničega što se traži, samo dugačak tekst. " * 12
    text = f"{filler}Žrtva ćuti. {filler}Policija pita žrtvu na granici. {filler}"
    hit = shown(text, "žrtva policija granica", analyser)
    assert len(hit.snippets) == 1
    assert marked(hit.snippets[0]) == ["Policija", "žrtvu", "granici"]
    assert hit.snippets[0][0].text.startswith("…")
    assert len("".join(part.text for part in hit.snippets[0])) < 330
    assert len(hit.spans) == 4


def test_two_stretches_where_one_does_not_tell_all(analyser: Analyser) -> None:
    filler = "Ovde nema ničega što se traži, samo dugačak tekst. " * 12
    hit = shown(f"Policija čeka. {filler} Na granici je mir.", "policija granica", analyser)
    assert [marked(snippet) for snippet in hit.snippets] == [["Policija"], ["granici"]]


def test_equals_come_in_one_order() -> None:
    scores = [(2.0, 2), (2.00001, 3), (2.00002, 1), (3.0, 4), (1.0, 5)]
    found = [Ranked(score, tie, tie) for score, tie in scores]
    assert [one.tie for one in settle(found)] == [4, 1, 2, 3, 5]


def first_of(found: list[Ranked], most: int) -> list[Ranked]:
    return found[:most]


def test_as_many_are_fetched_as_are_equal_at_the_end_of_a_page() -> None:
    """Whichever of the equals an engine gives first, the page is the same."""
    equals = [Ranked(1.0, tie, tie) for tie in range(500)]
    pages = []
    for given in (equals, equals[::-1], equals[250:] + equals[:250]):
        everything = [Ranked(2.0, 900, 900), *given, Ranked(0.5, 901, 901)]
        pages.append([one.tie for one in ranked_page(partial(first_of, everything), 10, 10, "").hits])
    assert pages == [list(range(9, 19))] * 3
