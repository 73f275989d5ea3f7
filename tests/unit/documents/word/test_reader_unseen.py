"""Words that stand in a file and that Word does not show: they are left out, told as hidden text, and stay in
the own file."""

from __future__ import annotations

from typing import Any

import pytest

from documents.word.read.report import FindingCode
from documents.word.source_patch.write import write_own_file
from tests.support.documents.word.build import HEADINGS, heading, read, word_file
from tests.support.documents.word.own import change, document
from tests.support.documents.word.reader_unseen import field, run, text


def choice(requires: str, inner: str) -> str:
    return f'<mc:Choice xmlns:nobody="urn:nobody" Requires="{requires}">{text(inner)}</mc:Choice>'


def alternate(*branches: str) -> str:
    return f"<mc:AlternateContent>{''.join(branches)}</mc:AlternateContent>"


FALLBACK = f"<mc:Fallback>{text('other')}</mc:Fallback>"
BEGUN = (
    run('<w:fldChar w:fldCharType="begin"/>')
    + run("<w:instrText> IF </w:instrText>")
    + "{}"
    + run('<w:fldChar w:fldCharType="end"/>')
)
RUBY = f"<w:ruby><w:rt>{text('above')}</w:rt><w:rubyBase>{text('below')}</w:rubyBase></w:ruby>"


def later(body: dict[str, Any]) -> None:
    content = body["blocks"][0]["content"]
    content[-1] = content[-1] | {"text": content[-1]["text"].replace("After", "Later")}


@pytest.mark.parametrize(
    ("inner", "shown", "hidden"),
    [
        (field('SET name "x"', "secret"), "Before . After.", 1),
        (field('ASK name "x"', "secret"), "Before . After.", 1),
        (field("PRIVATE", "secret"), "Before . After.", 1),
        (
            field('XE "x"', "secret") + field('TC "x"', "secret") + field("RD x.docx", ""),
            "Before . After.",
            2,
        ),
        (BEGUN.format(text("secret")), "Before . After.", 1),
        (BEGUN.format(field("REF a", "secret")), "Before . After.", 0),
        (f'<w:fldSimple w:instr=" SET a b ">{text("secret")}</w:fldSimple>', "Before . After.", 1),
        (field("COMMENTS", "seen"), "Before seen. After.", 0),
        (field("ADDIN EN.CITE", "seen"), "Before seen. After.", 0),
        (alternate(choice("nobody", "secret"), FALLBACK), "Before other. After.", 1),
        (alternate(choice("undeclared", "secret"), FALLBACK), "Before other. After.", 1),
        (alternate(choice("wps nobody", "secret"), FALLBACK), "Before other. After.", 1),
        (alternate(choice("nobody", "secret")), "Before . After.", 1),
        (alternate(choice("wps", "one"), choice("wps", "secret"), FALLBACK), "Before one. After.", 2),
        (alternate(choice("wps", "oth er"), FALLBACK), "Before oth er. After.", 0),
        (run(RUBY), "Before belowabove. After.", 0),
        (run(f"<w:rPr><w:vanish/></w:rPr>{RUBY}"), "Before . After.", 1),
    ],
)
def test_what_word_does_not_show_is_left_out_and_told(inner: str, shown: str, hidden: int) -> None:
    body = heading("Aims") + f"<w:p>{text('Before ')}{inner}{text('. After.')}</w:p>"
    data = word_file(body, styles=HEADINGS)
    result = read(data)
    assert result.tree.sections[0].text.plain.strip().endswith(shown)
    assert result.report.count(FindingCode.HIDDEN_TEXT) == hidden
    changed = change(result.tree, 0, later)
    own = write_own_file(data, changed, [section.uid for section in changed])
    assert b"secret" not in document(own), "of an edited paragraph nothing hidden leaves"


def test_paragraphs_in_a_field_whose_result_never_begins_are_told() -> None:
    first, last = BEGUN.split("{}")
    body = f"<w:p>{text('One. ')}{first}</w:p><w:p>{text('Two.')}</w:p><w:p>{text('Three. ')}{last}{text('Four.')}</w:p>"
    result = read(word_file(heading("Aims") + body, styles=HEADINGS))
    assert "Two" not in result.tree.sections[0].text.plain
    assert "Four." in result.tree.sections[0].text.plain
    assert result.report.count(FindingCode.HIDDEN_TEXT) == 2
