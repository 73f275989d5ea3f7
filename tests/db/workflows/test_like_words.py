"""Words that stand twice in a section: what is said of one place is never put into the other."""

from __future__ import annotations

import re

import pytest

from documents.actions.errors import ActionError
from documents.models import Comment
from tests.support.reviews import Cast, open_review, page_of
from tests.support.workflows.like_words import LIMIT, LINES, accept, now, suggest
from tests.support.workflows.like_words import consulted as consulted
from workflows.actions.comments import write_comment
from workflows.models import Review
from workflows.pages.matrix.rows import rows_of

UNCERTAIN = "it is unclear which words it refers to"


def test_of_words_that_stand_twice_no_place_is_changed_by_a_click(cast: Cast, consulted: Review) -> None:
    first, second = (
        suggest(cast, consulted, cast.goran, "3 часа", 0),
        suggest(cast, consulted, cast.biljana, "5 часа", 1),
    )
    before = now(cast)
    for one in (first, second):
        with pytest.raises(ActionError, match=UNCERTAIN):
            accept(cast, one)
    assert now(cast) == before
    address = f"/en/review/{consulted.pk}/?text=mk&view=comments"
    page = page_of(cast.coordinator, address)
    assert page.count("data-quote=") == 2 and "Accept and change" not in page
    # Once the first one is written at the desk, the second stands once, and what follows it is unchanged.
    cast.change(0, LINES[0].replace("2", "3"), LINES[1])
    accept(cast, second)
    assert now(cast).endswith("\n".join((LINES[0].replace("2", "3"), LINES[1].replace("2", "5"))))


def test_the_table_shows_which_of_them_is_meant(cast: Cast, consulted: Review) -> None:
    suggest(cast, consulted, cast.goran, "3 часа", 0)
    suggest(cast, consulted, cast.goran, "4 часа", 1)
    first, second = rows_of(consulted.edition)
    assert (first.mark.lead, first.mark.tail) == ("Рок за одговор: ", ".")
    assert (second.mark.lead, second.mark.tail) == ("Центарот известува во рок од ", " од првиот контакт.")
    page = page_of(cast.coordinator, f"/en/review/{consulted.pk}/comments/")
    words = " ".join(re.sub("<[^>]*>", " ", page).split())
    assert "Центарот известува во рок од 2 часа 4 часа од првиот" in words


def test_a_suggestion_for_words_that_were_changed_a_little_is_not_put_in(
    cast: Cast, consulted: Review
) -> None:
    """Two institutions name other time limits for one sentence: what was accepted first is not written
    over."""
    quote = "известува во рок од 2 часа"
    one, two = (
        write_comment(by, consulted, cast.uids[0], "mk", text="", quote=quote, suggestion=words)
        for by, words in ((cast.goran, quote.replace("2", "12")), (cast.biljana, quote.replace("2", "48")))
    )
    accept(cast, one)
    with pytest.raises(ActionError, match="no longer in the text"):
        accept(cast, two)
    assert "известува во рок од 12 часа" in now(cast)
    first, second = rows_of(consulted.edition)
    assert not first.lost and second.lost
    table = page_of(cast.coordinator, f"/en/review/{consulted.pk}/comments/")
    assert (
        table.count("the words it refers to are no longer in the text") == 1
        and "Accept and change" not in table
    )
    room = page_of(cast.coordinator, f"/en/review/{consulted.pk}/?text=mk&view=comments")
    assert room.count("are no longer in the text:") == 1 and "Accept and change" not in room
    # The mark stands where they stood.
    assert 'data-quote="известува во рок од 12 часа"' in room


def test_the_mark_stands_at_the_words_that_were_put_in(cast: Cast, consulted: Review) -> None:
    """They are like those that stood there, so that half of them was marked, with the number in the
    middle."""
    quote = "известува во рок од 2 часа"
    words = "известува писмено и без одлагање во рок од 2 часа"
    comment = write_comment(cast.goran, consulted, cast.uids[0], "mk", "", quote=quote, suggestion=words)
    accept(cast, comment)

    def room() -> str:
        address = f"/en/review/{consulted.pk}/?text=mk&view=comments"
        return page_of(cast.coordinator, address)

    assert f'data-quote="{words}"' in room()
    # Where they were changed since nothing is marked, and they are not said to be gone.
    cast.change(0, LINES[0], LINES[1].replace("2 часа", "3 часа"))
    page = room()
    assert "data-quote" not in page and "no longer in the text" not in page and words in page


SWAPPED = (
    ("Полицијата го известува центарот во рок од 2 часа. Болницата издава потврда во рок од 2 часа.",),
    ("Болницата издава потврда во рок од 2 часа. Полицијата го известува центарот во рок од 2 часа.",),
)
CELLS = (("Полиција", "2 часа", "Центар", "2 часа"), ("Центар", "2 часа", "Суд", "2 часа"))
REPLACED = (
    ("Полицијата го известува министерот во рок од 2 часа, писмено.",),
    ("Судот одлучува во рок од 2 часа.",),
)


@pytest.mark.parametrize("texts", [SWAPPED, CELLS, REPLACED])
def test_nothing_is_put_in_where_the_words_around_are_others(
    cast: Cast, texts: tuple[tuple[str, ...], ...]
) -> None:
    before, after = texts
    cast.change(0, *before)
    review = open_review(cast)
    text = now(cast)
    at = text.index("2 часа")
    comment = write_comment(
        cast.goran, review, cast.uids[0], "mk", text="", quote="2 часа", suggestion="6 часа",
        prefix=text[max(0, at - 60) : at], suffix=text[at + 6 : at + 66],
    )  # fmt: skip
    cast.change(0, *after)
    page = page_of(cast.coordinator, f"/en/review/{review.pk}/comments/")
    assert "Accept and change" not in page
    with pytest.raises(ActionError):
        accept(cast, comment)
    assert "6 часа" not in now(cast)


def test_an_edit_further_off_keeps_a_suggestion_open_to_a_click(cast: Cast, consulted: Review) -> None:
    between = "Надлежен е Центарот за социјална работа на општината во која лицето е најдено."
    cast.change(0, "Прв ред.", between, LINES[1], between)
    second = suggest(cast, consulted, cast.goran, "4 часа", 0, between[:8])
    cast.change(0, "Нов прв ред.", between, LINES[1], between, "Сосема нов крај.")
    accept(cast, second)
    assert "известува во рок од 4 часа од првиот контакт" in now(cast)


def test_a_suggestion_whose_place_is_not_certain_is_written_at_the_desk(
    cast: Cast, consulted: Review
) -> None:
    """The section opens with the suggestion beside it."""
    cast.change(0, LIMIT.format("Азилот"))
    comment = suggest(cast, consulted, cast.goran, "6 часа", 0, "Азилот")
    cast.change(0, LIMIT.format("Болницата").replace("од приемот", "по приемот"))
    with pytest.raises(ActionError, match="Edit the text in the draft"):
        accept(cast, comment)
    page = page_of(cast.coordinator, f"/en/review/{consulted.pk}/comments/")
    desk = f"/en/desk/{cast.edition.pk}/s/{cast.uids[0]}/mk/"
    assert "Accept and change" not in page and desk in page
    section = page_of(cast.coordinator, desk)
    assert "<ins>6 часа</ins>" in section


def test_typed_words_that_are_only_nearly_there_are_refused(cast: Cast, consulted: Review) -> None:
    for quote in ("известува во рок од 72 часа", "Центарот известуваше во рок"):
        with pytest.raises(ActionError, match="no longer in this section"):
            write_comment(cast.goran, consulted, cast.uids[0], "mk", text="", quote=quote, suggestion="x")
    # Marked on a page that showed the text of a moment ago.
    text = now(cast)
    before = text[: text.index(LINES[1])]
    cast.change(0, LINES[0], LINES[1].replace("2 часа", "3 часа"))
    with pytest.raises(ActionError, match="no longer in this section"):
        write_comment(
            cast.goran, consulted, cast.uids[0], "mk", text="", quote=LINES[1][:35], suggestion="x",
            prefix=before, suffix=" од првиот контакт.",
        )  # fmt: skip
    assert not Comment.objects.exists()


def test_numbers_count_as_whole_words(cast: Cast, consulted: Review) -> None:
    """What is asked about "2 часа" is not meant by "12 часа": it may be typed, and no like words stand there
    too."""
    cast.change(0, "Центарот известува во рок од 12 часа, а најдоцна по 2 часа од првиот контакт.")
    one = write_comment(cast.goran, consulted, cast.uids[0], "mk", "", quote="2 часа", suggestion="3 часа")
    (row,) = rows_of(consulted.edition)
    assert one.prefix.endswith("најдоцна по ") and row.around == "" and not row.ambiguous and not row.unsure
    cast.change(0, "Центарот известува во рок од 12 часа, а сега по 2 часа од првиот контакт.")
    (row,) = rows_of(consulted.edition)
    assert not row.ambiguous and not row.unsure
