"""The bookmarks of sections in two Word files as one with tracked changes."""

from __future__ import annotations

import pytest

from documents.word import ns
from documents.word.file.guard import open_package
from documents.word.resolve import resolve
from tests.support.documents.word.build import word_file
from tests.support.documents.word.redline import lines, made, p, r, root_of, table


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


def bookmark(name: str, number: int, *content: str) -> str:
    inner = "".join(one if one.startswith("<") else r(one) for one in content)
    return f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>{inner}<w:bookmarkEnd w:id="{number}"/>'


def reference(name: str, shown: str) -> str:
    return f'<w:fldSimple w:instr=" REF {name} \\h ">{r(shown)}</w:fldSimple>'


def marked_words(data: bytes) -> dict[str, str]:
    """The words in each bookmark; that each has an end, and an id of its own."""
    found: dict[str, str] = {}
    opened: dict[str, str] = {}
    ids: list[str] = []
    for node in root_of(data).iter(ns.w("bookmarkStart"), ns.w("bookmarkEnd"), ns.w("t"), ns.w("delText")):
        if node.tag == ns.w("bookmarkStart"):
            ids.append(node.get(ns.w("id")) or "")
            opened[ids[-1]] = node.get(ns.w("name")) or ""
            found[opened[ids[-1]]] = ""
        elif node.tag == ns.w("bookmarkEnd"):
            del opened[node.get(ns.w("id")) or ""]
        else:
            for name in opened.values():
                found[name] += node.text or ""
    assert not opened and len(ids) == len(set(ids)) == len(found)
    return found


FIRST, LAST = p("Први став."), p("Последњи став.")
BOX = table(["Орган", "Рок"], ["Полиција", "30 дана"])
REFERRING = p("Према ", reference("_Ref1", "рок од 30 дана"), ", како је речено.")


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (p("Следи ", bookmark("_Ref1", 7, "рок од 30 дана"), "."), "", "рок од 30 дана"),
        (
            p("Следи ", bookmark("_Ref1", 7, "рок од 30 дана"), "."),
            p("Следи ", "рок од 30 дана", "."),
            "рок од 30 дана",
        ),
        (
            p("Следи ", bookmark("_Ref1", 7, "рок од 30 дана"), "."),
            p("Следи ", "кратак рок", "."),
            "рок од 30 дана",
        ),
        (
            '<w:bookmarkStart w:id="7" w:name="_Ref1"/>' + p("А.") + p("Б.") + '<w:bookmarkEnd w:id="7"/>',
            p("А.") + p("Б."),
            "А.Б.",
        ),
        (
            BOX.replace(r("30 дана"), bookmark("_Ref1", 7, "30 дана")),
            BOX,
            "30 дана",
        ),
    ],
)
@pytest.mark.parametrize("stays", [True, False])
def test_bookmarks_to_which_the_old_text_refers_come_back(
    old: str, new: str, words: str, stays: bool
) -> None:
    before = FIRST + old + LAST + REFERRING
    after = FIRST + new + LAST + (REFERRING if stays else p("Ништа.")) + p(bookmark("other", 7, "Ново"))
    data = made(before, after)
    refused = resolve(open_package(data), accept=False)
    assert marked_words(refused)["_Ref1"] == words
    assert lines(refused) == lines(word_file(before))
    accepted = resolve(open_package(data), accept=True)
    assert marked_words(accepted)["other"] == "Ново"
    assert lines(accepted) == lines(word_file(after))


def test_bookmarks_of_a_name_that_is_taken_stay_the_new_ones() -> None:
    old = FIRST + p("Следи ", bookmark("_Ref1", 7, "рок од 30 дана"), ".") + LAST + REFERRING
    new = FIRST + p("Сасвим друго.") + LAST + p(bookmark("_REF1", 3, "Овде")) + REFERRING
    data = made(old, new)
    assert [*marked_words(data)] == ["_REF1"]
    assert [*marked_words(resolve(open_package(data), accept=False))] in ([], ["_REF1"])


def test_bookmarks_that_nothing_calls_stay_away_from_what_stays() -> None:
    old = FIRST + p("Следи ", bookmark("_GoBack", 7, "рок"), " од 30 дана.") + LAST
    assert marked_words(made(old, FIRST + p("Следи рок од 30 дана.") + p("Ново.") + LAST)) == {}
