"""What stands around a suggestion's words, and above them: by it a click puts them in, or says why not and
leads to the desk."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from documents.actions.edit_outline import fingerprint, move_section, remove_section, set_level
from documents.actions.errors import ActionError
from documents.actions.save_section import save_section
from documents.models import Comment, SectionChange
from documents.text import text_hash
from documents.text_storage import load_tree
from tests.support.documents.docx.build import cell, para, table, text
from tests.support.reviews import TEXTS, Cast, client_of, open_review
from tests.support.workflows.like_words import LIMIT, accept, now, suggest
from workflows.models import Review

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
    assert "Accept and change" not in listed and "was changed since" in listed
    room = client.get(f"/en/review/{review.pk}/?text=mk&view=comments").content.decode()
    assert "Accept and change" not in room and "put in on the drafting desk only" in room
    desk = reverse("desk:section", args=[cast.edition.pk, said.uid, "mk"])
    assert f'href="{desk}"' in listed and f'href="{desk}"' in room
    with pytest.raises(ActionError, match="drafting desk"):
        accept(cast, said)
    assert now(cast) == before


def test_words_of_a_cell_that_went_into_another_column_are_not_those(cast: Cast) -> None:
    heads = [cell("Орган"), cell("Итни случаи"), cell("Обични случаи")]
    last = [cell("Центар"), cell("1 ден"), cell("3 дена")]
    put(cast, table(heads, [cell("Полиција"), cell("2 часа"), cell()], last))
    review, said = said_of(cast, "Полиција")
    put(cast, table(heads, [cell("Полиција"), cell(), cell("2 часа")], last))
    refused(cast, review, said)


@pytest.mark.parametrize("heading", ["Обврски на полицијата", TEXTS[0][1]])
def test_under_another_heading_they_are_another_s(cast: Cast, heading: str) -> None:
    put(cast, para(text("Болница", "bold")), para(LINE))
    review, said = said_of(cast, "Болницата")
    lead = "Болница" if heading != TEXTS[0][1] else "Полиција"
    put(cast, para(text(lead, "bold")), para(LINE), heading=heading)
    refused(cast, review, said)


def test_where_a_section_above_it_has_another_heading_nothing_is_put_in(cast: Cast) -> None:
    level(cast, 1, 2)
    cast.change(1, LINE)
    review, said = said_of(cast, "Болницата", 1)
    put(cast, para("Друг текст."), heading="Обврски на болницата", place=1)  # the section above
    refused(cast, review, said)


def test_a_change_of_the_words_above_leaves_the_click(cast: Cast) -> None:
    level(cast, 1, 2)
    cast.change(1, LINE)
    _review, said = said_of(cast, "Болницата", 1)
    put(cast, para("Друг текст."), heading=TEXTS[0][1], place=1)
    level(cast, 2, 2)  # another section than this one and than that above
    accept(cast, said)
    assert "рок од 6 часа" in now(cast)


@pytest.mark.parametrize("how", ["out", "move", "in", "remove"])
def test_a_section_that_stands_in_another_one_since_is_left_to_the_desk(cast: Cast, how: str) -> None:
    if how != "in":
        level(cast, 1, 2)
    cast.change(1, LINE)
    review, said = said_of(cast, "Болницата", 1)
    own, outer, last = cast.uids[0], cast.uids[1], cast.uids[2]
    mark = fingerprint(cast.edition)
    if how == "move":
        move_section(cast.coordinator, cast.edition, own, last, 2, mark)
    elif how == "remove":
        remove_section(cast.coordinator, cast.edition, outer, mark, alone=True)
    else:
        set_level(cast.coordinator, cast.edition, own, 1 if how == "out" else 2, mark)
    refused(cast, review, said)


def test_a_change_of_the_outline_that_was_logged_without_what_it_led_to_closes_it(cast: Cast) -> None:
    """As before the log kept that: only a section of the outermost level can't have left another one."""
    cast.change(0, LIMIT.format("Азилот"))
    level(cast, 1, 2)
    cast.change(1, LINE)
    review, said = said_of(cast, "Болницата", 1)
    SectionChange.objects.create(
        edition=cast.edition, uid=cast.uids[2], verb=SectionChange.Verb.MOVE, before={"position": 2}, after={"position": 2}
    )  # fmt: skip
    refused(cast, review, said)
    cast.uids[0], cast.uids[1] = cast.uids[1], cast.uids[0]
    outer = suggest(cast, review, cast.goran, "6 часа", 0, "Азилот")
    Comment.objects.filter(pk=outer.pk).update(written=said.written)
    accept(cast, outer)
    assert "рок од 6 часа" in now(cast)
