"""Thousands of comments: the room holds those of one section at a time, and the table goes out in parts that
come back."""

from __future__ import annotations

import random
import re
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from documents.models import Comment
from tests.support.reviews import Cast, client_of, to
from tests.support.workflows.matrix import sheet
from workflows.models import Review
from workflows.pages.matrix import paging
from workflows.pages.review import comment_list

LETTERS = "абвгдѓежзѕијклљмнњопрстќуфхцчџш "


def comment_on(cast: Cast, many: int, length: int, places: tuple[int, ...] = (0, 1, 2)) -> list[Comment]:
    made = random.Random(1)
    return Comment.objects.bulk_create(
        Comment(
            edition=cast.edition,
            uid=uuid.UUID(cast.uids[places[number % len(places)]]),
            language="mk",
            author=cast.goran,
            institution=cast.interior,
            text="".join(made.choices(LETTERS, k=length)),
        )
        for number in range(many)
    )


def test_the_room_holds_the_comments_of_one_section_and_counts_the_others(
    cast: Cast, review: Review, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(comment_list, "AT_ONCE", 6)
    monkeypatch.setattr(comment_list, "PAGE", 2)
    made = comment_on(cast, 9, 40)
    room, client = to("review:room", review.pk), client_of(cast.goran)

    def shown(query: str) -> list[int]:
        page = client.get(room + query).content.decode()
        assert "Comments: 9 open, 0 answered" in page and "9 comments on this text" in page
        return [int(pk) for pk in re.findall(r'<section class="thread[^>]* id="k(\d+)"', page)]

    assert shown("?view=comments") == []
    page = client.get(f"{room}?view=comments").content.decode()
    assert page.count("3 comments on this section") == 3
    # A link opens a section, a page at a time; the numbers are those that the comments have among all.
    of = f"?view=comments&of={cast.uids[1]}"
    assert shown(of) == [made[1].pk, made[4].pk]
    page = client.get(room + of).content.decode()
    assert "Comments 1 to 2 of 3 on this section" in page and f"of={cast.uids[1]}&amp;page=2#c-" in page
    assert re.findall(r'aria-label="Comment (\d+)"', page) == ["4", "5"]
    assert shown(of + "&page=2") == [made[7].pk] == shown(of + "&page=99")
    # So does an address that names a comment, and whatever leads back to one.
    assert shown(f"?view=comments&comment={made[8].pk}") == [made[8].pk]
    there = f"{to('review:reply', review.pk, made[7].pk)}?view=comments"
    back = client.post(there, {"text": "Why?"})
    assert back["Location"] == f"{room}?view=comments&comment={made[7].pk}#k{made[7].pk}"
    assert "Why?" in client.get(back["Location"]).content.decode()
    refused = client.post(there, {"text": "Why?", "to": "u0"})
    assert refused.status_code == 409 and f'id="k{made[7].pk}"' in refused.content.decode()
    for odd in ("?of=x", "?of=%00&page=-1", "?comment=99999999999999999999", "?comment=x"):
        assert client.get(room + odd).status_code == 200
    # A view without that section leads to it.
    for number in range(2):
        Comment.objects.filter(pk=made[number].pk).update(uid=uuid.uuid4())
    page = client.get(f"{room}?view=comments").content.decode()
    assert "Comments on other sections" in page and page.count("1 comment on this section") == 2


def test_a_few_comments_are_all_held(cast: Cast, review: Review) -> None:
    made = comment_on(cast, 9, 40)
    page = client_of(cast.goran).get(to("review:room", review.pk) + "?view=comments").content.decode()
    assert all(f'id="k{one.pk}"' in page for one in made) and "comments on this text" not in page


def test_the_table_is_shown_page_by_page(cast: Cast, review: Review, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paging, "ON_SCREEN", 4)
    made = comment_on(cast, 9, 40, (0,))
    table, client = to("review:matrix", review.pk), client_of(cast.coordinator)

    def shown(query: str) -> list[int]:
        return [int(pk) for pk in re.findall(r'<tr id="k(\d+)"', client.get(table + query).content.decode())]

    pks = [one.pk for one in made]
    assert shown("") == pks[:4] and shown("?page=3") == pks[8:] and shown(f"?comment={pks[5]}") == pks[4:8]
    page = client.get(f"{table}?only=open").content.decode()
    assert "Page 1 of 3" in page and 'href="?only=open&amp;page=2" rel="next"' in page
    data = {"outcome": "accepted", "answer": "", "seen": made[5].version, "from": "matrix"}
    back = client.post(to("review:decide", review.pk, pks[5]), data)
    assert back["Location"] == f"{table}?comment={pks[5]}#k{pks[5]}"


def test_a_table_of_long_comments_goes_out_in_parts_that_come_back(cast: Cast, review: Review) -> None:
    comment_on(cast, 1_100, 4_900)
    table, client = to("review:matrix", review.pk), client_of(cast.coordinator)
    page = client.get(table).content.decode()
    parts = re.findall(r'href="([^"]*comments\.xlsx\?part=\d)"', page)
    assert len(parts) == 2 and "in 2 parts" in page
    numbers: list[int] = []
    for part in parts:
        data = client.get(part).content
        numbers += [row[0] for row in sheet(data).iter_rows(min_row=3, values_only=True)]
        back = client.post(table, {"file": SimpleUploadedFile("comments.xlsx", data)})
        assert back.status_code == 302, back.content.decode()
    assert numbers == list(range(1, 1_101))
    assert client.get(to("review:matrix_xlsx", review.pk) + "?part=3").status_code == 404
