"""What is marked is in no language of the redacted text, and each place has its note."""

from __future__ import annotations

import json

from documents.text import body_text, text_hash
from documents.text.redact import Mark, part_at, redact, remaining, taken_out
from tests.support.documents.redacted import BELOW, BLOCK, NOTE, SEEN, TRANSLATED, UIDS, WHOLE, WORDS, tree

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


def test_words_go_from_headings_tables_steps_links_and_descriptions() -> None:
    made = dumped(*words("bs", UIDS[0], WORDS), *words("en", UIDS[0], WORDS))
    for language, text in made.items():
        assert WORDS.casefold() not in text.casefold()
        assert text.count(f"[{language} 1]") == 5 and SEEN in text and " zna." in text


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
    for text in made.values():
        assert not any(one in text for one in (BLOCK, NOTE, WHOLE, BELOW)) and SEEN in text
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
