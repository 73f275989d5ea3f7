"""``verify_audit`` names what was altered: chain, triggers, texts, acts and sign-offs."""

from __future__ import annotations

import copy
from collections.abc import Callable
from datetime import date
from io import StringIO
from uuid import UUID

import pgtrigger
import pytest
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.db import connection

import audit
from audit.models import Entry
from audit.verify import head, problems
from documents.actions import record_corrigendum as correct
from documents.actions.adopt_edition import adopt_edition
from documents.editions import blobs
from documents.models import Blob, Section
from people.actions.leave import end_membership
from people.actions.make_nameless import StillHere, make_nameless
from people.roles import Role
from tests.support.factories import make_in_force, make_person
from tests.support.reviews import Cast, act, make_cast, open_review, seat_in, seat_of, sign
from tests.support.tampering import no_guards, tamper
from workflows.actions.reopen import reopen
from workflows.actions.restart import restart
from workflows.models import Review

pytestmark = pytest.mark.django_db
OTHER = "0" * 64


def verify(*options: str) -> str:
    """What the command says of a trail that does not hold; empty where it does."""
    lines = StringIO()
    try:
        call_command("verify_audit", *options, stdout=StringIO(), stderr=lines)
    except CommandError as problem:
        assert problem.returncode == 1
        return lines.getvalue()
    return ""


def test_a_trail_that_holds() -> None:
    edition = make_in_force()
    audit.record("try", edition, None, words="мк")
    assert verify() == "" and verify("--head", str(head())) == ""
    with pytest.raises(CommandError) as wrong:
        call_command("verify_audit", "--head", "nonsense")
    assert wrong.value.returncode == 2


def test_changed_removed_and_cut_off_entries_are_named() -> None:
    entries = [audit.record("try", f"thing:{n}") for n in range(5)]
    kept = str(head())
    tamper(f"DELETE FROM audit_entry WHERE id = {entries[4].pk}")
    assert verify() == "" and "some were removed" in verify("--head", kept)
    tamper(f"UPDATE audit_entry SET verb = 'other' WHERE id = {entries[1].pk}")
    assert f"entry {entries[1].pk}: it was changed" in verify()
    tamper(f"DELETE FROM audit_entry WHERE id = {entries[2].pk}")
    assert f"entry {entries[3].pk}: an entry before it" in verify()


def test_a_missing_trigger_is_named() -> None:
    pgtrigger.uninstall()
    found = list(problems())
    pgtrigger.install()
    assert any(line.startswith("trigger ") and "missing" in line for line in found)
    assert list(problems()) == []


def test_a_name_goes_and_the_trail_holds() -> None:
    operator = make_person(Role.OPERATOR)
    leaving = make_person(Role.REVIEWER, name="Ana Anić")
    audit.record("did", "thing:1", leaving)
    with pytest.raises(StillHere):
        make_nameless(operator, leaving)
    end_membership(operator, leaving.memberships.get())
    make_nameless(operator, leaving)
    leaving.refresh_from_db()
    assert "Ana" not in leaving.name and leaving.email.endswith(".invalid")
    assert verify() == ""
    assert Entry.objects.get(verb="did").actor == leaving.actor


def test_a_review_that_is_returned_restarted_and_reopened_holds() -> None:
    cast = make_cast()
    first = cast.start()
    sign(cast.goran, first.stages.get(order=1).seats.get(user=cast.goran), "return", "No.")
    again = restart(cast.coordinator, Review.objects.get(pk=first.pk), 1, "Once more.")
    sign(cast.goran, again.stages.get(order=1).seats.get(user=cast.goran), "return", "No.")
    reopen(cast.coordinator, Review.objects.get(pk=again.pk), "Returned.")
    assert list(problems()) == []


def make_adopted() -> Cast:
    """A text that was signed off, reopened, signed again, adopted by two acts and corrected."""
    cast = make_cast()
    review = cast.start()
    sign(cast.goran, seat_of(review, cast.interior))
    reopen(cast.coordinator, Review.objects.get(pk=review.pk), "A correction.")
    review = cast.start()
    sign(cast.goran, seat_of(review, cast.interior), "agree_with_remarks", "A remark.")
    sign(cast.biljana, seat_of(review, cast.social))
    sign(cast.teuta, seat_of(review, cast.justice))
    cast.edition.refresh_from_db()
    acts = [act(), act(number="41-1/2026", body="Ministry")]
    adopt_edition(cast.coordinator, cast.edition, acts, date(2026, 2, 1))
    cast.edition.refresh_from_db()
    uid = UUID(cast.uids[0])
    slip = correct.propose_corrigendum(cast.drafter, cast.edition, uid, "mk", "24 часа", "48 часа", "Slip.")
    correct.record(cast.coordinator, slip, [act(number="7/2026", date=date(2026, 2, 2))], date(2026, 2, 3))
    assert list(problems()) == []
    return cast


@pytest.fixture(scope="module")
def adopted_once(once: Callable[[Callable[[], Cast]], Cast]) -> Cast:
    return once(make_adopted)


@pytest.fixture
def adopted(adopted_once: Cast, db: None) -> Cast:
    return copy.deepcopy(adopted_once)


def first(table: str, column: str, value: str) -> str:
    return f"UPDATE {table} SET {column} = '{value}' WHERE id = (SELECT min(id) FROM {table})"


ALTERED = {
    "words of a section": (
        "UPDATE documents_section SET body_mk = replace(CAST(body_mk AS TEXT), 'безбедно', 'опасно'){json}",
        "the text in mk is not the one that was adopted",
    ),
    "number of a section": (first("documents_section", "label_mk", "9"), "the text in mk is not the one"),
    "hash beside a section": (
        first("documents_section", "text_hash_mk", OTHER),
        "a hash of a section in mk is not the one of its text",
    ),
    "title": ("UPDATE documents_edition SET title_mk = 'Друго'", "the text in mk is not the one"),
    "hash of a language": (
        f"UPDATE documents_languageversion SET sha256 = '{OTHER}' WHERE language = 'mk'",
        "the text in mk is not the one that was adopted",
    ),
    "hash of an edition": (first("documents_edition", "sha256", OTHER), "the trail tells of another text"),
    "languages submitted": (
        "UPDATE documents_manifest SET versions = replace(CAST(versions AS TEXT), 'mk', 'xx'){json}",
        "its texts do not come to its hash",
    ),
    "who submitted": ("UPDATE documents_manifest SET made_by_id = NULL", "manifest:"),
    "vote": (
        "UPDATE workflows_signoff SET choice = 'abstain' WHERE id = (SELECT max(id) FROM workflows_signoff)",
        "it does not say what the trail says",
    ),
    "reason of a vote": (first("workflows_signoff", "reason", "None."), "it does not say what the trail"),
    "text of a vote": (first("workflows_signoff", "manifest_sha256", OTHER), "it is bound to another text"),
    "moment of a vote": (
        first("workflows_signoff", "at", "2026-01-01 00:00:00+00:00"),
        "it does not say what the trail says",
    ),
    "who voted": (
        "UPDATE workflows_signoff SET person_id = (SELECT max(id) FROM people_user)",
        "the trail names another person",
    ),
    "vote that no longer counts": (
        "UPDATE workflows_signoff SET voided_at = '2026-01-01 00:00:00+00:00' WHERE voided_at IS NULL",
        "whether it counts is not as the trail says",
    ),
    "vote that counts again": (
        "UPDATE workflows_signoff SET voided_at = NULL WHERE id = (SELECT min(id) FROM workflows_signoff)",
        "whether it counts is not as the trail says",
    ),
    "why a vote was voided": (
        first("workflows_signoff", "void_reason", "None."),
        "why or when it was voided is not what the trail was told",
    ),
    "vote removed": (
        "DELETE FROM workflows_signoff WHERE id = (SELECT min(id) FROM workflows_signoff)",
        "the trail tells of it, and it is gone",
    ),
    "entry of a vote removed": (
        "DELETE FROM audit_entry WHERE verb = 'sign_off'",
        "the trail does not know it",
    ),
    "number of an act": (first("documents_adoptionact", "number", "99"), "adoptionact:"),
    "text of an act": (first("documents_adoptionact", "edition_sha256", OTHER), "it adopted another text"),
    "act removed": (
        "DELETE FROM documents_adoptionact WHERE id = (SELECT max(id) FROM documents_adoptionact)",
        "an act that the trail tells of is gone",
    ),
    "corrigendum": (first("documents_corrigendum", "words", "3 часа"), "it is not the one that was recorded"),
    "hash of a corrigendum": (
        first("documents_corrigendum", "sha256", OTHER),
        "the trail does not tell of it",
    ),
    "act of a corrigendum": (first("documents_corrigendumact", "number", "99"), "corrigendumact:"),
    "text of an ended round": (
        "UPDATE workflows_roundtext SET text = replace(CAST(text AS TEXT), 'безбедно', 'опасно'){json}",
        "it is not the text of its round",
    ),
    "named reader": (
        "INSERT INTO documents_instrument_named_readers (instrument_id, user_id) "
        "SELECT i.id, u.id FROM documents_instrument i, people_user u LIMIT 1",
        "the trail does not name user:",
    ),
    "institution that it is shared with": (
        "INSERT INTO documents_instrument_shared_with (instrument_id, institution_id) "
        "SELECT i.id, b.id FROM documents_instrument i, people_institution b LIMIT 1",
        "the trail does not share it with",
    ),
    "entry": (first("audit_entry", "verb", "nothing"), "it was changed"),
}


@pytest.mark.parametrize(("sql", "line"), ALTERED.values(), ids=ALTERED)
def test_what_was_altered_is_named(adopted: Cast, sql: str, line: str) -> None:
    tamper(sql)
    found = list(problems())
    assert any(line in one for one in found), found


def test_a_signed_file_with_other_bytes_and_one_that_is_gone_are_named(adopted: Cast) -> None:
    blob = Blob.objects.get(pk=adopted.edition.acts.all()[0].signed_file_id)
    data, storage, name = blobs.read(blob), blob.file.storage, str(blob.file.name)
    storage.delete(name)
    assert any("the file is not there" in line for line in problems())
    storage.save(name, ContentFile(b"%PDF-1.7 other"))
    assert any("the file is not the one that was recorded" in line for line in problems())
    storage.delete(name)
    storage.save(name, ContentFile(data))


def test_a_submitted_text_altered_in_review_is_named() -> None:
    cast = make_cast()
    cast.start()
    section = Section.objects.filter(edition=cast.edition).order_by("position")[1]
    body = section.body_mk
    body["blocks"][0]["content"][0]["text"] += "!"
    with no_guards():
        Section.objects.filter(pk=section.pk).update(body_mk=body)
    assert any("the text in mk is not the one that was submitted" in line for line in problems())


def test_an_answered_text_that_was_altered_is_named() -> None:
    cast = make_cast()
    review = open_review(cast)
    sign(cast.goran, seat_in(review, 1, cast.interior))
    assert list(problems()) == []
    tamper("UPDATE workflows_answeredtext SET text = replace(CAST(text AS TEXT), '24', '42'){json}")
    assert any("it is not a text that was answered" in line for line in problems())


def test_a_check_that_stumbles_keeps_no_other_from_its_work(adopted: Cast) -> None:
    tamper(
        "UPDATE documents_manifest SET versions = '[7]'{json}",
        "UPDATE workflows_signoff SET reason = 'None.'",
    )
    found = list(problems())
    assert any("documents.trail.checks.manifests: it could not be finished" in line for line in found)
    assert any("it does not say what the trail says" in line for line in found)


def test_entries_without_details_break_no_check(adopted: Cast) -> None:
    with no_guards(), connection.cursor() as cursor:
        cursor.execute("UPDATE audit_entry SET detail = '[]'")
    found = list(problems())
    assert not [line for line in found if "could not be finished" in line], found
