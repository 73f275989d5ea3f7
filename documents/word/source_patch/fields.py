"""Fields that show several paragraphs.

One may end at the start of the heading behind them, as Word writes a table of contents. What stands between the two in the own file
would stand in the field: Word makes its result anew, and a new section would be gone. And where one of the paragraphs is changed or
gone, a reference would show the words of its place again, or half of a field would be left.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import pairwise

from documents.word.markup import e
from documents.word.ns import Element, w
from documents.word.read.fields import REFERENCES, field_words
from documents.word.source_patch.parts import Part

BLOCKS = (w("p"), w("tbl"), w("sdt"))
CHAR, SAID = w("fldChar"), w("instrText")


def end_before(front: Sequence[Element], sources: Mapping[str, Part], order: Sequence[str]) -> set[Element]:
    """Ends fields in their own last paragraph where another section stands before the heading now that holds the end; gives
    the children of the body that were changed. ``front``: what stands before the first section of ``sources``, which come as the
    file has them; ``order``: the uids as the text has them now."""
    kept = set(pairwise(["", *order]))
    children: dict[str, Sequence[Element]] = {"": front} | {
        uid: part.children for uid, part in sources.items()
    }
    changed: set[Element] = set()
    for before, uid in pairwise(children):
        last = next((node for node in reversed(children[before]) if node.tag in BLOCKS), None)
        first = next((node for node in children[uid] if node.tag in BLOCKS), None)
        if (before, uid) in kept or first is None or last is None or not first.tag == last.tag == w("p"):
            continue
        for end in list(_open_ends(first)):
            run = end.getparent()
            last.append(e("r", end))
            if run is not None and not len(run) and (holder := run.getparent()) is not None:
                holder.remove(run)
            changed |= {first, last}
    return changed


def let_go_halves(
    pieces: Sequence[Element], changed: Collection[Element], known: Collection[Element]
) -> set[Element]:
    """Takes the marks of fields out of which one half is gone, but for the ``known`` ones, and of references over several pieces of
    which one is among the ``changed``: their words stay. Gives the pieces that were changed by that."""
    found: set[Element] = set()
    for marks in _over_several(pieces):
        first, last = min(at for at, _ in marks), max(at for at, _ in marks)
        said = field_words("".join(mark.text or "" for _, mark in marks if mark.tag == SAID))
        whole = _is(marks[0][1], "begin") and _is(marks[-1][1], "end")
        refers = bool(said) and said[0].upper() in (*REFERENCES, "HYPERLINK")
        if (not whole and marks[0][1] not in known) or (
            whole and refers and any(piece in changed for piece in pieces[first : last + 1])
        ):
            for at, mark in marks:
                run = mark.getparent()
                if run is not None:
                    run.remove(mark)
                found.add(pieces[at])
    return found


def halves(pieces: Sequence[Element]) -> set[Element]:
    """The first marks of fields that have no other half."""
    both = ((marks[0][1], marks[-1][1]) for marks in _over_several(pieces))
    return {first for first, last in both if not (_is(first, "begin") and _is(last, "end"))}


def _over_several(pieces: Sequence[Element]) -> Iterator[list[tuple[int, Element]]]:
    """The marks of each field that does not begin and end in one piece: begin, instruction, separator and end, as far as they are
    there, each with the number of its piece."""
    opened: list[list[tuple[int, Element]]] = []
    for at, piece in enumerate(pieces):
        for mark in piece.iter(CHAR, SAID):
            if _is(mark, "begin"):
                opened.append([(at, mark)])
            elif not opened:
                if mark.tag == CHAR:
                    yield [(at, mark)]
            else:
                opened[-1].append((at, mark))
                if _is(mark, "end"):
                    done = opened.pop()
                    if done[0][0] != at:
                        yield done
    yield from opened


def _is(mark: Element, kind: str) -> bool:
    return mark.get(w("fldCharType")) == kind


def _open_ends(paragraph: Element) -> Iterator[Element]:
    """The ends of fields that do not begin in the paragraph."""
    deep = 0
    for char in paragraph.iter(w("fldChar")):
        kind = char.get(w("fldCharType"))
        deep += (kind == "begin") - (kind == "end")
        if deep < 0:
            deep = 0
            yield char
