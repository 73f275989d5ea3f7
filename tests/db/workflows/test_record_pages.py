"""Where an approval record stands on pages, and what it says of corrigenda and of languages that follow."""

from __future__ import annotations

import json
import os
import subprocess
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

import pytest
from django.utils import timezone

from audit.verify import problems as trail_problems
from documents.actions import record_corrigendum, record_prior_adoption
from documents.actions.adopt_edition import adopt_edition
from documents.models import Edition, LanguageVersion, Section
from people.actions.change_name import change_name
from people.models import User
from proposals.actions import decide
from tests.support.html import PageClient
from tests.support.records import exports, fits, run, sealed, sign_for
from tests.support.reviews import Cast, act, client_of, seat_in, seat_of, sign, two_at_once
from tests.support.workflows.histories import Clock
from tests.support.workflows.histories_to_the_end import Whole, said_of
from theme.check_number import check_groups
from workflows.actions.end_coordination import end_coordination
from workflows.actions.restart import withdraw_review
from workflows.actions.start_review import start_review
from workflows.models import Procedure, Review
from workflows.record.build import build, build_shown
from workflows.record.format import as_bytes
from workflows.record.pdf import as_data
from workflows.record.verify import problems
from workflows.reminders.deadlines import take_silence_as_assent

ROOT = Path(__file__).resolve().parents[3]


def test_the_pages(adopted: Edition, cast: Cast) -> None:
    review = Review.objects.get(edition=adopted, state="done")

    def get(user: User, ending: str) -> Any:
        client = client_of(user)
        return client.get(f"/mk/review/{review.pk}/record.{ending}")

    answer = get(cast.goran, "json")
    assert list(problems(answer.content)) == []
    pdf = get(cast.coordinator, "pdf")
    assert pdf.content.startswith(b"%PDF-") and b"pdfaid:conformance>A" in pdf.content
    said = subprocess.run(
        ["pdftotext", "-layout", "-", "-"], input=pdf.content, capture_output=True, check=True
    ).stdout.decode()
    # Copied from the paper a fingerprint is its 64 signs; the act says which languages it adopted.
    assert adopted.sha256 in said
    assert all(word in said for word in ("Јазици:", "Рок:"))
    assert get(cast.outsider, "json").status_code == get(cast.outsider, "pdf").status_code == 404


def test_there_is_none_of_a_text_that_is_not_adopted(review: Review, cast: Cast) -> None:
    client = client_of(cast.coordinator)
    assert client.get(f"/en/review/{review.pk}/record.json").status_code == 404


def test_a_corrigendum_is_recomputed_with_the_text(cast: Cast, adopted: Edition, tmp_path: Path) -> None:
    uid = UUID(cast.uids[1])
    one = record_corrigendum.propose_corrigendum(
        cast.drafter, adopted, uid, "mk", "мирно место", "тивко место", "Slip"
    )
    record_corrigendum.record(
        cast.coordinator, one, [act(number="77", date=date(2026, 2, 2))], date(2026, 2, 3)
    )
    record = as_bytes(build(adopted))
    schema = json.loads((ROOT / "docs" / "approval-record.schema.json").read_text())
    fits(json.loads(record), schema, schema)
    assert run(tmp_path, record, *exports(adopted))[0] == 0
    known = json.loads(record)
    assert known["corrigenda"][0]["acts"][0]["number"] == "77"
    for change, said in (
        ({"words": "бучно место"}, "its hash, or the one"),
        ({"before": "0" * 64}, "corrects another text"),
        ({"quote": {"prefix": "", "exact": "x", "suffix": ""}}, "not in the text"),
        ({"acts": []}, "no act adopted it"),
        ({"recorded_by": known["corrigenda"][0]["proposed_by"]}, "one person"),
    ):
        altered = sealed(known | {"corrigenda": [known["corrigenda"][0] | change]})
        assert any(said in line for line in problems(altered, exports(adopted))), said
    shown = str(as_data(adopted, known)["corrigenda"])
    assert "“тивко место” instead of “мирно место”" in shown and "77" in shown


def test_an_answer_keeps_the_name_under_which_it_was_given(cast: Cast, adopted: Edition) -> None:
    before = build(adopted)
    former = cast.goran.name
    change_name(cast.goran, "Министер Премиер")
    record = build(adopted)
    assert record == before and former in str(record)
    shown = str(as_data(adopted, build_shown(adopted))["rounds"])
    assert f"{former} (today: Министер Премиер)" in shown
    assert list(problems(as_bytes(record), exports(adopted))) == []


def test_a_language_left_out_is_in_no_hash_of_the_edition(cast: Cast, tmp_path: Path) -> None:
    """Three institutions signed both languages; the act covers one. What was signed of it is adopted, byte
    for byte."""
    cast.edition.instrument.authentic_languages = ["mk", "en"]
    cast.edition.instrument.save()
    LanguageVersion.objects.filter(edition=cast.edition, language="en").update(authentic=True)
    review = cast.start()
    for who in (cast.goran, cast.biljana, cast.teuta):
        sign_for(cast, review, who)
    adopt_edition(cast.coordinator, cast.edition, [act()], date(2026, 1, 20), [])
    edition = Edition.objects.select_related("instrument").get(pk=cast.edition.pk)
    record = build(edition)
    assert [one["language"] for one in record["edition"]["authentic"]] == ["mk"]
    assert [(one["language"], one["sha256"]) for one in record["edition"]["followed"]] == [("en", "")]
    assert edition.sha256 != Review.objects.get(pk=review.pk).manifest.sha256
    assert list(problems(as_bytes(record), exports(edition)[:1])) == []
    # On paper each check number says which languages it covers, and so does the page of the review.
    shown = as_data(edition, record)
    number = " ".join(check_groups(edition.sha256))
    signed = " ".join(check_groups(Review.objects.get(pk=review.pk).manifest.sha256))
    assert ("Check number", f"{number} (Македонски)") in shown["facts"]
    answers = [one["what"] for stage in shown["rounds"][0]["stages"] for one in stage["answers"]]
    assert len(answers) == 3 and all(what.endswith(f"{signed} (English, Македонски)") for what in answers)
    client = client_of(cast.coordinator)
    page = client.get(f"/en/desk/reviews/{review.pk}/").content.decode()
    assert "Submitted: English, Македонски" in page and "Adopted: Македонски" in page
    assert number in page.partition("Adopted: Македонски")[2]
    # (The languages were altered above, by hand.)
    assert [line for line in trail_problems() if "with which it was entered" not in line] == []
    other = record["edition"] | {"authentic": [{"language": "mk", "sha256": "0" * 64}]}
    assert any("another text" in line for line in problems(sealed(record | {"edition": other})))


def test_the_institutions_that_agreed_stand_on_a_sections_page_of_editions(
    adopted: Edition, cast: Cast
) -> None:
    uid = Section.objects.filter(edition=adopted).order_by("position").values_list("uid", flat=True)[0]
    path = f"/en/i/{adopted.instrument.path}/s/{uid}/editions/"
    client = client_of(cast.coordinator)
    html = client.get(path).content.decode()
    said = html.partition("Agreed in the review:")[2].partition("</p>")[0]
    assert len(said.split(", ")) == 3, "of the last round, each once"
    public = PageClient(headers={"host": "public.test"}).get(path.replace("/i/", "/library/i/"))
    assert "Agreed in the review" not in public.content.decode()


pytestmark = pytest.mark.django_db
BY_HAND = [int(one) for one in os.environ.get("HISTORIES", "").split()]


@pytest.mark.parametrize("number", BY_HAND or [1, 2])
def test_it_holds(number: int) -> None:
    history = Whole(number)
    found = history.go(30 if BY_HAND else 12)
    print(number, found is not None, history.review and history.review.round, dict(history.made))
    assert not found


def held(cast: Cast) -> list[str]:
    edition = Edition.objects.select_related("instrument").get(pk=cast.edition.pk)
    return said_of(edition, ("mk", "en"))


def adopt(cast: Cast) -> None:
    adopt_edition(cast.coordinator, Edition.objects.get(pk=cast.edition.pk), [act()], date(2026, 1, 20))


def start(cast: Cast, *stages: dict[str, object]) -> Review:
    own = Procedure.objects.create(key="mk-honest", name="Own", stages=list(stages))
    return start_review(cast.coordinator, cast.edition, own, cast.plans()[: len(stages)])


def test_who_was_taken_as_silent_may_still_answer(cast: Cast) -> None:
    """The stage waits for another institution, of which nobody is there."""
    review = start(cast, {"kind": "sign_off", "silence": "assent"})
    cast.goran.is_active = False
    cast.goran.save()
    due = review.stages.get(order=1).due
    assert due is not None
    clock = Clock(Random(1))
    clock.at = due + timedelta(minutes=1)
    with clock.running():
        assert len(take_silence_as_assent()) == 1
        clock.at += timedelta(minutes=1)
        sign(cast.biljana, seat_of(review, cast.social), "agree_with_remarks", "Late.")
        cast.goran.is_active = True
        cast.goran.save()
        sign(cast.goran, seat_of(review, cast.interior))
        adopt(cast)
        assert held(cast) == []


def test_what_ran_beside_a_return_ends_a_moment_later(cast: Cast) -> None:
    with Clock(Random(1), step=1).running():
        review = two_at_once(cast, "opinion")
        sign(cast.goran, seat_in(review, 1, cast.interior), "return", "No.")
        ended = Review.objects.get(pk=review.pk).ended
        beside = review.stages.get(order=2).closed
        assert ended and beside and beside > ended
        Procedure.objects.filter(key="mk-own").update(key="mk-before")
        again = two_at_once(cast, "opinion")
        sign(cast.goran, seat_in(again, 1, cast.interior))
        sign(cast.teuta, seat_in(again, 2, cast.justice))
        end_coordination(cast.coordinator, again.stages.get(order=3))
        sign(cast.biljana, seat_in(again, 4, cast.social))
        adopt(cast)
        assert held(cast) == []


def test_a_procedure_may_leave_the_adoption_to_no_stage(cast: Cast) -> None:
    review = start(cast, {"kind": "sign_off"})
    sign(cast.goran, seat_of(review, cast.interior))
    sign(cast.biljana, seat_of(review, cast.social))
    adopt(cast)
    assert held(cast) == []


def test_what_was_returned_and_given_up_may_have_been_adopted_before(cast: Cast) -> None:
    with Clock(Random(1), step=1).running():
        review = cast.start()
        sign(cast.goran, seat_of(review, cast.interior), "return", "No.")
        withdraw_review(cast.coordinator, Review.objects.get(pk=review.pk), "It is in force.", text_too=False)
        draft = Edition.objects.get(pk=cast.edition.pk)
        prior = record_prior_adoption.propose_prior(cast.coordinator, draft, act(), timezone.localdate())
        decide.confirm(cast.second, prior)
        assert held(cast) == []
