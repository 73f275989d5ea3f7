"""The bookmarks of sections in two Word files as one with tracked changes."""

from __future__ import annotations

import pytest

from documents.word.file import ns
from documents.word.file.guard import open_package
from documents.word.resolve import resolve
from tests.support.documents.word.redline import lines, made, p, root_of


def marked(uid: str, text: str) -> str:
    name = f"kodeks_{uid * 32}"
    return p(
        f'<w:bookmarkStart w:id="{ord(uid)}" w:name="{name}"/>', text, f'<w:bookmarkEnd w:id="{ord(uid)}"/>'
    )


def sections_of(data: bytes) -> list[tuple[str, str]]:
    """The uid's letter and the words of each paragraph that has a section's bookmark."""
    found = []
    for para, words in zip(root_of(data).iter(ns.w("p")), lines(data), strict=True):
        for start in para.iter(ns.w("bookmarkStart")):
            found.append(((start.get(ns.w("name")) or "")[-1], words))
    return found


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ([("a", "4.3 Partnership")], [("b", "4.3 Prosecution")]),
        ([("a", "Scope of it"), ("b", "Aims of it")], [("c", "Scope of it"), ("b", "Aims of it")]),
        ([("a", "Scope of it"), ("b", "Scope of it")], [("b", "Scope of it")]),
        ([("a", "Partnership"), ("b", "4.4 Prosecution")], [("b", "4.3 Punishing by courts")]),
    ],
)
def test_headings_keep_the_bookmarks_of_their_own_sections(
    old: list[tuple[str, str]], new: list[tuple[str, str]]
) -> None:
    same = [("f", "First words"), ("e", "Last words")]
    old, new = ([same[0], *both, same[1]] for both in (old, new))
    data = made(*("".join(marked(*one) + p("Text.") for one in both) for both in (old, new)))
    assert sections_of(resolve(open_package(data), accept=True)) == new
    assert sections_of(resolve(open_package(data), accept=False)) == old
