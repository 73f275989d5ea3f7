"""What is marked is in no language of the redacted text, and each place has its note."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pytest

from documents.text import SectionText, SectionTree, body_text, text_hash
from documents.text.redact import (
    Mark,
    absorbed,
    find_words,
    lost_elsewhere,
    part_at,
    redact,
    remaining,
    taken_out,
    to_confirm,
)
from documents.text.section import Section
from tests.support.documents.redacted import (
    BELOW,
    BLOCK,
    NOTE,
    SEEN,
    TRANSLATED,
    UIDS,
    WHOLE,
    WORDS,
    body,
    paragraph,
    text,
    tree,
)

PICTURE = "a" * 64
TREES = {language: tree(language, PICTURE) for language in ("bs", "en")}


def note(language: str, mark: Mark) -> str:
    return f"[{language} {mark.note}]"


def words(language: str, uid: str, exact: str) -> list[Mark]:
    section = TREES[language].by_uid[uid]
    text, found, start = body_text(section.text.body, heading=True), [], 0
    while (start := text.lower().find(exact.lower(), start)) >= 0:
        sha256 = text_hash(section.text.body)
        found.append(Mark(uid, language, start=start, end=start + len(exact), text_hash=sha256, note=1))
        start += 1
    return found


def dumped(*marks: Mark) -> dict[str, str]:
    made = redact(TREES, marks, note)
    return {
        language: json.dumps([one.text.body for one in found], ensure_ascii=False)
        for language, found in made.items()
    }


def confirmed(trees: Mapping[str, SectionTree], marks: Sequence[Mark]) -> list[Mark]:
    """The marks, and that a person says of each place that all words are marked there."""
    return [
        *marks,
        *(
            Mark(
                uid,
                language,
                block,
                text_hash=text_hash(trees[language].by_uid[uid].text.body),
                all_words=True,
            )
            for uid, language, block in to_confirm(trees, marks)
        ),
    ]


def two(bs: str, en: str, *more: str) -> dict[str, SectionTree]:
    """A section of one paragraph in two languages; the English one has more of them."""
    made = {
        "bs": body("Uvod", paragraph(text(bs))),
        "en": body("Intro", *(paragraph(text(one)) for one in (en, *more))),
    }
    return {
        tag: SectionTree(tag, "T", (Section(UIDS[0], 1, "section", SectionText("1", one)),))
        for tag, one in made.items()
    }


def marked(trees: Mapping[str, SectionTree], language: str, *exact: str) -> list[Mark]:
    section = trees[language].by_uid[UIDS[0]].text.body
    return [
        Mark(UIDS[0], language, start=start, end=end, text_hash=text_hash(section))
        for one in exact
        for start, end in find_words(body_text(section, heading=True), one)
    ]


def read(trees: Mapping[str, SectionTree], marks: Sequence[Mark], language: str = "en") -> str:
    return body_text(redact(trees, marks, note)[language].by_uid[UIDS[0]].text.body, heading=True)


@pytest.mark.parametrize("more", [(), ("Betatown again.",)])
def test_fewer_marks_in_a_language_bring_nothing_back_there(more: tuple[str, ...]) -> None:
    trees = two("Alfa živi u Betagradu.", "Alphaname lives in Betatown.", *more)
    some = [*marked(trees, "bs", "Alfa", "Betagradu"), *marked(trees, "en", "Alphaname")]
    assert "Betatown" not in read(trees, some) and "lives" not in read(trees, some)
    # Nor does it help to say so for a text that has changed since, or without a word that is marked.
    stale = [replace(one, text_hash="0" * 64) if one.all_words else one for one in confirmed(trees, some)]
    assert "lives" not in read(trees, stale)
    assert not to_confirm(trees, marked(trees, "bs", "Alfa"))
    whole = [*some, *marked(trees, "en", "Betatown")]
    assert "lives" not in read(trees, whole)
    assert "[en 0] lives in [en 0]." in read(trees, confirmed(trees, whole))
    assert "[bs 0] živi u [bs 0]." in read(trees, confirmed(trees, whole), "bs")


def test_a_title_comes_back_too_only_when_a_person_says_so() -> None:
    trees = {tag: replace(tree, title="Alfa i Beta") for tag, tree in two("a", "b").items()}
    marks = [Mark("", "bs", start=0, end=4), Mark("", "bs", start=7, end=11), Mark("", "en", start=0, end=4)]
    assert redact(trees, marks, note)["en"].title == "[en 0]"
    marks.append(Mark("", "en", all_words=True))
    assert redact(trees, marks, note)["en"].title == "[en 0] i Beta"


def test_words_are_found_whatever_their_spaces_and_capitals() -> None:
    for written in ("Ana\u00a0Kodra", "ANA  KODRA", "Ana\nKodra", "Ana\u2009Ko\u00addra"):
        assert find_words(f"Ovo je {written}.", "Ana Kodra") == [(7, 7 + len(written))]
    assert find_words("Die STRASSE", "straße") == [(4, 11)]
    trees = two("Ana\u00a0Kodra", "x")
    assert remaining(trees["bs"], ["ana kodra"]) and not remaining(trees["bs"], ["Kodra Ana"])
    # Words that run over two paragraphs take both.
    split = two("x", "Ana", "Kodra")
    assert read(split, marked(split, "en", "ana kodra")) == "Intro\n[en 0]\n[en 0]"


def test_no_address_description_or_label_gives_the_words_away() -> None:
    def link(href: str) -> dict[str, Any]:
        return {"type": "link", "attrs": {"href": href}}

    trees = two("Ana Kodra", "x")
    item = {"type": "item", "attrs": {"label": "Ana  Kodra"}, "content": [paragraph(text("tri"))]}
    numbered = {"type": "item", "attrs": {"label": "а)"}, "content": [paragraph(text("tri"))]}
    hidden = [
        paragraph(text("jedan", link("https://x.example/ana-kodra"))),
        paragraph(text("dva", link("https://x.example/A%6ea%20K%6fdra"))),
        {"type": "list", "content": [item, numbered]},
        {"type": "figure", "attrs": {"sha256": PICTURE, "alt": "Ana Kodra"}, "content": []},
    ]
    other = {
        "bs": hidden,
        "en": [*hidden[:3], {**hidden[3], "attrs": {"sha256": PICTURE, "alt": "Ms Kodrova"}}],
    }
    trees = {
        tag: replace(
            tree,
            sections=(
                *tree.sections,
                Section(UIDS[1], 1, "section", SectionText("Ana Kodra", body("Dalje", *other[tag]))),
            ),
        )
        for tag, tree in trees.items()
    }
    for tag, made in redact(trees, marked(trees, "bs", "Ana Kodra"), note).items():
        shown = json.dumps([(one.text.label, one.text.body) for one in made], ensure_ascii=False)
        assert "x.example" not in shown and "odr" not in shown and "а)" in shown, tag
    # Where words were taken out, whatever they say.
    own = two("Ana Kodra", "x")
    own["bs"].by_uid[UIDS[0]].text.body["blocks"].append(paragraph(text("k", link("https://x.example/a-k"))))
    assert "x.example" not in json.dumps(
        redact(own, marked(own, "bs", "Ana Kodra"), note)["bs"].sections[0].text.body
    )


def test_words_go_from_headings_tables_steps_links_and_descriptions() -> None:
    made = dumped(*confirmed(TREES, [*words("bs", UIDS[0], WORDS), *words("en", UIDS[0], WORDS)]))
    for language, found in made.items():
        assert WORDS.casefold() not in found.casefold()
        assert found.count(f"[{language} 1]") == 5 and SEEN in found and " zna." in found


def test_another_language_loses_the_block_until_its_words_are_marked() -> None:
    made = dumped(*words("bs", UIDS[0], WORDS))
    assert WORDS.casefold() not in "".join(made.values()).casefold()
    assert " zna." in made["bs"] and " zna." not in made["en"]
    # Where its blocks are others, the whole section goes.
    one = TREES["en"].by_uid[UIDS[1]].text.body
    one["blocks"].append({"type": "paragraph", "content": [{"type": "text", "text": "More."}]})
    try:
        found = redact(TREES, [Mark(UIDS[1], "bs", block=1)], note)["en"].by_uid[UIDS[1]].text.body
    finally:
        one["blocks"].pop()
    assert body_text(found, heading=True) == "[en 0]"


def test_a_block_takes_its_note_along_and_a_section_those_in_it() -> None:
    made = dumped(Mark(UIDS[1], "bs", block=2), Mark(UIDS[1], "bs", block=5), Mark(UIDS[2], "bs", note=2))
    for found in made.values():
        assert not any(one in found for one in (BLOCK, NOTE, WHOLE, BELOW)) and SEEN in found
    assert made["bs"].count("[bs 2]") == 2
    assert TRANSLATED in made["en"]


def test_a_text_that_changed_since_loses_the_whole_section() -> None:
    mark = Mark(UIDS[1], "bs", start=0, end=3, text_hash="0" * 64)
    assert body_text(redact(TREES, [mark], note)["bs"].by_uid[UIDS[1]].text.body, heading=True) == "[bs 0]"


def test_words_that_still_stand_elsewhere_are_told_and_a_title_is_no_section() -> None:
    marks = words("bs", UIDS[0], SEEN)
    made = redact(TREES, marks, note)
    assert UIDS[4] in {one.uid for one in remaining(made["bs"], taken_out(TREES["bs"], marks))}
    title = TREES["bs"].title
    start = title.index(WORDS)
    made = redact(TREES, [Mark("", "bs", start=start, end=start + len(WORDS))], note)
    assert made["bs"].title == title.replace(WORDS, "[bs 0]") and made["en"].title == "[en 0]"
    assert part_at(TREES["bs"].by_uid[UIDS[0]].text.body, 0) == 0


def test_a_section_that_is_left_out_whole_takes_its_marks_along() -> None:
    whole, below = Mark(UIDS[2], "bs"), words("bs", UIDS[3], BELOW)
    inside = [*words("bs", UIDS[2], WHOLE), Mark(UIDS[2], "en", note=3)]
    other = words("bs", UIDS[0], WORDS)
    marks = [*inside[:-1], whole, *inside[-1:], *below, *other]
    assert absorbed(TREES["bs"], marks) == {*inside, *below}
    assert to_confirm(TREES, [*marks, *words("en", UIDS[2], WHOLE)]) == {}
    assert absorbed(TREES["bs"], other) == set()


def test_what_other_languages_lose_by_a_mark() -> None:
    here, there = words("bs", UIDS[1], BLOCK), words("en", UIDS[1], TRANSLATED)
    block, whole, title = Mark(UIDS[1], "bs", 1), Mark(UIDS[2], "bs"), Mark("", "bs", start=0, end=8)
    found = lost_elsewhere(TREES, [*here, block, whole, title])
    assert found == [{"en": [2]}, {"en": [4]}, {"en": [1]}, {"en": [None]}, {"en": [None]}]
    both = confirmed(TREES, words("bs", UIDS[0], WORDS) + words("en", UIDS[0], WORDS))
    assert not any(lost_elsewhere(TREES, both))
    assert lost_elsewhere({"bs": TREES["bs"]}, [*here, *there]) == [{}, {}, {"bs": [None]}]
