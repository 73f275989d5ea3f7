"""Files with more changes than anybody makes by hand are resolved and redlined, not refused for taking too
long."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from documents.word.file.guard import open_package
from documents.word.file.ns import w
from documents.word.redline.files import redline_files
from documents.word.resolve import resolve
from documents.word.resolve.files import resolve_file
from tests.support.documents.word.build import p, parts_of, word_file

BY = 'w:id="1" w:author="Ана" w:date="2026-01-01T00:00:00Z"'
MANY = 20_000


def r(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def gone(text: str) -> str:
    return f"<w:del {BY}><w:r><w:delText>{text}</w:delText></w:r></w:del>"


def ends(text: str) -> str:
    """A paragraph of which the end was deleted."""
    return f"<w:p><w:pPr><w:rPr><w:del {BY}/></w:rPr></w:pPr>{r(text)}</w:p>"


def come(text: str) -> str:
    return f"<w:ins {BY}>{r(text)}</w:ins>"


BOOKMARKS = "".join(
    f'<w:bookmarkStart w:id="{n}" w:name="b{n}"/><w:bookmarkEnd w:id="{n}"/>' for n in range(MANY)
)
CASES = {
    "one paragraph": "<w:p>" + (gone("а") + come("б") + r("в")) * MANY + "</w:p>",
    "one deletion": f"<w:p><w:del {BY}>{BOOKMARKS}</w:del>" + r("б") + "</w:p>",
    "paragraphs run on": ends("а") * MANY + p("б"),
}


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("accept", [True, False])
def test_resolved(name: str, accept: bool, tmp_path: Path) -> None:
    path = tmp_path / "many.docx"
    path.write_bytes(word_file(CASES[name]))
    root = etree.fromstring(parts_of(resolve_file(path, accept=accept))["word/document.xml"])
    assert not list(root.iter(w("ins"), w("del"), w("delText")))


def test_many_notes(tmp_path: Path) -> None:
    numbers = range(2, 8002)
    reference = '<w:r><w:footnoteReference w:id="{}"/></w:r>'
    body = "".join("<w:p>" + r(f"@ {n}") + reference.format(n) + "</w:p>" for n in numbers)
    notes = "".join(f'<w:footnote w:id="{n}">' + p(f"белешка {n}") + "</w:footnote>" for n in numbers)
    paths = []
    for name, said in (("old", "еден два три четири"), ("new", "one two three four")):
        paths.append(tmp_path / f"{name}.docx")
        paths[-1].write_bytes(word_file(body.replace("@", said), footnotes=notes))
    assert redline_files(paths[0], paths[0])
    assert redline_files(paths[0], paths[1])


def test_what_runs_on_keeps_its_order_and_the_last_ones_look() -> None:
    last = p("д", '<w:jc w:val="center"/>')
    for following in (last, "<w:p>" + r("д") + "</w:p>"):
        made = resolve(
            open_package(word_file(ends("а") + ends("б") + p("в") + ends("г") + following)), accept=True
        )
        paragraphs = list(etree.fromstring(parts_of(made)["word/document.xml"]).iter(w("p")))
        assert ["".join(t.text or "" for t in node.iter(w("t"))) for node in paragraphs] == ["абв", "гд"]
        assert bool(list(paragraphs[1].iter(w("jc")))) == (following == last)
