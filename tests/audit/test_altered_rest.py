"""Whatever else somebody alters, takes out or puts in behind the guards: `verify_audit` names it."""

from __future__ import annotations

import itertools
from datetime import date

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from audit import guards
from audit.models import Entry
from audit.verify import problems
from documents.actions.withdraw import repeal
from documents.models import SectionChange
from people.roles import Role
from tests.audit.test_altered import make_adopted, one
from tests.audit.test_altered_reviews import make_reviewed
from tests.factories import make_in_force, make_person
from tests.workflows.test_procedure import open_review
from workflows.actions.reopen import reopen
from workflows.models import Review

pytestmark = pytest.mark.django_db
THEN = "2020-01-01 00:00:00+00:00"


def found_after(*statements: str) -> list[str]:
    """What is found when somebody has run these by hand; the database is as it was afterwards."""
    json, now = ("::jsonb", "now()") if connection.vendor == "postgresql" else ("", "CURRENT_TIMESTAMP")
    found: list[str] = []
    guards.remove()
    with transaction.atomic():
        with connection.cursor() as cursor:
            for sql in statements:
                cursor.execute(sql.replace("{json}", json).replace("{now}", now))
                assert cursor.rowcount > 0, sql
        found += problems()
        transaction.set_rollback(True)
    guards.install()
    return found


def other(table: str, column: str, of: str = "people_user") -> str:
    """Somebody or something else in a column of every row."""
    return f"UPDATE {table} SET {column} = (SELECT max(id) FROM {of} WHERE id <> COALESCE({column}, 0))"


def check(altered: dict[str, tuple[str, str]]) -> None:
    """Each statement alone is named; as it stands nothing is."""
    assert list(problems()) == []
    for what, (sql, said) in altered.items():
        found = found_after(*sql.split(";"))
        assert [line for line in found if said in line], (what, found)
    assert list(problems()) == []


SPEAKS = "what it speaks of, for whom or to whom"
IS_GONE = "the trail tells of it, and it is gone"
UNKNOWN = "the trail does not know it"
OF_ADOPTED = {
    "the words that a comment quotes": (one("documents_comment", "quote", "48 часа"), SPEAKS),
    "the words before them": (one("documents_comment", "prefix", "не "), SPEAKS),
    "for which institution": (other("documents_comment", "institution_id", "people_institution"), SPEAKS),
    "whom it mentions": (other("documents_comment", "to_person_id"), SPEAKS),
    "which institution it mentions": (
        other("documents_comment", "to_institution_id", "people_institution"),
        SPEAKS,
    ),
    "when it was written": (one("documents_comment", "written", THEN), SPEAKS),
    "when it was decided": (one("documents_comment", "decided", THEN), "it was decided at another moment"),
    "that its words were put in": (
        f"UPDATE documents_comment SET applied = '{THEN}'",
        "whether its words were put in",
    ),
    "when a text was submitted": (
        one("documents_manifest", "made", THEN),
        "it does not say what the trail says",
    ),
    "who submitted it": (other("documents_manifest", "made_by_id"), "it does not say what the trail says"),
    "the hashes of its sections": (
        "UPDATE documents_manifest SET texts = '{}'{json}",
        "it does not say what the trail says",
    ),
    "a courtesy text with its manifest": (
        "UPDATE documents_edition SET title_en = 'Another';"
        f"UPDATE documents_languageversion SET sha256 = '{'0' * 64}' WHERE language = 'en';"
        "UPDATE documents_manifest SET versions = replace(CAST(versions AS TEXT), 'en', 'sq'){json}",
        "manifest:",
    ),
    "a manifest, removed": ("DELETE FROM documents_manifest", IS_GONE),
    "an adopted edition, removed": ("DELETE FROM documents_edition", IS_GONE),
    "a document, removed": ("DELETE FROM documents_instrument", IS_GONE),
    "the owner": (
        other("documents_instrument", "owner_id", "people_institution"),
        "its owner or its languages",
    ),
    "the languages": (
        "UPDATE documents_instrument SET authentic_languages = '[\"en\"]'{json}",
        "its owner or its languages",
    ),
    "the mark of an earlier adoption": (
        "UPDATE documents_edition SET recorded = NOT recorded",
        "whether it was adopted before Kodeks",
    ),
    "which edition it follows": (
        "UPDATE documents_edition SET supersedes_id = id",
        "it follows another edition",
    ),
    "a language version, removed": (
        "DELETE FROM documents_languageversion WHERE language = 'en'",
        "en, number 1: the trail tells of it, and it is gone",
    ),
    "the hash beside a section": (
        one("documents_section", "text_hash_mk", "0" * 64),
        "a hash of a section in mk is not the one of its text",
    ),
    "the hash beside a translated section": (
        one("documents_section", "text_hash_en", "0" * 64),
        "a hash of a section in en is not the one of its text",
    ),
    "who recorded an act": (
        other("documents_adoptionact", "recorded_by_id"),
        "another person recorded it than the trail tells",
    ),
    "when an act was recorded": (
        one("documents_adoptionact", "recorded", THEN),
        "it was recorded at another moment",
    ),
    "who recorded the act of a corrigendum": (
        other("documents_corrigendumact", "recorded_by_id"),
        "another person recorded it than the trail tells",
    ),
    "when the act of a corrigendum was": (
        one("documents_corrigendumact", "recorded_at", THEN),
        "it was recorded at another moment",
    ),
    "who proposed a corrigendum": (
        other("documents_corrigendum", "proposed_by_id"),
        "by whom or when it was proposed",
    ),
    "when it was recorded": (
        one("documents_corrigendum", "recorded", THEN),
        "by whom or when it was recorded",
    ),
    "its number": (one("documents_corrigendum", "number", "7"), "it has another number"),
    "that it was taken back": (
        one("documents_corrigendum", "withdrawn", THEN),
        "whether it was withdrawn is not as",
    ),
    "a corrigendum, removed": (
        "DELETE FROM documents_corrigendumact;DELETE FROM documents_corrigendum",
        IS_GONE,
    ),
    "a reader, named": (
        "INSERT INTO documents_instrument_named_readers (instrument_id, user_id) "
        "SELECT i.id, u.id FROM documents_instrument i, people_user u",
        "its named readers are not those",
    ),
    "an institution, let in": (
        "INSERT INTO documents_instrument_shared_with (instrument_id, institution_id) "
        "SELECT i.id, n.id FROM documents_instrument i, people_institution n",
        "it is shared with other institutions",
    ),
    "a lowering of the classification, made up": (
        "INSERT INTO documents_classificationproposal (instrument_id, classification, reason, proposed, decided,"
        " proposed_by_id, confirmed_by_id) SELECT i.id, 'public', 'x', {now}, {now}, (SELECT min(id) FROM"
        " people_user), (SELECT max(id) FROM people_user) FROM documents_instrument i",
        "the trail does not know who proposed it",
    ),
}


def test_of_an_adopted_text() -> None:
    make_adopted()
    check(OF_ADOPTED)


def test_of_a_text_adopted_before_kodeks() -> None:
    """Its signed file, its day, its people; then it is repealed, and its last day altered."""
    edition = make_in_force()
    coordinator = make_person(Role.COORDINATOR, edition.instrument.owner)
    make_person()
    check(
        {
            "the signed file, removed": ("DELETE FROM documents_blob", "the signed file is not there"),
            "the day": (
                one("documents_edition", "valid_from", "2020-01-01"),
                "another day from which it is in",
            ),
            "who proposed it": (
                other("documents_prioradoption", "proposed_by_id"),
                "the trail does not know who proposed it",
            ),
            "who confirmed it": (
                other("documents_prioradoption", "confirmed_by_id"),
                "the trail does not know who confirmed it",
            ),
        }
    )
    repeal(coordinator, edition, "Another law.", date(2026, 3, 1))
    ends = "it ends on another day than the trail tells"
    check({"the last day": (one("documents_edition", "valid_until", "2026-04-01"), ends)})
    # An older Kodeks told no day.
    entry = Entry.objects.get(verb="repealed")
    guards.remove()
    Entry.objects.filter(pk=entry.pk).update(detail={"reason_sha256": entry.detail["reason_sha256"]})
    guards.install()
    assert not [line for line in problems() if ends in line]


def test_of_the_log_of_changes() -> None:
    """Whoever wrote in the text must stay in its log: shortened before an answer, they could give one."""
    reviewed = make_reviewed()
    reviewed.edition.refresh_from_db()
    assert not SectionChange.objects.exists()
    reopen(reviewed.coordinator, Review.objects.get(state="running"), "A word was wrong.")
    reviewed.edition.refresh_from_db()
    for place in range(3):
        reviewed.change(place, "Another text.")
    open_review(reviewed, begin=3)
    line, named = "documents_sectionchange", "its log of changes"
    check(
        {
            "shortened at its end": (f"DELETE FROM {line} WHERE id = (SELECT max(id) FROM {line})", named),
            "shortened at its beginning": (
                f"DELETE FROM {line} WHERE id = (SELECT min(id) FROM {line})",
                named,
            ),
            "emptied": (f"DELETE FROM {line}", named),
            "another author": (one(line, "actor", "ab" * 16), named),
            "another section": (one(line, "uid", "ab" * 16), named),
            "another language": (one(line, "language", "en"), named),
            "why a deadline was moved": (
                "UPDATE workflows_stage SET moved_reason = 'None.' WHERE moved_reason <> ''",
                "why its deadline was moved",
            ),
            "why a deadline was moved that was not": (
                one("workflows_stage", "moved_reason", "None."),
                "why its deadline was moved",
            ),
        }
    )
    # What is written after it is in no hash yet, and no alteration; nor is a reason that was taken out.
    with transaction.atomic():
        assert found_after("UPDATE workflows_stage SET moved_reason = '' WHERE moved_reason <> ''") == []


def test_each_edition_more_costs_the_same() -> None:
    """The checks ask the database no more for the eighth edition than for the third."""
    asked = []
    for number in range(4):
        for place in range(2):
            make_in_force(slug=f"text-{number}-{place}")
        with CaptureQueriesContext(connection) as queries:
            assert list(problems()) == []
        asked.append(len(queries))
    more = [after - before for before, after in itertools.pairwise(asked)]
    assert len(set(more)) == 1, asked
