"""Opens what can't be in a mark, or what no mark can be in. These are content controls, simple fields,
contents with an alternate."""

from __future__ import annotations

from copy import deepcopy

from documents.word.file import ns
from documents.word.file.markup import e
from documents.word.file.ns import Element, child, processed, unwrap, w
from documents.word.read.inline.drawings import best_choice

SHELLS = frozenset(
    {w("hyperlink"), w("smartTag"), w("customXml"), w("sdt"), w("sdtContent"), w("dir"), w("bdo")}
)
"""These can't be in a mark, so the marks are in them."""
ALTERNATE = f"{{{ns.MC}}}AlternateContent"
BLOCKS = frozenset({w("p"), w("tbl"), w("sdt"), w("customXml")})
OPENED = BLOCKS | {w("r"), w("tr"), w("tc")}
NO_WORDS = frozenset(w(name) for name in ("fldData", "sdtPr", "sdtEndPr", "smartTagPr", "customXmlPr"))


def open_controls(parent: Element) -> None:
    """A content control whose words go or come is opened: LibreOffice tracks nothing within one, and would
    keep both."""
    while controls := list(parent.iterchildren(w("sdt"))):
        for control in controls:
            content = child(control, "sdtContent")
            unwrap(control, () if content is None else content)


def open_alternates(root: Element) -> None:
    """Replaces alternate contents by the paragraphs, tables, rows, cells and runs that are shown. They are
    compared like all others, and runs can't be in an alternate within a mark."""
    for node in list(root.iter(ALTERNATE)):
        if any(one.tag in OPENED for branch in node for one in branch):
            unwrap(node, best_choice(node))


def open_foreign(root: Element) -> None:
    """Puts in the place of an element that nobody knows what it holds, where the file says that this
    counts."""
    names = processed(root)
    for node in list(root.iter(*names)) if names else ():
        unwrap(node)


def long_field(field: Element) -> Element:
    """A simple field, which can't be in a mark, as the runs of a long one, still in their holder."""
    look = next(field.iter(w("rPr")), None)

    def run(*content: Element) -> Element:
        return e("r", None if look is None else deepcopy(look), *content)

    code = e("instrText", field.get(w("instr")) or "")
    code.set(f"{{{ns.XML}}}space", "preserve")
    shown = _in_line(field)
    for node in list(field):
        field.remove(node)
    field.extend(
        [
            run(e("fldChar", fldCharType="begin")),
            run(code),
            run(e("fldChar", fldCharType="separate")),
            *shown,
            run(e("fldChar", fldCharType="end")),
        ]
    )
    return field


def _in_line(holder: Element) -> list[Element]:
    """What a simple field shows, without fields, links and controls in one another around it."""
    found: list[Element] = []
    for node in holder:
        if node.tag == w("fldSimple"):
            found += list(long_field(node))
        elif node.tag in SHELLS:
            found += _in_line(node)
        elif node.tag not in NO_WORDS:
            found.append(node)
    return found
