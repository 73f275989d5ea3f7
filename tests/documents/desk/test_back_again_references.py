"""References to sections that are no more, in a file that came back."""

from __future__ import annotations

import re

import pytest

from documents.actions.decide_suggestion import accept
from documents.actions.edit_outline import fingerprint, remove_section
from documents.actions.save_section import save_section
from documents.models import Edition, Section
from people.models import User
from tests.documents.desk.test_back_again import edited
from tests.documents.desk.test_back_again_headings import texts
from tests.documents.desk.test_back_again_since import back, drafter, edition, out_of

__all__ = ["drafter", "edition"]

pytestmark = pytest.mark.django_db


def refer(drafter: User, edition: Edition, of: str, to: str, before: str, words: str, after: str) -> None:
    """The first paragraph of a section refers with ``words`` to another one."""
    row = Section.objects.get(edition=edition, heading_mk=of)
    target = Section.objects.get(edition=edition, heading_mk=to)
    mark = {"type": "xref", "attrs": {"uid": str(target.uid)}}
    line = [
        {"type": "text", "text": before},
        {"type": "text", "text": words, "marks": [mark]},
        {"type": "text", "text": after},
    ]
    paragraph = {"type": "paragraph", "content": line}
    body = row.body_mk | {"blocks": [paragraph, *row.body_mk["blocks"][1:]]}
    save_section(drafter, edition, str(row.uid), "mk", body, row.text_hash_mk)


def remove(drafter: User, edition: Edition, heading: str) -> None:
    row = Section.objects.get(edition=edition, heading_mk=heading)
    remove_section(drafter, edition, str(row.uid), fingerprint(edition))


def references(edition: Edition, of: str) -> list[str]:
    (block, *_rest) = Section.objects.get(edition=edition, heading_mk=of).body_mk["blocks"]
    return [node["text"] for node in block["content"] if node.get("marks")]


@pytest.fixture
def referring(edition: Edition, drafter: User) -> Edition:
    refer(drafter, edition, "Цел", "Лица", "Види ", "кои лица", " се тоа, шест наводи.")
    return edition


def test_a_file_with_nothing_edited_suggests_nothing_where_a_reference_leads_to_a_section_that_is_no_more(
    referring: Edition, drafter: User
) -> None:
    remove(drafter, referring, "Лица")
    assert not back(drafter, referring, out_of(drafter, referring)).suggestions.exists()


def test_words_beside_such_a_reference_are_a_change_and_the_reference_stays(
    referring: Edition, drafter: User
) -> None:
    remove(drafter, referring, "Лица")
    returned = back(drafter, referring, out_of(drafter, referring), шест="девет")
    (found,) = returned.suggestions.all()
    assert (found.old, found.new) == ("шест", "девет")
    accept(drafter, found)
    assert texts(referring)[0][2] == "Види кои лица се тоа, девет наводи."
    assert references(referring, "Цел") == ["кои лица"]


def test_the_words_of_such_a_reference_may_be_changed(referring: Edition, drafter: User) -> None:
    remove(drafter, referring, "Лица")
    returned = back(drafter, referring, out_of(drafter, referring), кои="овие")
    (found,) = returned.suggestions.all()
    accept(drafter, found)
    assert texts(referring)[0][2] == "Види овие лица се тоа, шест наводи."


def test_the_section_may_be_taken_out_in_the_file(referring: Edition, drafter: User) -> None:
    returned = back(drafter, referring, out_of(drafter, referring), "Лица", "Секое лице.")
    assert [found.kind for found in returned.suggestions.all()] == ["gone"]


def test_a_reference_that_somebody_made_plain_words_is_a_change(referring: Edition, drafter: User) -> None:
    out = edited(out_of(drafter, referring), lambda text: re.sub(r"</?w:hyperlink[^>]*>", "", text))
    (found,) = back(drafter, referring, out).suggestions.all()
    assert found.kind == "changed"
    accept(drafter, found)
    assert references(referring, "Цел") == []
