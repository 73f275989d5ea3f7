"""The numbers of lists and headings in a redline: accepted those of the new file, refused those of the old
one."""

from __future__ import annotations

from pathlib import Path

import pytest
from openxml_audit import OpenXmlValidator

from documents.word.file.guard import open_package
from documents.word.redline import redline
from documents.word.resolve import resolve
from tests.support.documents.word.build import (
    abstract,
    labels,
    level,
    num,
    numbered,
    outline,
    p,
    read,
    word_file,
)
from tests.support.services.office import Office

DECIMAL = level(0, "decimal", "%1.")
ONE = abstract(0, DECIMAL) + num(1, 0)
PLAIN = word_file(p("Став без броја.") + p("Други став."))
LINES = ("Прва тачка", "Друга тачка", "Трећа тачка", "Четврта тачка")


def listed(*nums: int, numbering: str, words: tuple[str, ...] = LINES, styles: str = "") -> bytes:
    items = "".join(numbered(text, of) for text, of in zip(words, nums, strict=False))
    return word_file(items + p("Крај."), numbering=numbering, styles=styles)


SHARED = listed(1, 1, 2, 2, numbering=ONE + num(2, 0))
"""Two lists that share a definition: 1. 2. 3. 4."""
ANEW = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'
OVER = listed(1, 2, 2, 1, numbering=ONE + num(2, 0, ANEW))
"""1. 5. 6. 7."""
TWO = listed(1, 1, 2, 2, numbering=abstract(0, DECIMAL) + abstract(1, DECIMAL) + num(1, 0) + num(2, 1))
"""Two lists with definitions of their own: 1. 2. 1. 2."""
LINKED = listed(
    2, 2, 2,
    numbering=abstract(0, level(0, "decimal", "%1)"), extra='<w:styleLink w:val="Own"/>') + abstract(1, extra='<w:numStyleLink w:val="Own"/>') + num(1, 0) + num(2, 1),
    styles=
        '<w:style w:type="numbering" w:styleId="Own"><w:name w:val="Own"/><w:pPr><w:numPr><w:numId '
        'w:val="1"/></w:numPr></w:pPr></w:style>',
)  # fmt: skip


PAIRS = {
    "shared to plain": (SHARED, PLAIN),
    "restarted to plain": (OVER, PLAIN),
    "restarted to one list": (OVER, listed(1, 1, numbering=ONE)),
    "one list to two": (listed(1, 1, 1, 1, numbering=ONE), TWO),
    "shared to two": (SHARED, TWO),
    "two to one list": (TWO, SHARED),
    "linked to plain": (LINKED, PLAIN),
}


def said(data: bytes) -> list[object]:
    result = read(data)
    return [outline(result.tree), labels(result)]


@pytest.mark.parametrize("name", PAIRS)
def test_numbers_are_those_of_each_file(name: str, tmp_path: Path) -> None:
    for old, new in (PAIRS[name], PAIRS[name][::-1]):
        data = redline(open_package(old), open_package(new))
        assert said(resolve(open_package(data), accept=True)) == said(new)
        assert said(resolve(open_package(data), accept=False)) == said(old)
        problems = []
        for kind, content in (("old", old), ("new", new), ("redline", data)):
            path = tmp_path / f"{kind}.docx"
            path.write_bytes(content)
            found = OpenXmlValidator().validate(path).errors
            # It looks for the list 0, by which Word says that there is none (ECMA-376-1, 17.9.18).
            problems.append([e for e in found if "Numbering definition '0'" not in str(e.description)])
        assert len(problems[2]) <= max(map(len, problems[:2])), problems[2]


def test_lists_that_only_have_other_ids_are_no_change() -> None:
    new = listed(4, 4, 3, 3, numbering=abstract(7, DECIMAL) + abstract(9, DECIMAL) + num(3, 7) + num(4, 9))
    data = redline(open_package(TWO), open_package(new))
    assert b"pPrChange" not in open_package(data).read("word/document.xml")


def test_libreoffice_reads_the_same_numbers(writer: Office, tmp_path: Path) -> None:
    names = ("shared to two", "two to one list")
    paths = []
    for name in names:
        old, new = PAIRS[name]
        for kind, data in (
            ("old", old),
            ("new", new),
            ("red", redline(open_package(old), open_package(new))),
        ):
            paths.append(tmp_path / f"{name}.{kind}.docx")
            paths[-1].write_bytes(data)
    texts = writer.resolve(paths)
    for at, name in enumerate(names):
        old_text, new_text, made = texts[3 * at : 3 * at + 3]
        assert old_text and new_text and made
        assert made == (new_text[0], old_text[0]), name
