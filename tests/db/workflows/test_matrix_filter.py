"""The comment table by institution, section and outcome, on screen and in its files; and how it names
sections after the adoption."""

from __future__ import annotations

import io
from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest
from docx import Document

from documents.actions import adopt_language
from documents.actions.adopt_edition import adopt_edition
from documents.actions.save_section import save_section
from documents.models import Comment, Section
from tests.support.factories import body, make_act
from tests.support.reviews import Cast, client_of, pass_all, say, to
from tests.support.workflows.matrix import sheet
from workflows.actions.answer_comment import answer_comment
from workflows.actions.write_comment import write_comment
from workflows.models import Review


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
    page = client_of(cast.goran).get(to("review:matrix", review.pk)).content.decode()
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
    assert f"comments.xlsx{query}" in page and "These 2 as a file:" in page and "All 3:" in page
    part = client.get(to("review:matrix_xlsx", review.pk) + query)
    assert "comments-1-part.xlsx" in part["Content-Disposition"]
    keys = [row[1] for row in sheet(part.content).iter_rows(min_row=3, values_only=True)]
    assert keys == [said["english"].pk, said["social"].pk] or keys == [said["social"].pk, said["english"].pk]
    paper = client.get(to("review:matrix_docx", review.pk) + query).content
    words = "\n".join(one.text for one in Document(io.BytesIO(paper)).paragraphs)
    assert "2 of 3 comments are in this file." in words
    table = Document(io.BytesIO(paper)).tables[0]
    languages = [row.cells[3].paragraphs[-1].text for row in table.rows[1:]]
    assert sorted(languages) == ["English", "Македонски"]
    assert 'w:fill="0A3641"' in table.rows[0].cells[0]._tc.xml
    whole = client.get(to("review:matrix_docx", review.pk)).content
    assert "in this file" not in "\n".join(one.text for one in Document(io.BytesIO(whole)).paragraphs)


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
