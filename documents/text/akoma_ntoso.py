"""A text as Akoma Ntoso 3.0 (OASIS LegalDocML): its sections as hierarchical elements, its metadata as FRBR.
The vocabulary is that of http://docs.oasis-open.org/legaldocml/ns/akn/3.0."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from documents.text.inline_schema import CITATION, safe_href
from documents.text.section import Section, SectionTree

Json = Mapping[str, Any]
Element = etree._Element

NS = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
HIERARCHY = {"chapter": ("chapter", "chp"), "section": ("section", "sec"), "article": ("article", "art")}
"""By the kind of a section its element, and the beginning of its eId. Others are ``hcontainer``."""
MARKS = {"bold": "b", "italic": "i", "underline": "u", "superscript": "sup", "subscript": "sub"}
CODES = {"en": "eng", "sq": "sqi", "sr": "srp", "bs": "bos", "hr": "hrv", "cnr": "cnr", "mk": "mkd"}
"""Languages as URIs of Akoma Ntoso name them: ISO 639-3."""


@dataclass(frozen=True, slots=True)
class Publication:
    """Where an act is in a gazette."""

    date: str
    name: str
    shown: str
    number: str = ""


@dataclass(frozen=True)
class Metadata:
    """What is known of a text: the work (an edition), its expression (one language), and its file."""

    country: str
    kind: str
    name: str
    """The short name of the document and the number of its edition: ``sop-2``."""
    language: str
    language_tag: str
    """The language with its script, as XML writes it: ``sr-Latn``."""
    adopted: str
    """ISO date of the work."""
    expressed: str
    """ISO date of the text in this language, with its corrigenda."""
    author: str
    author_key: str
    address: str
    """Where the text is read."""
    version: int
    authentic: bool
    source_language: str
    publications: Sequence[Publication] = ()
    topics: Sequence[tuple[str, str]] = ()
    """Key and name of each."""
    statements: Sequence[str] = ()
    """Sentences about state, classification and acts, which are before the text."""

    @property
    def work(self) -> str:
        return f"/akn/{self.country}/doc/{self.kind}/{self.author_key}/{self.adopted}/{self.name}"

    @property
    def expression(self) -> str:
        return f"{self.work}/{CODES.get(self.language, self.language)}@{self.expressed}"


@dataclass(frozen=True)
class Surroundings:
    """What a text refers to: the addresses of its pictures by SHA-256, and words that it may need."""

    pictures: Mapping[str, str] = field(default_factory=dict)
    picture: str = "Picture"
    who: str = "Who"
    limit: str = "Time limit"
    no_words: str = "(cannot be shown as text)"
    absolute: Callable[[str], str] = str
    """Puts the host before the address of a citation."""
    own: Mapping[str, str] = field(default_factory=dict)
    """By the address of a section of this text, its uid: a citation of it stays within the file."""
    elsewhere: Mapping[str, str] = field(default_factory=dict)
    """By uid, the language of a section that is not in the language of the text."""


def write_document(tree: SectionTree, about: Metadata, around: Surroundings | None = None) -> bytes:
    """The file."""
    root = document(tree, about, around)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True)


def document(tree: SectionTree, about: Metadata, around: Surroundings | None = None) -> Element:
    """The element ``akomaNtoso``."""
    namespaces: dict[Any, str] = {None: NS}
    root = etree.Element(f"{{{NS}}}akomaNtoso", nsmap=namespaces)
    doc = _add(root, "doc", name=about.kind, contains="singleVersion")
    _meta(doc, about)
    preface, body = _add(doc, "preface"), _add(doc, "mainBody")
    for part in (preface, body):
        part.set(XML_LANG, about.language_tag)
    _add(_add(preface, "p"), "docTitle", tree.title)
    for sentence in about.statements:
        _add(preface, "p", sentence, **{"class": "about"})
    if not len(tree):
        _add(body, "p")
    _Body(tree, around or Surroundings()).write(body)
    return root


def _add(parent: Element, name: str, text: str = "", /, **attributes: str) -> Element:
    made = etree.SubElement(parent, f"{{{NS}}}{name}", attributes)
    if text:
        made.text = text
    return made


def _meta(doc: Element, about: Metadata) -> None:
    meta = _add(doc, "meta")
    identification = _add(meta, "identification", source="#kodeks")
    work = _frbr(identification, "FRBRWork", about.work, about.adopted, "adoption")
    _add(work, "FRBRcountry", value=about.country)
    _add(work, "FRBRsubtype", value=about.kind)
    for one in about.publications:
        if one.number:
            _add(work, "FRBRnumber", value=one.number, showAs=one.shown)
    _add(work, "FRBRname", value=about.name)
    expression = _frbr(identification, "FRBRExpression", about.expression, about.expressed, "expression")
    expression.insert(2, etree.Element(f"{{{NS}}}FRBRalias", value=about.address, name="address"))
    _add(expression, "FRBRversionNumber", value=str(about.version))
    _add(expression, "FRBRauthoritative", value=str(about.authentic).lower())
    _add(expression, "FRBRlanguage", language=about.language_tag)
    if about.language != about.source_language:
        _add(
            expression,
            "FRBRtranslation",
            href=about.work,
            fromLanguage=about.source_language,
            authoritative=str(about.authentic).lower(),
            by="#author",
        )
    file = _frbr(identification, "FRBRManifestation", f"{about.expression}.akn", about.expressed, "export")
    _add(file, "FRBRformat", value="application/akn+xml")
    if about.publications:
        first = about.publications[0]
        more = {"number": first.number} if first.number else {}
        _add(meta, "publication", date=first.date, name=first.name, showAs=first.shown, **more)
    if about.topics:
        classification = _add(meta, "classification", source="#kodeks")
        for key, name in about.topics:
            _add(classification, "keyword", value=key, showAs=name, dictionary="#topics")
    references = _add(meta, "references", source="#kodeks")
    _add(references, "TLCOrganization", eId="author", href=f"#{about.author_key}", showAs=about.author)
    _add(references, "TLCOrganization", eId="kodeks", href="#kodeks-software", showAs="Kodeks")
    _add(references, "TLCConcept", eId="topics", href="#kodeks-topics", showAs="Topics")


def _frbr(parent: Element, name: str, uri: str, day: str, of: str) -> Element:
    found = _add(parent, name)
    _add(found, "FRBRthis", value=f"{uri}/!main" if name != "FRBRManifestation" else f"{uri[:-4]}/!main.akn")
    _add(found, "FRBRuri", value=uri)
    _add(found, "FRBRdate", date=day, name=of)
    _add(found, "FRBRauthor", href="#author")
    return found


class _Body:
    """Writes the sections of one text."""

    def __init__(self, tree: SectionTree, around: Surroundings) -> None:
        self.tree = tree
        self.around = around
        self.parents = tree.parents
        self.ids = self._ids()
        self.notes: Mapping[str, Sequence[Json]] = {}
        self.marker = 0
        self.counts: dict[str, int] = {}

    def _ids(self) -> dict[str, str]:
        """Each section's eId, by the naming convention: ``chp_1__sec_2``."""
        counts: dict[str, int] = {}
        found: dict[str, str] = {}
        for section in self.tree:
            above = self.parents[section.uid]
            short = HIERARCHY.get(section.kind, ("", section.kind))[1]
            own = f"{found[above]}__{short}" if above else short
            counts[own] = counts.get(own, 0) + 1
            found[section.uid] = f"{own}_{counts[own]}"
        return found

    def write(self, body: Element) -> None:
        within = {parent for parent in self.parents.values() if parent}
        made: dict[str | None, Element] = {None: body}
        for section in self.tree:
            made[section.uid] = self._section(
                made[self.parents[section.uid]], section, has_children=section.uid in within
            )

    def _section(self, parent: Element, section: Section, *, has_children: bool) -> Element:
        element = HIERARCHY.get(section.kind, ("hcontainer", ""))[0]
        own = self.ids[section.uid]
        made = _add(parent, element, eId=own, wId=f"s-{section.uid}")
        if element == "hcontainer":
            made.set("name", section.kind)
        if language := self.around.elsewhere.get(section.uid):
            made.set(XML_LANG, language)
        text = section.text
        self.notes, self.counts = text.body.get("notes") or {}, {}
        if text.label:
            _add(made, "num", text.label)
        if heading := text.body.get("heading"):
            self.inline(_add(made, "heading"), heading, own)
        blocks = text.body.get("blocks") or []
        if has_children:
            if blocks:
                self.blocks(_add(made, "intro", eId=f"{own}__intro"), blocks, own)
        else:
            content = _add(made, "content", eId=f"{own}__content")
            self.blocks(content, blocks, own)
            if not len(content):
                _add(content, "p")
        return made

    def _id(self, own: str, kind: str) -> str:
        name = f"{own}__{kind}"
        self.counts[name] = self.counts.get(name, 0) + 1
        return f"{name}_{self.counts[name]}"

    # blocks

    def blocks(self, parent: Element, blocks: Iterable[Json], own: str) -> None:
        """Writes blocks; an element that must have one gets an empty paragraph."""
        for block in blocks:
            kind = block["type"]
            if kind == "opaque":
                lines = (block.get("attrs") or {}).get("text") or self.around.no_words
                self.lines(_add(parent, "p", **{"class": "kept"}), lines)
            else:
                getattr(self, f"_{kind}")(parent, block, own)

    def _filled(self, parent: Element, blocks: Sequence[Json], own: str) -> None:
        before = len(parent)
        self.blocks(parent, blocks, own)
        if len(parent) == before:
            _add(parent, "p")

    def _paragraph(self, parent: Element, block: Json, own: str) -> None:
        style = (block.get("attrs") or {}).get("style")
        self.inline(_add(parent, "p", **({"class": style} if style else {})), block.get("content") or [], own)

    def _list(self, parent: Element, block: Json, own: str) -> None:
        kind = "ordered" if (block.get("attrs") or {}).get("ordered") else "unordered"
        made = _add(parent, "blockList", eId=self._id(own, "list"), **{"class": kind})
        for item in block.get("content") or []:
            entry = _add(made, "item", eId=self._id(made.get("eId") or "", "item"))
            if label := (item.get("attrs") or {}).get("label"):
                _add(entry, "num", label)
            self._filled(entry, item.get("content") or [], own)

    def _table(self, parent: Element, block: Json, own: str) -> None:
        table = _add(parent, "table", eId=self._id(own, "table"))
        for row in block["content"]:
            if not row.get("content"):
                continue
            line = _add(table, "tr")
            for cell in row["content"]:
                attrs = cell.get("attrs") or {}
                spans = {name: str(attrs[name]) for name in ("colspan", "rowspan") if attrs.get(name)}
                made = _add(line, "th" if attrs.get("header") else "td", **spans)
                self._filled(made, cell.get("content") or [], own)
        if not len(table):
            _add(_add(_add(table, "tr"), "td"), "p")

    def _figure(self, parent: Element, block: Json, own: str) -> None:
        self._image(_add(parent, "p", **{"class": "figure"}), block["attrs"])
        if block.get("content"):
            self.inline(_add(parent, "p", **{"class": "caption"}), block["content"], own)

    def _callout(self, parent: Element, block: Json, own: str) -> None:
        tone = (block.get("attrs") or {}).get("tone") or "info"
        made = _add(parent, "blockContainer", eId=self._id(own, "note"), **{"class": f"callout {tone}"})
        self._filled(made, block.get("content") or [], own)

    def _step(self, parent: Element, block: Json, own: str) -> None:
        attrs = block.get("attrs") or {}
        made = _add(parent, "blockContainer", eId=self._id(own, "step"), **{"class": "step"})
        if attrs.get("title"):
            self.lines(_add(made, "heading"), attrs["title"])
        before = len(made)
        for key, label in (("who", self.around.who), ("limit", self.around.limit)):
            if attrs.get(key):
                self.lines(_add(made, "p", title=label, **{"class": key}), attrs[key])
        self.blocks(made, block.get("content") or [], own)
        if len(made) == before:
            _add(made, "p")

    # inline

    @staticmethod
    def lines(parent: Element, text: str) -> None:
        """Appends plain text with its line breaks."""
        for number, line in enumerate(text.split("\n")):
            if number:
                _add(parent, "br")
            if len(parent):
                parent[-1].tail = (parent[-1].tail or "") + line
            else:
                parent.text = (parent.text or "") + line

    def inline(self, parent: Element, content: Iterable[Json], own: str) -> None:
        for node in content:
            kind = node["type"]
            if kind == "text":
                self.lines(self._marked(parent, node.get("marks") or ()), node["text"])
            elif kind == "break":
                _add(parent, "br")
            elif kind == "note":
                self._note(parent, node["attrs"]["id"], own)
            else:
                self._image(parent, node["attrs"])

    def _marked(self, parent: Element, marks: Iterable[Json]) -> Element:
        """The innermost element for a run of text with marks."""
        for mark in marks:
            parent = self._mark(parent, mark)
        return parent

    def _mark(self, parent: Element, mark: Json) -> Element:
        kind, attrs = mark["type"], mark.get("attrs") or {}
        if kind in MARKS:
            return _add(parent, MARKS[kind])
        if kind == "link":
            href = str(attrs["href"]).strip()
            leads = not href.startswith("#") and safe_href(href)
            return _add(parent, "a", href=href) if leads else parent
        if kind == "xref":
            target = self.ids.get(attrs["uid"])
            return _add(parent, "ref", href=f"#{target}") if target else parent
        if kind == CITATION:
            here = self.ids.get(self.around.own.get(attrs["href"].partition("?")[0], ""))
            return _add(parent, "ref", href=f"#{here}" if here else self.around.absolute(attrs["href"]))
        return _add(parent, "span", **{"class": kind})

    def _note(self, parent: Element, note: str, own: str) -> None:
        self.marker += 1
        made = _add(parent, "authorialNote", eId=self._id(own, "fn"), marker=str(self.marker))
        made.set("placement", "bottom")
        self._filled(made, self.notes.get(note) or [], own)

    def _image(self, parent: Element, attrs: Json) -> None:
        alt, source = attrs.get("alt") or "", self.around.pictures.get(attrs["sha256"])
        if source:
            _add(parent, "img", src=source, alt=alt)
        else:
            words = f"{self.around.picture}: {alt}" if alt else self.around.picture
            _add(parent, "span", f"[{words}]", **{"class": "picture"})
