"""Stepping through a comparison in a real browser: with keys, with the buttons, and without JavaScript."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.core.files.uploadedfile import SimpleUploadedFile

from documents.actions.start_revision import start_revision
from documents.demo.markdown import read_markdown
from documents.display.links import compare_url
from documents.editions.text_storage import store_translation, store_tree
from people.roles import Role
from tests.support.documents.word.build import HEADINGS, heading, p, word_file
from tests.support.factories import make_in_force, make_institution, make_person

pytestmark = pytest.mark.django_db(transaction=True)
ROOT = Path(__file__).parents[4]
DEMO = ROOT / "documents" / "demo" / "mk-sop"


def text(edition: int, language: str):
    return read_markdown((DEMO / f"edition-{edition}" / f"{language}.md").read_text(), "mk-sop", language)


@pytest.fixture
def signed_in(live_server, client, new_page):
    """Opens the comparison of the demonstration's procedures as their coordinator."""
    first = make_in_force(tree=text(1, "mk"), translations=[text(1, "sq"), text(1, "en")])
    coordinator = make_person(Role.COORDINATOR, first.instrument.owner)
    draft = start_revision(coordinator, first)
    store_tree(draft, text(2, "mk"))
    for language in ("sq", "en"):
        store_translation(draft, text(2, language))
    client.force_login(coordinator)
    cookie = client.cookies[django_settings.SESSION_COOKIE_NAME].value
    address = live_server.url + compare_url(draft, first.number).replace("/mk/i/", "/en/i/")

    def open_page(query: str = "", **options):
        page = new_page(**options)
        page.context.add_cookies(
            [{"name": django_settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}]
        )
        page.goto(address + query)
        return page

    yield open_page


def test_keys_and_buttons_step_from_change_to_change(signed_in):
    page = signed_in("?text=en")
    count = page.locator("[data-count]")
    total = page.locator("[data-change]").count()
    page.click("[data-step=next]")
    assert count.inner_text().startswith("Change 1 of ")
    assert int(count.inner_text().split()[-1]) >= total
    page.keyboard.press("n")
    page.keyboard.press("n")
    assert count.inner_text().startswith("Change 3 of ")
    page.keyboard.press("p")
    assert count.inner_text().startswith("Change 2 of ")
    assert page.evaluate("document.activeElement.classList.contains('here')"), "the change has the focus"
    assert page.locator(".list [aria-current=location]").count() == 1
    page.uncheck("[data-keys-on]")
    page.locator(".here").focus()
    page.keyboard.press("n")
    assert count.inner_text().startswith("Change 2 of "), "the keys can be turned off"


def test_the_keys_step_on_a_page_just_opened(signed_in):
    page = signed_in("?text=en")
    page.keyboard.press("n")
    assert page.locator("[data-count]").inner_text().startswith("Change 1 of ")
    assert page.evaluate("document.activeElement.classList.contains('here')")


def test_a_key_typed_into_a_field_steps_nowhere(signed_in):
    page = signed_in("?text=en")
    before = page.locator("[data-count]").inner_text()
    page.evaluate("document.querySelector('main h1').append(document.createElement('textarea'))")
    page.locator("main h1 textarea").click()
    page.keyboard.press("n")
    page.keyboard.press("p")
    assert page.locator("[data-count]").inner_text() == before
    assert page.locator("main h1 textarea").input_value() == "np"


def test_without_javascript_links_lead_from_section_to_section(signed_in):
    page = signed_in("?text=en", java_script_enabled=False)
    first = page.locator("[data-step=next]").get_attribute("href")
    cards = [f"#{card.get_attribute('id')}" for card in page.locator("[data-card]").all()]
    assert first == cards[0]
    assert [link.get_attribute("href") for link in page.locator(".card-next a").all()] == cards[1:]
    page.click("text=Side by side")
    assert page.locator(".two").count() > 5


def test_no_sideways_scroll(signed_in):
    for query in ("?text=en", "?text=mk&view=side", "?text=sq&all=1"):
        page = signed_in(query)
        for width in (320, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate(
                "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
            ), (query, width)


def test_the_files_of_two_uploaded_ones_stand_on_one_base_line(live_server, client, new_page):
    client.force_login(make_person(Role.DRAFTER, make_institution()))
    old, new = (word_file(heading("1. Цел") + p(words), styles=HEADINGS) for words in ("Стар.", "Нов текст."))
    files = {"old": SimpleUploadedFile("old.docx", old), "new": SimpleUploadedFile("new.docx", new)}
    url = client.post("/en/desk/compare/", files | {"one_text": "on"})["Location"]
    page = new_page(viewport={"width": 1280, "height": 900})
    cookie = client.cookies[django_settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies(
        [{"name": django_settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}]
    )
    page.goto(live_server.url + url)
    page.locator(".cmp-file a").nth(1).wait_for()
    lines = page.eval_on_selector_all(
        ".cmp-file a",
        "links => links.map(a => { const r = document.createRange(); r.selectNodeContents(a.lastChild);"
        " return r.getBoundingClientRect().bottom })",
    )
    assert len(lines) == 2 and abs(lines[0] - lines[1]) < 1


WIDE = """[...document.querySelectorAll(".tablewrap")].filter((frame) => frame.scrollWidth > frame.clientWidth + 2).map((frame) => {
  const box = frame.getBoundingClientRect();
  const cells = [...frame.querySelectorAll("ins, del")].map((mark) => mark.closest("td, th").getBoundingClientRect());
  return {
    said: frame.previousElementSibling?.className === "wide-say" && frame.previousElementSibling.innerText,
    shown: cells.length ? cells[0].left >= box.left - 2 && cells[0].right <= box.right + 2 : true,
  };
})"""


def the_style() -> str:
    theme = ROOT / "site" / "theme" / "static" / "theme"
    return "".join((theme / f"{name}.css").read_text() for name in ("base", "components", "compare"))


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_a_table_wider_than_the_screen_says_so_and_shows_what_changed(new_page, direction):
    """The page's own style and script around a table of which the last column changed."""
    css = the_style()
    row = "".join(f"<td>{word}</td>" for word in ["ministerstvo"] * 5 + ["<del>2027</del> <ins>2029</ins>"])
    frame = f'<div class="tablewrap"><table class="tbl"><tr>{row}</tr></table></div>'
    plain = '<div class="tablewrap"><table class="tbl"><tr><td>one</td><td>two</td></tr></table></div>'
    page = new_page(viewport={"width": 360, "height": 800})
    page.set_content(
        f'<html lang="en" dir="{direction}"><style>{css}</style><div data-stepper><b data-count '
        f'data-words="{{number}}"></b></div>'
        f'<div data-comparison data-wide="Wider"><article data-card '
        f'id="s">{frame}{plain}</article></div></html>'
    )
    page.add_script_tag(path=ROOT / "documents" / "static" / "documents" / "compare.js")
    assert page.evaluate(WIDE) == [{"said": "Wider", "shown": True}]
    assert page.locator(".wide-say").count() == 1


def test_side_by_side_a_wide_table_takes_the_whole_width(new_page):
    css = the_style()

    def pair(columns: int) -> str:
        row = "".join(f"<td>{word}</td>" for word in ["ministerstvo"] * columns)
        inside = (
            f'<span class="tag">x</span><div class="tablewrap"><table '
            f'class="tbl"><tr>{row}</tr></table></div>'
        )
        return f'<div class="l">{inside}</div><div class="r">{inside}</div>'

    page = new_page(viewport={"width": 1280, "height": 800})
    page.set_content(f'<style>{css}</style><div class="two" style="width:880px">{pair(2)}{pair(5)}</div>')
    widths = page.evaluate("[...document.querySelectorAll('.two>div')].map((one) => one.clientWidth > 800)")
    assert widths == [False, False, True, True]
    assert page.evaluate("document.querySelectorAll('.tag')[3].checkVisibility()"), "it says which text it is"
