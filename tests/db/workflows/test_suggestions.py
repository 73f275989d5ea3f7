"""Suggestions: applied by a click or by hand, changed since, or accepted and not in the text."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
from django.urls import reverse
from docx import Document

from audit.models import Entry
from audit.verify import problems
from documents.actions.edit_outline import fingerprint, set_level
from documents.actions.errors import ActionError, NotReady
from documents.actions.save_section import save_section
from documents.choices import CommentOutcome, State
from documents.comments.actions import section_text
from documents.editions.text_storage import load_tree
from documents.models import Comment, Edition
from documents.text import text_hash
from tests.support.documents.word.build import para, text
from tests.support.reviews import (
    TEXTS,
    Cast,
    act_form,
    client_of,
    open_review,
    page_of,
    pass_all,
    say,
    sign,
    to,
)
from tests.support.workflows.like_words import LIMIT, LINES, accept, now, suggest
from tests.support.workflows.like_words import consulted as consulted
from tests.support.workflows.matrix import sheet
from workflows.actions.comments import answer_comment, write_comment
from workflows.actions.end_coordination import end_coordination
from workflows.actions.reopen import reopen
from workflows.actions.start_review import start_review
from workflows.models import Review, Stage
from workflows.pages.matrix.rows import rows_of
from workflows.pages.matrix.spreadsheet import COLUMNS
from workflows.rules.unapplied_suggestions import unapplied

OUT = "The suggested words are not in the text yet."
DESK = "/en/desk/{}/s/{}/mk/"


@pytest.fixture
def coordinated(cast: Cast) -> tuple[Review, Comment]:
    """A review in its coordination, with one suggestion that was accepted and not put in."""
    review = open_review(cast)
    comment = say(cast, review)
    for institution, user in ((cast.interior, cast.goran), (cast.social, cast.biljana)):
        sign(user, Stage.objects.get(review=review, order=1).seats.get(institution=institution))
    answered(cast, review, comment)
    return review, comment


def answered(cast: Cast, review: Review, comment: Comment, outcome: str = CommentOutcome.ACCEPTED) -> None:
    found = Comment.objects.select_related("edition__instrument").get(pk=comment.pk)
    answer_comment(cast.coordinator, found, review, outcome, "It will be put in.")


def coordination(review: Review) -> Stage:
    return Stage.objects.select_related("review__edition__instrument").get(review=review, kind="coordination")


def numbers(cast: Cast) -> list[int]:
    edition = Edition.objects.select_related("instrument__country").get(pk=cast.edition.pk)
    return [comment.pk for comment in unapplied(edition)]


def test_the_coordination_does_not_end_before_it_is_confirmed(
    cast: Cast, coordinated: tuple[Review, Comment]
) -> None:
    review, comment = coordinated
    client, address = client_of(cast.coordinator), to("coordinate:review", review.pk)
    page = client.get(address).content.decode()
    assert "1 accepted suggestion is not in the text" in page
    assert DESK.format(cast.edition.pk, cast.uids[0]) in page
    assert f"comment={comment.pk}#k{comment.pk}" in page and f'name="without" value="{comment.pk}"' in page
    sent = {"stage": str(coordination(review).pk)}
    refused = client.post(to("coordinate:go_on", review.pk), sent)
    assert refused.status_code == 409
    assert (
        '<a href="#without">1 accepted suggestion is not in the text. Insert it,' in refused.content.decode()
    )
    assert coordination(review).open and Entry.objects.get(refused=True).detail["why"] == "left_out"
    # Renumbered is another question.
    assert client.post(to("coordinate:go_on", review.pk), sent | {"without": "99999 x"}).status_code == 409
    went = client.post(to("coordinate:go_on", review.pk), sent | {"without": str(comment.pk)})
    assert went.status_code == 302 and not coordination(review).open
    assert Entry.objects.get(verb="go_without").detail == {"comments": [comment.pk]}
    assert list(problems()) == []


@pytest.mark.parametrize("by_hand", [True, False])
def test_words_that_were_put_in_are_not_asked_about(
    cast: Cast, coordinated: tuple[Review, Comment], by_hand: bool
) -> None:
    review, comment = coordinated
    assert numbers(cast) == [comment.pk]
    if by_hand:
        cast.change(0, "Социјалниот работник во рок од 12 часа ја проценува опасноста.")
    else:
        accept(cast, comment)
    assert "12 часа" in now(cast) and numbers(cast) == []
    page = page_of(cast.coordinator, to("coordinate:review", review.pk))
    assert 'name="without"' not in page
    end_coordination(cast.coordinator, coordination(review))
    assert not Entry.objects.filter(verb="go_without").exists()


def test_words_that_were_put_in_and_taken_out_again_are(
    cast: Cast, coordinated: tuple[Review, Comment]
) -> None:
    _review, comment = coordinated
    accept(cast, comment)
    cast.change(0, "Социјалниот работник ја проценува опасноста во рок од 24 часа.")
    assert numbers(cast) == [comment.pk]


def test_what_was_partly_accepted_or_rejected_or_opened_again_is_not(
    cast: Cast, coordinated: tuple[Review, Comment]
) -> None:
    review, comment = coordinated
    Comment.objects.filter(pk=comment.pk).update(resolved=None)
    assert numbers(cast) == []
    for outcome in (CommentOutcome.PARTLY, CommentOutcome.REJECTED):
        answered(cast, review, comment, outcome)
        assert numbers(cast) == []


def test_of_two_that_suggest_the_same_words_both_are_missed_before_both_are_in(cast: Cast) -> None:
    cast.change(0, "Прво: 24 часа.", "Второ: 24 часа.")
    review = open_review(cast)
    one = say(cast, review, prefix="Прво: ", suffix=".")
    two = say(cast, review, prefix="Второ: ", suffix=".")
    for comment in (one, two):
        answered(cast, review, comment)
    assert numbers(cast) == [one.pk, two.pk]
    cast.change(0, "Прво: 12 часа.", "Второ: 24 часа.")
    assert numbers(cast) == [one.pk, two.pk]
    cast.change(0, "Прво: 12 часа.", "Второ: 12 часа.")
    assert numbers(cast) == []


def test_the_thread_and_the_table_say_so_and_lead_to_the_desk(
    cast: Cast, coordinated: tuple[Review, Comment]
) -> None:
    review, comment = coordinated
    cast.change(0, "Социјалниот работник ја проценува опасноста во рок од 48 часа.")
    desk = DESK.format(cast.edition.pk, cast.uids[0])
    table, room = f"/en/review/{review.pk}/comments/", f"/en/review/{review.pk}/?text=mk&view=comments"
    for user, there in ((cast.coordinator, True), (cast.biljana, False)):
        client = client_of(user)
        row = client.get(table).content.decode().partition(f'id="k{comment.pk}"')[2].partition("</tr>")[0]
        thread = (
            client.get(room).content.decode().partition(f'id="k{comment.pk}"')[2].partition("</section>")[0]
        )
        for said in (row, thread):
            assert OUT in said and (f'href="{desk}"' in said) is there
    client = client_of(cast.coordinator)
    other = say(cast, review, cast.drafter, quote="опасноста", suggestion="ризикот")
    page = client.get(f"{table}?only=left_out").content.decode()
    assert f'id="k{comment.pk}"' in page and f'id="k{other.pk}"' not in page
    sheet_now = sheet(client.get(f"/en/review/{review.pk}/comments.xlsx?only=left_out").content)
    assert (
        sheet_now.max_row == 3
        and "the suggested words are not in the text; the words it refers to are no longer"
        in str(sheet_now["I3"].value)
    )


def test_a_locked_text_says_when_words_can_be_put_in_and_an_adopted_one_nothing_of_the_desk(
    cast: Cast, review: Review
) -> None:
    comment = say(cast, review)
    address = f"/en/review/{review.pk}/?text=mk&view=comments"

    def thread() -> str:
        page = page_of(cast.coordinator, address)
        return page.partition(f'id="k{comment.pk}"')[2].partition("</section>")[0]

    assert "The text is locked. You can accept this now and insert the words when" in thread()
    answered(cast, review, comment)
    assert "The text is locked. You can insert the words when it is a draft again." in thread()
    pass_all(cast, review)
    client, form = client_of(cast.coordinator), act_form()
    page = client.get(to("coordinate:adopt", review.pk)).content.decode()
    assert (
        "1 accepted suggestion is not in the text" in page and "To insert the words, reopen the text." in page
    )
    refused = client.post(to("coordinate:adopt", review.pk), form)
    assert refused.status_code == 409 and '<a href="#without">' in refused.content.decode()
    assert Edition.objects.get(pk=cast.edition.pk).state == State.IN_REVIEW
    done = client.post(to("coordinate:adopt", review.pk), act_form() | {"without": str(comment.pk)})
    assert done.status_code == 302 and Edition.objects.get(pk=cast.edition.pk).state == State.IN_FORCE
    assert Entry.objects.filter(verb="go_without").count() == 1 and list(problems()) == []
    said = thread()
    assert "The suggested words were not put into the text." in said
    table = client.get(f"/en/review/{review.pk}/comments/").content.decode()
    for words in (said, table.partition("<table")[2]):
        assert not re.search(r"desk|draft|locked", words.replace("/desk/reviews/", ""))


def test_a_round_that_locks_the_text_at_once_asks_too(cast: Cast, review: Review) -> None:
    comment = say(cast, review)
    answered(cast, review, comment)
    reopen(cast.coordinator, Review.objects.get(pk=review.pk), "A slip.")
    edition = Edition.objects.get(pk=cast.edition.pk)
    with pytest.raises(NotReady, match="1 accepted suggestion is not in the text"):
        start_review(cast.coordinator, edition, cast.procedure, cast.plans())
    page = page_of(cast.coordinator, to("coordinate:start", edition.pk))
    assert f'name="without" value="{comment.pk}"' in page
    start_review(cast.coordinator, edition, cast.procedure, cast.plans(), without=[comment.pk])
    assert Entry.objects.filter(verb="go_without").count() == 1


SINCE = "this part of the text has changed since"
ASTRAY = "It is not clear which are meant"
STEPS = ("Јави се во Центарот.", "Запиши го часот.", "Јави се во Центарот.", "Чекај одговор.")


def thread(cast: Cast, review: Review, comment: Comment) -> str:
    address = f"/en/review/{review.pk}/?text=mk&view=comments"
    page = page_of(cast.coordinator, address)
    return page.partition(f'id="k{comment.pk}"')[2].partition("</section>")[0]


def on(cast: Cast, review: Review, quote: str, nth: int) -> Comment:
    """A comment on the words where they stand the ``nth`` time."""
    text, at = section_text(cast.edition, cast.uids[0], "mk") or "", -1
    for _n in range(nth):
        at = text.index(quote, at + 1)
    return write_comment(
        cast.goran, review, cast.uids[0], "mk", "Зошто?", quote=quote,
        prefix=text[max(0, at - 60) : at], suffix=text[at + len(quote) : at + len(quote) + 60],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("line", "changed"),
    [
        ("Рок за одговор: 3 часа.", False),
        ("Рок за одговор: 3 часа, по писмено барање.", False),
        ("Рок за одговор: 5 часа.", True),
        ("Рок за одговор нема.", True),
    ],
)
def test_words_that_were_put_in_and_replaced_since_say_so(
    cast: Cast, consulted: Review, line: str, changed: bool
) -> None:
    cast.change(0, LINES[0], LINES[1].replace("2 часа", "еден ден"))
    comment = suggest(cast, consulted, cast.goran, "3 часа", 0)
    accept(cast, comment)
    assert SINCE not in thread(cast, consulted, comment)
    cast.change(0, line, LINES[1].replace("2 часа", "еден ден"))
    said = thread(cast, consulted, comment)
    assert "Inserted into the text by Elena" in said and (SINCE in said) is changed
    (row,) = rows_of(consulted.edition)
    assert row.quote_state.startswith("the suggested words were inserted into the text")
    assert (SINCE in row.quote_state) is changed
    table = page_of(cast.coordinator, f"/en/review/{consulted.pk}/comments/")
    assert (SINCE in table) is changed


def test_a_place_that_is_not_sure_is_said_and_not_marked(cast: Cast, consulted: Review) -> None:
    cast.change(0, *STEPS)
    first, second = on(cast, consulted, STEPS[0], 1), on(cast, consulted, STEPS[0], 2)
    for one in (first, second):
        said = thread(cast, consulted, one)
        assert "data-quote=" in said and ASTRAY not in said
    # Both have other words around by now.
    cast.change(0, "Ново.", STEPS[0], "Провери.", STEPS[0], "Друго.")
    for one in (first, second):
        said = thread(cast, consulted, one)
        assert "data-quote=" not in said and ASTRAY in said
    assert "the same words appear more than once" in "".join(
        row.quote_state for row in rows_of(consulted.edition)
    )
    # What stands there once is marked, whatever is around it.
    only = on(cast, consulted, "Провери.", 1)
    cast.change(0, STEPS[0], "Ново.", "Провери.", STEPS[0])
    said = thread(cast, consulted, only)
    assert "data-quote=" in said and ASTRAY not in said


def test_the_tables_show_the_words_around_two_like_steps(cast: Cast, consulted: Review) -> None:
    cast.change(0, *STEPS)
    on(cast, consulted, STEPS[0], 1)
    on(cast, consulted, STEPS[0], 2)
    on(cast, consulted, STEPS[1], 1)
    client, address = client_of(cast.coordinator), f"/en/review/{consulted.pk}/comments"
    rows = list(sheet(client.get(f"{address}.xlsx").content).iter_rows(min_row=2, values_only=True))
    place = COLUMNS.index("around")
    first, second = ("… Идентификација [Јави", f"{STEPS[0]} {STEPS[1]} [Јави")
    cells = [str(row[place] or "") for row in rows]
    assert cells[0] == "Context"
    assert first in cells[1] and second in cells[2] and cells[3] == ""
    table = Document(io.BytesIO(client.get(f"{address}.docx").content)).tables[0]
    quotes = [row.cells[4].text for row in table.rows]
    assert first in quotes[1] and f"[{STEPS[0]}] {STEPS[3]}" in quotes[2] and quotes[3] == STEPS[1]
    page = client.get(f"{address}/").content.decode()
    assert first in page and second in page


Json = dict[str, Any]
LINE = LIMIT.format("Болницата")


def put(cast: Cast, *blocks: Json, heading: str = TEXTS[0][1], place: int = 0) -> None:
    uid = cast.uids[place]
    old = load_tree(cast.edition, "mk").by_uid[uid].text.body
    made = {"heading": [text(heading)], "blocks": list(blocks), "notes": {}}
    save_section(cast.drafter, cast.edition, uid, "mk", made, text_hash(old))


def level(cast: Cast, place: int, to: int) -> None:
    set_level(cast.coordinator, cast.edition, cast.uids[place], to, fingerprint(cast.edition))


def said_of(cast: Cast, start: str, place: int = 0) -> tuple[Review, Comment]:
    """A review of the text as it is now, with a suggestion in it."""
    review = open_review(cast)
    if place:
        cast.uids[0], cast.uids[place] = cast.uids[place], cast.uids[0]
    return review, suggest(cast, review, cast.goran, "6 часа", 0, start)


def refused(cast: Cast, review: Review, said: Comment) -> None:
    """Nothing is offered, and it is said why."""
    before, client = now(cast), client_of(cast.coordinator)
    listed = client.get(f"/en/review/{review.pk}/comments/").content.decode()
    assert "Accept and change" not in listed and "the text around these words has changed" in listed
    room = client.get(f"/en/review/{review.pk}/?text=mk&view=comments").content.decode()
    assert "Accept and change" not in room and "To replace the words, edit the draft." in room
    desk = reverse("desk:section", args=[cast.edition.pk, said.uid, "mk"])
    assert f'href="{desk}"' in listed and f'href="{desk}"' in room
    with pytest.raises(ActionError, match="Edit the text in the draft"):
        accept(cast, said)
    assert now(cast) == before


def test_where_both_sides_of_the_words_changed_they_are_left_to_the_desk(cast: Cast) -> None:
    """Like words that are left elsewhere after the marked ones went."""
    put(cast, para(LINE), para("Полицијата одговара во рок од 2 часа од повикот."))
    review, said = said_of(cast, "Болницата")
    put(
        cast, para(LINE.replace("2 часа", "5 дена")), para("Полицијата одговара во рок од 2 часа од повикот.")
    )
    refused(cast, review, said)


def test_a_change_of_the_words_above_leaves_the_click(cast: Cast) -> None:
    level(cast, 1, 2)
    cast.change(1, LINE)
    _review, said = said_of(cast, "Болницата", 1)
    put(cast, para("Друг текст."), heading=TEXTS[0][1], place=1)
    level(cast, 2, 2)  # another section than this one and than that above
    accept(cast, said)
    assert "рок од 6 часа" in now(cast)
