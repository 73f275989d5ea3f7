"""Our styles as a template's. Names in the text are exchanged, and the styles that the template lacks are
added in its own font."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable, Mapping, Sequence

from documents.word.file import ns
from documents.word.file.markup import e, ensured
from documents.word.file.ns import VAL, Element, w
from documents.word.template.looks import HEADINGS, PLAIN_TABLES, LookStyle
from documents.word.write.styles import base_styles

STYLE = w("style")
OF_OURS = "Kodeks"
LOUD = ("color", "rFonts", "lang")
"""What an added style does not say: these are the template's."""


class StyleMap:
    """Which style of the template stands for which of ours (``chosen``). ``silent`` is the number of a list
    that shows nothing. A heading whose style counts by itself stops counting with it: its number is in the
    text."""

    def __init__(
        self, chosen: Mapping[str, str], styles: Sequence[LookStyle], silent: Callable[[], int]
    ) -> None:
        self.chosen, self.silent = chosen, silent
        self.known = {style.id for style in styles}
        self.numbered = {style.id for style in styles if style.numbered}
        self.plain_tables = {style.id for style in styles if style.name.casefold() in PLAIN_TABLES}
        self.default = next((s.id for s in styles if s.kind == "paragraph" and s.default), "")
        self.has_default_character = any(s.kind == "character" and s.default for s in styles)

    def final_id(self, role: str) -> str:
        """The id under which our style ``role`` is in the file."""
        if role.startswith(OF_OURS):
            return role
        return self.chosen.get(role) or (OF_OURS + role if role in self.known else role)

    def apply(self, elements: Iterable[Element]) -> None:
        """Exchanges the styles' names in what our writer made."""
        for element in elements:
            for node in element.iter(w("pStyle"), w("rStyle"), w("tblStyle")):
                self._exchange(node)
            for paragraph in element.iter(w("p")) if self.chosen.get("KodeksText") else ():
                _style_text(paragraph)

    def _exchange(self, node: Element) -> None:
        role, properties = node.get(VAL) or "", node.getparent()
        node.set(VAL, self.final_id(role))
        if properties is None:
            return
        if node.tag == w("tblStyle") and role in self.chosen and self.chosen[role] not in self.plain_tables:
            _unshaded(properties.getparent())
        if node.get(VAL) in self.numbered and properties.find(w("numPr")) is None:
            _before(properties, e("numPr", e("ilvl", val=0), e("numId", val=self.silent())))

    def complete(self, root: Element, tag: str) -> Element:
        """The template's styles with ours that it lacks, and with the language of the text."""
        for node in root.iterchildren(STYLE):
            for unused in [*node.findall(w("rsid")), *node.findall(w("personal"))]:
                node.remove(unused)
        _language(root, tag)
        added = [node for node in base_styles(tag) if node.tag == STYLE]
        added.append(_style(OF_OURS + "Text", "Text of the document"))
        heading = self.default
        for node in added:
            role = node.get(w("styleId")) or ""
            if role in self.chosen and role in HEADINGS:
                heading = self.chosen[role]
            if self._is_needed(role):
                root.append(self._adapted(node, role, heading))
        return root

    def _is_needed(self, role: str) -> bool:
        if (role in self.chosen and not role.startswith(OF_OURS)) or self.final_id(role) in self.known:
            return False
        return role != "Normal" and not (role == "DefaultParagraphFont" and self.has_default_character)

    def _adapted(self, node: Element, role: str, heading: str) -> Element:
        """Our style in the template's font, based on what is nearest to it there."""
        made = copy.deepcopy(node)
        made.set(w("styleId"), self.final_id(role))
        based = self.chosen.get(role) or (heading if role in HEADINGS else self.default)
        _rebased(made, based, self.default)
        if self.chosen.get(role):
            _bare(made)
        elif role in HEADINGS:
            _bare(made)
            ppr = e("pPr", e("keepNext"), e("outlineLvl", val=HEADINGS.index(role)))
            if based in self.numbered:
                ppr.insert(1, e("numPr", e("numId", val=self.silent())))
            made.append(ppr)
        else:
            _quiet(made, role)
        return made


def _style_text(paragraph: Element) -> None:
    properties = ensured(paragraph, "pPr")
    if properties.find(w("pStyle")) is None and ns.words(paragraph):
        properties.insert(0, e("pStyle", val=OF_OURS + "Text"))


def _before(properties: Element, node: Element) -> None:
    """Puts numbering where Word's order asks for it: after the style and what keeps lines together."""
    firsts = {
        w(name) for name in ("pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl")
    }
    at = sum(1 for child in properties if child.tag in firsts)
    properties.insert(at, node)


def _unshaded(table: Element | None) -> None:
    for cell in table.iter(w("tcPr")) if table is not None else ():
        for shading in cell.findall(w("shd")):
            cell.remove(shading)


def _style(style_id: str, name: str) -> Element:
    return e(
        "style",
        e("name", val=name),
        e("basedOn", val="Normal"),
        e("qFormat"),
        type="paragraph",
        styleId=style_id,
        customStyle=1,
    )


def _language(root: Element, tag: str) -> None:
    for language in root.iterfind(f"{w('docDefaults')}/{w('rPrDefault')}/{w('rPr')}/{w('lang')}"):
        language.set(VAL, tag)


def _rebased(style: Element, based: str, default: str) -> None:
    for name, value in (("basedOn", based), ("next", default)):
        for node in style.findall(w(name)):
            known = (node.get(VAL) or "").startswith(OF_OURS)
            if value and not (name == "next" and known):
                node.set(VAL, value)
            elif not known:
                style.remove(node)
    if based and style.get(w("type")) == "paragraph" and style.find(w("basedOn")) is None:
        style.insert(1, e("basedOn", val=based))


def _bare(style: Element) -> None:
    for name in ("pPr", "rPr"):
        for node in style.findall(w(name)):
            style.remove(node)


def _quiet(style: Element, role: str) -> None:
    """Takes our colours, font and most sizes off; marks of a kind of text (a frame, a slant) stay."""
    small = role in (
        "KodeksMeta",
        "KodeksStepMeta",
        "Caption",
        "FootnoteText",
        "Header",
        "Footer",
        "Title",
        "KodeksContents",
    )
    for rpr in style.findall(w("rPr")):
        for node in list(rpr):
            local = node.tag.rpartition("}")[2]
            if (local in LOUD and role != "Hyperlink") or (local in ("sz", "szCs") and not small):
                rpr.remove(node)
        if not len(rpr):
            style.remove(rpr)
    for node in style.iter(w("shd")):
        node.set(w("fill"), "F2F2F2")
    for node in style.iter(w("left")):
        if node.get(w("color")) and role in ("KodeksCallout", "Quote"):
            node.set(w("color"), "7F7F7F")
