"""A field that shows several paragraphs, as a table of contents does, and ends at the start of the heading behind them.

Word writes the end of such a field there. What stands between the two in the own file would stand in the field: Word makes its
result anew, and a new section would be gone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from documents.docx.markup import e
from documents.docx.ns import Element, w
from documents.docx.own.parts import Part

BLOCKS = (w("p"), w("tbl"), w("sdt"))


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


def _open_ends(paragraph: Element) -> Iterator[Element]:
    """The ends of fields that do not begin in the paragraph."""
    deep = 0
    for char in paragraph.iter(w("fldChar")):
        kind = char.get(w("fldCharType"))
        deep += (kind == "begin") - (kind == "end")
        if deep < 0:
            deep = 0
            yield char
