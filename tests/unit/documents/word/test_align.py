"""A second language beside the first."""

from __future__ import annotations

import uuid
from dataclasses import replace

from documents.text import SectionTree
from documents.word.languages.align import REASONS, Aligned, OutlineDiffers, Reason, align
from tests.support.documents.word.build import para, section, text

UIDS = [str(uuid.uuid5(uuid.NAMESPACE_URL, str(n))) for n in range(20)]


def tree(language: str, rows: list[tuple[int, str, str, str]], offset: int = 0) -> SectionTree:
    sections = [
        section(UIDS[offset + n], level, kind, label, words, para(words))
        for n, (level, kind, label, words) in enumerate(rows)
    ]
    return SectionTree(language, language, tuple(sections))


MK = [
    (1, "chapter", "1", "Цел"),
    (2, "step", "1.1", "Разговор"),
    (1, "article", "Член 5", ""),
    (1, "annex", "Прилог А", "Образец"),
]
SQ = [
    (1, "chapter", "1", "Qëllimi"),
    (2, "section", "1.1", "Biseda"),
    (1, "article", "Neni 5", ""),
    (1, "annex", "Shtojca A", "Formulari"),
]


def test_the_same_outline_takes_the_first_languages_uids_and_kinds() -> None:
    found = align(tree("mk", MK), tree("sq", SQ, 10))
    assert isinstance(found, Aligned)
    assert [s.uid for s in found.tree] == UIDS[:4]
    assert [s.kind for s in found.tree] == ["chapter", "step", "article", "annex"]
    assert [s.text.label for s in found.tree] == ["1", "1.1", "Neni 5", "Shtojca A"]
    assert found.tree.language == "sq"
    assert found.differences == ()


def test_references_follow_the_uids() -> None:
    mark = {"type": "xref", "attrs": {"uid": UIDS[11]}}
    second = tree("sq", SQ, 10)
    first = second.sections[0]
    changed = section(first.uid, 1, "chapter", "1", "Qëllimi", para(text("shih", mark)))
    found = align(tree("mk", MK), replace(second, sections=(changed, *second.sections[1:])))
    assert isinstance(found, Aligned)
    assert found.tree.sections[0].text.body["blocks"][0]["content"][0]["marks"][0]["attrs"]["uid"] == UIDS[1]


def differs(rows: list[tuple[int, str, str, str]]) -> OutlineDiffers:
    found = align(tree("mk", MK), tree("sq", rows, 10))
    assert isinstance(found, OutlineDiffers)
    return found


def test_the_first_difference_is_told() -> None:
    deeper = differs([SQ[0], (3, "section", "1.1", "Biseda"), *SQ[2:]])
    assert (deeper.position, deeper.reason) == (1, Reason.LEVEL)
    assert deeper.expected is not None and deeper.expected.heading == "Разговор"
    assert deeper.found is not None and deeper.found.level == 3
    assert [place.heading for place in deeper.path] == ["Цел"]
    assert differs([*SQ[:2], (1, "chapter", "5", "x"), SQ[3]]).reason is Reason.KIND
    assert differs([*SQ[:2], (1, "article", "Neni 6", ""), SQ[3]]).reason is Reason.LABEL


def test_too_few_and_too_many_sections() -> None:
    fewer = differs(SQ[:3])
    assert (fewer.position, fewer.reason, fewer.found) == (3, Reason.MISSING, None)
    more = differs([*SQ, (1, "chapter", "2", "Shtesë")])
    assert (more.position, more.reason, more.expected) == (4, Reason.EXTRA, None)


def test_blocks_that_differ_are_told_and_no_hindrance() -> None:
    second = tree("sq", SQ, 10)
    longer = section(second.sections[1].uid, 2, "section", "1.1", "Biseda", para("a"), para("b"))
    found = align(
        tree("mk", MK), replace(second, sections=(second.sections[0], longer, *second.sections[2:]))
    )
    assert isinstance(found, Aligned)
    (difference,) = found.differences
    assert (difference.uid, difference.expected, difference.found) == (
        UIDS[1],
        ("paragraph",),
        ("paragraph", "paragraph"),
    )


def test_each_reason_has_words() -> None:
    assert set(REASONS) == set(Reason)


def test_empty_trees() -> None:
    empty = SectionTree("sq", "", ())
    assert isinstance(align(empty, empty), Aligned)
    found = align(empty, tree("sq", SQ))
    assert isinstance(found, OutlineDiffers)
    assert found.path == ()
