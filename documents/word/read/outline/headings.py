"""What headings look like in the region's documents: "Член 5", "Neni 5", "Глава II", "1.2.3", "Прилог А"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from documents.text.division_names import words_of
from documents.word.marks import is_ours
from documents.word.read.context import Item, Json, Para
from documents.word.read.outline.acts import Cited, of_another_act
from documents.word.read.outline.runs import Worded, own_numbers

CAPITAL = "[A-ZА-ЯЃЌЅЈЉЊЏЂЋČĆŽŠĐËÇ]"
NUMERAL = rf"(?:\d{{1,4}}(?:\.\d{{1,3}})*|[IVXLC]{{1,7}}|{CAPITAL}(?!\w))"
ORDINAL = (
    r"(?:прва|втора|трета|четврта|петта|шеста|друга|трећа|пета|први|други|трећи|прв|втор|трет"
    r"|prva|druga|treća|četvrta|peta|šesta|prvi|drugi|treći|(?:i|e) parë|(?:i|e) dytë|(?:i|e) tretë|one|two|three|four|five|first|second)"
)
ARTICLE_WORDS, CHAPTER_WORDS, ANNEX_WORDS = words_of("article"), words_of("chapter"), words_of("annex")
NUMBERED_WORDS = words_of("numbered")
"""What is numbered in the region's documents beside these."""
JOINING = r"(?:and|or|to|и|или|до|i|ili|do|dhe|ose|&)"
SMALL = "[a-zčćšđžëçа-шѓќѕјљњџђћ]"
# "Neni 25/1": the first that was put in behind article 25. A year is none ("Neni 25/2011").
SUFFIX = (
    rf"(?:(?<=\d)/\d{{1,2}}(?!\w)|(?:\s?[-/])?{SMALL}(?!\w)"
    # "Članak 5.a", also in capitals; but "Члан 5.О роковима" and "Član 5.u skladu" lack a blank.
    rf"|(?<=\d)\.(?!{JOINING}\s+\d|(?:[ouskоуск]|(?-i:{CAPITAL}))\s+(?-i:{SMALL})){SMALL}(?!\w)"
    rf"|(?<=\d)\.\s(?-i:{SMALL})(?=\.?\s*\Z)"
    # A letter may be a word too: "Neni 4 i KEDNJ", "Члан 388 у вези са"; or one of an item: "Член 5 а)".
    rf"|\s(?![iеeи]\s+\S){SMALL}(?!\w|\))(?!\s+(?:\d|(?-i:{SMALL}))))?"
)
SEVERAL = (
    rf"\.?(?:\(\d|[-–—/]\d|\s+[-–—]\s+\d{{1,3}}\.?\s*\Z|,\s*\d|(?:\s+(?:{SMALL}\s+)?|(?<=\.)){JOINING}\s+\d)"
)
"""Behind a number: it is of more than one article, or goes on ("Article 8(2)"), and is not cut in its middle."""

ARTICLE = re.compile(
    # Nothing of it is given back: "Article 6-a(2)" and "Članak 5.–8." are not article 6 and article 5.
    rf"({ARTICLE_WORDS}(?:\s+|(?<=\.)|(?=\d))(?>{NUMERAL}{SUFFIX})(?>(?:\.(?!\w)|\))?))(?!\w|\.\d|{SEVERAL})",
    re.IGNORECASE,
)
CHAPTER = re.compile(rf"({CHAPTER_WORDS}\s+(?:{NUMERAL}|{ORDINAL})\.?)(?!\w)", re.IGNORECASE)
ANNEX = re.compile(rf"({ANNEX_WORDS}(?:\s+(?:(?:бр|br|nr|no)\.?\s*)?{NUMERAL}\.?)?)(?!\w)", re.IGNORECASE)
DECIMAL = re.compile(
    r"(\d{1,3}(?:\.\d{1,3}){0,6}[.)]|\d{1,3}(?:\.\d{1,3}){1,6}|\d{1,2}(?=\s+[^\W\d_]))(?=\s|\Z)"
)
ROMAN = re.compile(r"([IVXLC]{1,7}[.)]|[IVX]{1,5}(?=\s+[-–—]\s))(?=\s|\Z)")
LETTER = re.compile(r"([A-ZА-ЯЃЌЅЈЉЊЏЂЋČĆŽŠĐ][.)])(?=\s)")
GAP = re.compile(r"\s*(?:[.:–—-]\s*)?")
SEPARATOR = re.compile(r"[\s.:–—-]*\Z")
CONTENTS_WORDS = frozenset(
    [
        "содржина",
        "садржај",
        "sadržaj",
        "sadrzaj",
        "përmbajtja",
        "permbajtja",
        "contents",
        "(table",
        "of",
        "contents)",
        "kazalo",
    ]
) | {"table of contents", "tabela e përmbajtjes", "преглед на содржината"}


def heads_contents(item: Item) -> bool:
    """Whether a line is the heading of a table of contents; a section of the text that came back is none."""
    if not isinstance(item, Para) or any(map(is_ours, item.bookmarks)):
        return False
    return item.text.strip().strip(":").lower() in CONTENTS_WORDS


_BY_WORD = (
    ("article", ARTICLE),
    ("chapter", CHAPTER),
    ("annex", ANNEX),
    ("roman", ROMAN),
    ("letter", LETTER),
)
WORDED = ("article", "chapter", "annex")
_BY_NUMBER = (("decimal", DECIMAL),)


def looks_as(text: str) -> tuple[str, str]:
    """The kind of number that a text starts with (article, chapter, annex, decimal, roman, letter) and that number as it stands;
    two empty strings where there is none."""
    for kind, pattern in _BY_WORD if text[:1].isalpha() else _BY_NUMBER:
        match = pattern.match(text)
        if match:
            return kind, match.group(1)
    return "", ""


def cites(text: str) -> Cited:
    """Whether a heading speaks of another act's article by its words: "Члан 4 Европске конвенције"."""
    kind, label = looks_as(text)
    if kind not in WORDED:
        return Cited.NOT
    return of_another_act(label, text[len(label) :], article=kind == "article")


def starts_as(text: str) -> tuple[str, str]:
    """The kind and number of a heading that stands alone: one that speaks of another act's article has none of its own."""
    return ("", "") if cites(text) else looks_as(text)


def lines_start_as(lines: Sequence[str]) -> list[tuple[str, str]]:
    """The same of lines in their order, which tell whether it is another act's article, or one of the text's that goes on by them."""
    found = [looks_as(line) for line in lines]
    citing = [cites(line) for line in lines]
    own = own_numbers([Worded(0, label, other) for (_, label), other in zip(found, citing, strict=True)])
    return [("", "") if citing[at] and at not in own else one for at, one in enumerate(found)]


def cut(inlines: list[Json], count: int) -> list[Json]:
    """The inline content without its first ``count`` characters."""
    result: list[Json] = []
    for node in inlines:
        length = len(node["text"]) if node["type"] == "text" else 1
        if count >= length:
            if node["type"] in ("note", "image"):
                result.append(node)
            count -= length
            continue
        if count:
            node = dict(node, text=node["text"][count:])
            count = 0
        result.append(node)
    return result


def guess_kind(level: int, label: str, heading: str) -> str:
    """chapter, section, article or annex, by number, words and level."""
    kind = looks_as(label)[0] or starts_as(f"{label} {heading}".strip())[0]
    if kind == "article":
        return "article"
    if kind == "annex":
        return "annex"
    return "chapter" if level == 1 else "section"


def tidy_heading(inlines: list[Json], *, one_line: bool = True) -> tuple[list[Json], list[Json]]:
    """A heading's inline content, on one line unless its breaks and tabs are to stay, without the look that headings have
    anyway; and the pictures in it."""
    result: list[Json] = []
    images: list[Json] = []
    texts = [node for node in inlines if node["type"] == "text" and node["text"].strip()]
    everywhere = (
        set.intersection(*({m["type"] for m in t.get("marks", [])} for t in texts)) if texts else set()
    )
    dropped = everywhere & {"bold", "underline"}
    for node in inlines:
        if node["type"] == "image":
            images.append(node)
        elif node["type"] == "break" and one_line:
            result.append({"type": "text", "text": " "})
        elif node["type"] == "text":
            marks = [mark for mark in node.get("marks", []) if mark["type"] not in dropped]
            text = node["text"].replace("\t", " ") if one_line else node["text"]
            result.append({"type": "text", "text": text} | ({"marks": marks} if marks else {}))
        else:
            result.append(node)
    return _trim(result, None if one_line else " "), images


def _trim(inlines: list[Json], blank: str | None) -> list[Json]:
    nodes = [dict(node) for node in inlines]
    while nodes and nodes[0]["type"] == "text":
        nodes[0]["text"] = nodes[0]["text"].lstrip(blank)
        if nodes[0]["text"]:
            break
        nodes.pop(0)
    while nodes and nodes[-1]["type"] == "text":
        nodes[-1]["text"] = nodes[-1]["text"].rstrip(blank)
        if nodes[-1]["text"]:
            break
        nodes.pop()
    return nodes
