"""The comment table by institution, section and outcome, on screen and in its files; and how it names
sections after the adoption."""

from __future__ import annotations

import io
import random
import re
import uuid
from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest
from docx import Document

from documents.actions import adopt_language
from documents.actions.adopt_edition import adopt_edition
from documents.actions.save_section import save_section
from documents.models import Comment, Section
from tests.support.factories import body, make_act
from tests.support.reviews import Cast, client_of, page_of, pass_all, say, to
from tests.support.workflows.matrix import sheet, take
from workflows.actions.comments import answer_comment, write_comment
from workflows.models import Review
from workflows.pages.matrix import paging
from workflows.pages.review import comment_list


@pytest.fixture
def said(cast: Cast, review: Review) -> dict[str, Comment]:
    """Interior on the first section, answered; Social Policy on the second and, in English, on the first."""
    made = {
        "interior": say(cast, review),
        "social": write_comment(cast.biljana, review, cast.uids[1], "mk", "Where?"),
        "english": write_comment(cast.biljana, review, cast.uids[0], "en", "A day?", quote="24 hours"),
    }
    answer_comment(cast.coordinator, made["interior"], review, "rejected", "The law says so.")
    return made


def listed(page: str, said: dict[str, Comment]) -> set[str]:
    return {name for name, comment in said.items() if f'<tr id="k{comment.pk}">' in page}


def test_it_is_filtered_by_institution_section_and_outcome(
    cast: Cast, review: Review, said: dict[str, Comment]
) -> None:
    client, address = client_of(cast.goran), to("review:matrix", review.pk)
    for query, wanted in {
        "": {"interior", "social", "english"},
        f"institution={cast.social.pk}": {"social", "english"},
        f"section={cast.uids[0]}": {"interior", "english"},
        "only=open": {"social", "english"},
        "only=answered": {"interior"},
        "only=rejected": {"interior"},
        "only=accepted": set(),
        f"institution={cast.social.pk}&section={cast.uids[0]}&only=open": {"english"},
        # What no comment has asks for nothing.
        "institution=x&section=%00&only=party": {"interior", "social", "english"},
    }.items():
        page = client.get(f"{address}?{query}").content.decode()
        assert listed(page, said) == wanted, query
    page = client.get(address).content.decode()
    assert "<script" not in page[page.index("<form") :].split("</form>")[0]
    assert f'value="{cast.uids[1]}"' in page and f'value="{cast.uids[2]}"' not in page
    assert ">Ministry of Social Policy</option>" in page and ">Ministry of Justice</option>" not in page


def test_each_row_leads_to_its_place_and_says_its_language(
    cast: Cast, review: Review, said: dict[str, Comment]
) -> None:
    page = page_of(cast.goran, to("review:matrix", review.pk))
    row = page[page.index(f'<tr id="k{said["english"].pk}">') :].split("</tr>")[0]
    assert (
        "English" in row
        and f"?text=en&amp;view=comments&amp;comment={said['english'].pk}#k{said['english'].pk}" in row
    )


def test_its_files_hold_what_is_shown_or_all_and_say_which(
    cast: Cast, review: Review, said: dict[str, Comment]
) -> None:
    client, query = client_of(cast.goran), f"?institution={cast.social.pk}"
    page = client.get(to("review:matrix", review.pk) + query).content.decode()
    assert f"comments.xlsx{query}" in page and "Download these 2:" in page and "All 3:" in page
    part = client.get(to("review:matrix_xlsx", review.pk) + query)
    assert "comments-1-part.xlsx" in part["Content-Disposition"]
    keys = [row[1] for row in sheet(part.content).iter_rows(min_row=3, values_only=True)]
    assert keys == [said["english"].pk, said["social"].pk] or keys == [said["social"].pk, said["english"].pk]
    paper = client.get(to("review:matrix_docx", review.pk) + query).content
    words = "\n".join(one.text for one in Document(io.BytesIO(paper)).paragraphs)
    assert "This file contains 2 of 3 comments." in words
    table = Document(io.BytesIO(paper)).tables[0]
    languages = [row.cells[3].paragraphs[-1].text for row in table.rows[1:]]
    assert sorted(languages) == ["English", "Македонски"]
    assert 'w:fill="0A3641"' in table.rows[0].cells[0]._tc.xml
    whole = client.get(to("review:matrix_docx", review.pk)).content
    assert "This file contains" not in "\n".join(one.text for one in Document(io.BytesIO(whole)).paragraphs)


def test_an_answer_leads_back_to_what_was_shown(cast: Cast, review: Review, said: dict[str, Comment]) -> None:
    shown = f"?institution={cast.social.pk}"
    for given, wanted in ((shown, {"institution": [str(cast.social.pk)]}), ("?next=//evil.example", {})):
        pk = str(said["social"].pk)
        data = {"from": "matrix", "shown": given, "outcome": "accepted", "answer": given}
        data["seen"] = Comment.objects.get(pk=said["social"].pk).version
        came = client_of(cast.coordinator).post(to("review:decide", review.pk, said["social"].pk), data)
        there = urlsplit(came["Location"])
        assert there.path == to("review:matrix", review.pk) and parse_qs(there.query) == wanted | {
            "comment": [pk]
        }


@pytest.mark.parametrize("left_out", [False, True])
def test_sections_are_named_as_they_were_adopted(
    cast: Cast, review: Review, said: dict[str, Comment], left_out: bool
) -> None:
    """What a translator writes after the adoption stands in the columns; nobody has checked it."""
    pass_all(cast, review)
    adopt_edition(
        cast.coordinator, cast.edition, [make_act()], date(2024, 1, 1), ["mk"] if left_out else None
    )
    cast.edition.refresh_from_db()
    if not left_out:
        adopt_language.begin_next(cast.coordinator, cast.edition, "en")
    seen = Section.objects.values_list("text_hash_en", flat=True).get(edition=cast.edition, uid=cast.uids[0])
    save_section(cast.drafter, cast.edition, cast.uids[0], "en", body("Zxunchecked", "Zxunchecked."), seen)
    client = client_of(cast.biljana)
    for page in (to("review:matrix", review.pk), to("review:room", review.pk) + "?view=comments&text=mk"):
        shown = client.get(page).content.decode()
        assert "Zxunchecked" not in shown and "no longer in the text" not in shown
    row = client.get(to("review:matrix", review.pk)).content.decode()
    row = row[row.index(f'<tr id="k{said["english"].pk}">') :].split("</tr>")[0]
    assert ("Идентификација" if left_out else "Identification") in row
    table = client.get(to("review:matrix_xlsx", review.pk)).content
    cells = [cell for line in sheet(table).iter_rows(values_only=True) for cell in line]
    assert not any("Zxunchecked" in str(cell) for cell in cells)


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
    page = page_of(cast.goran, to("review:room", review.pk) + "?view=comments")
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
        back = take(client, review, data)
        assert back.status_code == 302, back.content.decode()
    assert numbers == list(range(1, 1_101))
    assert client.get(to("review:matrix_xlsx", review.pk) + "?part=3").status_code == 404
