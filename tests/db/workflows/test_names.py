"""Names of procedures and stages in every language: the shipped ones translated, a country's own as it gives
them; a review keeps those with which it began."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from django.utils import translation

from audit.verify import problems
from documents.comments.actions import section_text
from documents.editions.text_storage import load_tree
from documents.models import Comment
from documents.text import text_hash
from mail.models import Message
from people.models import User
from tests.support.records import sign_for
from tests.support.reviews import CONFIRMED, Cast, act, client_of, form_of, page_of, to
from tests.support.workflows.rounds import as_sent
from tests.support.workflows.serbia import Serbia
from tests.support.workflows.serbia import review as review
from tests.support.workflows.serbia import serbia as serbia
from workflows.models import Procedure, Review
from workflows.procedures import names
from workflows.record.build import build, build_shown
from workflows.rules.passed_stages import passed_stages

OWN = {"s0-name_mk": "Согласност од министрите", "s0-name_en": "Consent of the ministers", "s0-name_sq": ""}


def shown(name: str, own: dict[str, str], *tags: str) -> list[str]:
    said = []
    for tag in tags:
        with translation.override(tag):
            said.append(names.display_name(name, own))
    return said


def test_each_reader_reads_their_own_and_others_what_there_is() -> None:
    own = {"mk": "Увид", "sr": "Увид у текст", "en": "Perusal"}
    assert shown("Perusal", own, "mk", "sr-cyrl", "sr-latn", "en", "hr") == [
        "Увид", "Увид у текст", "Uvid u tekst", "Perusal", "Perusal",
    ]  # fmt: skip
    assert shown("Legal opinion", {}, "en", "sr-latn") == ["Legal opinion", "Pravno mišljenje"]


def test_a_shipped_name_stays_one_and_one_word_for_all_is_no_translation() -> None:
    languages = ("mk", "sq", "en")
    legal = names.in_each("Legal opinion", {}, languages)
    assert legal["mk"] == "Правно мислење" and names.names_to_store(legal, ["Legal opinion"]) == (
        "Legal opinion",
        {},
    )
    assert names.names_to_store(dict.fromkeys(languages, "Own"), ["Legal opinion"]) == ("Own", {})
    assert names.names_to_store({"mk": "", "sq": "", "en": ""}, ["Legal opinion"]) == ("", {})
    assert names.names_to_store({"mk": "Увид", "sq": "", "en": ""}, []) == ("Увид", {"mk": "Увид"})
    changed = legal | {"mk": "Мислење на правната служба"}
    assert names.names_to_store(changed, ["Legal opinion"]) == ("Legal opinion", changed)


@pytest.mark.django_db
def test_the_editor_has_a_field_for_each_language_and_folds_what_has_no_name(cast: Cast) -> None:
    client, address = client_of(cast.coordinator), to("coordinate:procedure", "mk", "joint-order")
    page = client.get(address).content.decode()
    for code in ("mk", "sq", "en"):
        assert f'name="s0-name_{code}"' in page and f'name="name_{code}"' in page
    assert "s0-name_hr" not in page and "<details open" not in page.replace(' class="stagebox"', "")
    assert "<b>Stage 3</b>: Adoption" in page
    # Kept as it was opened, a shipped procedure has no names of its own.
    assert client.post(address, form_of(client, address)).status_code == 302
    own = Procedure.objects.get(key="mk-joint-order")
    assert own.names == {} and own.name == "Operating procedures by a joint order"
    assert own.stages == Procedure.objects.get(key="joint-order").copy()["stages"]
    assert all("names" not in stage for stage in own.stages)


@pytest.mark.django_db
def test_room_desk_mails_and_record_say_it_in_the_readers_language(cast: Cast) -> None:
    client, address = client_of(cast.coordinator), to("coordinate:procedure", "mk", "joint-order")
    data = form_of(client, address) | OWN | {"name_mk": "Заедничка наредба", "name_en": "A joint order"}
    assert client.post(address, data).status_code == 302
    type(cast.goran).objects.filter(pk=cast.goran.pk).update(language="mk")
    start = to("coordinate:start", cast.edition.pk) + "?procedure=mk-joint-order"
    opened = client.get(start)
    assert "Consent of the ministers" in opened.content.decode()
    whom = {f"s1-p{cast.interior.pk}": str(cast.goran.pk)}
    assert client.post(start, as_sent(opened) | whom | CONFIRMED).status_code == 302
    review = Review.objects.get()
    # What is called otherwise from now on is called so in reviews that begin from now on.
    again = form_of(client, address) | {"s0-name_mk": "Друго", "s0-name_en": "Other"}
    assert client.post(address, again).status_code == 302

    room, desk = f"review/{review.pk}/", f"desk/reviews/{review.pk}/"
    for tag, says in (("mk", OWN["s0-name_mk"]), ("en", OWN["s0-name_en"]), ("sr-latn", OWN["s0-name_en"])):
        for page in (f"/{tag}/{room}", f"/{tag}/{desk}", f"/{tag}/desk/reviews/"):
            assert says in client.get(page).content.decode(), (page, says)
    asked = {message.to: message.text for message in Message.objects.filter(template="asked")}
    assert OWN["s0-name_mk"] in asked[cast.goran.email] and OWN["s0-name_en"] in asked[cast.biljana.email]

    for person in (cast.goran, cast.biljana, cast.teuta):
        sign_for(cast, review, person)
    from datetime import date

    from documents.actions.adopt_edition import adopt_edition

    adopt_edition(cast.coordinator, Review.objects.get().edition, [act()], date(2026, 1, 20))
    made = set()
    for tag, says in (("mk", OWN["s0-name_mk"]), ("en", OWN["s0-name_en"])):
        with translation.override(tag):
            known = build(review.edition)
            made.add(known["sha256"])
            assert known["rounds"][0]["stages"][0]["name"] == OWN["s0-name_en"]
            paper = build_shown(review.edition)["rounds"][0]
            assert paper["stages"][0]["name"] == says
    assert len(made) == 1 and known["rounds"][0]["procedure"] == "A joint order"
    assert list(problems()) == []


@pytest.mark.django_db
def test_a_round_without_names_has_none_in_its_procedure(cast: Cast) -> None:
    Procedure.objects.filter(key="joint-order").update(name="One name", stages=[
        {"kind": "sign_off", "name": "Old stage", "institutions": ["interior"], "least": 2},
        {"kind": "opinion", "name": "Legal opinion"},
        {"kind": "adoption"},
    ])  # fmt: skip
    review = cast.start()
    assert "names" not in review.procedure and all("names" not in one for one in review.procedure["stages"])
    assert shown("Old stage", {}, "mk") == ["Old stage"]
    address = to("coordinate:procedure", "mk", "joint-order")
    assert (
        client_of(cast.coordinator).post(address, form_of(client_of(cast.coordinator), address)).status_code
        == 302
    )
    assert Procedure.objects.get(key="mk-joint-order").stages[0]["name"] == "Old stage"


@pytest.mark.django_db
def test_a_consultation_that_was_held_stays_held_when_it_is_called_otherwise(cast: Cast) -> None:
    from tests.support.reviews import consult, open_review

    review = open_review(cast)
    consult(cast, review)
    now = [stage | {"names": {"mk": "Поинаку"}} for stage in review.procedure["stages"]]
    assert len(passed_stages(review, now)) == len(passed_stages(review, review.procedure["stages"])) > 0


def send(
    user: User, review: Review, uid: str, tag: str, quote: str, words: str, letters: str = ""
) -> tuple[int, str]:
    client = client_of(user)
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
    latin, cyrillic = page_of(user, f"/sr-latn/{there}"), page_of(user, f"/sr-cyrl/{there}")
    assert "<del>u roku od 24 sata</del><ins>u roku od 7 dana, na info@mup.rs</ins>" in latin
    assert "<del>у року од 24 сата</del><ins>у року од 7 дана, на info@mup.rs</ins>" in cyrillic
    table = page_of(serbia.coordinator, f"/sr-latn/review/{review.pk}/comments/")
    assert "<del>u roku od 24 sata</del> <ins>u roku od 7 dana, na info@mup.rs</ins>" in table
    assert "<del>у року од 24 сата</del>" in page_of(
        serbia.coordinator, f"/sr-cyrl/review/{review.pk}/comments/"
    )

    client = client_of(serbia.coordinator)
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

    client = client_of(user)
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
    client = client_of(serbia.drafter)
    address = f"/sr-latn{reverse('desk:add', args=[serbia.draft.pk])[3:]}"
    page = client.get(address).content.decode()
    given = {"after": serbia.uids[0], "place": "beside", "kind": "section", "heading_sr": "Procena rizika"}
    got = client.post(address, given | {"expected": page.split('name="expected" value="')[1].split('"')[0]})
    assert got.status_code == 302
    assert "Процена ризика" in [one.text.heading for one in load_tree(serbia.draft, "sr")]
