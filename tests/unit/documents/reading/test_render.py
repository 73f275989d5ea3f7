"""A body as HTML: everything escaped, every kind of block, links that lead somewhere."""

from __future__ import annotations

from typing import Any

import pytest

from documents.display.script import choose
from documents.text import normalise_body
from documents.text.html import render_body, render_heading
from documents.text.html_context import Context, File
from documents.translation.scripts import to_latin

SHA = "a" * 64
UID = "00000000-0000-4000-8000-000000000001"


def text(value: str, *marks: dict[str, Any]) -> dict[str, Any]:
    return {"type": "text", "text": value, "marks": list(marks)}


def para(*content: dict[str, Any], **attrs: str) -> dict[str, Any]:
    return {"type": "paragraph", "content": list(content), "attrs": attrs}


def html(*blocks: dict[str, Any], notes: dict[str, Any] | None = None, **context: Any) -> str:
    body = normalise_body({"heading": [], "blocks": list(blocks), "notes": notes or {}})
    return render_body(body, Context(**context))


HOSTILE = "<script>alert('x')</script>\" onclick=\"x&"


@pytest.mark.parametrize(
    "block",
    [
        para(text(HOSTILE)),
        para(text(HOSTILE, {"type": "bold"}, {"type": "link", "attrs": {"href": 'https://x.example/"><b>'}})),
        {"type": "step", "attrs": {"title": HOSTILE, "who": HOSTILE, "limit": HOSTILE}, "content": []},
        {"type": "figure", "attrs": {"sha256": SHA, "alt": HOSTILE}, "content": [text(HOSTILE)]},
        {"type": "opaque", "attrs": {"text": HOSTILE, "kind": HOSTILE}},
        {
            "type": "list",
            "attrs": {"ordered": True},
            "content": [{"type": "item", "attrs": {"label": HOSTILE}, "content": [para(text(HOSTILE))]}],
        },
        {"type": "callout", "attrs": {"tone": "warn"}, "content": [para(text(HOSTILE))]},
    ],
    ids=lambda block: block["type"],
)
@pytest.mark.parametrize("files", [{}, {SHA: File('/files/x"><script>', "image/png")}])
def test_nothing_in_a_text_makes_markup(block: dict[str, Any], files: dict[str, File]) -> None:
    found = html(block, files=files)
    assert "<script" not in found
    assert 'onclick="' not in found
    assert '"><b>' not in found


def test_steps_are_one_list_and_count_on_after_an_interruption() -> None:
    step = {"type": "step", "attrs": {"title": "Ask", "who": "police", "limit": "at once"}, "content": []}
    found = html(step, step, para(text("between")), step)
    assert found.count("<ol") == 2
    assert '<ol class="steps steps-on" start="3">' in found
    assert "<dt>Who:</dt><dd>police</dd>" in found
    assert "<dt>Time limit:</dt><dd>at once</dd>" in found


def test_a_step_inside_a_step_is_numbered_anew() -> None:
    inner = {"type": "step", "attrs": {"title": "inner"}, "content": []}
    outer = {"type": "step", "attrs": {"title": "outer"}, "content": [inner]}
    found = html(outer, para(text("x")), outer)
    assert found.count('<ol class="steps">') == 3
    assert found.count('<ol class="steps steps-on" start="2">') == 1


def test_notes_lead_there_and_back() -> None:
    note = {"type": "note", "attrs": {"id": "n7"}}
    found = html(para(text("word"), note), notes={"n7": [para(text("the note"))]}, prefix="s3-")
    assert '<a class="fn" id="s3-n1-ref" href="#s3-n1" role="doc-noteref" aria-label="note 1">1</a>' in found
    assert '<li id="s3-n1">the note <a class="fn-back" href="#s3-n1-ref"' in found


def test_a_table_keeps_its_spans_and_scrolls_by_keyboard() -> None:
    def cell(words: str, **attrs: Any) -> dict[str, Any]:
        return {"type": "cell", "attrs": attrs, "content": [para(text(words))]}

    found = html(
        {
            "type": "table",
            "content": [
                {"type": "row", "content": [cell("head", header=True, colspan=2)]},
                {"type": "row", "content": [cell("side", header=True, rowspan=2), cell("a")]},
                {"type": "row", "content": [cell("b")]},
            ],
        }
    )
    assert '<div class="tablewrap" role="group" tabindex="0" aria-label="Table 1">' in found
    assert '<th scope="colgroup" colspan="2">head</th>' in found
    assert '<th scope="rowgroup" rowspan="2">side</th><td>a</td>' in found


def test_a_cross_reference_leads_to_its_section_or_stays_words() -> None:
    block = para(text("see there", {"type": "xref", "attrs": {"uid": UID}}))
    assert f'<a class="xref" href="/s/{UID}">see there</a>' in html(
        block, section_url=lambda uid: f"/s/{uid}"
    )
    assert html(block) == "<p>see there</p>"


def test_an_anchor_of_words_leads_nowhere() -> None:
    found = html(para(text("here", {"type": "link", "attrs": {"href": "#_Toc1"}})))
    assert found == "<p>here</p>"


def test_a_picture_that_browsers_cannot_draw_is_offered_as_a_file() -> None:
    figure = {"type": "figure", "attrs": {"sha256": SHA, "alt": "a map"}, "content": []}
    assert '<img class="fig" src="/f" alt="a map"' in html(figure, files={SHA: File("/f", "image/png")})
    assert '<a href="/f">Picture: a map</a>' in html(figure, files={SHA: File("/f", "image/x-emf")})
    assert "[Picture: a map]" in html(figure)


def test_the_script_is_turned_in_words_and_not_in_addresses() -> None:
    block = para(text("Закон", {"type": "link", "attrs": {"href": "https://закон.срб/члан"}}))
    assert html(block, convert=to_latin) == (
        '<p><a href="https://закон.срб/члан" rel="noopener noreferrer">Zakon</a></p>'
    )


def test_a_heading_keeps_its_note_reference() -> None:
    body = normalise_body(
        {
            "heading": [text("Title"), {"type": "note", "attrs": {"id": "a"}}],
            "blocks": [para(text("x"), {"type": "note", "attrs": {"id": "b"}})],
            "notes": {"a": [para(text("first"))], "b": [para(text("second"))]},
        }
    )
    assert 'href="#n1"' in render_heading(body, Context())
    assert '<li id="n1">first' in render_body(body, Context())
    assert 'href="#n2"' in render_body(body, Context())


@pytest.mark.parametrize(
    ("language", "wanted", "sample", "shown", "said"),
    [
        ("sr", "Latn", "Закон о раду", "Latn", "Europol i Zakon"),
        ("sr", "Cyrl", "Закон о раду", "Cyrl", "Europol и Закон"),
        ("sr", "", "Закон о раду", "Cyrl", "Europol и Закон"),
        ("mk", "Latn", "Закон", "", "Europol и Закон"),
        ("bs", "Cyrl", "Zakon", "", "Europol и Закон"),
    ],
)
def test_only_serbian_is_turned_and_never_from_its_own_script(
    language: str, wanted: str, sample: str, shown: str, said: str
) -> None:
    script = choose(language, wanted, sample)
    assert script.shown == shown
    assert script.convert("Europol и Закон") == said


def test_latin_serbian_is_read_in_cyrillic() -> None:
    assert choose("sr", "Cyrl", "Zakon o radu").convert("Zakon o radu") == "Закон о раду"


ARABIC = "تُملأ الاستمارة (Form A-7)."


def test_what_is_read_from_the_right_says_so_block_by_block() -> None:
    def cell(words: str) -> dict[str, Any]:
        return {"type": "cell", "content": [para(text(words))]}

    def items(*words: str) -> dict[str, Any]:
        return {
            "type": "list",
            "content": [
                {"type": "item", "attrs": {"label": "أ)"}, "content": [para(text(w))]} for w in words
            ],
        }

    found = html(
        para(text("Obrazac na arapskom:")),
        para(text(f"7. {ARABIC}")),
        items("خط المساعدة", "Linija za pomoć"),
        {"type": "table", "content": [{"type": "row", "content": [cell("الاسم"), cell("Ime"), cell("12")]}]},
        para(text("Form نموذج")),
    )
    assert found.startswith(f'<p>Obrazac na arapskom:</p><p dir="rtl">7. {ARABIC}</p>')
    assert (
        '<ul class="own" role="list" dir="rtl"><li><span class="li-no">أ)</span><div>خط المساعدة</div>'
        in found
    )
    assert '<div><div dir="ltr">Linija za pomoć</div></div>' in found
    assert (
        'aria-label="Table 1" dir="rtl"><table class="tbl"><tr><td>الاسم</td><td><div dir="ltr">Ime' in found
    )
    assert found.endswith("<p>Form نموذج</p>")
    heading = {"heading": [text("١. الحقوق")], "blocks": [], "notes": {}}
    assert render_heading(heading, Context()) == '<span dir="rtl">١. الحقوق</span>'


def test_a_text_from_the_left_has_no_directions() -> None:
    found = html(para(text("Обавештење")), para(text("12,5 %")), {"type": "opaque", "attrs": {"text": "a"}})
    assert "dir=" not in found
