"""Word files changed in their XML as people change them: words, formats, paragraphs, rows and notes."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable
from copy import deepcopy
from typing import Any

from lxml import etree

from documents.word.file.ns import child, w

Element = Any
WORDS = [
    "рок",
    "пријава",
    "žrtva",
    "odluka",
    "shërbim",
    "case",
    "review",
    "тридесет",
    "komisija",
    "prijava",
    "новина",
]
MAIN = "word/document.xml"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
SHARE = 0.12
"""How many of a file's paragraphs are changed."""


def changed_file(data: bytes, seed: int) -> bytes | None:
    """The same file with some of it changed; None where there is nothing to change."""
    dice = random.Random(seed)
    with zipfile.ZipFile(io.BytesIO(data)) as source:
        parts = {info.filename: source.read(info) for info in source.infolist()}
    changed = 0
    for name in (MAIN, "word/footnotes.xml", "word/endnotes.xml", "word/header1.xml"):
        if name in parts:
            try:
                root = etree.fromstring(parts[name])
            except etree.XMLSyntaxError:
                continue
            changed += _change(root, dice, whole=name == MAIN)
            parts[name] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    if not changed:
        return None
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return target.getvalue()


def _change(root: Element, dice: random.Random, *, whole: bool) -> int:
    paragraphs = [node for node in root.iter(w("p")) if child(child(node, "pPr"), "sectPr") is None]
    verbs = [_word, _new_word, _no_word, _bold]
    if whole:
        verbs += [_remove, _insert, _move, _split, _join, _centre, _remove_row, _insert_row]
    done = 0
    for paragraph in paragraphs:
        # At least one change even in a short file.
        if paragraph.getparent() is not None and (dice.random() < SHARE or (whole and not done)):
            done += dice.choice(verbs)(paragraph, dice)
    return done


def _texts(paragraph: Element) -> list[Element]:
    return [
        run_text
        for run in paragraph.iterchildren(w("r"))
        for run_text in run.iterchildren(w("t"))
        if (run_text.text or "").strip()
    ]


def _on_words(
    edit: Callable[[list[str], int, random.Random], None],
) -> Callable[[Element, random.Random], bool]:
    def verb(paragraph: Element, dice: random.Random) -> bool:
        texts = _texts(paragraph)
        if not texts:
            return False
        text = dice.choice(texts)
        words = (text.text or "").split(" ")
        edit(words, dice.randrange(len(words)), dice)
        text.text = " ".join(words)
        text.set(SPACE, "preserve")
        return True

    return verb


def _replaced(words: list[str], at: int, dice: random.Random) -> None:
    words[at] = dice.choice(WORDS)


def _added(words: list[str], at: int, dice: random.Random) -> None:
    words.insert(at, dice.choice(WORDS))


def _taken(words: list[str], at: int, dice: random.Random) -> None:
    del words[at]


_word, _new_word, _no_word = _on_words(_replaced), _on_words(_added), _on_words(_taken)


def _bold(paragraph: Element, dice: random.Random) -> bool:
    texts = _texts(paragraph)
    if not texts:
        return False
    run = dice.choice(texts).getparent()
    look = child(run, "rPr")
    if look is None:
        look = etree.Element(w("rPr"))
        run.insert(0, look)
    bold = child(look, "b")
    if bold is not None:
        look.remove(bold)
        return True
    at = next((n for n, node in enumerate(look) if node.tag not in (w("rStyle"), w("rFonts"))), len(look))
    look.insert(at, etree.Element(w("b")))
    return True


def _centre(paragraph: Element, dice: random.Random) -> bool:
    properties = child(paragraph, "pPr")
    if properties is None:
        properties = etree.Element(w("pPr"))
        paragraph.insert(0, properties)
    place = child(properties, "jc")
    if place is not None:
        properties.remove(place)
        return True
    after = [w(n) for n in ("textDirection", "textAlignment", "textboxTightWrap", "outlineLvl", "divId", "cnfStyle", "rPr", "sectPr", "pPrChange")]  # fmt: skip
    made = etree.Element(w("jc"))
    made.set(w("val"), "center")
    at = next((n for n, node in enumerate(properties) if node.tag in after), len(properties))
    properties.insert(at, made)
    return True


def _alone(paragraph: Element) -> bool:
    """Whether it may go: no field begins or ends in it, and its place keeps a paragraph."""
    ends = sum(
        {"begin": 1, "end": -1}.get(node.get(w("fldCharType")) or "", 0)
        for node in paragraph.iter(w("fldChar"))
    )
    parent = paragraph.getparent()
    around = [node for node in parent if node.tag == w("p") and node is not paragraph]
    following = paragraph.getnext()
    tail = (following is not None and following.tag == w("p")) or (
        paragraph.getprevious() is not None and paragraph.getprevious().tag == w("p")
    )
    return not ends and bool(around) and tail


def _remove(paragraph: Element, dice: random.Random) -> bool:
    if not _alone(paragraph):
        return False
    paragraph.getparent().remove(paragraph)
    return True


def _insert(paragraph: Element, dice: random.Random) -> bool:
    made = etree.Element(w("p"))
    properties = child(paragraph, "pPr")
    if properties is not None:
        made.append(deepcopy(properties))
    if dice.random() < 0.85:
        run = etree.SubElement(made, w("r"))
        text = etree.SubElement(run, w("t"))
        text.text = " ".join(dice.choice(WORDS) for _ in range(dice.randint(1, 9)))
    paragraph.addnext(made)
    return True


def _move(paragraph: Element, dice: random.Random) -> bool:
    others = [n for n in paragraph.getparent() if n.tag == w("p") and n is not paragraph]
    if not _alone(paragraph) or not others:
        return False
    dice.choice(others).addprevious(paragraph)
    return True


def _split(paragraph: Element, dice: random.Random) -> bool:
    runs = list(paragraph.iterchildren(w("r")))
    texts = [t for t in _texts(paragraph) if " " in (t.text or "").strip()]
    if not texts or any(paragraph.iter(w("fldChar"))):
        return False
    text = dice.choice(texts)
    run = text.getparent()
    words = (text.text or "").split(" ")
    at = dice.randrange(1, len(words))
    rest = etree.Element(w("p"))
    properties = child(paragraph, "pPr")
    if properties is not None:
        rest.append(deepcopy(properties))
    second = deepcopy(run)
    for node in list(second)[: list(run).index(text)]:
        if node.tag != w("rPr"):
            second.remove(node)
    for node in list(run)[list(run).index(text) + 1 :]:
        run.remove(node)
    inner = next(second.iterchildren(w("t")))
    text.text, inner.text = " ".join(words[:at]), " ".join(words[at:])
    rest.append(second)
    tail = list(paragraph)[list(paragraph).index(run) + 1 :]
    rest.extend(tail)
    paragraph.addnext(rest)
    return bool(runs)


def _join(paragraph: Element, dice: random.Random) -> bool:
    following = paragraph.getnext()
    if following is None or following.tag != w("p") or child(child(following, "pPr"), "sectPr") is not None:
        return False
    paragraph.extend([node for node in following if node.tag != w("pPr")])
    following.getparent().remove(following)
    return True


def _row(paragraph: Element) -> Element | None:
    return next((row for row in paragraph.iterancestors(w("tr")) if row.getparent() is not None), None)


def _remove_row(paragraph: Element, dice: random.Random) -> bool:
    row = _row(paragraph)
    if (
        row is None
        or next(row.iter(w("vMerge")), None) is not None
        or next(row.iter(w("fldChar")), None) is not None
    ):
        return _remove(paragraph, dice)
    if len(list(row.getparent().iterchildren(w("tr")))) < 2:
        return False
    row.getparent().remove(row)
    return True


def _insert_row(paragraph: Element, dice: random.Random) -> bool:
    row = _row(paragraph)
    if (
        row is None
        or next(row.iter(w("vMerge")), None) is not None
        or next(row.iter(w("fldChar")), None) is not None
    ):
        return _insert(paragraph, dice)
    made = deepcopy(row)
    for text in made.iter(w("t")):
        text.text = " ".join(dice.choice(WORDS) for _ in range(2))
    row.addnext(made)
    return True
