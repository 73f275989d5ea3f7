"""Texts of a round, an answer or a former number are stored when due and not before."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import DatabaseError, transaction

from audit.verify import problems
from documents.actions import adopt_language
from documents.actions.errors import ActionError
from documents.editions.hashing import version_hashes
from documents.editions.text_storage import load_tree, tree_key
from documents.models import LanguageVersion, Section, VersionText
from tests.support.documents import following
from tests.support.documents.following import cast as adopted
from tests.support.documents.following import no_review
from tests.support.html import PageClient
from tests.support.reviews import Cast, make_cast, open_review, seat_in, sign
from tests.support.tampering import no_guards
from workflows.actions.end_coordination import end_coordination
from workflows.actions.restart import withdraw_review
from workflows.models import AnsweredText, Review, RoundText

pytestmark = pytest.mark.django_db
__all__ = ["adopted", "no_review"]


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def put_round(review: Review) -> None:
    """The honest text of a round, by a plain INSERT."""
    tree = load_tree(review.edition, "mk")
    RoundText.objects.create(review=review, language="mk", text=RoundText.pack(tree))


def put_answered(cast: Cast, text: str = "") -> None:
    """The text of now under its own hash, by a plain INSERT; with ``text`` another one under that hash."""
    sha256 = version_hashes(cast.edition, ["mk"])["mk"]
    tree = load_tree(cast.edition, "mk")
    packed = AnsweredText.pack(tree)
    if text:
        packed["title"] = text
    AnsweredText.objects.create(
        edition=cast.edition, language="mk", sha256=sha256, key=tree_key(tree), text=packed
    )


def refused(put: Any, *given: Any) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        put(*given)


def test_no_text_of_a_round_is_put_in_while_it_runs(cast: Cast) -> None:
    review = open_review(cast)
    refused(put_round, review)
    sign(cast.goran, seat_in(review, 1, cast.interior))
    refused(put_round, review)
    withdraw_review(cast.coordinator, review, "Later.", text_too=False)
    assert RoundText.objects.filter(review=review).count() == 2, "mk and en, by the action itself"
    refused(put_round, review)  # it is there
    assert list(problems()) == []


def test_the_text_of_a_locked_round_is_kept_when_it_is_returned(cast: Cast) -> None:
    """So that from its end on nobody can put in another one first."""
    review = cast.start()
    sign(cast.goran, seat_in(review, 1, cast.interior), "return", "A word is wrong.")
    assert RoundText.objects.filter(review=review).count() == 2
    assert list(problems()) == []


def test_no_text_is_put_in_as_answered_before_anybody_has_answered_for_it(cast: Cast) -> None:
    review = open_review(cast)
    refused(put_answered, cast)
    refused(put_answered, cast, "Forged")
    sign(cast.goran, seat_in(review, 1, cast.interior))
    assert AnsweredText.objects.count() == 2
    refused(put_answered, cast, "Forged")  # the true one is there
    assert list(problems()) == []


def test_no_text_is_put_in_as_answered_after_a_locked_vote(cast: Cast) -> None:
    """Nothing is kept with it, so that another text would stand there first when the text is open again."""
    review = open_review(cast)
    sign(cast.goran, seat_in(review, 1, cast.interior))
    sign(cast.biljana, seat_in(review, 1, cast.social))
    cast.change(1, "Друг текст.")
    end_coordination(cast.coordinator, review.stages.get(order=2))
    sign(cast.goran, seat_in(Review.objects.get(pk=review.pk), 3, cast.interior))
    refused(put_answered, cast, "Forged")
    refused(put_answered, cast)
    assert list(problems()) == []


def test_no_language_and_no_hash_is_a_pattern(cast: Cast) -> None:
    review = open_review(cast)
    sign(cast.goran, seat_in(review, 1, cast.interior))
    known = AnsweredText.objects.get(language="mk")
    sha256, en = known.sha256, AnsweredText.objects.get(language="en").sha256
    for language, of in (
        ("%", "%"),
        ("mk", "%"),
        ("mk", "_" + sha256[1:]),
        ("mk", sha256.upper()),
        ("m_", sha256),
        ("mk", ""),
        ("sq", sha256),
        (f'mk": "{sha256[:50]}', sha256[50:]),
        ("mk", f'{sha256[:10]}", "en": "{en}'),
    ):
        refused(
            AnsweredText(edition=cast.edition, language=language, sha256=of, key="x", text=known.text).save
        )
    withdraw_review(cast.coordinator, review, "Later.", text_too=False)
    text = RoundText.objects.get(review=review, language="mk").text
    for language in ("sq", "%", "m_", 'mk", "en'):
        refused(RoundText(review=review, language=language, text=text).save)
    assert list(problems()) == []


def test_another_text_put_in_behind_the_guards_is_named(cast: Cast) -> None:
    open_review(cast)
    with no_guards():
        put_answered(cast, "Forged")
    assert any("answeredtext:" in line for line in problems())


def texts_of(version: LanguageVersion) -> list[VersionText]:
    uids = Section.objects.filter(edition=version.edition).values_list("uid", flat=True)
    return [VersionText(version=version, uid=uid, body={}) for uid in uids]


def test_the_text_of_a_number_is_kept_as_the_next_begins_and_not_before(adopted: following.Cast) -> None:
    first = following.version(adopted, "en")
    for text in texts_of(first):
        refused(text.save)
    adopt_language.begin_next(adopted["coordinator"], adopted["edition"], "en")
    assert VersionText.objects.filter(version=first).count() == 3
    for text in texts_of(first):
        refused(text.save)
    odd = VersionText(version=first, uid="00000000-0000-4000-8000-00000000ffff", body={})
    refused(odd.save)  # the edition has no such section


def test_a_former_text_that_somebody_put_in_is_said_before_the_next_number_begins(
    adopted: following.Cast,
) -> None:
    first = following.version(adopted, "en")
    with no_guards():
        texts_of(first)[0].save()
    with pytest.raises(ActionError, match="Contact the operator") as refusal:
        adopt_language.begin_next(adopted["coordinator"], adopted["edition"], "en")
    assert refusal.value.code == "altered"
    assert following.version(adopted, "en").number == 1
    address = f"/en/desk/{adopted['edition'].pk}/versions/"
    client = PageClient()
    client.force_login(adopted["coordinator"])
    answer = client.post(address, {"language": "en", "begin": "1"}, follow=True)
    assert answer.status_code == 200 and "Contact the operator" in answer.content.decode()
