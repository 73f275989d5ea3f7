"""What a paragraph of a Word file shows, letter by letter, and in which run and node each stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from documents.text.inline_schema import OVERRIDE
from documents.word import ns
from documents.word.ns import Element, w
from documents.word.read.drawings import best_choice
from documents.word.read.fields import shows_nothing
from documents.word.source_patch.cells import Cell

SPACE = f"{{{ns.XML}}}space"
R, T, RPR = w("r"), w("t"), w("rPr")
THROUGH = frozenset(
    {
        w("hyperlink"),
        w("smartTag"),
        w("customXml"),
        w("dir"),
        w("bdo"),
        w("ins"),
        w("moveTo"),
        w("sdtContent"),
    }
)
LETTERS = {
    w("tab"): "\t",
    w("ptab"): "\t",
    w("cr"): "\n",
    w("noBreakHyphen"): "\u2011",
    w("softHyphen"): "\u00ad",
}
NOTES = frozenset({w("footnoteReference"), w("endnoteReference")})
OBJECTS = frozenset({w("drawing"), w("pict"), w("object")})
ALTERNATE = f"{{{ns.MC}}}AlternateContent"


@dataclass(eq=False, slots=True)
class Atom:
    """One letter, or one object without letters (``kind`` note or object), in its run."""

    text: str
    kind: str
    run: Element
    node: Element
    """The ``w:t`` that the letter stands in, or the run's child that is the object."""


@dataclass(eq=False)
class Paragraph:
    """The atoms of a line. ``before`` of them, at the start, are not part of it: blanks that its reading left off, or a
    number that was typed."""

    elements: list[Element]
    atoms: list[Atom]
    before: int

    def fit(self, wanted: Sequence[Cell]) -> Paragraph | None:
        """The same with just the atoms that show ``wanted``, or None where it shows something else."""
        atoms = self.among(wanted)
        for before in self._offsets(wanted):
            shown = atoms[before : before + len(wanted)]
            if len(shown) != len(wanted) or not all(map(_shows, shown, wanted)):
                continue
            rest = atoms[before + len(wanted) :]
            if any(atom.text.strip() or not atom.text for atom in rest):
                continue
            return Paragraph(self.elements, shown, before)
        return None

    def among(self, wanted: Sequence[Cell]) -> list[Atom]:
        """Its atoms; without pictures where ``wanted`` has none, because they were left out of the text."""
        if any(cell.key.startswith("image:") for cell in wanted):
            return self.atoms
        return [atom for atom in self.atoms if atom.kind != "object"]

    def _offsets(self, wanted: Sequence[Cell]) -> list[int]:
        """Where the line may begin: at the start, or after what a reader takes off there."""
        found = [0]
        blank = 0
        while blank < len(self.atoms) and self.atoms[blank].text in (" ", "\t"):
            blank += 1
            found.append(blank)
        return found


def _shows(atom: Atom, cell: Cell) -> bool:
    if cell.key.startswith("note:"):
        return atom.kind == "note"
    if cell.key.startswith("image:"):
        return atom.kind == "object"
    return not atom.kind and atom.text == cell.text


def scan(elements: Sequence[Element]) -> Paragraph:
    """The atoms of a paragraph, or of several that run on."""
    found: list[Atom] = []
    for element in elements:
        _scan(element, found, [])
    return Paragraph(list(elements), found, 0)


def shown_in(elements: Sequence[Element]) -> str:
    """The letters that they show."""
    return "".join(atom.text for atom in scan(elements).atoms)


def _scan(parent: Element, found: list[Atom], fields: list[list[str]]) -> None:
    for node in parent:
        tag = node.tag
        if tag == R:
            _scan_run(node, found, fields)
        elif tag == w("fldSimple"):
            if not shows_nothing(node.get(w("instr")) or ""):
                _scan(node, found, fields)
        elif tag in THROUGH:
            _scan(node, found, fields)
        elif tag == w("sdt"):
            content = node.find(w("sdtContent"))
            if content is not None:
                _scan(content, found, fields)
        elif tag == ALTERNATE:
            _scan(best_choice(node), found, fields)


def _scan_run(run: Element, found: list[Atom], fields: list[list[str]]) -> None:
    rpr = run.find(RPR)
    hidden = rpr is not None and bool(ns.flag(rpr, "vanish"))
    label = rpr is not None and ns.val(rpr, "rStyle") == "KodeksLabel"
    for node in run:
        tag = node.tag
        if tag == w("fldChar"):
            kind = node.get(w("fldCharType"))
            if kind == "begin":
                fields.append([""])
            elif kind == "separate" and fields:
                # Its result is shown, unless it is a field that shows none.
                fields[-1] = [fields[-1][0]] if shows_nothing(fields[-1][0]) else []
            elif kind == "end" and fields:
                fields.pop()
            continue
        if tag == w("instrText") and fields and fields[-1]:
            fields[-1][0] += node.text or ""
        if hidden or label or any(fields):
            continue
        if tag == T:
            found.extend(Atom(letter, "", run, node) for letter in letters_in(node))
        elif tag in LETTERS:
            found.append(Atom(LETTERS[tag], "", run, node))
        elif tag == w("br"):
            if node.get(w("type")) not in ("page", "column"):
                found.append(Atom("\n", "", run, node))
        elif tag in NOTES:
            found.append(Atom("", "note", run, node))
        elif (tag in OBJECTS or tag == ALTERNATE) and _pictures(node):
            found.append(Atom("", "object", run, node))


def _pictures(node: Element) -> bool:
    """Whether the drawing is one picture, which the text has too."""
    blips = sum(1 for _ in node.iter(f"{{{ns.A}}}blip")) if node.tag != ALTERNATE else 0
    data = sum(1 for _ in node.iter(f"{{{ns.V}}}imagedata"))
    return blips + data == 1


def letters_in(node: Element) -> str:
    """The letters of a ``w:t``, without the blanks that are none."""
    text = OVERRIDE.sub("", node.text or "")
    space = node.get(SPACE)
    root = node.getroottree().getroot()
    if space != "preserve" and not (space is None and root.get(SPACE) == "preserve"):
        text = text.strip(" \t\r\n")
    return text.replace("\r\n", " ").replace("\n", " ").replace("\r", " ")
