"""As test_altered_rest, of people, countries, institutions, files, and what stands beside a text in no hash of it."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import override_settings
from django.utils import timezone

import audit
from audit import guards
from audit.models import Entry
from audit.trail import FIRST, digest
from audit.verify import problems
from documents import blobs
from documents.models import Blob
from people.actions import invite
from people.actions.make_nameless import make_nameless
from people.models import Country, Membership, User
from people.roles import Role
from people.trail.audit_payloads import membership_hash
from tests.audit.test_altered import make_adopted, one
from tests.audit.test_altered_beside import invited
from tests.audit.test_altered_rest import THEN, check, found_after, other
from tests.audit.test_guards_hold import sql
from tests.factories import make_institution, make_person

pytestmark = pytest.mark.django_db

OTHER_ADDRESS = "this person has another address than the trail tells"
HIJACK = "UPDATE people_user SET email = 'thief@evil.example' WHERE email = 'ana@test.example'"


def test_of_an_address() -> None:
    """A link in a mail signs in whoever has the address."""
    first = make_person(Role.COORDINATOR)
    invited(first, Role.REVIEWER, "ana@test.example")
    invite.invite(first, make_institution(), "vera@test.example", Role.PRACTITIONER)
    call_command("add_operator", "op@test.example", "--name=Op", "--country=zz", "--institution=zz-it",
                 "--password=a long password of words")  # fmt: skip
    check(
        {
            "of who joined": (HIJACK, OTHER_ADDRESS),
            "of an operator": (
                "UPDATE people_user SET email = 'thief@evil.example' WHERE email = 'op@test.example'",
                OTHER_ADDRESS,
            ),
            "of who is invited": (
                "UPDATE people_invitation SET email = 'thief@evil.example' WHERE email = 'vera@test.example'",
                "it is for another address than the trail tells",
            ),
        }
    )
    told = " ".join(str(entry.detail) for entry in Entry.objects.all())
    assert "@" not in told and "ana" not in told
    with override_settings(SECRET_KEY="another key, of which the trail has no address"):
        assert list(problems()) == []
    assert found_after(HIJACK) != []
    of_an_older_kodeks("address_hmac", "address_key")
    assert found_after(HIJACK) == []


def of_an_older_kodeks(*lacking: str) -> None:
    guards.remove()
    for entry in Entry.objects.all():
        detail = {key: value for key, value in entry.detail.items() if key not in lacking}
        Entry.objects.filter(pk=entry.pk).update(detail=detail)
    guards.install()
    # Nothing but the chain, which these entries were taken out of by hand, is wrong.
    rechain()
    assert list(problems()) == []


def rechain() -> None:
    guards.remove()
    before = FIRST
    for entry in Entry.objects.order_by("pk"):
        entry.previous = before
        entry.sha256 = before = digest(entry)
        entry.save(update_fields=["previous", "sha256"])
    guards.install()


def test_of_a_name_that_was_taken_out() -> None:
    first, operator = make_person(Role.COORDINATOR), make_person(Role.OPERATOR)
    person = invited(first, Role.PRACTITIONER, "ana@test.example").user
    Membership.objects.filter(user=person).update(ends=timezone.localdate())
    held = Membership.objects.get(user=person)

    with transaction.atomic():
        audit.record("end_membership", held, first, membership_sha256=membership_hash(held))
    User.objects.filter(pk=person.pk).update(is_active=False)
    make_nameless(operator, User.objects.get(pk=person.pk))
    assert list(problems()) == []
    check(
        {
            "their address": (
                f"UPDATE people_user SET email = 'thief@evil.example' WHERE id = {person.pk}",
                OTHER_ADDRESS,
            ),
            "that they may sign in": (
                f"UPDATE people_user SET is_active = TRUE WHERE id = {person.pk}",
                "the name of this person was taken out, and they may sign in",
            ),
        }
    )
    of_an_older_kodeks("invitations")


def test_of_countries_and_institutions() -> None:
    call_command("add_operator", "op@test.example", "--name=Op", "--country=zz", "--institution=zz-it",
                 "--password=a long password of words")  # fmt: skip
    make_institution()
    as_saved = "it is not as it was saved"
    check(
        {
            "the clock": ("UPDATE people_country SET time_zone = 'Asia/Tokyo' WHERE code = 'zz'", as_saved),
            "the languages": (
                "UPDATE people_country SET languages = '[\"en\"]'{json} WHERE code = 'zz'",
                as_saved,
            ),
            "the note to its name": (
                "UPDATE people_country SET footnote_en = 'x' WHERE code = 'zz'",
                as_saved,
            ),
            "the key": ("UPDATE people_institution SET key = 'zz-other' WHERE key = 'zz-it'", as_saved),
            "the country": ("UPDATE people_institution SET country_id = 'mk' WHERE key = 'zz-it'", as_saved),
        }
    )
    assert {one.pk for one in Country.objects.all()} == {"mk", "zz"}
    of_an_older_kodeks("saved_sha256")


def test_of_files_and_of_what_is_in_no_hash() -> None:
    cast = make_adopted()
    picture = blobs.put(b"GIF89a of a map", Blob.Kind.IMAGE, "image/gif")
    blobs.link(cast.edition, picture, "picture")
    word = blobs.put(b"PK of a Word file", Blob.Kind.SOURCE, "application/msword")
    blobs.link(cast.edition, word, "law.docx", drafters_only=True)
    papers = (
        "documents_blobuse SET {} WHERE blob_id IN (SELECT sha256 FROM documents_blob WHERE kind = 'signed')"
    )
    origin = f"'[\"{uuid4()}\"]'" + "{json}"
    whose = "has another name or other readers than the trail tells"
    check(
        {
            "what a paper is given out as": (
                "UPDATE documents_blob SET content_type = 'text/html' WHERE kind = 'signed'",
                "it is a signed file, and given out as something else",
            ),
            "of which kind it is": (
                "UPDATE documents_blob SET kind = 'image' WHERE kind = 'signed'",
                "it is a signed file, and given out as something else",
            ),
            "what a picture is given out as": (
                "UPDATE documents_blob SET content_type = 'text/html' WHERE kind = 'image'",
                "it is no picture of the kind that it is given out as",
            ),
            "the name of a paper": ("UPDATE " + papers.format("name = 'x.html'"), whose),
            "who reads a paper": ("UPDATE " + papers.format("drafters_only = TRUE"), whose),
            "who reads a Word file as it came": (
                "UPDATE documents_blobuse SET drafters_only = FALSE WHERE drafters_only",
                "a Word file as it came is open to all readers",
            ),
            "which section came out of which": (
                f"UPDATE documents_section SET origins = {origin} WHERE position = 0",
                "which section came out of which is not as the trail was told",
            ),
            "that it is a demonstration": (
                "UPDATE documents_instrument SET demonstration = NOT demonstration",
                "whether it is a demonstration is not as the trail says",
            ),
            "who began it": (other("documents_edition", "created_by_id"), "another person started it"),
            "when it was submitted": (
                one("documents_edition", "submitted", THEN),
                "it was submitted at another moment",
            ),
            "how the days of a stage are counted": (
                "UPDATE workflows_stage SET working = NOT working",
                "its procedure, its stages or whom they ask",
            ),
        }
    )
    guards.remove()
    sql("UPDATE documents_blobuse SET name = 'act-1.pdf' WHERE name = 'act.pdf'")
    guards.install()
    assert [line for line in problems() if whose in line]
    of_an_older_kodeks("papers_sha256", "origins_sha256", "demonstration")
