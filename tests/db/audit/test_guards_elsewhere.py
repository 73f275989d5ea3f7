"""What the database refuses whoever asks over another connection than ours: one with tables of its own;
and what may be written without a way around being left."""

from __future__ import annotations

import copy
from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import uuid4

import pgtrigger
import pytest
from django.db import DatabaseError, connection, transaction

from audit import guards
from audit.verify import problems
from documents.actions.adopt_edition import adopt_edition
from documents.editions import blobs
from documents.models import AdoptionAct, Blob, BlobUse, Fragment, Instrument, SectionChange
from people.models import Institution, User
from tests.support.audit.guards_hold import everything, sql
from tests.support.factories import make_draft
from tests.support.reviews import Cast, act, make_cast, seat_of, sign
from workflows.models import Seat, SignOff, Stage

pytestmark = pytest.mark.django_db
GUARD = next(
    guard.get_pgid(model)  # type: ignore[arg-type]
    for model, guard in guards.registered()
    if guard.name == "documents_section_update"
)


def make_adopted() -> Cast:
    cast = make_cast()
    blobs.link(cast.edition, blobs.put(b"GIF89a", Blob.Kind.IMAGE, "image/gif"), "picture")
    review = cast.start()
    for reviewer, of in (
        (cast.goran, cast.interior),
        (cast.biljana, cast.social),
        (cast.teuta, cast.justice),
    ):
        sign(reviewer, seat_of(review, of))
    cast.edition.refresh_from_db()
    SectionChange.objects.create(edition=cast.edition, uid=cast.uids[0], verb="save")
    adopt_edition(cast.coordinator, cast.edition, [act()], date(2026, 2, 1))
    return cast


@pytest.fixture(scope="module")
def adopted_once(once: Callable[..., Any]) -> Cast:
    made: Cast = once(make_adopted)
    return made


@pytest.fixture
def adopted(adopted_once: Cast) -> Cast:
    return copy.deepcopy(adopted_once)


def refused(*statements: str) -> None:
    before = everything(), list(SignOff.objects.order_by("pk").values_list())
    with pytest.raises(DatabaseError), transaction.atomic():
        for statement in statements:
            sql(statement)
    assert (everything(), list(SignOff.objects.order_by("pk").values_list())) == before


class TestTablesOfASession:
    def test_the_guards_see_none_of_them(self, adopted: Cast) -> None:
        refused(
            "CREATE TEMP TABLE documents_edition AS SELECT id, 'draft'::text AS state FROM "
            "public.documents_edition",
            "UPDATE public.documents_section SET body_mk = '{}'",
        )
        refused(
            "CREATE TEMP TABLE documents_edition AS SELECT id, 'draft'::text AS state FROM "
            "public.documents_edition",
            "SET LOCAL search_path = pg_temp, public",
            "UPDATE public.documents_section SET body_mk = '{}'",
        )

    def test_the_guards_compare_by_the_operators_of_the_database_alone(self, adopted: Cast) -> None:
        """An operator for the very type of a column is found before the one for text."""
        refused(
            "CREATE FUNCTION public.never(varchar, varchar) RETURNS boolean LANGUAGE sql IMMUTABLE AS "
            "'SELECT false'",
            "CREATE OPERATOR public.<> (LEFTARG = varchar, RIGHTARG = varchar, FUNCTION = public.never)",
            "UPDATE documents_section SET body_mk = '{}'",
        )

    def test_what_is_not_removed_row_by_row_is_not_emptied(self, adopted: Cast) -> None:
        refused("TRUNCATE documents_blobuse")
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT tgname, tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal AND tgname "
                "LIKE 'pgtrigger%'"
            )
            standing = cursor.fetchall()
        kept = {table for name, table in standing if "_delete_" in name}
        emptied = {table for name, table in standing if "_truncate_" in name}
        assert len(kept) > 10 and kept - emptied == set()


@pytest.mark.parametrize(
    "altered",
    [
        f"ALTER FUNCTION {GUARD}() SET search_path = pg_catalog, public, pg_temp",
        f"CREATE OR REPLACE FUNCTION {GUARD}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END "
        f"$$",
        f"ALTER TABLE documents_section DISABLE TRIGGER {GUARD}",
    ],
    ids=["of an older Kodeks", "guards nothing", "switched off"],
)
def test_an_altered_guard_is_named_and_installed_again(altered: str) -> None:
    sql(altered)
    assert guards.missing() == [GUARD]
    pgtrigger.install()
    assert guards.missing() == []


CHANGES: dict[str, Callable[[Cast], object]] = {
    "a seat more": lambda c: Seat.objects.create(
        stage=Stage.objects.order_by("-pk")[0], institution=Institution.objects.order_by("-pk")[0]
    ),
    "a stage more": lambda c: Stage.objects.create(
        review=Stage.objects.all()[0].review, order=9, step=9, kind="sign_off", quorum="all"
    ),
    "the address": lambda c: Instrument.objects.update(slug="other"),
    "the owner": lambda c: Instrument.objects.update(owner=c.justice),
    "the languages": lambda c: Instrument.objects.update(languages=["sq"]),
    "the authentic languages": lambda c: Instrument.objects.update(authentic_languages=["sq"]),
    "how a file was read": lambda c: BlobUse.objects.update(reading={"kept": "x"}),
    "whom the trail names": lambda c: User.objects.filter(pk=c.goran.pk).update(actor=uuid4()),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_what_ended_with_the_adoption_stays(adopted: Cast, change: Callable[[Cast], object]) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        change(adopted)


def test_a_piece_of_word_is_met_again_and_never_with_other_bytes() -> None:
    piece = Fragment(sha256="0" * 64, xml=b"<a/>")
    piece.save(force_insert=True)
    Fragment.objects.bulk_create([piece], ignore_conflicts=True)
    with pytest.raises(DatabaseError), transaction.atomic():
        Fragment.objects.bulk_create([Fragment(sha256="0" * 64, xml=b"<b/>")], ignore_conflicts=True)
    assert bytes(Fragment.objects.get().xml) == b"<a/>"


def test_no_session_switches_the_guards_off(adopted: Cast) -> None:
    """As pgtrigger's own triggers let it."""
    refused(f"SET LOCAL pgtrigger.ignore = '{{{GUARD}}}'", "UPDATE documents_section SET body_mk = '{}'")


def test_an_edition_serves_its_own_files_alone(adopted: Cast) -> None:
    """Neither another text's signed paper nor a file that was not there at the adoption."""
    other = make_draft(slug="other")
    paper = AdoptionAct.objects.exclude(signed_file=None)[0].signed_file_id
    picture = blobs.put(b"GIF87a", Blob.Kind.IMAGE, "image/gif").pk
    use = "INSERT INTO documents_blobuse (edition_id, blob_id, name, language, drafters_only, reading) "
    refused(f"{use} VALUES ({other.pk}, '{paper}', 'x', '', FALSE, '{{}}')")
    refused(f"{use} VALUES ({adopted.edition.pk}, '{picture}', 'x', '', FALSE, '{{}}')")


class TestTriggersOfOthers:
    """Made by whoever may make triggers on our tables, and fired after ours, by its name."""

    def made(self, name: str = "zzz", table: str = "documents_section") -> None:
        sql("CREATE FUNCTION zzz() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$")
        sql(f"CREATE TRIGGER {name} BEFORE UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION zzz()")

    def test_each_is_named_by_the_check_and_first_by_verify_audit(self) -> None:
        assert guards.strangers() == [] and list(problems()) == []
        self.made()
        assert guards.strangers() == ["zzz on documents_section"] and guards.missing() == []
        assert [one.id for one in guards.guards_stand(["default"])] == ["audit.E002"]
        sql("INSERT INTO audit_entry (at, verb, thing, detail, refused, previous, sha256) VALUES "
            "('2020-01-01 00:00:00+00:00', 'x', 'y', '{}', FALSE, 'x', 'x')")  # fmt: skip
        first, *rest = problems()
        assert first.startswith("trigger zzz on documents_section: it is none of Kodeks's own") and rest
        pgtrigger.install()
        assert guards.strangers() == ["zzz on documents_section"]

    def test_a_guard_of_an_older_kodeks_goes_as_guards_are_installed(self) -> None:
        self.made("pgtrigger_documents_section_older")
        assert guards.strangers() == ["pgtrigger_documents_section_older on documents_section"]
        pgtrigger.install()
        assert guards.strangers() == []

    def test_on_a_table_that_has_no_guard_it_is_nobodys(self) -> None:
        self.made(table="documents_lastread")
        assert guards.strangers() == []

    def test_a_rule_is_named_too(self) -> None:
        sql("CREATE RULE zzz AS ON UPDATE TO documents_section DO INSTEAD NOTHING")
        assert guards.strangers() == ["zzz on documents_section"]

    @pytest.mark.parametrize(
        "how",
        [
            "BEFORE UPDATE ON {table} FOR EACH ROW WHEN (false)",
            "BEFORE UPDATE OF level ON {table} FOR EACH ROW",
            "AFTER UPDATE ON {table} FOR EACH ROW",
            "BEFORE INSERT ON {table} FOR EACH ROW",
            "BEFORE UPDATE ON documents_assignment FOR EACH ROW",
        ],
    )
    def test_a_guard_that_stands_otherwise_is_missing(self, how: str) -> None:
        table = "documents_section"
        sql(f"DROP TRIGGER {GUARD} ON {table}")
        sql(f"CREATE TRIGGER {GUARD} {how.format(table=table)} EXECUTE FUNCTION {GUARD}()")
        assert guards.missing() == [GUARD]
