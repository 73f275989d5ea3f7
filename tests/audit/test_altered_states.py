"""What somebody alters of states, comments, courtesy translations and acts behind the guards: `verify_audit` names it."""

from __future__ import annotations

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.utils import timezone

import audit
from audit import guards
from audit.verify import problems
from documents import blobs
from documents.models import Blob, Comment, Section
from tests.audit.test_altered import adopted as adopted  # (fixtures)
from tests.audit.test_altered import adopted_once as adopted_once
from tests.audit.test_altered import one
from tests.workflows.conftest import Cast, make_cast

pytestmark = pytest.mark.django_db

OTHER = "0" * 64
ALTERED = {
    "the state": ("UPDATE documents_edition SET state = 'repealed'", "its state is not the one of which"),
    "the end": (
        one("documents_edition", "valid_until", "2026-03-01"),
        "it ends, and the trail does not say so",
    ),
    "the classification": (
        "UPDATE documents_instrument SET classification = 'tlp_red'",
        "its classification is not the one of which",
    ),
    "who commented": (
        "UPDATE documents_comment SET author_id = (SELECT max(id) FROM people_user)",
        "the trail names another person",
    ),
    "a commenter, taken out": (
        "UPDATE documents_comment SET author_id = NULL",
        "the trail names another person",
    ),
    "where a comment stands": ("UPDATE documents_comment SET language = 'sq'", "it stands in another place"),
    "who decided": (
        "UPDATE documents_comment SET decided_by_id = (SELECT max(id) FROM people_user)",
        "another person decided it",
    ),
    "a comment, undecided": (
        "UPDATE documents_comment SET decided = NULL",
        "whether it was decided is not as",
    ),
    "a comment, opened again": (
        "UPDATE documents_comment SET resolved = NULL",
        "it is open again, and the trail says",
    ),
    "who settled what was answered": (
        "UPDATE documents_comment SET resolved_by_id = (SELECT max(id) FROM people_user)",
        "another person settled it",
    ),
    "when it was settled": (
        one("documents_comment", "resolved", "2025-05-05 10:00:00"),
        "it was settled at another moment",
    ),
    "from which original a translation was made": (
        one("documents_section", "source_hash_en", OTHER),
        "from which original a section was made is not as",
    ),
    "who took a corrigendum back": (
        "UPDATE documents_corrigendum SET withdrawn_by_id = (SELECT max(id) FROM people_user)",
        "somebody has withdrawn it, and the trail does not say so",
    ),
    "who submitted a language": (
        "UPDATE documents_languageversion SET submitted_by_id = (SELECT max(id) FROM people_user)",
        "somebody submitted it, and the trail does not say so",
    ),
    "the kind of a document": (
        "UPDATE documents_instrument SET kind = 'law'",
        "its kind, level or topics are",
    ),
    "the level of a document": (
        "UPDATE documents_instrument SET level = 'local'",
        "its kind, level or topics are",
    ),
    "the topics of a document": (
        """UPDATE documents_instrument SET topics = '["x"]'{json}""",
        "its kind, level or topics are",
    ),
    "the words of a courtesy translation": (
        "UPDATE documents_section SET body_en = replace(CAST(body_en AS TEXT), 'safe', 'other'){json}",
        "the translation into en is not the one that was kept",
    ),
    "the title of a document": (
        "UPDATE documents_instrument SET title_mk = 'Друго'",
        "its title in mk is not that of its edition in force",
    ),
    "a courtesy translation without its hash": (
        "UPDATE documents_languageversion SET sha256 = '' WHERE language = 'en'",
        "the translation into en is not kept as finished",
    ),
    "a courtesy translation as if it were being written": (
        "UPDATE documents_languageversion SET unfinished = TRUE WHERE language = 'en'",
        "the translation into en is not kept as finished",
    ),
    "the title of a courtesy translation": (
        "UPDATE documents_edition SET title_en = 'Another'",
        "the translation into en is not the one that was kept",
    ),
    "the hash of a courtesy translation": (
        f"UPDATE documents_languageversion SET sha256 = '{OTHER}' WHERE language = 'en'",
        "the translation into en is not the one that was kept",
    ),
    "the heading of an authentic text": (
        one("documents_section", "heading_mk", "Another"),
        "its heading in mk is not the one of its text",
    ),
    "what an act covers": ("UPDATE documents_adoptionact SET covers = '{}'{json}", "no act covers"),
    "what one act covers": (one("documents_adoptionact", "covers", "{}"), "it covers nothing"),
    "what an act covers, another hash": (
        "UPDATE documents_adoptionact SET covers = replace(CAST(covers AS TEXT), 'mk', 'sq'){json}",
        "that is not there",
    ),
    "why a corrigendum was proposed": (
        "UPDATE documents_corrigendum SET reason = 'Policy.'",
        "its reason is not the one",
    ),
}


@pytest.mark.parametrize(("sql", "said"), ALTERED.values(), ids=ALTERED)
def test_what_was_altered_is_named(adopted: Cast, sql: str, said: str) -> None:
    sql = sql.replace("{json}", "::jsonb" if connection.vendor == "postgresql" else "").replace("{}", "{}")
    guards.remove()
    with connection.cursor() as cursor:
        cursor.execute(sql)
        assert cursor.rowcount > 0
    guards.install()
    found = list(problems())
    assert [line for line in found if said in line], found


def test_the_heading_of_a_text_in_review_is_held_too(db: None) -> None:
    cast = make_cast()
    cast.start()
    assert list(problems()) == []
    guards.remove()
    Section.objects.filter(pk=Section.objects.filter(edition=cast.edition)[0].pk).update(heading_mk="Another")
    guards.install()
    assert any("its heading in mk is not the one of its text" in line for line in problems())


def test_a_comment_that_was_added_is_named(adopted: Cast) -> None:
    now = timezone.now()
    Comment.objects.create(
        edition=adopted.edition,
        uid=adopted.uids[0],
        language="mk",
        author=adopted.goran,
        text="I said so.",
        outcome="accepted",
        outcome_text="Yes.",
        decided=now,
        decided_by=adopted.coordinator,
        resolved=now,
    )
    found = "\n".join(problems())
    assert "the trail does not know it" in found and "whether it was decided is not as" in found
    assert "it is settled, and the trail does not say so" in found


def test_a_picture_of_an_adopted_text_with_other_bytes_is_named(adopted: Cast) -> None:
    blob = blobs.put(b"GIF89a of a map", Blob.Kind.IMAGE, "image/gif")
    blobs.link(adopted.edition, blob, "picture")
    assert list(problems()) == []
    name = str(blob.file.name)
    blob.file.storage.delete(name)
    assert f"blob:{blob.pk}: the picture is not there" in list(problems())
    assert blob.file.storage.save(name, ContentFile(b"GIF89a of another")) == name
    assert f"blob:{blob.pk}: the picture is not the one of the text that was adopted" in list(problems())


def test_threads_that_were_settled_and_opened_again_are_as_the_trail_tells(adopted: Cast) -> None:
    comment = Comment.objects.get()
    for settled in (False, True, False):
        Comment.objects.filter(pk=comment.pk).update(
            resolved=timezone.now() if settled else None, resolved_by=adopted.coordinator if settled else None
        )
        audit.record("resolve" if settled else "unresolve", comment, adopted.coordinator)
        assert list(problems()) == []
