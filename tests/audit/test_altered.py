"""Whatever somebody alters in the database behind the guards: `verify_audit` names it, table by table."""

from __future__ import annotations

import copy
from collections.abc import Callable
from datetime import date, timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.utils import timezone

from audit import guards
from audit.models import Entry
from audit.verify import problems
from documents.actions import record_corrigendum
from documents.actions.adopt_edition import adopt_edition
from documents.comments.decide import decide
from people.roles import Role
from tests.workflows.conftest import Cast, act, make_cast, person, seat_of
from tests.workflows.test_sign_off import sign
from workflows.actions.delegate import delegate, end_delegate
from workflows.actions.write_comment import write_comment

pytestmark = pytest.mark.django_db


def make_adopted() -> Cast:
    """A text that was commented, signed off, adopted and corrected: of everything one row at least."""
    cast = make_cast()
    review = cast.start()
    vesna = person("Vesna", cast.interior, Role.REVIEWER)
    today = timezone.localdate()
    delegate(cast.goran, cast.goran, cast.interior, vesna, today, today + timedelta(days=5), "On leave.")
    ended = delegate(cast.goran, cast.goran, cast.interior, vesna, today, today, "A day.")
    end_delegate(vesna, ended)
    comment = write_comment(
        cast.goran, review, cast.uids[0], "mk", "Too long.", quote="24 часа", suggestion="12 часа"
    )
    decide(cast.coordinator, comment, "rejected", "The law says so.")
    sign(cast.goran, seat_of(review, cast.interior), "agree_with_remarks", "A remark.")
    sign(cast.biljana, seat_of(review, cast.social))
    sign(cast.teuta, seat_of(review, cast.justice))
    cast.edition.refresh_from_db()
    adopt_edition(
        cast.coordinator, cast.edition, [act(), act(number="41-1/2026", body="Ministry")], date(2026, 2, 1)
    )
    cast.edition.refresh_from_db()
    slip = record_corrigendum.propose(
        cast.drafter, cast.edition, UUID(cast.uids[0]), "mk", "24 часа", "48 часа", "Slip."
    )
    record_corrigendum.record(
        cast.coordinator, slip, [act(number="7/2026", date=date(2026, 2, 2))], date(2026, 2, 3)
    )
    assert list(problems()) == []
    return cast


@pytest.fixture(scope="module")
def adopted_once(once: Callable[[Callable[[], Cast]], Cast]) -> Cast:
    return once(make_adopted)


@pytest.fixture
def adopted(adopted_once: Cast, db: None) -> Cast:
    return copy.deepcopy(adopted_once)


TEXT = "UPDATE {table} SET {column} = '{value}' WHERE id = (SELECT min(id) FROM {table})"


def one(table: str, column: str, value: str) -> str:
    return TEXT.format(table=table, column=column, value=value)


OTHER = "0" * 64
ALTERED = {
    "the use of a signed file": ("DELETE FROM documents_blobuse", "can be opened nowhere"),
    "the words of a section": (
        "UPDATE documents_section SET body_mk = replace(CAST(body_mk AS TEXT), 'безбедно', 'опасно'){json}",
        "the text in mk is not the one that was adopted",
    ),
    "the number of a section": (one("documents_section", "label_mk", "9"), "the text in mk is not the one"),
    "the title": (
        "UPDATE documents_edition SET title_mk = 'Друго'",
        "the text in mk is not the one that was adopted",
    ),
    "the hash of a language": (
        f"UPDATE documents_languageversion SET sha256 = '{OTHER}' WHERE language = 'mk'",
        "the text in mk is not the one that was adopted",
    ),
    "the hash of an edition": (one("documents_edition", "sha256", OTHER), "the trail tells of another text"),
    "the day of an edition": (
        one("documents_edition", "valid_from", "2025-01-01"),
        "another day from which it is in",
    ),
    "what was submitted": (
        "UPDATE documents_manifest SET versions = replace(CAST(versions AS TEXT), 'mk', 'xx'){json}",
        "its texts do not come to its hash",
    ),
    "the hash of what was submitted": (
        one("documents_manifest", "sha256", OTHER),
        "it is bound to another text",
    ),
    "a vote": (one("workflows_signoff", "choice", "agree"), "it does not say what the trail says"),
    "the reason of a vote": (
        one("workflows_signoff", "reason", "None."),
        "it does not say what the trail says",
    ),
    "the text of a vote": (one("workflows_signoff", "manifest_sha256", OTHER), "it is bound to another text"),
    "who voted": (
        "UPDATE workflows_signoff SET person_id = (SELECT max(id) FROM people_user)",
        "the trail names another person",
    ),
    "a vote, voided": (
        one("workflows_signoff", "voided_at", "2026-01-01 00:00:00+00:00"),
        "it was voided, and the trail",
    ),
    "a vote, removed": (
        "DELETE FROM workflows_signoff WHERE id = (SELECT min(id) FROM workflows_signoff)",
        "the trail tells of it, and it is gone",
    ),
    "what a stage came to": (
        one("workflows_stage", "outcome", "returned"),
        "the trail tells that it ended otherwise",
    ),
    "silence made assent": (
        one("workflows_seat", "assented", "2026-01-01 00:00:00+00:00"),
        "its silence was taken as assent",
    ),
    "the procedure of a review": (
        "UPDATE workflows_review SET procedure = replace(CAST(procedure AS TEXT), 'sign_off', 'opinion'){json}",
        "its procedure, its stages or whom they ask",
    ),
    "the quorum of a stage": (one("workflows_stage", "quorum", "any"), "its procedure, its stages or whom"),
    "what silence means in a stage": (
        one("workflows_stage", "silence", "assent"),
        "its procedure, its stages or whom they ask",
    ),
    "who may delegate in a stage": (
        one("workflows_stage", "delegate", "nobody"),
        "its procedure, its stages or whom they ask",
    ),
    "an institution, asked instead of another": (
        "UPDATE workflows_seat SET institution_id = (SELECT max(id) FROM people_institution)"
        " WHERE id = (SELECT min(id) FROM workflows_seat)",
        "its procedure, its stages or whom they ask",
    ),
    "the deadline of a stage": (
        one("workflows_stage", "due", "2026-01-01 00:00:00+00:00"),
        "its deadline is not the one",
    ),
    "by whom a delegate was named": (
        one("workflows_delegate", "by_coordinator", "1"),
        "it does not say what the trail says",
    ),
    "until when a delegate answers": (
        one("workflows_delegate", "until", "2099-01-01"),
        "it does not say what the trail says",
    ),
    "why there is a delegate": (
        one("workflows_delegate", "reason", "None."),
        "it does not say what the trail says",
    ),
    "a delegate, ended": (
        one("workflows_delegate", "ended", "2026-01-01 00:00:00+00:00"),
        "whether it has ended is not as the trail says",
    ),
    "a delegate, taken up again": (
        "UPDATE workflows_delegate SET ended = NULL",
        "whether it has ended is not as the trail says",
    ),
    "a delegate, removed": (
        "DELETE FROM workflows_delegate WHERE id = (SELECT min(id) FROM workflows_delegate)",
        "the trail tells of it, and it is gone",
    ),
    "the number of an act": (one("documents_adoptionact", "number", "99"), "adoptionact:"),
    "the day of an act": (one("documents_adoptionact", "date", "2020-01-01"), "adoptionact:"),
    "the gazette of an act": (one("documents_adoptionact", "gazette", "Another"), "adoptionact:"),
    "the text of an act": (one("documents_adoptionact", "edition_sha256", OTHER), "it adopted another text"),
    "an act, removed": (
        "DELETE FROM documents_adoptionact WHERE id = (SELECT max(id) FROM documents_adoptionact)",
        "an act that the trail tells of is gone",
    ),
    "a corrigendum": (one("documents_corrigendum", "words", "3 часа"), "it is not the one that was recorded"),
    "the day of a corrigendum": (
        one("documents_corrigendum", "valid_from", "2020-01-01"),
        "another day from which it holds",
    ),
    "the hash of a corrigendum": (
        one("documents_corrigendum", "sha256", OTHER),
        "the trail does not tell of it",
    ),
    "the act of a corrigendum": (one("documents_corrigendumact", "number", "99"), "corrigendumact:"),
    "a comment": (one("documents_comment", "text", "Very good."), "it does not say what was written"),
    "suggested words": (one("documents_comment", "suggestion", "1 час"), "it does not say what was written"),
    "the outcome of a comment": (
        one("documents_comment", "outcome", "accepted"),
        "its answer is not the one",
    ),
    "the answer to a comment": (
        one("documents_comment", "outcome_text", "Yes."),
        "its answer is not the one",
    ),
    "a comment, removed": ("DELETE FROM documents_comment", "the trail tells of it, and it is gone"),
    "an entry of the trail": (one("audit_entry", "verb", "nothing"), "it was changed"),
    "an entry of the trail, removed": (
        "DELETE FROM audit_entry WHERE id = (SELECT min(id) + 1 FROM audit_entry)",
        "an entry before it was removed",
    ),
}


@pytest.mark.parametrize(("sql", "said"), ALTERED.values(), ids=ALTERED)
def test_what_was_altered_is_named(adopted: Cast, sql: str, said: str) -> None:
    sql = sql.replace("{json}", "::jsonb" if connection.vendor == "postgresql" else "")
    guards.remove()
    with connection.cursor() as cursor:
        cursor.execute(sql)
        assert cursor.rowcount > 0
    guards.install()
    found = list(problems())
    assert [line for line in found if said in line], found


def empty_each_entry() -> None:
    """One entry of each verb in turn says nothing any more: whichever it is, it is told, and the checks go on to their end."""
    kept = dict(Entry.objects.values_list("pk", "detail"))
    for verb in Entry.objects.order_by("verb").values_list("verb", flat=True).distinct():
        entry = Entry.objects.filter(verb=verb).order_by("-id")[0]
        guards.remove()
        Entry.objects.filter(pk=entry.pk).update(detail={})
        found = list(problems())
        Entry.objects.filter(pk=entry.pk).update(detail=kept[entry.pk])
        guards.install()
        if kept[entry.pk]:
            assert f"entry {entry.pk}: it was changed" in found
        assert not [line for line in found if "not everything could be compared" in line], found
    assert list(problems()) == []


def test_each_entry_alone_that_says_nothing_is_told(adopted: Cast) -> None:
    empty_each_entry()


def test_a_check_that_stumbles_keeps_no_other_from_its_work(adopted: Cast) -> None:
    """What was submitted is of no kind that can be hashed; a comment was altered too."""
    guards.remove()
    with connection.cursor() as cursor:
        json = "::jsonb" if connection.vendor == "postgresql" else ""
        cursor.execute(f"UPDATE documents_manifest SET versions = '[7]'{json}")
        cursor.execute("UPDATE documents_comment SET text = 'Very good.'")
    guards.install()
    found = list(problems())
    assert [line for line in found if "documents.trail.check_acts.manifests: not everything could be" in line]
    assert [line for line in found if "it does not say what was written" in line]
