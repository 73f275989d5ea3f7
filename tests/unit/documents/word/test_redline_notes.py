"""Notes in a redline: accepted and refused each reference leads to its own."""

from __future__ import annotations

import pytest

from documents.text import body_text
from documents.word.file import ns
from documents.word.file.guard import open_package
from documents.word.redline import redline
from documents.word.resolve import resolve
from tests.support.documents.word.build import HEADINGS, heading, read, word_file
from tests.support.documents.word.redline import p, root_of


def test_the_words_of_a_note_are_tracked_and_a_note_comes_with_its_reference() -> None:
    def note(text: str) -> str:
        return f'<w:footnote w:id="2">{p(text)}</w:footnote>'

    body = p("текст", '<w:r><w:footnoteReference w:id="2"/></w:r>')
    old, new = (
        word_file(body, footnotes=note("стара белешка")),
        word_file(body, footnotes=note("нова белешка")),
    )
    data = redline(open_package(old), open_package(new))
    notes = root_of(data, "word/footnotes.xml")
    assert [ns.words(node) for node in notes.iter(ns.w("ins"))] == ["нова"]
    without = word_file(p("текст"))
    gone = redline(open_package(old), open_package(without))
    refused = resolve(open_package(gone), accept=False)
    (reference,) = root_of(refused).iter(ns.w("footnoteReference"))
    (imported,) = [
        n for n in root_of(refused, "word/footnotes.xml") if n.get(ns.w("id")) == reference.get(ns.w("id"))
    ]
    assert ns.words(imported) == "стара белешка"


@pytest.mark.parametrize("kind", ["footnote", "endnote"])
def test_a_reference_that_leads_to_no_note_leads_to_none_that_is_brought(kind: str) -> None:
    def file(*ids: int, third: str) -> bytes:
        body = [refer("Прв", 2), refer("Втор", 3), third]
        notes = "".join(f'<w:{kind} w:id="{at}">{p(f"Белешка {at}")}</w:{kind}>' for at in ids)
        text = heading("Опсег") + "".join(body)
        return word_file(text, styles=HEADINGS, **{f"{kind}s": notes})  # type: ignore[arg-type]

    def refer(words: str, at: int) -> str:
        return p(words, f'<w:r><w:{kind}Reference w:id="{at}"/></w:r>')

    def said(data: bytes) -> list[str]:
        return [body_text(section.text.body, heading=True) for section in read(data).tree]

    old, new = file(2, 4, third=refer("Трет", 4)), file(2, third=p("Трет"))
    for before, after in ((old, new), (new, old)):
        made = redline(open_package(before), open_package(after))
        assert said(resolve(open_package(made), accept=True)) == said(after)
        assert said(resolve(open_package(made), accept=False)) == said(before)
