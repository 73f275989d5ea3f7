"""Signs that show letters in another order than they are stored in are in no text, by whichever door it
comes; it is said."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from documents.editions.text_storage import load_outline
from documents.text import body_text, normalise_body, plain_line
from documents.word.read.report import FindingCode
from tests.support.documents.desk.exchange import bring, filled_word, filled_xliff, page
from tests.support.documents.desk.fixtures import As, Desk, post_json
from tests.support.documents.word.build import HEADINGS, heading, p, read, word_file
from tests.support.factories import body

TURNED = "do \u202e9 ot 1\u202c mjesec"
PLAIN = "do 9 ot 1\u202c mjesec"
PERSIAN = "\u2067می\u200cخواهم\u2069 \u200f(\u202bب\u202c)"
SAID = "Invisible characters that change the order of letters were removed. Check the words."


def raw(heading: str, text: str) -> dict[str, Any]:
    """A body with these words as somebody sends them."""
    written = json.dumps(body("HEADING", "TEXT")).replace("HEADING", heading).replace("TEXT", text)
    return dict(json.loads(written))


@pytest.mark.parametrize(("kind", "filled"), [("xlf", filled_xliff), ("docx", filled_word)])
def test_a_translators_file(desk: Desk, as_: As, kind: str, filled: Callable[..., bytes]) -> None:
    client = as_(desk.translator)
    out = client.get(page(desk) + f"file.{kind}").content
    answer = bring(client, desk, filled(out, TURNED), f"back.{kind}").content.decode()
    assert answer.count(SAID) == 3
    assert body_text(desk.row().body_sq, heading=True) == f"{PLAIN} h\n{PLAIN} b0"
    again = bring(client, desk, filled(out, TURNED), f"back.{kind}").content.decode()
    assert "3 were already up to date." in again


def test_what_arabic_and_persian_need_stays(desk: Desk, as_: As) -> None:
    client = as_(desk.translator)
    out = client.get(page(desk) + "file.xlf").content
    answer = bring(client, desk, filled_xliff(out, PERSIAN)).content.decode()
    assert SAID not in answer
    assert PERSIAN in body_text(desk.row().body_sq, heading=True)


def test_the_desk(desk: Desk, as_: As) -> None:
    client = as_(desk.drafter)
    new = raw("Општо", TURNED)
    answer = post_json(client, desk.section(), {"body": new, "expected": desk.row().text_hash_mk}).json()
    assert SAID in answer["message"]
    assert body_text(desk.row().body_mk) == PLAIN
    said = post_json(client, desk.section(), {"body": body("Општо", "Чисто."), "expected": answer["hash"]})
    assert SAID not in said.json()["message"]
    form = {"body": json.dumps(raw(TURNED, "Чисто.")), "expected": desk.row().text_hash_mk}
    assert SAID in client.post(desk.section(), form, follow=True).content.decode()
    assert load_outline(desk.edition, "mk")[0].heading == PLAIN


def test_a_line_and_a_body() -> None:
    assert plain_line(f" {TURNED} ") == PLAIN and plain_line(PERSIAN) == PERSIAN
    assert body_text(normalise_body(raw(TURNED, PERSIAN)), heading=True) == f"{PLAIN}\n{PERSIAN}"


def test_a_word_file() -> None:
    turned = f'<w:p><w:bdo w:val="rtl"><w:r><w:t>{TURNED}</w:t></w:r></w:bdo></w:p>'
    result = read(word_file(heading(TURNED) + p(PERSIAN) + turned, styles=HEADINGS))
    (section,) = result.tree.sections
    assert (section.text.heading, section.text.plain) == (PLAIN, f"{PERSIAN}\n{PLAIN}")
    assert result.report.count(FindingCode.LETTERS_TURNED) == 3
    assert (
        read(word_file(heading("Aims") + p(PERSIAN), styles=HEADINGS)).report.count(
            FindingCode.LETTERS_TURNED
        )
        == 0
    )
