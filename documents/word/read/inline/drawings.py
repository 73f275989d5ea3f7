"""Pictures, text boxes, charts and diagrams that are in a paragraph."""

from __future__ import annotations

from lxml import etree

from documents.text.types import BlockAttrs
from documents.word.file import ns
from documents.word.file.ns import Element, w
from documents.word.pictures.hidden import is_unseen
from documents.word.read.context import BlockItem, Context
from documents.word.read.inline.images import BLIP, DOC_PR, IMAGE_DATA, described, drawing_images, vml_images
from documents.word.read.inline.reader import InlineReader
from documents.word.read.report import FindingCode

BOXES = (w("txbxContent"), "{http://schemas.microsoft.com/office/word/2006/wordml}txbxContent")
"""What holds the text of a box; the second is how Word calls it in files of the strict form."""
READABLE = (
    BLIP,
    *BOXES,
    f"{{{ns.C}}}chart",
    f"{{{ns.DGM}}}relIds",
    w("t"),
    w("sym"),
    w("numFmt"),
)
DIAGRAMS = (f"{{{ns.C}}}chart", f"{{{ns.DGM}}}relIds")
CHART_WORDS = (f"{{{ns.A}}}t", f"{{{ns.C}}}v")
NOT_DRAWN = (f"{{{ns.C}}}extLst", f"{{{ns.A}}}extLst")
"""What programs write in a chart for themselves: filtered series, titles that it had."""
DELETE = f"{{{ns.C}}}delete"


def read_drawing(reader: InlineReader, node: Element) -> None:
    """A ``w:drawing``."""
    if not reader.shown or reader.look.hidden:
        reader.ctx.left_out.add(node)
        return
    ctx = reader.ctx
    found = drawing_images(ctx, node)
    reader.out.extend(found)
    boxes = _boxes(reader, node)
    diagrams = _diagrams(reader, node)
    hidden = _hidden(reader, node)
    if not found and not boxes and not diagrams and not hidden and node.find(f".//{BLIP}") is None:
        ctx.found(FindingCode.SHAPES)


def _hidden(reader: InlineReader, node: Element) -> bool:
    """Whether something in a drawing is hidden; says so once."""
    unseen = [shown for shown in node.iter(BLIP, IMAGE_DATA, *BOXES, *DIAGRAMS) if is_unseen(shown)]
    hidden = bool(unseen)
    if hidden:
        reader.ctx.left_out.update(unseen)
        reader.ctx.found(FindingCode.HIDDEN_TEXT)
    return hidden


def _boxes(reader: InlineReader, node: Element) -> int:
    contents = [
        box
        for box in node.iter(*BOXES)
        if not is_unseen(box) and not any(up.tag in BOXES for up in _up_to(box, node))
    ]
    read = 0
    for box in contents:
        items = reader.boxes(box)
        if items:
            reader.following.extend(items)
            reader.ctx.found(FindingCode.TEXT_BOXES)
        read += 1
    return read


def _up_to(node: Element, end: Element) -> list[Element]:
    found = []
    for ancestor in node.iterancestors():
        if ancestor is end:
            break
        found.append(ancestor)
    return found


def _diagrams(reader: InlineReader, node: Element) -> int:
    """Charts and SmartArt: their words, in a locked block."""
    ctx, count = reader.ctx, 0
    for tag, attribute, kind in (
        (f"{{{ns.C}}}chart", "id", "chart"),
        (f"{{{ns.DGM}}}relIds", "dm", "diagram"),
    ):
        for reference in node.iter(tag):
            if is_unseen(reference):
                continue
            rel = ctx.rel(reference.get(f"{{{ns.R}}}{attribute}"))
            words: list[str] = []
            if rel is not None and not rel.external and ctx.package.has(rel.target):
                root = ctx.package.xml(rel.target)
                words = chart_words(root)
            properties = node.find(f".//{DOC_PR}")
            alt = described(properties.get("descr") or "") if properties is not None else ""
            attrs: BlockAttrs = {"text": "\n".join(([alt] if alt else []) + words)[:100_000], "kind": kind}
            attrs["sha256"] = ctx.keep_xml([node])
            reader.following.append(BlockItem([node], {"type": "opaque", "attrs": attrs}))
            ctx.found(FindingCode.DIAGRAMS)
            count += 1
    return count


def chart_words(root: Element) -> list[str]:
    """Titles, names of series, categories and values of a chart, in the file's order. Not what is switched
    off (an axis with its title) or stored outside the chart."""
    found: list[str] = []
    for node in root.iter(*CHART_WORDS):
        above = list(node.iterancestors())
        off = any(switch.get("val") not in ns.OFF for up in above for switch in up.iterchildren(DELETE))
        if (node.text or "").strip() and not off and not any(up.tag in NOT_DRAWN for up in above):
            found.append(node.text or "")
    return found


def read_pict(reader: InlineReader, node: Element) -> None:
    """An old ``w:pict``, or the picture that a ``w:object`` shows."""
    if not reader.shown or reader.look.hidden:
        reader.ctx.left_out.add(node)
        return
    if node.tag == w("object"):
        reader.ctx.found(FindingCode.EMBEDDED_OBJECT)
    found = vml_images(reader.ctx, node)
    reader.out.extend(found)
    read = [bool(found), bool(_boxes(reader, node)), _read_paths(reader, node), _hidden(reader, node)]
    ruler = any(shape.get(f"{{{ns.O}}}hr") for shape in node)
    if not any(read) and not ruler and node.tag == w("pict"):
        reader.ctx.found(FindingCode.SHAPES)


def _read_paths(reader: InlineReader, node: Element) -> bool:
    """Reads words that are drawn; whether there are some."""
    paths = [path for path in node.iter(f"{{{ns.V}}}textpath") if not is_unseen(path)]
    for path in paths:
        reader.text(path.get("string") or "")
    return bool(paths)


WORDS = (w("t"), w("sym"), *BOXES)
PICTURES = (BLIP, IMAGE_DATA)
SYMBOL_EX = f"{{{ns.W16SE}}}symEx"
"""A sign beyond the first 65,536 of Unicode, as Word writes those of a font of pictures (symEx of [MS-DOCX]).
"""
UNDERSTOOD = (
    "http://schemas.openxmlformats.org/",
    "http://schemas.microsoft.com/office/",
    "urn:schemas-microsoft-com:",
)
"""How the names of what Word understands begin."""


def best_choice(node: Element) -> Element:
    """Of alternate contents the one that Word shows. That is the first whose required namespaces it
    understands (ECMA-376, part 3, Choice), else the fallback. Where we can read nothing of it (ink, a model
    in three dimensions), its replacement picture. Of a sign of a font of pictures, its letter."""
    choices = [one for one in node.iterchildren(f"{{{ns.MC}}}Choice") if _understood(one)]
    rest = list(node.iterchildren(f"{{{ns.MC}}}Fallback"))
    branches = choices[:1] + rest
    if not branches:
        return etree.Element(f"{{{ns.MC}}}Fallback")
    shown, *others = branches
    if next(shown.iter(SYMBOL_EX), None) is not None:
        return next((other for other in others if next(other.iter(w("t")), None) is not None), shown)
    if next(shown.iter(*READABLE), None) is None:
        for other in others:
            if next(other.iter(*PICTURES), None) is not None and next(other.iter(*WORDS), None) is None:
                return other
    return shown


def choose(ctx: Context, node: Element) -> Element:
    """Of alternate contents the one to be read; what Word does not show is left out."""
    shown = best_choice(node)
    ctx.hide(passed_over(node, shown))
    ctx.left_out.update(branch for branch in node if branch is not shown)
    return shown


def _understood(choice: Element) -> bool:
    named = (choice.get("Requires") or "").split()
    return bool(named) and all((choice.nsmap.get(one) or "").startswith(UNDERSTOOD) for one in named)


def passed_over(node: Element, shown: Element) -> list[str]:
    """The words of alternate contents that Word does not show: those missing from the branch that is
    shown."""
    seen = "".join(ns.words(shown).split())
    found = [ns.words(branch) for branch in node if branch is not shown and isinstance(branch.tag, str)]
    return [words for words in dict.fromkeys(found) if "".join(words.split()) not in seen]
