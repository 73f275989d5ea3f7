"""The coordinator answers comments, one by one and by a filled-in table; accepted words go into the draft."""

from __future__ import annotations

import io
import sys
import zipfile
from types import FrameType
from typing import Any

import pytest
from django.http import Http404
from docx import Document

from audit.models import Entry
from documents.access.authorship import authors, authors_in, wrote_in
from documents.actions.errors import ActionError, Conflict
from documents.choices import Classification, CommentOutcome
from documents.comments.actions import section_text
from documents.comments.apply import apply_suggestion
from documents.comments.decide import decide
from documents.models import Comment, Section
from mail.models import Message
from tests.support.reviews import Cast, client_of, hash_now, make_cast, page_of, say, seat_of, sign
from tests.support.workflows.matrix import filled, sheet, take
from workflows.actions.reopen import reopen
from workflows.models import Review
from workflows.pages.matrix.rows import rows_of
from workflows.pages.matrix.spreadsheet import COLUMNS, FIRST_ROW
from workflows.pages.matrix.word_table import ON_PAPER, as_docx, widths
from workflows.rules.mentions import mentionable

FORMULA = '=HYPERLINK("http://evil.example","look")'


def test_an_outcome_has_its_reason_and_settles_the_thread(cast: Cast, review: Review) -> None:
    comment = say(cast, review)
    with pytest.raises(ActionError, match="Enter the reason"):
        decide(cast.coordinator, comment, CommentOutcome.REJECTED, " ")
    with pytest.raises(ActionError):
        decide(cast.coordinator, comment, "maybe", "x")
    for other in (cast.goran, cast.drafter, cast.outsider):
        with pytest.raises(Http404):
            decide(other, comment, CommentOutcome.ACCEPTED, "")
    decide(cast.coordinator, comment, CommentOutcome.REJECTED, "The law says 24.", "")
    comment.refresh_from_db()
    assert comment.resolved and comment.decided_by == cast.coordinator and comment.outcome == "rejected"
    with pytest.raises(ActionError, match="Someone else has answered this comment"):
        decide(cast.second, comment, CommentOutcome.ACCEPTED, "", "")
    assert Entry.objects.get(refused=False, verb="decide_comment").detail["outcome"] == "rejected"


def test_a_suggestion_goes_into_the_draft_once_and_only_into_the_text_that_was_seen(
    cast: Cast, review: Review
) -> None:
    comment = say(cast, review)
    seen = hash_now(cast)
    with pytest.raises(Http404):
        # The text is locked while it is signed.
        apply_suggestion(cast.coordinator, comment, seen)
    reopen(cast.coordinator, review, "Comments.")
    comment = Comment.objects.select_related("edition__instrument").get(pk=comment.pk)
    with pytest.raises(Http404):
        # A drafter puts in what was accepted, and decides nothing.
        apply_suggestion(cast.drafter, comment, seen)
    with pytest.raises(Http404):
        apply_suggestion(cast.goran, comment, seen)
    with pytest.raises(Conflict):
        apply_suggestion(cast.coordinator, comment, "0" * 64)
    comment.refresh_from_db()
    assert not comment.outcome and comment.applied is None
    apply_suggestion(cast.coordinator, comment, seen)
    assert "во рок од 12 часа" in (section_text(cast.edition, cast.uids[0], "mk") or "")
    comment.refresh_from_db()
    assert (comment.outcome, comment.applied_by) == ("accepted", cast.coordinator)
    with pytest.raises(ActionError, match="already"):
        apply_suggestion(cast.coordinator, comment, hash_now(cast))
    assert cast.coordinator.actor in authors(cast.edition)
    # His words stand in the text, word for word, as if he had brought them in a Word file.
    assert cast.goran.actor in authors(cast.edition) and wrote_in(cast.goran.actor, cast.edition)
    assert cast.goran.actor in authors_in(cast.edition, "mk")
    assert cast.goran.actor not in authors_in(cast.edition, "en")
    entry = Entry.objects.get(refused=False, verb="apply_suggestion")
    assert entry.detail["suggested_by"] == str(cast.goran.actor)


def test_words_that_are_gone_are_not_replaced(cast: Cast, review: Review) -> None:
    comment = say(cast, review)
    reopen(cast.coordinator, review, "Comments.")
    comment = Comment.objects.select_related("edition__instrument").get(pk=comment.pk)
    cast.change(0, "Сосема друг текст стои тука сега.")
    with pytest.raises(ActionError, match="no longer"):
        apply_suggestion(cast.coordinator, comment, hash_now(cast))
    assert Section.objects.filter(edition=cast.edition).count() == 3


def test_a_mention_is_told_and_only_within_the_review(cast: Cast, review: Review) -> None:
    Message.objects.all().delete()
    say(cast, review, to=f"i{cast.social.pk}")
    assert [m.to for m in Message.objects.filter(template="mentioned")] == [cast.biljana.email]
    say(cast, review, to=f"u{cast.coordinator.pk}", suggestion="")
    assert Message.objects.filter(template="mentioned", to=cast.coordinator.email).count() == 1
    for to in (f"u{cast.outsider.pk}", f"i{cast.health.pk}", "nonsense"):
        with pytest.raises(ActionError):
            say(cast, review, to=to)
    # Justice is asked in a later stage: it reads nothing yet, so it is not offered; then it is.
    with pytest.raises(ActionError, match="take part"):
        say(cast, review, to=f"i{cast.justice.pk}")
    assert f"i{cast.justice.pk}" not in {one.key for one in mentionable(review)}
    for user, body in ((cast.goran, cast.interior), (cast.biljana, cast.social)):
        sign(user, seat_of(review, body))
    say(cast, review, to=f"i{cast.justice.pk}")
    assert Message.objects.filter(template="mentioned", to=cast.teuta.email).exists()


def test_a_mention_that_would_reach_nobody_is_refused_and_nothing_is_lost(cast: Cast, review: Review) -> None:
    """The institution was asked, and its only reviewer is gone."""
    cast.biljana.memberships.update(ends="2020-01-01")
    with pytest.raises(ActionError, match="Nobody else at Ministry of Social Policy can read"):
        say(cast, review, to=f"i{cast.social.pk}")
    assert not Comment.objects.exists()


def test_the_page_by_everybody(cast: Cast, review: Review) -> None:
    comment = say(cast, review)
    url = f"/en/review/{review.pk}/comments/"
    assert client_of(cast.outsider).get(url).status_code == 404
    assert client_of(cast.outsider).get(f"/en/review/{review.pk}/comments.xlsx").status_code == 404
    page = page_of(cast.goran, url)
    assert "12 часа" in page and "Ministry of Interior" in page and 'name="outcome"' not in page
    assert take(client_of(cast.goran), review, b"x").status_code == 404
    page = page_of(cast.coordinator, url)
    assert 'name="outcome"' in page
    answered = client_of(cast.coordinator).post(
        f"{url}{comment.pk}/outcome/",
        {"outcome": "partly", "answer": "18 hours.", "seen": "", "from": "matrix"},
    )
    assert answered.status_code == 302
    assert (
        client_of(cast.goran).post(f"{url}{comment.pk}/outcome/", {"outcome": "accepted"}).status_code == 404
    )
    assert client_of(cast.goran).post(f"{url}{comment.pk}/accept/", {"seen": ""}).status_code == 404
    page = page_of(cast.goran, f"/en/review/{review.pk}/?view=comments")
    assert "Partly accepted" in page and "18 hours." in page


def test_the_page_asks_the_same_number_of_queries(
    cast: Cast, review: Review, django_assert_max_num_queries: Any
) -> None:
    for _ in range(12):
        say(cast, review)
    client = client_of(cast.coordinator)
    client.get(f"/en/review/{review.pk}/comments/")
    with django_assert_max_num_queries(20):
        client.get(f"/en/review/{review.pk}/comments/")


def test_what_people_typed_is_never_a_formula(cast: Cast, review: Review) -> None:
    for text in (FORMULA, "+1+cmd|' /C calc'!A0", "@SUM(A1)", "-2+3"):
        say(cast, review, text=text, suggestion=text)
    data = client_of(cast.coordinator).get(f"/en/review/{review.pk}/comments.xlsx").content
    xml = zipfile.ZipFile(io.BytesIO(data)).read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in xml and 't="f"' not in xml
    cell = sheet(data).cell(FIRST_ROW, COLUMNS.index("comment") + 1)
    assert cell.value == FORMULA and cell.data_type == "s" and cell.quotePrefix
    table = Document(
        io.BytesIO(client_of(cast.goran).get(f"/en/review/{review.pk}/comments.docx").content)
    ).tables[0]
    assert any(FORMULA in cell.text for cell in table.rows[1].cells)


def test_a_filled_in_table_comes_back_in_any_language(cast: Cast, review: Review) -> None:
    first, second = say(cast, review), say(cast, review, suggestion="")
    client = client_of(cast.coordinator)
    data = filled(
        client,
        review,
        {(0, "outcome"): "Accepted", (1, "outcome"): "Одбиено", (1, "answer"): "=1+1 is no reason\nbut kept"},
    )
    answer = take(client, review, data)
    assert answer.status_code == 302, answer.content.decode()
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.outcome, second.outcome) == ("accepted", "rejected")
    # The same file again changes nothing.
    moment = second.decided
    take(client, review, data)
    second.refresh_from_db()
    assert second.decided == moment


def test_a_table_is_taken_whole_or_not_at_all(cast: Cast, review: Review) -> None:
    first, second = say(cast, review), say(cast, review)
    client = client_of(cast.coordinator)
    stale = filled(client, review, {(0, "outcome"): "accepted"})
    data = filled(
        client,
        review,
        {
            (0, "outcome"): "accepted",
            (1, "outcome"): "rejected",
            (2, "comment_id"): 999_999,
            (2, "outcome"): "accepted",
            (3, "comment_id"): first.pk,
            (3, "outcome"): "maybe",
        },
    )
    answer = take(client, review, data)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Row 4:" in page and "Row 5:" in page and "Row 6:" in page and "Row 3:" not in page
    first.refresh_from_db()
    assert not first.outcome and not Entry.objects.filter(verb="decide_comment").exists()
    decide(cast.second, first, "rejected", "No.")
    page = take(client, review, stale).content.decode()
    assert "This comment was answered after the table was downloaded." in page
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.outcome, second.outcome) == ("rejected", "")


def bomb(
    part: str = "xl/worksheets/sheet1.xml", filler: bytes = b" " * 1024, times: int = 90 * 1024
) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(part, filler * times)
    return out.getvalue()


CELLS = bomb(filler=b"<c/>", times=1_000_000)
FONTS = bomb("xl/styles.xml", b"<font/>", 9_000_000)


def hostile() -> list[bytes]:
    """Archives whose members have a password, are packed by LZMA and damaged, or end too early."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("xl/x.xml", b"<a/>" * 30_000)
    whole = packed.getvalue()
    head, entry = whole.index(b"PK\x03\x04"), whole.index(b"PK\x01\x02")
    locked = bytearray(whole)
    locked[head + 6] |= 1
    locked[entry + 8] |= 1
    damaged = bytearray(whole)
    damaged[50:58] = b"\xff" * 8
    short = bytearray(whole)
    size = int.from_bytes(short[entry + 20 : entry + 24], "little")
    short[entry + 20 : entry + 24] = (size // 2).to_bytes(4, "little")
    return [bytes(locked), bytes(damaged), bytes(short)]


@pytest.mark.parametrize("data", [b"", b"no zip", b"PK\x03\x04broken", bomb(), CELLS, FONTS, *hostile()])
def test_what_is_no_table_is_refused_in_words(cast: Cast, review: Review, data: bytes) -> None:
    answer = take(client_of(cast.coordinator), review, data)
    assert answer.status_code == 422 and "errors" in answer.content.decode()


def test_the_table_of_another_review_is_refused(cast: Cast, review: Review) -> None:
    say(cast, review)
    client = client_of(cast.coordinator)
    data = filled(client, review, {(0, "outcome"): "accepted"})
    reopen(cast.coordinator, review, "Again.")
    cast.change(1, "Друго.")
    again = cast.start()
    assert "another review" in take(client, again, data).content.decode()


@pytest.mark.django_db
def test_red_goes_into_no_file() -> None:
    cast = make_cast(Classification.TLP_RED)
    cast.edition.instrument.named_readers.set([cast.coordinator, cast.goran, cast.biljana, cast.teuta])
    review = cast.start()
    assert client_of(cast.coordinator).get(f"/en/review/{review.pk}/comments/").status_code == 200
    assert client_of(cast.coordinator).get(f"/en/review/{review.pk}/comments.xlsx").status_code == 404


def test_the_files_say_what_became_of_the_words(cast: Cast, review: Review) -> None:
    """As the screen does; and a table that says it is taken back."""
    gone, put_in = say(cast, review), say(cast, review, quote="Социјалниот работник", suggestion="Работникот")
    reopen(cast.coordinator, review, "Comments.")
    apply_suggestion(cast.coordinator, Comment.objects.get(pk=put_in.pk), hash_now(cast))
    cast.change(0, "Работникот одлучува.")
    client = client_of(cast.coordinator)
    table = sheet(client.get(f"/en/review/{review.pk}/comments.xlsx").content)
    column = COLUMNS.index("quote_state") + 1
    assert table.cell(FIRST_ROW - 1, column).value == "Current words"
    assert [table.cell(FIRST_ROW + n, column).value for n in (0, 1)] == [
        "the words it refers to are no longer in the text",
        "the suggested words were inserted into the text",
    ]
    paper = Document(io.BytesIO(client.get(f"/en/review/{review.pk}/comments.docx").content)).tables[0]
    assert paper.rows[1].cells[4].text == "24 часа\nthe words it refers to are no longer in the text"
    assert paper.rows[2].cells[4].text.endswith("\nthe suggested words were inserted into the text")
    data = filled(client, review, {(0, "outcome"): "Rejected", (0, "answer"): "It is gone."})
    assert take(client, review, data).status_code == 302
    assert Comment.objects.get(pk=gone.pk).outcome_text == "It is gone."


def test_the_longest_word_of_a_section_does_not_break(cast: Cast, review: Review) -> None:
    row = rows_of(cast.edition, Comment.objects.filter(pk=say(cast, review).pk))[0]
    assert sum(widths([row])) == pytest.approx(26.7) and widths([])[3] == 3.2
    row.__dict__["section"] = "3.1 Меѓуинституционална соработка"
    wide = widths([row])
    assert wide[3] >= 4.0 and sum(wide) == pytest.approx(26.7, abs=0.02)


def test_the_word_table_is_gone_through_no_more_often_for_its_columns(cast: Cast, review: Review) -> None:
    """Every cell is as wide as its column, in the grid too; nothing asks a column for its cells, which are
    found by going through the whole table: twice as many calls in all, counted with 200 comments."""
    for n in range(3):
        say(cast, review, text=f"Number {n}.")
    rows = rows_of(cast.edition)
    asked: list[str] = []

    def watch(frame: FrameType, event: str, _arg: object) -> None:
        if event == "call" and frame.f_code.co_filename.endswith("docx/table.py"):
            asked.append(frame.f_code.co_name)

    sys.setprofile(watch)
    try:
        data = as_docx(rows, "Comments", "A remark.")
    finally:
        sys.setprofile(None)
    assert asked and "_cells" not in asked
    table = Document(io.BytesIO(data)).tables[0]
    grid = [column.width for column in table.columns]
    assert [round(width.cm, 1) for width in grid if width is not None] == list(ON_PAPER)
    assert len(table.rows) == 4
    for row in table.rows:
        assert [cell.width for cell in row.cells] == grid


def test_a_table_that_comes_back_unchanged_says_so(cast: Cast, review: Review) -> None:
    say(cast, review)
    client = client_of(cast.coordinator)
    data = client.get(f"/en/review/{review.pk}/comments.xlsx").content
    address = take(client, review, data)["Location"]
    page = client.get(address).content.decode()
    assert "The table contains no changes" in page and "0 responses" not in page
