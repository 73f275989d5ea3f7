"""The editor in a real browser: typing, saving, formatting, pasting, dialogs, conflicts."""

from __future__ import annotations

import json

from playwright.sync_api import Dialog, expect

from documents.actions.submit_edition import submit_edition
from documents.demo.markdown import read_markdown
from documents.editions.text_storage import load_tree
from documents.text import body_text
from tests.support.documents.desk.browsing import TEXT, editor_body, end_of_text, save, settle
from tests.support.documents.desk.editor_bundle import ROOT
from tests.support.documents.desk.fixtures import RICH, UID2, UID3, Desk, Open


def test_typing_saving_and_opening_again(desk_here: Desk, opened: Open) -> None:
    page = opened(desk_here.drafter, desk_here.section())
    end_of_text(page)
    page.keyboard.type(" Ново.")
    expect(page.locator("[data-status]")).to_have_text("Not saved yet")
    save(page)
    assert "Ново." in body_text(desk_here.row().body_mk)
    page.keyboard.type(" Уште.")
    save(page)
    page.reload()
    expect(page.locator(TEXT)).to_contain_text("Ново. Уште.")
    kept = desk_here.row().body_mk
    assert kept["blocks"][1:] == RICH["blocks"][1:] and kept["notes"] == RICH["notes"]


def test_opening_and_saving_changes_nothing(desk_here: Desk, opened: Open) -> None:
    before = desk_here.row()
    page = opened(desk_here.drafter, desk_here.section())
    assert editor_body(page) == RICH
    page.locator(TEXT).click()
    save(page)
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.get_by_role("button", name="Save").click()
    assert desk_here.row().text_hash_mk == before.text_hash_mk
    assert desk_here.row().body_mk == before.body_mk


def test_all_demonstration_texts_are_shown_and_given_back_by_the_page(desk_here: Desk, opened: Open) -> None:
    bodies = [
        section.text.body
        for path in sorted((ROOT / "documents/demo").glob("*/edition-2/*.md"))
        for section in read_markdown(path.read_text("utf-8"), path.parts[-3], path.stem)
    ]
    tree = load_tree(desk_here.edition, "mk")
    page = opened(desk_here.drafter, desk_here.section())
    # A second editor on the same page for each body: the page's own script, with the browser's own reading
    # and drawing.
    wrong = page.evaluate(
        """async (bodies) => {
            const form = document.querySelector('form[data-editor]')
            const source = await (await fetch(document.querySelector('script[src*="editor.js"]').src)).text()
            const wrong = []
            const sorted = (v) => Array.isArray(v) ? v.map(sorted) : v && typeof v === 'object'
                ? Object.fromEntries(Object.keys(v).sort().map((k) => [k, sorted(v[k])])) : v
            for (const body of bodies) {
                const copy = form.cloneNode(true)
                copy.querySelector('[data-text]').replaceChildren()
                copy.elements.body.value = JSON.stringify(body)
                form.replaceWith(copy)
                const script = document.createElement('script')
                script.src = document.querySelector('script[src*="editor.js"]').src
                await new Promise((done) => { script.onload = done; document.body.append(script) })
                if (JSON.stringify(sorted(copy.editor.body())) !== JSON.stringify(sorted(body))) wrong.push(body)
                script.remove()
                copy.replaceWith(form)
            }
            return [wrong, source.length]
        }""",
        bodies,
    )
    assert wrong[0] == []
    assert tree == load_tree(desk_here.edition, "mk")


def test_formatting_by_keyboard(desk_here: Desk, opened: Open) -> None:
    page = opened(desk_here.drafter, desk_here.section(uid=UID2))
    page.locator(f"{TEXT} [data-body] > p").first.click()
    page.keyboard.press("Control+a")
    page.keyboard.press("Control+b")
    page.keyboard.press("ArrowRight")
    settle(page)
    page.keyboard.press("Enter")
    page.keyboard.press("Control+b")
    page.keyboard.type("- прво")
    page.keyboard.press("Enter")
    page.keyboard.type("второ")
    page.keyboard.press("Tab")
    page.keyboard.press("Control+Alt+f")
    page.keyboard.type("Во белешката.")
    page.keyboard.press("Escape")
    page.keyboard.type("!")
    save(page)
    kept = desk_here.row(UID2).body_mk
    assert kept["blocks"][0]["content"][0]["marks"] == [{"type": "bold"}]
    assert kept["blocks"][1]["type"] == "list"
    inner = kept["blocks"][1]["content"][0]["content"][1]
    assert inner["type"] == "list"
    words = inner["content"][0]["content"][0]["content"]
    assert [w.get("text") or w["type"] for w in words] == ["второ", "note", "!"]
    assert body_text({"blocks": kept["notes"][words[1]["attrs"]["id"]]}) == "Во белешката."


def test_undo_brings_a_removed_note_back_with_its_text(desk_here: Desk, opened: Open) -> None:
    page = opened(desk_here.drafter, desk_here.section())
    page.locator(f"{TEXT} .pm-note").first.click()
    page.keyboard.press("Delete")
    assert editor_body(page)["notes"] == {}
    page.keyboard.press("Control+z")
    assert editor_body(page) == RICH


def test_the_fields_of_a_step(desk_here: Desk, opened: Open) -> None:
    page = opened(desk_here.drafter, desk_here.section())
    page.get_by_label("Time limit").fill("во рок од 2 часа")
    save(page)
    assert desk_here.row().body_mk["blocks"][1]["attrs"] == RICH["blocks"][1]["attrs"] | {
        "limit": "во рок од 2 часа"
    }
    page.get_by_label("Time limit").press("Control+z")
    assert editor_body(page) == RICH


def test_a_table_grows_and_its_joined_cells_stay(desk_here: Desk, opened: Open) -> None:
    page = opened(desk_here.drafter, desk_here.section())
    page.locator(f"{TEXT} td").first.click()
    page.get_by_role("button", name="Insert row below").click()
    page.get_by_role("button", name="Insert column right").click()
    save(page)
    rows = desk_here.row().body_mk["blocks"][2]["content"]
    assert len(rows) == 3
    assert [sum(cell.get("attrs", {}).get("colspan", 1) for cell in row["content"]) for row in rows] == [
        3,
        3,
        3,
    ]


def test_a_reference_and_a_link_by_the_dialogs(desk_here: Desk, opened: Open) -> None:
    page = opened(desk_here.drafter, desk_here.section(uid=UID2))
    end_of_text(page)
    page.keyboard.press("Control+Shift+k")
    page.get_by_label("Find a section").fill("постап")
    page.keyboard.press("Enter")
    page.keyboard.type(" и ")
    page.get_by_role("button", name="Link", exact=True).click()
    page.get_by_label("Address").fill("javascript:alert(1)")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_be_visible()
    page.get_by_label("Address").fill("example.org/a")
    page.keyboard.press("Enter")
    save(page)
    marks = [n["marks"] for n in desk_here.row(UID2).body_mk["blocks"][0]["content"] if n.get("marks")]
    assert marks == [
        [{"type": "xref", "attrs": {"uid": UID3}}],
        [{"type": "link", "attrs": {"href": "https://example.org/a"}}],
    ]


WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p{color:red}</style></head><body>
<!--StartFragment--><h2 style='mso-list:none'>Наслов</h2>
<p class=MsoNormal style='text-align:justify'><b>Дебело</b> и <span style='font-style:italic'>косо</span><o:p></o:p></p>
<p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>1.<span>&nbsp;</span></span><![endif]>прво</p>
<p class=MsoListParagraphCxSpLast style='text-indent:-18.0pt;mso-list:l0 level2 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>a)<span>&nbsp;</span></span><![endif]>подточка</p>
<p><a href="javascript:alert(1)">лошо</a> <a href="https://example.org/">добро</a><a href="#_ftn1">[1]</a></p>
<table border=1><tr><td colspan=2 onclick="alert(1)">споено</td></tr><tr><td>а</td><td>б</td></tr></table>
<script>window.bad = 1</script><img src=x onerror="window.bad = 1"><!--EndFragment--></body></html>"""


def test_a_paste_from_word_becomes_plain_blocks(desk_here: Desk, opened: Open) -> None:
    page = opened(desk_here.drafter, desk_here.section(uid=UID2))
    page.locator(f"{TEXT} [data-body] > p").first.click()
    page.keyboard.press("Control+a")
    page.evaluate(
        """(html) => {
            const data = new DataTransfer()
            data.setData('text/html', html)
            document.querySelector('[data-text] .pm').dispatchEvent(
                new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true}))
        }""",
        WORD,
    )
    save(page)
    kept = desk_here.row(UID2).body_mk
    assert [block["type"] for block in kept["blocks"]] == [
        "paragraph",
        "paragraph",
        "list",
        "paragraph",
        "table",
    ]
    assert kept["blocks"][1]["content"] == [
        {"type": "text", "text": "Дебело", "marks": [{"type": "bold"}]},
        {"type": "text", "text": " и "},
        {"type": "text", "text": "косо", "marks": [{"type": "italic"}]},
    ]
    assert kept["blocks"][2]["attrs"] == {"ordered": True}
    assert body_text({"blocks": [kept["blocks"][2]]}) == "прво\nподточка"
    assert kept["blocks"][2]["content"][0]["content"][1]["type"] == "list"
    text = json.dumps(kept)
    assert "javascript" not in text and "https://example.org/" in text and "_ftn" not in text
    assert kept["blocks"][4]["content"][0]["content"][0]["attrs"] == {"colspan": 2}
    assert page.evaluate("window.bad") is None


def test_two_people_in_one_section(desk_here: Desk, opened: Open) -> None:
    first = opened(desk_here.coordinator, desk_here.section())
    second = opened(desk_here.drafter, desk_here.section())
    end_of_text(first)
    first.keyboard.type(" Од првата.")
    save(first)
    second.get_by_label("Time limit").fill("од втората")
    second.get_by_role("button", name="Save").click()
    expect(second.get_by_role("heading", level=1)).to_have_text("Someone else changed this section")
    expect(second.locator(".conflict")).to_contain_text("Cveta saved this section")
    assert "втората" not in json.dumps(desk_here.row().body_mk, ensure_ascii=False)
    # Each changed another paragraph: both stay, and nothing has to be chosen.
    expect(second.locator(".part")).to_have_count(2)
    second.get_by_role("button", name="Save what I chose").click()
    expect(second.get_by_text("Saved.", exact=True)).to_be_visible()
    kept = desk_here.row().body_mk
    assert "Од првата." in body_text(kept)
    assert kept["blocks"][1]["attrs"]["limit"] == "од втората"
    assert kept["notes"] == RICH["notes"]


def test_what_is_not_saved_is_not_left_without_a_question(desk_here: Desk, opened: Open) -> None:
    page = opened(desk_here.drafter, desk_here.section())
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    end_of_text(page)
    page.keyboard.type("x")
    page.get_by_role("link", name="My work").first.click(no_wait_after=True)
    page.wait_for_timeout(300)
    assert asked == ["beforeunload"]
    assert editor_body(page) != RICH


def test_a_text_that_was_locked_meanwhile_says_so_and_keeps_what_was_typed(
    desk_here: Desk, opened: Open
) -> None:
    page = opened(desk_here.drafter, desk_here.section())
    submit_edition(desk_here.coordinator, desk_here.edition)
    end_of_text(page)
    page.keyboard.type(" Доцна.")
    page.keyboard.press("Control+s")
    expect(page.locator("[data-status]")).to_contain_text("so you can't change it")
    expect(page.locator(TEXT)).to_contain_text("Доцна.")


def test_signed_out_meanwhile(desk_here: Desk, opened: Open) -> None:
    page = opened(desk_here.drafter, desk_here.section())
    end_of_text(page)
    page.keyboard.type(" Овде.")
    page.context.clear_cookies()
    page.keyboard.press("Control+s")
    expect(page.locator("[data-status]")).to_contain_text("signed out")
    expect(page.locator(TEXT)).to_contain_text("Овде.")


def test_the_toolbar_is_one_stop_for_tab_and_arrows_move_in_it(desk_here: Desk, opened: Open) -> None:
    page = opened(desk_here.drafter, desk_here.section())
    end_of_text(page)
    page.keyboard.press("Alt+F10")
    expect(page.get_by_role("button", name="Bold")).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("button", name="Italic")).to_be_focused()
    assert page.locator("[role=toolbar] button[tabindex='0']").count() == 1
    page.keyboard.press("Enter")
    expect(page.locator(TEXT)).to_be_focused()
    expect(page.get_by_role("button", name="Italic")).to_have_attribute("aria-pressed", "true")
