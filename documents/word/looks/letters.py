"""The letters that a paragraph of a Word file shows, each node of them with its run."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from documents.text.inline_schema import OVERRIDE
from documents.word import ns
from documents.word.ns import Element, w
from documents.word.read.drawings import best_choice
from documents.word.read.fields import shows_nothing

R, T, P, RPR, PPR = w("r"), w("t"), w("p"), w("rPr"), w("pPr")
SPACE = f"{{{ns.XML}}}space"
ALTERNATE = f"{{{ns.MC}}}AlternateContent"
DRAWINGS = frozenset({w("drawing"), w("pict"), w("object"), ALTERNATE})
REFERENCES = frozenset({w("footnoteReference"), w("endnoteReference")})
THROUGH = frozenset(
    w(name)
    for name in ("hyperlink", "smartTag", "customXml", "dir", "bdo", "ins", "moveTo", "sdt", "sdtContent")
)
LETTERS = {
    w("tab"): "\t",
    w("ptab"): "\t",
    w("cr"): "\n",
    w("noBreakHyphen"): "\u2011",
    w("softHyphen"): "\u00ad",
}


def shown_text(elements: Sequence[Element]) -> str:
    """What paragraphs show, without labels that are typed in a style of ours."""
    return "".join(text for element in elements for _, text in shown_nodes(element))


def shown_nodes(paragraph: Element) -> Iterator[tuple[Element, str]]:
    """The nodes of a paragraph that show letters, and these letters."""
    yield from _nodes(paragraph, [])


def _nodes(parent: Element, fields: list[str | None]) -> Iterator[tuple[Element, str]]:
    for node in parent:
        if node.tag == R:
            yield from _of_run(node, fields)
        elif node.tag == ALTERNATE:
            yield from _nodes(best_choice(node), fields)
        elif node.tag in THROUGH or (
            node.tag == w("fldSimple") and not shows_nothing(node.get(w("instr")) or "")
        ):
            yield from _nodes(node, fields)


def _of_run(run: Element, fields: list[str | None]) -> Iterator[tuple[Element, str]]:
    """``fields``: of each open field its instruction so far, None where it is in its result, which is
    shown."""
    rpr = run.find(RPR)
    silent = rpr is not None and (ns.flag(rpr, "vanish") or ns.val(rpr, "rStyle") == "KodeksLabel")
    for node in run:
        if node.tag == w("fldChar"):
            _enter(node.get(w("fldCharType")) or "", fields)
        elif node.tag == w("instrText") and fields and fields[-1] is not None:
            fields[-1] += node.text or ""
        elif silent or any(field is not None for field in fields):
            continue
        elif node.tag == T:
            yield node, letters_in(node)
        elif node.tag in LETTERS:
            yield node, LETTERS[node.tag]
        elif node.tag == w("br") and node.get(w("type")) not in ("page", "column"):
            yield node, "\n"


def _enter(kind: str, fields: list[str | None]) -> None:
    if kind == "begin":
        fields.append("")
    elif kind == "separate" and fields and fields[-1] is not None:
        fields[-1] = fields[-1] if shows_nothing(fields[-1]) else None
    elif kind == "end" and fields:
        fields.pop()


def letters_in(node: Element) -> str:
    """The letters of a ``w:t``, without the blanks that XML leaves out."""
    text = OVERRIDE.sub("", node.text or "")
    space = node.get(SPACE)
    root = node.getroottree().getroot()
    if space != "preserve" and not (space is None and root.get(SPACE) == "preserve"):
        text = text.strip(" \t\r\n")
    return text.replace("\r\n", " ").replace("\n", " ").replace("\r", " ")


def has_any(element: Element, tags: Collection[str]) -> bool:
    """Whether something with one of these tags stands in an element."""
    return next(element.iter(*tags), None) is not None
