"""A text in review that is altered in the database is voted on by nobody, and `verify_audit` names it; through the guards it can't
be opened and closed again unseen."""

from __future__ import annotations

import copy
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

import audit
from audit import guards
from audit.models import Entry
from audit.verify import problems
from documents.models import Edition, LanguageVersion
from tests.audit.test_altered import one
from tests.audit.test_altered_rest import found_after
from tests.audit.test_guards_hold import sql
from tests.workflows.conftest import Cast, make_cast, seat_of
from tests.workflows.test_sign_off import sign
from workflows.actions.errors import Refused
from workflows.actions.reopen import reopen
from workflows.actions.start_review import start_review
from workflows.models import Procedure, Review, SignOff
from workflows.reminders.deadlines import take_silence_as_assent

pytestmark = pytest.mark.django_db

OTHER_TEXT = "the text in mk is not the one that was submitted"
WORDS = "UPDATE documents_section SET body_mk = replace(CAST(body_mk AS TEXT), '24', '96'){json}"
THEN = "2020-01-01 00:00:00+00:00"
ALTERED = {
    "the words": (WORDS, OTHER_TEXT),
    "the words of a translation": (
        "UPDATE documents_section SET body_en = replace(CAST(body_en AS TEXT), 'safe', 'other'){json}",
        "the text in en is not the one that was submitted",
    ),
    "the title": ("UPDATE documents_edition SET title_mk = 'Друго'", OTHER_TEXT),
    "the order": ("UPDATE documents_section SET position = 10 - position", OTHER_TEXT),
    "the hash beside a section": (
        one("documents_section", "text_hash_mk", "0" * 64),
        "a hash of a section in mk is not the one of its text",
    ),
    "the hash of a language version": (
        f"UPDATE documents_languageversion SET sha256 = '{'0' * 64}' WHERE language = 'mk'",
        "the hash beside its text in mk is not the one that was submitted",
    ),
    "the hash of the edition": (
        one("documents_edition", "sha256", "0" * 64),
        "its hash is not that of the text that was submitted",
    ),
    "which language is authentic": (
        "UPDATE documents_languageversion SET authentic = NOT authentic",
        "its hash is not that of the text that was submitted",
    ),
    "back to a draft": (
        "UPDATE documents_edition SET state = 'draft'",
        "its state is not the one of which the trail tells",
    ),
    "when it was submitted": (
        one("documents_edition", "submitted", THEN),
        "it was submitted at another moment",
    ),
}


def make_asked() -> Cast:
    cast = make_cast()
    cast.start()
    assert list(problems()) == []
    return cast


@pytest.fixture(scope="module")
def asked_once(once: Callable[[Callable[[], Cast]], Cast]) -> Cast:
    return once(make_asked)


@pytest.fixture
def asked(asked_once: Cast, db: None) -> Cast:
    return copy.deepcopy(asked_once)


@pytest.mark.parametrize(("statement", "said"), ALTERED.values(), ids=ALTERED)
def test_what_is_altered_in_a_text_in_review_is_named(asked: Cast, statement: str, said: str) -> None:
    found = found_after(statement)
    assert [line for line in found if said in line], found


def alter(statement: str) -> None:
    guards.remove()
    sql(statement.replace("{json}", "::jsonb" if connection.vendor == "postgresql" else ""))
    guards.install()


@pytest.mark.parametrize("what", ["the words", "the title", "the order", "which language is authentic"])
def test_nobody_signs_off_a_text_that_was_altered(asked: Cast, what: str) -> None:
    seat = seat_of(Review.objects.get(), asked.interior)
    alter(ALTERED[what][0])
    with pytest.raises(Refused) as refused:
        sign(asked.goran, seat)
    assert refused.value.code == "altered" and "ask the operator" in refused.value.message
    assert not SignOff.objects.exists()
    entry = Entry.objects.get(verb="sign_off")
    assert entry.refused and entry.thing == f"seat:{seat.pk}" and entry.detail == {"why": "altered"}
    assert entry.actor == asked.goran.actor


def test_silence_about_a_text_that_was_altered_is_no_assent(asked: Cast) -> None:
    draft = make_draft_again(asked)
    stages = [{"kind": "sign_off", "silence": "assent"}, {"kind": "opinion"}, {"kind": "adoption"}]
    procedure = Procedure.objects.create(key="mk-own", name="Own", stages=stages)
    review = start_review(asked.coordinator, draft, procedure, asked.plans())
    due = review.stages.get(order=1).due
    assert due is not None
    with transaction.atomic():
        alter(WORDS)
        assert take_silence_as_assent(due + timedelta(hours=1)) == []
        transaction.set_rollback(True)
    guards.install()
    assert take_silence_as_assent(due + timedelta(hours=1)) == list(review.stages.get(order=1).seats.all())


STEPS: dict[str, tuple[str, ...]] = {
    "opened": ("UPDATE documents_edition SET state = 'draft'",),
    "opened, without its hash": (
        "UPDATE documents_edition SET state = 'draft', sha256 = '', submitted = NULL",
    ),
    "another title": ("UPDATE documents_edition SET title_mk = 'Друго'",),
    "another hash": (f"UPDATE documents_edition SET sha256 = '{'0' * 64}'",),
    "another number": ("UPDATE documents_edition SET number = 7",),
    "submitted at another moment": (f"UPDATE documents_edition SET submitted = '{THEN}'",),
}


@pytest.mark.parametrize("statements", STEPS.values(), ids=STEPS)
def test_the_database_lets_no_text_out_of_its_review_alone(asked: Cast, statements: tuple[str, ...]) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        for statement in statements:
            sql(statement)


def test_a_text_is_not_put_back_into_its_review_alone(asked: Cast) -> None:
    """Neither where it was never submitted, nor with the entry of a submission that was reopened since."""
    other = make_draft_again(asked)
    with pytest.raises(DatabaseError), transaction.atomic():
        Edition.objects.filter(pk=other.pk).update(state="in_review")
    review = asked.start()
    assert review.round == 2 and list(problems()) == []


def make_draft_again(cast: Cast) -> Edition:
    reopen(cast.coordinator, Review.objects.get(), "A word was wrong.")
    cast.edition.refresh_from_db()
    assert cast.edition.state == "draft" and list(problems()) == []
    return cast.edition


def test_what_is_opened_with_an_entry_of_ones_own_is_named(asked: Cast) -> None:
    """Whoever writes in the trail what the database asks for is seen in it, and by the review that went on."""
    edition = asked.edition
    with transaction.atomic():
        audit.record("reopen", edition)
        Edition.objects.update(state="draft", sha256="", submitted=None)
        LanguageVersion.objects.update(sha256="")
    now, manifest = timezone.now(), edition.manifests.get()
    with transaction.atomic():
        for language, sha256 in manifest.versions.items():
            LanguageVersion.objects.filter(language=language).update(sha256=sha256)
        audit.record("submit", edition, sha256=manifest.sha256, moment=now.isoformat())
        Edition.objects.update(state="in_review", sha256=manifest.sha256, submitted=now)
    assert list(problems()) == [f"review:{Review.objects.get().pk}: its text was reopened, and it went on"]
