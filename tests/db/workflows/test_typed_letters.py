"""A Serbian text is kept in one script and read in either: what is typed in the room goes into it in its own
letters."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from documents.comments.actions import section_text
from documents.models import Comment
from documents.text import text_hash
from documents.text_storage import load_tree
from people.models import User
from tests.support.html import PageClient
from tests.support.reviews import Serbia, get
from tests.support.workflows.typed_letters import review as review
from tests.support.workflows.typed_letters import serbia as serbia
from workflows.models import Review


def send(
    user: User, review: Review, uid: str, tag: str, quote: str, words: str, letters: str = ""
) -> tuple[int, str]:
    client = PageClient()
    client.force_login(user)
    given = {"uid": uid, "quote": quote, "suggestion": words, "letters": letters}
    got = client.post(f"/{tag}/review/{review.pk}/comment/?text=sr", given)
    return got.status_code, got.content.decode()


def test_latin_letters_go_into_a_cyrillic_text_in_cyrillic(serbia: Serbia, review: Review) -> None:
    user = serbia.reviewers[0]
    status, _page = send(
        user, review, serbia.uids[0], "sr-latn", "u roku od 24 sata", "u roku od 7 dana, na info@mup.rs"
    )
    assert status == 302
    comment = Comment.objects.get()
    assert (comment.quote, comment.suggestion) == ("у року од 24 сата", "у року од 7 дана, на info@mup.rs")

    # Each reads it in the letters of the page.
    there = f"review/{review.pk}/?view=comments"
    latin, cyrillic = get(user, f"/sr-latn/{there}"), get(user, f"/sr-cyrl/{there}")
    assert "<del>u roku od 24 sata</del><ins>u roku od 7 dana, na info@mup.rs</ins>" in latin
    assert "<del>у року од 24 сата</del><ins>у року од 7 дана, на info@mup.rs</ins>" in cyrillic
    table = get(serbia.coordinator, f"/sr-latn/review/{review.pk}/comments/")
    assert "<del>u roku od 24 sata</del> <ins>u roku od 7 dana, na info@mup.rs</ins>" in table
    assert "<del>у року од 24 сата</del>" in get(serbia.coordinator, f"/sr-cyrl/review/{review.pk}/comments/")

    client = PageClient()
    client.force_login(serbia.coordinator)
    seen = text_hash(load_tree(serbia.draft, "sr").by_uid[serbia.uids[0]].text.body)
    client.post(f"/sr-cyrl/review/{review.pk}/comments/{comment.pk}/accept/", {"seen": seen})
    text = section_text(serbia.draft, serbia.uids[0], "sr") or ""
    assert "за заштиту у року од 7 дана, на info@mup.rs" in text


def test_where_nobody_can_be_sure_the_page_asks(serbia: Serbia, review: Review) -> None:
    user, uid = serbia.reviewers[0], serbia.uids[0]
    status, page = send(user, review, uid, "sr-cyrl", "у року од 24 сата", "u roku od 7 dana")
    assert status == 400 and not Comment.objects.exists()
    choices = re.findall(r'name="letters" value="(\w+)".*?<small[^>]*>(.*?)</small>', page)
    assert choices == [("Cyrl", "у року од 7 дана"), ("Latn", "u roku od 7 dana")]
    assert send(user, review, uid, "sr-cyrl", "у року од 24 сата", "u roku od 7 dana", "Cyrl")[0] == 302
    assert send(user, review, uid, "sr-cyrl", "у року од 24 сата", "u roku od 7 dana", "Latn")[0] == 302
    kept = Comment.objects.order_by("pk").values_list("suggestion", flat=True)
    assert list(kept) == ["у року од 7 дана", "u roku od 7 dana"]


def test_a_foreign_name_stays_and_the_page_says_what_was_kept(serbia: Serbia, review: Review) -> None:
    user, uid = serbia.reviewers[0], serbia.uids[0]
    words = "preko Deutsche Bank u roku od 24 h"
    status, page = send(user, review, uid, "sr-latn", "u roku od 24 sata", words)
    choices = re.findall(r'name="letters" value="([\w-]+)".*?<small lang="([\w-]+)">(.*?)</small>', page)
    assert status == 400 and choices == [
        ("Cyrl", "sr-Cyrl", "преко Deutsche Bank у року од 24 h"),
        ("Cyrl-all", "sr-Cyrl", "преко Деутсцхе Банк у року од 24 h"),
    ]
    assert send(user, review, uid, "sr-latn", "u roku od 24 sata", words, "Cyrl")[0] == 302
    assert Comment.objects.get().suggestion == "преко Deutsche Bank у року од 24 h"

    client = PageClient()
    client.force_login(user)
    given = {"uid": uid, "quote": "u roku od 24 sata", "suggestion": "preko banke Intesa"}
    page = client.post(f"/sr-latn/review/{review.pk}/comment/?text=sr", given, follow=True).content.decode()
    assert "преко банке Интеса" in page and "označite komentar" in page
    given["suggestion"] = "преко банке"
    page = client.post(f"/sr-cyrl/review/{review.pk}/comment/?text=sr", given, follow=True).content.decode()
    assert "означите коментар" not in page


@pytest.mark.parametrize("tag", ["sr-latn", "sr-cyrl"])
@pytest.mark.parametrize("quote", ["у року од 24 сата", "u roku od 24 sata"])
def test_a_quote_is_found_in_whichever_letters_it_is_typed(
    serbia: Serbia, review: Review, tag: str, quote: str
) -> None:
    assert send(serbia.reviewers[0], review, serbia.uids[0], tag, quote, "у року од 7 дана")[0] == 302
    assert Comment.objects.get().quote == "у року од 24 сата"


def test_a_new_heading_is_kept_in_the_letters_of_the_outline(serbia: Serbia) -> None:
    client = PageClient()
    client.force_login(serbia.drafter)
    address = f"/sr-latn{reverse('desk:add', args=[serbia.draft.pk])[3:]}"
    page = client.get(address).content.decode()
    given = {"after": serbia.uids[0], "place": "beside", "kind": "section", "heading_sr": "Procena rizika"}
    got = client.post(address, given | {"expected": page.split('name="expected" value="')[1].split('"')[0]})
    assert got.status_code == 302
    assert "Процена ризика" in [one.text.heading for one in load_tree(serbia.draft, "sr")]
