"""Opens a Word template: whether it can be taken, which styles it has, and which places for what."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import urlsplit

from documents.text.types import Json
from documents.word.definitions.styles import read_styles
from documents.word.file import ns
from documents.word.file.guard import DEFAULT_LIMITS, MB, Limits, open_package
from documents.word.file.ns import Element, w
from documents.word.file.package import Package, Relationship
from documents.word.file.refusal import RefusalCode, Refused
from documents.word.pictures.edges import lost_pictures
from documents.word.resolve import resolve
from documents.word.template.clean import drop_hidden
from documents.word.template.fields import Fields, find
from documents.word.template.looks import LookStyle, Proposal, propose, read_looks

LIMITS = replace(DEFAULT_LIMITS, file_bytes=10 * MB, unpacked_bytes=60 * MB, xml_bytes=30 * MB, blocks=5_000)
"""A template is a cover and a look, no document."""
STORIES = ("header", "footer", "footnotes")
HARMLESS = frozenset({"attachedTemplate", "hyperlink"})
"""What a template may refer to outside of itself: its own template (left out), and addresses of pages."""
DEFAULT = Path(__file__).with_name("default.docx")
SAFE = frozenset({"http", "https", "mailto"})


@dataclass(frozen=True)
class Facts:
    """What the page of a template shows: its styles, their roles, its places, and what is left out of it."""

    styles: tuple[LookStyle, ...]
    proposal: Proposal
    known: tuple[str, ...]
    unknown: tuple[str, ...]
    example: str = ""
    """The first heading of an example text in it, which is removed."""
    lost_pictures: int = 0
    """How many pictures are left out because a part of them is cropped away and can't be cut off."""

    @classmethod
    def from_json(cls, facts: Json) -> Facts:
        return cls(
            tuple(LookStyle(**style) for style in facts["styles"]),
            Proposal(facts["proposal"]["styles"], tuple(facts["proposal"]["unclear"])),
            tuple(facts["known"]),
            tuple(facts["unknown"]),
            facts["example"],
            facts["lost_pictures"],
        )


@dataclass
class Template:
    """An opened template whose tracked changes are accepted."""

    package: Package
    styles: list[LookStyle] = field(default_factory=list)

    @property
    def body(self) -> Element:
        body = self.package.xml(self.package.main).find(w("body"))
        if body is None:
            raise Refused(RefusalCode.BROKEN, part=self.package.main)
        return body

    def facts(self) -> Facts:
        found = Fields()
        for root in self.parts():
            here = find(root)
            found.known |= here.known
            found.unknown |= here.unknown
        shown = example(self.body, self.styles) if "text" not in found.known else None
        words = ns.words(shown)[:80] if shown is not None else ""
        return Facts(
            tuple(self.styles),
            propose(self.styles),
            tuple(sorted(found.known)),
            tuple(sorted(found.unknown)),
            words,
            sum(lost_pictures(self.package, self.package.xml(name), name) for name in self._names()),
        )

    def parts(self) -> Iterator[Element]:
        """The body, heads, feet and notes."""
        for name in self._names():
            yield self.package.xml(name)

    def _names(self) -> Iterator[str]:
        yield self.package.main
        for rel in self.package.rels(self.package.main).values():
            if rel.kind in STORIES and not rel.external and self.package.has(rel.target):
                yield rel.target


def open_template(source: bytes | str | Path, limits: Limits = LIMITS) -> Template:
    """Opens and checks a template. Raises Refused for all that no Word file may contain, and for references
    outside of it. Also for a file without styles or with too much text."""
    package = open_package(source, limits)
    _refuse_outside(package)
    package = open_package(resolve(package, accept=True), limits)
    styles = read_looks(package.needed_xml(package.main, "styles"))
    if not styles:
        raise Refused(RefusalCode.NO_STYLES)
    template = Template(package, styles)
    known = read_styles(package.needed_xml(package.main, "styles"))
    for root in template.parts():
        drop_hidden(root, known)
    blocks = sum(1 for _node in template.body.iter(w("p"), w("tc")))
    if blocks > limits.blocks:
        raise Refused(RefusalCode.TOO_LONG, limit=limits.blocks)
    return template


def _refuse_outside(package: Package) -> None:
    for name in package.members:
        if not name.endswith(".rels"):
            continue
        folder, _slash, base = name.rpartition("/_rels/")
        part = f"{folder}/{base.removesuffix('.rels')}".lstrip("/")
        for rel in package.rels(part).values():
            if rel.external and rel.kind not in HARMLESS:
                raise Refused(RefusalCode.LINKS_OUTSIDE, part=part)


def safe_link(rel: Relationship) -> bool:
    """Whether a link of the template may stay."""
    try:
        return rel.kind == "hyperlink" and rel.external and urlsplit(rel.target).scheme.lower() in SAFE
    except ValueError:
        return False


def example(body: Element, styles: list[LookStyle]) -> Element | None:
    """The first paragraph of the body that is a heading: there an example begins, before it is the cover."""
    outlines = {style.id: style.outline for style in styles if style.kind == "paragraph"}
    for node in body.iterchildren(w("p")):
        properties = node.find(w("pPr"))
        level = ns.val(properties, "outlineLvl")
        outline = (
            ns.number(level, 9, 0, 9)
            if level is not None
            else outlines.get(ns.val(properties, "pStyle") or "", 9)
        )
        if outline < 9 and ns.words(node):
            return node
    return None


def default_template() -> bytes:
    """Kodeks's own template, for institutions that have none. It has a cover, head and foot, contents, and a
    style for everything that an edition can contain. Edit ``default.docx`` in Word."""
    return DEFAULT.read_bytes()
