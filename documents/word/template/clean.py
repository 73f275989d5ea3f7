"""Takes out of a template's parts what is hidden in them: names, traces of editing, comments, links to other
files."""

from __future__ import annotations

import re
from collections.abc import Iterator

from documents.word.definitions.styles import Styles, read_look
from documents.word.definitions.table_styles import place_of
from documents.word.file import ns
from documents.word.file.markup import e
from documents.word.file.ns import VAL, Element, child, remove, unwrap, val, w
from documents.word.pictures.hidden import drop_unseen
from documents.word.read.inline.fields import field_words

DROPPED = frozenset(
    w(name)
    for name in (
        "proofErr", "permStart", "permEnd", "lastRenderedPageBreak", "commentRangeStart", "commentRangeEnd",
        "commentReference", "annotationRef", "altChunk", "object", "control", "subDoc", "movie", "rsid",
        "rsids",
        "customXmlInsRangeStart", "customXmlInsRangeEnd", "customXmlDelRangeStart", "customXmlDelRangeEnd",
        "endnoteReference",
    )
)  # fmt: skip
UNWRAPPED = {w("sdt"): w("sdtContent"), w("smartTag"): None, w("customXml"): None}
FIELDS = frozenset(
    {
        "PAGE",
        "NUMPAGES",
        "SECTIONPAGES",
        "SECTION",
        "STYLEREF",
        "SEQ",
        "HYPERLINK",
        "DATE",
        "TOC",
        "PAGEREF",
        "REF",
    }
)
"""What a template's own fields may ask for. Others say who wrote it, where it lies, or fetch something: they
leave, with what they show."""
SHOWN_FIELDS = frozenset({"FORMTEXT", "QUOTE", "IF", "COMPARE", "FORMCHECKBOX", "FORMDROPDOWN"})
"""Of these the words stay, as plain text."""
FILE_NAME = re.compile(r"[\\/]|\.(?:png|jpe?g|gif|bmp|emf|wmf|tiff?|svg)\Z|://", re.IGNORECASE)
LATER = re.compile(
    r"\{http://schemas\.microsoft\.com/office/word/20\d\d(?:/\d\d)?/word(?:ml|processingDrawing)"
)


def clean(root: Element) -> None:
    """Cleans one part in place. Tracked changes are settled before (documents.word.resolve)."""
    _drop(root)
    _unwrap(root)
    _fields(root)
    _hidden(root)
    _attributes(root)
    _later_words(root)
    _pictures(root)


def clean_bookmarks(root: Element) -> None:
    """Remove the bookmarks to which no field of the part refers: their names may hold anything."""
    codes = " ".join(node.text or "" for node in root.iter(w("instrText")))
    codes += " ".join(node.get(w("instr")) or "" for node in root.iter(w("fldSimple")))
    codes += " ".join(node.get(w("anchor")) or "" for node in root.iter(w("hyperlink")))
    referenced = set()
    for node in list(root.iter(w("bookmarkStart"))):
        if (node.get(w("name")) or "-") in codes.split():
            referenced.add(node.get(w("id")))
        else:
            remove(node)
    for node in list(root.iter(w("bookmarkEnd"))):
        if node.get(w("id")) not in referenced:
            remove(node)


def _drop(root: Element) -> None:
    for node in list(root.iter(*DROPPED)):
        remove(node)


def _unwrap(root: Element) -> None:
    for tag, inner in UNWRAPPED.items():
        for node in list(root.iter(tag)):
            content = node if inner is None else node.find(inner)
            inside = () if content is None else content
            unwrap(node, [one for one in inside if one.tag not in (w("smartTagPr"), w("customXmlPr"))])


def _hidden(root: Element) -> None:
    for run in list(root.iter(w("r"))):
        if ns.flag(run.find(w("rPr")), "vanish") or ns.flag(run.find(w("rPr")), "webHidden"):
            remove(run)
    drop_unseen(root)


def _attributes(root: Element) -> None:
    for node in root.iter():
        for key in list(node.attrib):
            name = str(key)
            local = name.rpartition("}")[2]
            if local.startswith("rsid"):
                del node.attrib[key]


def _later_words(root: Element) -> None:
    """Takes out what later Words have added (effects, anchors, ids): a reader that doesn't know it would stop
    at it."""
    for node in list(root.iter()):
        for key in list(node.attrib):
            if LATER.match(str(key)) or str(key) == f"{{{ns.MC}}}Ignorable":
                del node.attrib[key]
        if LATER.match(str(node.tag)):
            remove(node)


def _pictures(root: Element) -> None:
    """Pictures keep a description for those who can't see them; file names in it may disclose a folder."""
    for number, node in enumerate(root.iter(f"{{{ns.WP}}}docPr", f"{{{ns.PIC}}}cNvPr"), 1):
        node.set("name", f"Picture {number}")
        _without(node, "title")
        if node.tag != f"{{{ns.WP}}}docPr" or FILE_NAME.search(node.get("descr") or ""):
            _without(node, "descr")
        for extra in list(node):
            node.remove(extra)
    for node in root.iter(f"{{{ns.V}}}shape", f"{{{ns.V}}}imagedata", f"{{{ns.V}}}rect"):
        _without(node, f"{{{ns.O}}}title")
        _without(node, "title")
        if FILE_NAME.search(node.get("alt") or ""):
            _without(node, "alt")


def _without(node: Element, name: str) -> None:
    if name in node.attrib:
        del node.attrib[name]


def _fields(root: Element) -> None:
    """Keeps the fields of :data:`FIELDS`; of others at most their words."""
    for node in list(root.iter(w("fldSimple"))):
        words = field_words(node.get(w("instr")) or "")
        name = words[0].upper() if words else ""
        if name in FIELDS:
            continue
        unwrap(node, node if name in SHOWN_FIELDS else ())
    for begin, instruction, parts, shown in list(_complex(root)):
        words = field_words(instruction)
        name = words[0].upper() if words else ""
        if name in FIELDS or begin.getparent() is None:
            for data in begin.findall(w("fldData")):
                begin.remove(data)
            continue
        for run in parts + ([] if name in SHOWN_FIELDS else shown):
            remove(run)


def _complex(root: Element) -> Iterator[tuple[Element, str, list[Element], list[Element]]]:
    """Every complex field: its first mark, its instruction, the runs that make it, the runs that it shows."""
    stack: list[tuple[Element, list[str], list[Element], list[Element], list[bool]]] = []
    for run in root.iter(w("r")):
        mark = run.find(w("fldChar"))
        kind = mark.get(w("fldCharType")) if mark is not None else None
        if kind == "begin" and mark is not None:
            stack.append((mark, [], [run], [], [False]))
        elif not stack:
            continue
        elif kind == "separate":
            stack[-1][4][0] = True
            stack[-1][2].append(run)
        elif kind == "end":
            begin, instruction, parts, shown, _ = stack.pop()
            parts.append(run)
            if stack:
                stack[-1][3].extend([*parts, *shown])
            yield begin, "".join(instruction), parts, shown
        elif stack[-1][4][0]:
            stack[-1][3].append(run)
        else:
            stack[-1][1].append("".join(node.text or "" for node in run.iter(w("instrText"))))
            stack[-1][2].append(run)


def without_contents(body: Element) -> Element | None:
    """Takes a template's own table of contents out of the body; gives an empty paragraph that is where it
    was."""
    for control in body.iterchildren(w("sdt")):
        gallery = control.find(f"{w('sdtPr')}/{w('docPartObj')}/{w('docPartGallery')}")
        if gallery is not None and gallery.get(VAL) == "Table of Contents":
            place = e("p")
            control.addprevious(place)
            body.remove(control)
            return place
    fields = ((begin, field_words(instruction)) for begin, instruction, *_ in list(_complex(body)))
    begins = [begin for begin, words in fields if words and words[0].upper() == "TOC"]
    return next(
        filter(lambda place: place is not None, (_without_field(body, begin) for begin in begins)), None
    )


def _without_field(body: Element, begin: Element) -> Element | None:
    """Takes out the paragraphs of a field; gives an empty one that is where they were."""
    ends = _end_of(body, begin)
    first = next((top for top in body if begin in set(top.iter(w("fldChar")))), None)
    if first is None or ends is None:
        return None
    place = e("p")
    first.addprevious(place)
    children = list(body)
    for top in children[children.index(first) : children.index(ends) + 1]:
        if top.tag == w("p") and top.find(f"{w('pPr')}/{w('sectPr')}") is None:
            body.remove(top)
    return place


def _end_of(body: Element, begin: Element) -> Element | None:
    """The child of the body in which the field that begins there ends."""
    depth = 0
    started = False
    for top in body:
        for mark in top.iter(w("fldChar")):
            kind = mark.get(w("fldCharType"))
            if mark is begin:
                started, depth = True, 0
            if started:
                depth += {"begin": 1, "end": -1}.get(kind or "", 0)
                if depth == 0:
                    return top
    return None


def drop_hidden(root: Element, styles: Styles) -> None:
    """Changes one part in place. What says itself that it is hidden goes by
    :func:`clean`."""
    hidden_cells: dict[Element, bool] = {}
    for paragraph in root.iter(w("p")):
        cell = next(paragraph.iterancestors(w("tc"), w("txbxContent")), None)
        around = False
        if cell is not None and cell.tag == w("tc"):
            if cell not in hidden_cells:
                hidden_cells[cell] = _cell_is_hidden(cell, styles)
            around = hidden_cells[cell]
        base = styles.base(styles.paragraph(val(child(paragraph, "pPr"), "pStyle")), around)
        for run in [run for run in paragraph.iter(w("r")) if next(run.iterancestors(w("p"))) is paragraph]:
            others: dict[str, Element] = {}
            look = read_look(child(run, "rPr"), others)
            named = others.get(w("rStyle"))
            if named is not None:
                look = look.laid_over(styles.character(named.get(ns.VAL)).look)
            if look.laid_over(base).hidden:
                remove(run)


def _cell_is_hidden(cell: Element, styles: Styles) -> bool:
    table = next(cell.iterancestors(w("tbl")), None)
    properties = child(table, "tblPr")
    hiding = styles.hiding(val(properties, "tblStyle"))
    if table is None or hiding is None:
        return False
    row = next(cell.iterancestors(w("tr")))
    own_look = child(child(row, "tblPrEx"), "tblLook")
    return hiding.hides(
        child(properties, "tblLook") if own_look is None else own_look, place_of(cell, row, table)
    )
