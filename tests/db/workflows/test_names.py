"""Names of procedures and stages in every language: the shipped ones translated, a country's own as it gives
them; a review keeps those with which it began."""

from __future__ import annotations

import pytest
from django.utils import translation

from audit.verify import problems
from mail.models import Message
from tests.support.records import sign_for
from tests.support.reviews import Cast, act, client_of, form_of, to
from tests.support.workflows.desk import as_sent
from workflows.models import Procedure, Review
from workflows.procedures import names
from workflows.record.build import build, build_shown
from workflows.rules.passed_stages import kept_stages

OWN = {"s0-name_mk": "Согласност од министрите", "s0-name_en": "Consent of the ministers", "s0-name_sq": ""}


def shown(name: str, own: dict[str, str], *tags: str) -> list[str]:
    said = []
    for tag in tags:
        with translation.override(tag):
            said.append(names.words(name, own))
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
    assert legal["mk"] == "Правно мислење" and names.kept(legal, ["Legal opinion"]) == (
        "Legal opinion",
        {},
    )
    assert names.kept(dict.fromkeys(languages, "Own"), ["Legal opinion"]) == ("Own", {})
    assert names.kept({"mk": "", "sq": "", "en": ""}, ["Legal opinion"]) == ("", {})
    assert names.kept({"mk": "Увид", "sq": "", "en": ""}, []) == ("Увид", {"mk": "Увид"})
    changed = legal | {"mk": "Мислење на правната служба"}
    assert names.kept(changed, ["Legal opinion"]) == ("Legal opinion", changed)


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
    assert client.post(start, as_sent(opened) | whom).status_code == 302
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
    assert len(kept_stages(review, now)) == len(kept_stages(review, review.procedure["stages"])) > 0
