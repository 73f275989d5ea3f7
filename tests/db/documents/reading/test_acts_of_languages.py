"""Acts of one language and of all: each says which languages it adopts, and a file in a language names those
that adopted it."""

from __future__ import annotations

import json

import pytest

from documents.actions import adopt_language
from documents.display.acts import acts_of
from documents.exports.data import as_json
from documents.models import Section
from people.roles import Role
from tests.support.documents.following import Cast, approved, cast, no_review, read, write
from tests.support.factories import make_act, make_draft, make_in_force, make_person
from workflows.record.build import build
from workflows.record.format import as_bytes
from workflows.record.verify import problems as of_record

pytestmark = pytest.mark.django_db
__all__ = ["cast", "no_review"]
FIRST, OWN = "no. 41-1/24 of 1 December 2023", "no. 9 of 1 December 2023"
MK, SQ = "adopts the text in: Македонски", "adopts the text in: Shqip"


@pytest.fixture
def followed(cast: Cast) -> Cast:
    """The edition in mk by its first act; sq followed by its own; en is a translation."""
    write(cast, "sq", "Shqip")
    adopt_language.adopt_language(cast["coordinator"], approved(cast, "sq"), [make_act(number="9")])
    return cast


def test_a_file_in_a_language_names_the_acts_that_adopted_it(followed: Cast) -> None:
    def text(language: str) -> str:
        return read(followed["practitioner"], f"/en/i/mk/sop/1.md?text={language}").replace("\\", "")

    macedonian = [act.text for act in acts_of(followed["edition"], "mk")]
    albanian = [act.text for act in acts_of(followed["edition"], "sq")]
    assert len(macedonian) == 1 and FIRST in macedonian[0] and MK in macedonian[0]
    assert len(albanian) == 1 and OWN in albanian[0] and SQ in albanian[0]
    # Of a translation both texts are the authentic ones.
    assert [act.text for act in acts_of(followed["edition"], "en")] == macedonian + albanian
    assert "41-1/24" in text("mk") and "усвојува" in text("mk")
    assert "41-1/24" not in text("sq") and "Shqip" in text("sq")
    assert "41-1/24" in text("en") and MK in text("en") and SQ in text("en")


def test_pages_that_show_all_acts_say_the_languages_of_each(followed: Cast) -> None:
    edition = followed["edition"]
    uid = Section.objects.filter(edition=edition)[0].uid
    for address in ("/en/i/mk/sop/1/?text=mk", f"/en/i/mk/sop/s/{uid}/editions/?text=mk"):
        page = read(followed["practitioner"], address)
        assert FIRST in page and OWN in page, address
        assert page.index(FIRST) < page.index(MK) and page.index(OWN) < page.index(SQ), address


def test_the_file_for_machines_says_what_an_act_covers_and_is_held_against_the_record(followed: Cast) -> None:
    edition = followed["edition"]
    export = as_json(edition, "sq", "", "")
    assert [sorted(act["covers"]) for act in export["acts"]] == [["mk"], ["sq"]]
    record = as_bytes(build(edition))
    said = ["it was adopted without a review"]
    assert list(of_record(record, [json.dumps(export, ensure_ascii=False).encode()])) == said
    export["acts"][1]["covers"] = {"mk": "0" * 64}
    found = list(of_record(record, [json.dumps(export, ensure_ascii=False).encode()]))
    assert any("its acts are not those of the record" in line for line in found)


def test_where_one_language_is_authentic_its_acts_name_none() -> None:
    edition = make_in_force()
    assert "adopts the text" not in acts_of(edition)[0].text
    page = read(make_person(Role.PRACTITIONER, edition.instrument.owner), "/en/i/mk/sop/1/?text=mk")
    assert "41-1/24" in page and "adopts the text" not in page


def test_an_act_that_names_no_language_covers_all_of_its_edition() -> None:
    edition = make_draft(authentic=["mk", "sq"])
    edition.acts.create(
        body="Government", kind="government_decision", number="1", date="2020-01-01", edition_sha256="0" * 64
    )
    for language in ("", "mk", "sq", "en"):
        assert len(acts_of(edition, language)) == 1


def test_a_translation_does_not_call_the_number_of_the_authentic_text_its_own(followed: Cast) -> None:
    """The same number means the same text: a translation has other words, and so would its next number."""
    own = "Check number: "
    names = "This number belongs to the authentic text (Македонски), not to this translation."
    for ending in ("md", "html"):
        english = read(followed["practitioner"], f"/en/i/mk/sop/1.{ending}?text=en")
        assert "Check number of the authentic text: " in english and own not in english, ending
        assert "authentic text: " not in read(followed["practitioner"], f"/en/i/mk/sop/1.{ending}?text=sq")
    # Albanian followed, with a number of its own; that it is authentic too is said.
    english = read(followed["practitioner"], "/en/i/mk/sop/1.html?text=en")
    assert names in english and "Authentic text: Македонски, Shqip" in english
    assert names in read(followed["practitioner"], "/en/i/mk/sop/1/?text=en")
    page = read(followed["practitioner"], "/en/i/mk/sop/1/?text=mk")
    assert (
        "If the number on paper is the same, the text is the same." in page and "authentic text" not in page
    )
