"""On a page in Serbian Latin the names of people and the headings of a text are read in Latin letters,
wherever they stand."""

from __future__ import annotations

import io
import re

import pytest
from django.urls import reverse
from django.utils.translation import override
from openpyxl import load_workbook

from documents.comments.actions import section_text
from documents.editions.text_storage import load_tree
from documents.models import Comment
from documents.text import text_hash
from mail.models import Message
from people.models import User
from tests.support.reviews import client_of, page_of
from tests.support.tampering import unguarded
from tests.support.workflows.serbia import Serbia
from tests.support.workflows.serbia import review as review
from tests.support.workflows.serbia import serbia as serbia
from theme.localized_names import localized_name
from workflows.actions.comments import accept_suggestion, settle_comment, write_comment
from workflows.models import Review, Seat

CYRILLIC = re.compile("[\u0400-\u04ff]+")


@pytest.fixture
def named(serbia: Serbia) -> Serbia:
    """The same people, with the names that they have in Serbia."""
    named = {serbia.coordinator: "Јелена", serbia.drafter: "Марија", serbia.reviewers[0]: "Горан"}
    for user, name in {**named, serbia.reviewers[1]: "Биљана"}.items():
        User.objects.filter(pk=user.pk).update(name=name)
        user.name = name
    return serbia


def left(page: str) -> list[str]:
    """What is left in Cyrillic of a page, but for the names of languages in themselves and what a form keeps
    as it is."""
    shown = re.sub(
        r'<(?:a|b)[^>]*lang="[^"]*"[^>]*>.*?</(?:a|b)>|value="[^"]*"|<textarea.*?</textarea>', "", page
    )
    return CYRILLIC.findall(shown.replace("Српски", "").partition("<main")[2].partition("</main>")[0])


def spoken_there(comment: Comment) -> str:
    with override("sr-latn"):
        name = localized_name(comment.institution)
    assert name != str(comment.institution) and not CYRILLIC.search(name)
    return name


def test_the_threads_and_the_desk_name_people_in_latin_letters(named: Serbia, review: Review) -> None:
    goran, uid = named.reviewers[0], named.uids[0]
    asked = Seat.objects.get(stage__review=review, stage__order=1, institution=named.ministries[1])
    with unguarded():
        Seat.objects.filter(pk=asked.pk).update(user=named.reviewers[1])
    first = write_comment(
        goran, review, uid, "sr", "", quote="у року од 24 сата", suggestion="у року од 2 сата"
    )
    write_comment(named.coordinator, review, uid, "sr", "Da.", parent=first, to=f"u{named.reviewers[1].pk}")
    seen = text_hash(load_tree(named.draft, "sr").by_uid[uid].text.body)
    accept_suggestion(named.coordinator, Comment.objects.get(pk=first.pk), review, seen)
    other = write_comment(goran, review, named.uids[1], "sr", "Jasno?")
    settle_comment(goran, other, review, settled=True)
    assert "2 сата" in (section_text(named.draft, uid, "sr") or "")

    for user, address in (
        (goran, f"review/{review.pk}/?view=comments"),
        (goran, f"review/{review.pk}/?view=since"),
        (named.coordinator, f"review/{review.pk}/"),
        (named.coordinator, f"review/{review.pk}/comments/"),
        (named.coordinator, reverse("coordinate:review", args=[review.pk]).lstrip("/").partition("/")[2]),
        (named.reviewers[1], reverse("review:delegates").lstrip("/").partition("/")[2]),
    ):
        page = page_of(user, f"/sr-latn/{address}")
        assert left(page) == [], (address, left(page))
    page = page_of(goran, f"/sr-latn/review/{review.pk}/?view=comments")
    assert "<b>Goran</b>" in page and "Stavila" not in page and "Jelena" in page
    # Their own words stand in a section that is named in Latin letters too.
    assert "Vaše reči su u:" in page and "1 Prepoznavanje</a>" in page
    assert "Горан" in page_of(goran, f"/sr-cyrl/review/{review.pk}/?view=comments")

    client = client_of(named.coordinator)
    sheet = load_workbook(io.BytesIO(client.get(f"/sr-latn/review/{review.pk}/comments.xlsx").content)).active
    assert sheet is not None
    said = [str(cell) for row in sheet.iter_rows(min_row=3, values_only=True) for cell in row if cell]
    assert "Goran" in said and "Jelena: Da." in said
    assert spoken_there(first) in said


def test_a_letter_names_people_in_the_letters_of_its_reader(named: Serbia, review: Review) -> None:
    told = Message.objects.filter(to=named.reviewers[0].email).get()
    assert "Jelena" in told.text and "Јелена" not in told.text


def test_who_can_be_mentioned_is_named_in_latin_letters(named: Serbia, review: Review) -> None:
    page = page_of(named.reviewers[0], f"/sr-latn/review/{review.pk}/comment/?uid={named.uids[0]}")
    options = re.findall(r"<option[^>]*>([^<]*)</option>", page)
    assert any(one.startswith("Jelena (") for one in options) and not CYRILLIC.search(" ".join(options))
