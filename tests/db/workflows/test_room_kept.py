"""The room's page asks little, and compares two texts once for all readers: the right text, and only for who
may read it."""

from __future__ import annotations

from typing import Any

import pytest

from documents.choices import Classification
from documents.models import Section
from documents.text_storage import load_tree, section_states, text_columns, tree_key
from people.roles import Role
from tests.support.reviews import Cast, body, client_of, page_of, person, to
from workflows.models import Review
from workflows.pages.review import comparison, comparison_cache


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    comparison_cache.forget()


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The languages in which texts were compared anew."""
    found: list[str] = []
    real = comparison._compare

    def compare(edition: Any, text: Any, *rest: Any) -> Any:
        found.append(text.tag)
        return real(edition, text, *rest)

    monkeypatch.setattr(comparison, "_compare", compare)
    return found


def test_the_page_asks_few_questions_of_the_database(
    cast: Cast, review: Review, django_assert_max_num_queries: Any
) -> None:
    client = client_of(cast.goran)
    for number in range(6):
        client.post(to("review:comment", review.pk), {"uid": cast.uids[number % 3], "text": f"No. {number}"})
    for tag in ("", "?text=mk", "?view=whole", "?view=comments"):
        client.get(to("review:room", review.pk) + tag)
        with django_assert_max_num_queries(21):
            assert client.get(to("review:room", review.pk) + tag).status_code == 200


def test_a_text_is_compared_once_for_all_who_may_read_it(cast: Cast, review: Review, made: list[str]) -> None:
    first = page_of(cast.goran, to("review:room", review.pk))
    again = page_of(cast.coordinator, to("review:room", review.pk))
    assert made == ["en"]
    for page in (first, again):
        assert "assesses the danger within 24 hours" in page
    client_of(cast.goran).get(to("review:room", review.pk) + "?text=mk")
    assert made == ["en", "mk"]


def test_what_is_kept_opens_nothing_to_who_may_not_read(cast: Cast, review: Review) -> None:
    stranger = person("Stranka", cast.commission, Role.PRACTITIONER)
    assert client_of(cast.goran).get(to("review:room", review.pk)).status_code == 200
    assert client_of(stranger).get(to("review:room", review.pk)).status_code == 404
    review.edition.instrument.classification = Classification.TLP_RED
    review.edition.instrument.save()
    assert client_of(cast.goran).get(to("review:room", review.pk)).status_code == 404


def test_another_text_has_another_name_and_is_never_kept_under_a_wrong_one(cast: Cast) -> None:
    edition = cast.edition
    before = section_states(edition).key("mk")
    assert before == tree_key(load_tree(edition, "mk"))
    Section.objects.filter(edition=edition, uid=cast.uids[0]).update(label_mk="9.")
    labelled = section_states(edition).key("mk")
    Section.objects.filter(edition=edition, uid=cast.uids[0]).update(
        **text_columns("mk", body("Ново", "Друго."))
    )  # type: ignore[arg-type]
    changed = section_states(edition).key("mk")
    assert len({before, labelled, changed}) == 3
    assert changed == tree_key(load_tree(edition, "mk"))
    assert section_states(edition).key("en") == tree_key(load_tree(edition, "en"))

    saved: list[str] = []

    def make() -> tuple[str, comparison_cache.ComparedTexts]:
        saved.append("made")
        return changed, comparison_cache.ComparedTexts(None, load_tree(edition, "mk"), str)  # type: ignore[arg-type]

    # Somebody saved after the name was asked for: the text that was compared has another name, and stands
    # under that.
    comparison_cache.compare_once(before, make)
    comparison_cache.compare_once(changed, make)
    assert saved == ["made"]
    comparison_cache.forget()
