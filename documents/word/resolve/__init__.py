"""All tracked changes of a Word file accepted, or all refused.

Every part with text is processed: the body, notes, headers, footers, comments, and text boxes. So are styles
and numbers, whose changes Word tracks as well. What is not touched leaves byte for byte.

The order matters. First the properties are restored (while their marks are still there). Then whatever one of
the sides lacks is removed, rows and cells with it. Then the marks of paragraphs are merged. In the end what
lost its counterpart (a bookmark's end, a comment without a place) is removed.
"""

from __future__ import annotations

from documents.word.file import ns
from documents.word.file.ns import Element, remove, unwrap, w
from documents.word.file.package import Package
from documents.word.file.rewrite import Rewritten
from documents.word.resolve.leftovers import Leftovers
from documents.word.resolve.paragraphs import merge_paragraphs
from documents.word.resolve.properties import settle_properties
from documents.word.resolve.ranges import MOVES, WRAPPED_BEFORE, WRAPPED_LATER, drop_ranges, unwrap_controls

INSERTED = frozenset({w("ins"), w("moveTo"), f"{{{ns.W14}}}conflictIns"})
DELETED = frozenset({w("del"), w("moveFrom"), f"{{{ns.W14}}}conflictDel"})
MATH = f"{{{ns.M}}}ctrlPr"
PROPERTIES = frozenset({w("rPr"), w("trPr"), w("numPr"), MATH})
"""In these a mark says something of what it is in, and holds no text."""
DELETED_TEXT = {w("delText"): w("t"), w("delInstrText"): w("instrText")}
MARKS = b"""
    ins del moveFrom moveTo cellIns cellDel cellMerge conflictIns conflictDel numberingChange
    moveFromRangeStart moveToRangeStart moveFromRangeEnd moveToRangeEnd
""".split()
AUTHOR, ID = w("author"), w("id")
DELETED_TEXTS = (w("delText"), w("delInstrText"))
RANGE_ENDS = tuple(w(f"{name}End") for name in (*MOVES, *WRAPPED_BEFORE, *WRAPPED_LATER))
ASIDE = "{urn:kodeks:aside}"


def resolve(package: Package, *, accept: bool, author: str = "") -> bytes:
    """The bytes of the file with every tracked change (of an ``author``, where one is named) accepted, or
    refused. Raises Refused where a part is broken."""
    file = Rewritten(package)
    aside = []
    for name in (*file.stories(), *file.looks()) if author else ():
        if b"author" in file.package.read(name):
            aside += _put_aside(file.root(name), author)
    resolve_parts(file, accept=accept)
    _give_back(aside)
    return file.to_bytes()


def _put_aside(root: Element, author: str) -> list[tuple[Element, str]]:
    """Gives the tracked changes of other authors, and the deleted words in them, unknown names. The result
    (element, name) restores them."""
    names: list[tuple[Element, str]] = []
    others = [
        node
        for node in root.iter("{*}*")
        if node.get(AUTHOR) not in (None, author) and node.tag != w("comment")
    ]
    ids = {node.get(ID) for node in others}
    ends = [node for node in root.iter(*RANGE_ENDS) if node.get(ID) in ids]
    texts = [text for node in others for text in node.iter(*DELETED_TEXTS)]
    for node in {id(node): node for node in (*others, *ends, *texts)}.values():
        names.append((node, str(node.tag)))
        node.tag = ASIDE + str(node.tag).rpartition("}")[2]
    return names


def _give_back(names: list[tuple[Element, str]]) -> None:
    for node, name in names:
        node.tag = name


def resolve_parts(file: Rewritten, *, accept: bool) -> bool:
    """Resolves an opened file in place; whether there was anything to resolve."""
    leftovers = Leftovers(file)
    touched = False
    for name in file.stories():
        if _may_have_changes(file.package.read(name)):
            root = file.root(name)
            leftovers.look(name)
            if resolve_tree(root, accept=accept):
                file.touch(name)
                touched = True
    for name in file.looks():
        if b"Change" in file.package.read(name) and settle_properties(file.root(name), accept=accept):
            file.touch(name)
            touched = True
    if touched:
        leftovers.clear()
    return touched


def _may_have_changes(data: bytes) -> bool:
    """A quick look, which says yes too often rather than too seldom (a prefix may be any)."""
    if b"Change" in data or b"customXml" in data:
        return True
    return any(b":" + mark in data or b"<" + mark in data for mark in MARKS) or b"\x00" in data[:200]


def resolve_tree(root: Element, *, accept: bool) -> bool:
    """Resolves one part in place; whether there was anything to resolve."""
    changed = settle_properties(root, accept=accept)
    changed |= unwrap_controls(root, accept=accept)
    changed |= _rows_and_cells(root, accept=accept)
    marks = _Marks(root, accept=accept)
    changed |= marks.any
    emptied = _take_out(marks.removed)
    for mark in marks.unwrapped:
        unwrap(mark)
    for properties in marks.formulas:
        _open_formula(properties)
    changed |= _settle_deleted_texts(root, accept=accept)
    changed |= drop_ranges(root)
    merge_paragraphs(marks.merged)
    _clear_emptied(emptied)
    return changed


class _Marks:
    """The marks of a part by what becomes of them. ``merged``: the paragraphs whose marks go; ``formulas``:
    the properties of frames that go."""

    def __init__(self, root: Element, *, accept: bool) -> None:
        self.dropped, stay = (DELETED, INSERTED) if accept else (INSERTED, DELETED)
        self.unwrapped: list[Element] = []
        self.removed: list[Element] = []
        self.merged: list[Element] = []
        self.formulas: list[Element] = []
        for mark in root.iter(*self.dropped, *stay):
            parent = mark.getparent()
            if parent is None:
                continue
            if parent.tag in PROPERTIES:
                self._of_properties(mark, parent)
            else:
                (self.removed if mark.tag in self.dropped else self.unwrapped).append(mark)

    @property
    def any(self) -> bool:
        return bool(self.unwrapped or self.removed)

    def _of_properties(self, mark: Element, properties: Element) -> None:
        if properties.tag == MATH:
            self.unwrapped.append(mark)
            self.formulas += [properties] if mark.tag in self.dropped else []
            return
        self.removed.append(mark)
        holder = properties.getparent()
        paragraph = None if holder is None or holder.tag != w("pPr") else holder.getparent()
        at_its_end = properties.tag == w("rPr") and paragraph is not None and paragraph.tag == w("p")
        if paragraph is not None and at_its_end and mark.tag in self.dropped:
            self.merged.append(paragraph)


def _settle_deleted_texts(root: Element, *, accept: bool) -> bool:
    """Makes deleted texts that stay texts; whether some went."""
    nodes = list(root.iter(*DELETED_TEXT))
    for node in nodes:
        if accept:
            # Of no mark: a deleted text that is inserted is none, and no program shows it.
            remove(node)
        else:
            node.tag = DELETED_TEXT[node.tag]
    return accept and bool(nodes)


def _rows_and_cells(root: Element, *, accept: bool) -> bool:
    """Takes out rows and cells that one side doesn't have, and tables that have no rows left."""
    row_mark, cell_mark = ("del", "cellDel") if accept else ("ins", "cellIns")
    rows = [row for row in root.iter(w("tr")) if ns.child(ns.child(row, "trPr"), row_mark) is not None]
    marks = list(root.iter(w("cellIns"), w("cellDel")))
    tables = [_table_of(row) for row in rows]
    for row in rows:
        remove(row)
    for mark in marks:
        if mark.tag == w(cell_mark):
            tables.append(_take_out_cell(mark))
        else:
            remove(mark)
    for table in tables:
        if table is not None and next(table.iter(w("tr")), None) is None:
            holder = table.getparent()
            remove(table)
            _keep_paragraph(holder)
    return bool(rows or marks)


def _take_out_cell(mark: Element) -> Element | None:
    """Removes the cell of a mark, and its row with the last one; the table that has a row less."""
    properties = mark.getparent()
    cell = None if properties is None else properties.getparent()
    row = None if cell is None else cell.getparent()
    if cell is None:
        return None
    remove(cell)
    if row is None or row.tag != w("tr") or next(row.iter(w("tc")), None) is not None:
        return None
    table = _table_of(row)
    remove(row)
    return table


def _table_of(row: Element) -> Element | None:
    for parent in row.iterancestors():
        if parent.tag == w("tbl"):
            return parent
    return None


def _keep_paragraph(holder: Element | None) -> None:
    """A cell ends with a paragraph."""
    if holder is not None and holder.tag == w("tc"):
        blocks = [node for node in holder if node.tag in (w("p"), w("tbl"), w("sdt"), w("customXml"))]
        if not blocks or blocks[-1].tag == w("tbl"):
            holder.append(holder.makeelement(w("p"), {}))


def _take_out(marks: list[Element]) -> list[Element]:
    """Removes the marks with all in them; gives the links, fields and controls that may be empty now."""
    emptied: list[Element] = []
    for mark in marks:
        parent = mark.getparent()
        if parent is None:
            continue
        if parent.tag not in PROPERTIES:
            _hoist(mark)
            emptied.append(parent)
        remove(mark)
        _keep_paragraph(parent)
    return emptied


HOISTED = {
    w("bookmarkStart"): w("bookmarkEnd"),
    w("bookmarkEnd"): w("bookmarkStart"),
    w("commentRangeStart"): w("commentRangeEnd"),
    w("commentRangeEnd"): w("commentRangeStart"),
    w("permStart"): w("permEnd"),
    w("permEnd"): w("permStart"),
}


def _hoist(mark: Element) -> None:
    """Lets the beginning or end of a range stay whose counterpart stays."""
    found = list(mark.iter(*HOISTED))
    there = {(node.tag, node.get(w("id"))) for node in found}
    for node in found:
        if (HOISTED[node.tag], node.get(w("id"))) not in there:
            mark.addprevious(node)


SHELLS = frozenset({w("hyperlink"), w("fldSimple"), w("smartTag"), w("customXml"), w("dir"), w("bdo")})
NOTHING = frozenset({w("smartTagPr"), w("customXmlPr")})


def _clear_emptied(parents: list[Element]) -> None:
    """Takes away links, simple fields, smart tags and content controls in which nothing is left."""
    for start in parents:
        node: Element | None = start
        while node is not None:
            parent = node.getparent()
            if parent is None or any(c.tag not in NOTHING for c in node):
                break
            if node.tag in SHELLS:
                remove(node)
            elif node.tag == w("sdtContent") and parent.tag == w("sdt"):
                holder = parent.getparent()
                remove(parent)
                parent = holder
                _keep_paragraph(holder)
            else:
                break
            node = parent


def _open_formula(properties: Element) -> None:
    """Removes a deleted frame of a fraction, a root or the like, and leaves its content."""
    holder = properties.getparent()
    formula = None if holder is None else holder.getparent()
    if holder is not None and formula is not None and str(holder.tag).endswith("Pr"):
        unwrap(formula, [node for part in formula if part is not holder for node in part])
