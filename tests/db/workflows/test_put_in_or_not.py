"""What stands around a suggestion's words, and above them: by it a click puts them in, or says why not and
leads to the desk."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from documents.actions.edit_outline import fingerprint, set_level
from documents.actions.errors import ActionError
from documents.actions.save_section import save_section
from documents.models import Comment
from documents.text import text_hash
from documents.text_storage import load_tree
from tests.support.documents.docx.build import para, text
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
