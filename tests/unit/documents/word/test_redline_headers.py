"""Headers and footers in a redline: accepted those of the new file, refused those of the old one, whichever
file has them."""

from __future__ import annotations

import io
from collections import Counter
from pathlib import Path

import pytest
from openxml_audit import OpenXmlValidator

from documents.text.extraction import block_lines
from documents.word.file import ns
from documents.word.file.guard import open_package
from documents.word.redline import redline
from documents.word.redline.cli import redline as command
from documents.word.resolve import resolve
from documents.word.show.contents import read_whole
from tests.support.documents.word.build import NAMES, OFFICE, WORD, p, word_file

Names = dict[str, str]
"""By what a section names, such as ``header`` or ``footer first``, the words that stand there."""


def paged(*sections: Names, first: int = 0) -> bytes:
    """A file of one paragraph in each section, the first of that number; a part for all that say the same."""
    parts: dict[str, bytes | str] = {}
    types: dict[str, str] = {}
    relations, body = "", ""
    ids: dict[tuple[str, str], str] = {}
    for number, names in enumerate(sections):
        said = ""
        for key, words in names.items():
            kind, _, pages = key.partition(" ")
            if (kind, words) not in ids:
                rel = ids[(kind, words)] = f"rp{len(ids)}"
                name, root = f"{kind}{len(ids)}.xml", "hdr" if kind == "header" else "ftr"
                parts[f"word/{name}"] = f"<w:{root} {NAMES}>{p(words)}</w:{root}>"
                types[f"word/{name}"] = f"{WORD}{kind}+xml"
                relations += f'<Relationship Id="{rel}" Type="{OFFICE}{kind}" Target="{name}"/>'
            said += f'<w:{kind}Reference w:type="{pages or "default"}" r:id="{ids[(kind, words)]}"/>'
        section = f"<w:sectPr>{said}</w:sectPr>"
        last = number == len(sections) - 1
        body += p(f"Текст дела {first + number}.", "" if last else section) + (section if last else "")
    return word_file(body, parts=parts, types=types, relations=relations)


BARE = word_file(p("Текст дела 0."))
ONE: Names = {"header": "Влада, нацрт", "footer": "Страна"}
PAIRS = {
    "of the old file alone": (paged(ONE), paged({})),
    "without a section in the new file": (paged(ONE), BARE),
    "of other pages": (paged({"header": "Све стране"}), paged({"header first": "Прва страна", "footer": "Број"})),
    "of a later section": (paged({"header": "а"}, {"header": "б"}), paged({"header": "а"}, {})),
    "one part in two sections": (paged({"header": "а"}, {"header": "б"}, {"header": "в"}), paged({"header": "н"}, {"header": "н"}, {"header": "н"})),
    "not of the section after": (paged({"header": "а"}, {}), paged({"header": "а"}, {"header": "б"})),
    "of another section, and none": (paged({}, {"footer": "б"}), paged({"footer": "б"}, {"header": "н"})),
    "behind a cover that came": (paged({"footer": "а"}, {"footer": "б"}, first=1), paged({}, {}, {})),
    "behind a cover with its own": (paged({"footer": "а"}, {"footer": "б"}, first=1), paged({"footer": "н"}, {"footer": "п"}, {"footer": "р"})),
    "of one section, behind a cover": (paged({"footer": "а"}, first=1), paged({}, {})),
    "of one section and of two": (paged({"header": "а"}), paged({}, {"header": "б"})),
}  # fmt: skip


def shown(data: bytes) -> list[Names]:
    """By section the words of its headers and footers, those of the section before where it has none; what is
    empty left out."""
    whole = read_whole(open_package(data))
    count = len(list(open_package(data).xml("word/document.xml").iter(ns.w("sectPr")))) or 1
    found: list[Names] = [{} for _ in range(count)]
    package = open_package(data)
    empty = [set[str]() for _ in range(count)]
    for number, section in enumerate(package.xml("word/document.xml").iter(ns.w("sectPr"))):
        for kind in ("header", "footer"):
            for node in section.iterchildren(ns.w(f"{kind}Reference")):
                empty[number].add(f"{kind} {node.get(ns.w('type'))}")
    for kind in ("header", "footer"):
        for frame in whole[f"{kind}s"]:
            words = " ".join(line for block in frame["blocks"] for line in block_lines(block))
            for part in frame["parts"]:
                found[part - 1][f"{kind} {frame['pages']}"] = words
    for number in range(1, count):
        found[number] = {k: v for k, v in found[number - 1].items() if k not in empty[number]} | found[number]
    return found


@pytest.mark.parametrize("name", PAIRS)
def test_they_are_those_of_each_file(name: str, tmp_path: Path) -> None:
    for old, new in (PAIRS[name], PAIRS[name][::-1]):
        data = redline(open_package(old), open_package(new))
        assert shown(resolve(open_package(data), accept=True)) == shown(new)
        refused, wanted = shown(resolve(open_package(data), accept=False)), shown(old)
        # Where the files have other sections, the new file's stay.
        assert refused == wanted or (len(refused) != len(wanted) and refused[-1] == wanted[-1])
        problems = [_problems(tmp_path / "one.docx", content) for content in (data, old, new)]
        assert not problems[0] - problems[1] - problems[2]


def _problems(path: Path, data: bytes) -> Counter[str]:
    path.write_bytes(data)
    return Counter(str(error.description) for error in OpenXmlValidator().validate(path).errors)


def test_what_is_the_same_leaves_as_it_came() -> None:
    data = redline(open_package(paged(ONE)), open_package(paged(ONE)))
    for name in ("word/header1.xml", "word/footer2.xml"):
        assert open_package(data).read(name) == open_package(paged(ONE)).read(name)


def test_an_empty_one_is_none() -> None:
    data = redline(open_package(paged({"header": ""})), open_package(paged({})))
    assert not [name for name in open_package(data).members if "header" in name]


def test_one_without_a_place_in_the_new_file_is_told(tmp_path: Path) -> None:
    files = paged({"header": "Прва"}, {"header": "Друга"}, {"header": "Трећа"}), paged({"header": "Прва"})
    for name, data in zip(("old", "new"), files, strict=True):
        (tmp_path / f"{name}.docx").write_bytes(data)
    stderr = io.StringIO()
    call = [str(tmp_path / "old.docx"), str(tmp_path / "new.docx"), "-o", str(tmp_path / "made.docx")]
    assert command(call, io.StringIO(), io.StringIO(), stderr) == 0
    told = stderr.getvalue()
    assert told.count("\n") == 2 and "(Прва)" in told and "(Друга)" in told and "Трећа" not in told
    assert open_package((tmp_path / "made.docx").read_bytes()).has("word/document.xml")
    stderr = io.StringIO()
    assert command([call[1], call[1], *call[2:]], io.StringIO(), io.StringIO(), stderr) == 0
    assert not stderr.getvalue()


def test_behind_a_cover_that_goes_again_each_section_has_its_own() -> None:
    old = paged({"footer": "а"}, {"footer": "б"}, first=1)
    for new in (paged({}, {}, {}), paged({"footer": "н"}, {"footer": "п"}, {"footer": "р"})):
        data = redline(open_package(old), open_package(new))
        assert shown(resolve(open_package(data), accept=False)) == shown(old)


def test_no_paragraph_comes_behind_a_table_at_the_end_of_both() -> None:
    table = (
        "<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w='900'/></w:tblGrid><w:tr><w:tc>{}</w:tc></w:tr></w:tbl>"
    )
    old, new = (
        word_file(p("Текст.") + table.format(p(words)))
        for words in ("Орган одлучује у року од три дана.", "Орган одлучује у року од два дана.")
    )
    body = open_package(redline(open_package(old), open_package(new))).xml("word/document.xml")[0]
    assert [node.tag for node in body if node.tag != ns.w("sectPr")] == [ns.w("p"), ns.w("tbl")]
