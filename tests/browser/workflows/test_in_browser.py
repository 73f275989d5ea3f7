"""The review room and the desk in a real browser: marking words, no script, axe, narrow screens, light and
dark."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from documents.actions.edit_outline import fingerprint, remove_section
from documents.actions.save_section import save_section
from documents.editions.text_storage import load_tree
from documents.models import Comment
from documents.text import text_hash
from mail.models import Message
from people.actions.mail_link import send_link
from tests.support.reviews import body, say, seat_of, sign, to
from tests.support.workflows.in_browser import RULES, Open
from tests.support.workflows.in_browser import office as office
from workflows.actions.reopen import reopen
from workflows.models import Review, SignOff

pytestmark = pytest.mark.django_db(transaction=True)
SELECT = """(words) => {
  const walker = document.createTreeWalker(document.querySelector('article.chg .body'), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const at = walker.currentNode.data.indexOf(words);
    if (at < 0) continue;
    const range = document.createRange();
    range.setStart(walker.currentNode, at);
    range.setEnd(walker.currentNode, at + words.length);
    getSelection().removeAllRanges();
    getSelection().addRange(range);
    return true;
  }
  return false;
}"""


def test_marked_words_become_a_suggestion_that_is_shown_in_the_text(office: Any) -> None:
    cast, review, open_as = office
    page = open_as(cast.goran, to("review:room", review.pk) + "?text=en")
    bar = page.locator("[data-mark-bar]")
    expect(bar).to_be_hidden()
    # Three clicks mark a whole paragraph, and the browser lets the mark end behind the text if it is the last
    # one.
    page.locator("article.chg .body p").last.click(click_count=3)
    expect(bar).to_be_visible()
    page.evaluate("getSelection().removeAllRanges()")
    expect(bar).to_be_hidden()
    assert page.evaluate(SELECT, "within 24 hours")
    expect(bar).to_be_visible()
    page.click("[data-mark=suggest]")
    expect(page.locator("#c-quote")).to_have_value("within 24 hours")
    # The words stand marked in their section here too.
    expect(page.locator("article.chg .body .cq")).to_have_text("within 24 hours")
    page.fill("#c-suggestion", "within 2 hours")
    page.click("text=Save comment")
    mark = page.locator("article.chg .body .cq")
    expect(mark.first).to_have_text("within 24 hours")
    expect(page.locator(".body a.bub")).to_be_visible()
    expect(page.locator(".body a.bub")).to_have_attribute("href", f"#k{Comment.objects.get().pk}")
    page.keyboard.press("Escape")
    expect(page.locator("[data-mark-bar]")).to_be_hidden()


def test_struck_words_can_not_be_marked(office: Any) -> None:
    cast, review, open_as = office
    page = open_as(cast.goran, to("review:room", review.pk) + "?text=en")
    page.evaluate("""() => {
      const words = document.createElement("del");
      words.textContent = "within three days ";
      document.querySelector("article.chg .body p").prepend(words);
    }""")
    assert page.evaluate(SELECT, "within 24 hours")
    expect(page.locator("[data-mark-bar]")).to_be_visible()
    assert page.evaluate(SELECT, "three")
    expect(page.locator("[data-mark-bar]")).to_be_hidden()


def test_what_was_taken_out_can_not_be_marked_and_says_where_to_speak_of_it(office: Any) -> None:
    cast, review, open_as = office
    sign(cast.goran, seat_of(review, cast.interior))
    reopen(cast.coordinator, review, "One section too many.")
    remove_section(cast.drafter, cast.edition, cast.uids[1], fingerprint(cast.edition))
    again = cast.start()
    page = open_as(cast.goran, to("review:room", again.pk) + "?text=en")
    gone = page.locator(f"[id='s-{cast.uids[1]}']")
    expect(gone).to_contain_text("comment on a section next to it")
    gone.locator(".body p").first.click(click_count=3)
    page.wait_for_timeout(400)
    expect(page.locator("[data-mark-bar]")).to_be_hidden()


def test_the_room_keeps_its_words_in_their_frames(office: Any) -> None:
    """The views on a narrow screen in a long language; what stands beside the buttons of the box."""
    cast, review, open_as = office
    say(cast, review)
    room = f"/mk/review/{review.pk}/"
    page = open_as(cast.goran, room, viewport={"width": 320, "height": 800})
    assert page.locator(".seg a").count() == 3
    beyond = """() => { const frame = document.querySelector(".seg").getBoundingClientRect();
      return [...document.querySelectorAll(".seg a")].filter((one) => one.scrollWidth > one.clientWidth
        || one.getBoundingClientRect().right > frame.right).map((one) => one.textContent); }"""
    assert page.evaluate(beyond) == []
    page = open_as(cast.goran, room, viewport={"width": 1280, "height": 800})
    middles = """() => [...document.querySelectorAll(".todo .go a")].map((one) => {
      const box = one.getBoundingClientRect(); return Math.round((box.top + box.bottom) / 2); })"""
    found = page.evaluate(middles)
    assert len(found) == 3 and max(found) - min(found) <= 2


def test_the_picture_in_time_can_be_read_on_a_phone_and_in_a_column(office: Any) -> None:
    cast, review, open_as = office
    sizes = """() => [...document.querySelectorAll("svg.tl")].filter((one) => one.clientWidth).map((one) =>
      parseFloat(getComputedStyle(one.querySelector("text")).fontSize)
        * one.clientWidth / one.viewBox.baseVal.width)"""
    for address in (f"/mk/desk/reviews/{review.pk}/", "/mk/desk/reviews/"):
        for width in (360, 1280):
            page = open_as(cast.coordinator, address, viewport={"width": width, "height": 800})
            found = page.evaluate(sizes)
            assert found and min(found) >= 12 and max(found) <= 24, (address, width, found)


def test_the_panel_to_answer_has_no_scroll_box_of_its_own(office: Any) -> None:
    """On a low window its end stays in sight while the text is read: the reason, and the button."""
    cast, review, open_as = office
    page = open_as(cast.goran, f"/en/review/{review.pk}/", viewport={"width": 1366, "height": 700})
    aside = page.locator(".room > aside")
    assert aside.evaluate("(box) => box.scrollHeight <= box.clientHeight && box.clientHeight > 700")
    page.evaluate("document.querySelector('#changes').style.minBlockSize = '4000px'")
    page.evaluate("scrollTo(0, 1800)")
    expect(page.locator("#reason")).to_be_in_viewport()
    expect(page.locator(".sign form button.btn")).to_be_in_viewport(ratio=1)
    # At the beginning of the page it begins with the text beside it.
    page.evaluate("scrollTo(0, 0)")
    tops = (
        "() => ['#changes', '.room > aside'].map((one) => "
        "document.querySelector(one).getBoundingClientRect().top)"
    )
    text, panel = page.evaluate(tops)
    assert abs(text - panel) < 2


def test_a_reviewer_on_a_phone_without_scripts_reads_comments_and_signs(office: Any) -> None:
    cast, _review, open_as = office
    page = open_as(
        cast.goran,
        to("review:list"),
        viewport={"width": 390, "height": 844},
        java_script_enabled=False,
    )
    page.click("text=Read and answer")
    page.locator("text=Comment on this section").first.click()
    page.fill("#c-text", "A thought.")
    page.click("text=Save comment")
    page.locator("text=Mark as read").first.click()
    expect(page.locator(".dock")).to_contain_text("1 of 3 read")
    assert page.locator("input[name=choice]:checked").count() == 0, "no answer is chosen beforehand"
    page.check("input[value=agree_with_remarks]")
    page.fill("#reason", "See my comment.")
    page.click("text=Check and sign")
    expect(page.locator("main")).to_contain_text("You have marked 1 of 3 changed sections as read")
    page.click("main button[value=confirmed]")
    expect(page.locator(".sign")).to_contain_text("See my comment.")
    assert SignOff.objects.get().person == cast.goran and Comment.objects.get().text == "A thought."


def test_the_link_of_a_mail_signs_in_by_its_button(office: Any, live_server: Any, new_page: Open) -> None:
    """In a browser the form names where it comes from, or it would be refused as one of another site."""
    cast, review, _open_as = office
    send_link(cast.goran.email)
    text = Message.objects.get(template="mail_link").text
    path = "/en/mail-link/" + text.split("/mail-link/")[1].split("/")[0] + "/"
    page = new_page(java_script_enabled=False)
    page.goto(live_server.url + path)
    page.click("main button")
    expect(page).not_to_have_url(live_server.url + path)
    page.goto(live_server.url + to("review:room", review.pk))
    expect(page.locator("main")).to_contain_text("Your sign-off: Ministry of Interior")


def test_axe_finds_nothing_and_nothing_scrolls_sideways(office: Any) -> None:
    cast, review, open_as = office
    sign(cast.biljana, seat_of(review, cast.social), "agree_with_remarks", "A remark.")
    Comment.objects.create(
        edition=review.edition,
        uid=cast.uids[0],
        language="en",
        author=cast.goran,
        institution=cast.interior,
        quote="within 24 hours",
        suggestion="within 2 hours",
        text="Sooner.",
    )
    pages = [
        (cast.goran, to("review:list")),
        (cast.goran, to("review:room", review.pk) + "?text=en"),
        (cast.goran, to("review:comment", review.pk) + f"?uid={cast.uids[0]}"),
        (cast.coordinator, to("coordinate:desk")),
        (cast.coordinator, to("coordinate:review", review.pk)),
        (cast.coordinator, to("coordinate:reopen", review.pk)),
        (cast.coordinator, to("coordinate:adopt", review.pk)),
        (cast.coordinator, to("mail:outbox")),
    ]
    for user, address in pages:
        # So high that the dock lies over nothing: what it covers is scrolled free by a reader, but not by
        # axe.
        page = open_as(user, address, viewport={"width": 320, "height": 6000}, color_scheme="light")
        for width, scheme in ((320, "light"), (1280, "dark")):
            page.set_viewport_size({"width": width, "height": 6000})
            page.emulate_media(color_scheme=scheme)
            found = Axe().run(page, options=RULES)
            assert found.violations_count == 0, f"{address} {scheme}\n{found.generate_report()}"
            wide = page.evaluate("document.documentElement.scrollWidth")
            assert wide <= width, f"{address} is {wide} px wide at {width}"
        page.context.close()


def test_the_own_signs_of_a_list_stand_beside_its_words_in_an_unchanged_section_too(office: Any) -> None:
    cast, review, open_as = office
    reopen(cast.coordinator, review, "A list.")
    items = [
        {"type": "item", "attrs": {"label": "•"}, "content": body("", words)["blocks"]}
        for words in ("Прво.", "Второ.")
    ]
    listed = body("Прв разговор") | {"blocks": [{"type": "list", "attrs": {}, "content": items}]}
    old = load_tree(cast.edition, "mk").by_uid[cast.uids[1]].text.body
    save_section(cast.drafter, cast.edition, cast.uids[1], "mk", listed, text_hash(old))
    second = cast.start()
    sign(cast.goran, seat_of(second, cast.interior))
    reopen(cast.coordinator, Review.objects.get(pk=second.pk), "Once more.")
    address = to("review:room", cast.start().pk) + "?text=mk&view=whole"
    page = open_as(cast.goran, address, viewport={"width": 360, "height": 800})
    section = page.locator(f"details.same#s-{cast.uids[1]}")
    section.locator("summary").click()
    tops = section.evaluate(
        """(one) => [...one.querySelectorAll("li")].map((item) =>
          [...item.children].map((part) => Math.round(part.getBoundingClientRect().top)))"""
    )
    assert len(tops) == 2 and all(len(of) == 2 and abs(of[0] - of[1]) <= 2 for of in tops), tops


def test_on_a_phone_nothing_in_the_room_stands_askew(office: Any) -> None:
    """A thread's buttons on one line, notes apart, the count of a stage whole, languages as one line of
    text."""
    cast, review, open_as = office
    say(cast, review)
    boxes = (
        "(found) => found.map((one) => { const box = one.getBoundingClientRect(); return [box.top, "
        "box.bottom] })"
    )
    phone = {"width": 360, "height": 800}
    page = open_as(cast.coordinator, f"/sr-cyrl/review/{review.pk}/?text=mk", viewport=phone)
    buttons = page.locator(".thread footer > :is(details, form) > :is(summary, button)").evaluate_all(boxes)
    middles = [sum(one) / 2 for one in buttons[:2]]
    assert len(middles) == 2 and abs(middles[0] - middles[1]) <= 1, buttons
    counts = page.locator("h3.of-stage > span + span").evaluate_all(boxes)
    assert counts and all(bottom - top < 30 for top, bottom in counts), counts
    assert page.locator(".opts-lang").first.evaluate("(one) => getComputedStyle(one).display") == "block"
    reopen(cast.coordinator, review, "A correction.")
    page = open_as(cast.coordinator, f"/sr-cyrl/review/{review.pk}/", viewport=phone)
    notes = page.locator("#changes > .note").evaluate_all(boxes)
    assert len(notes) > 1 and all(after[0] - one[1] >= 4 for one, after in pairwise(notes)), notes
    page = open_as(cast.coordinator, f"/sr-cyrl/desk/reviews/{review.pk}/", viewport=phone)
    told = page.locator(".dtop details + :is(h2, .alone-line)").evaluate_all(boxes)
    words = page.locator(".dtop details:has(.plan-words)").evaluate_all(boxes)
    assert told[0][0] - words[0][1] >= 12, (words, told)
