"""Trusted lists: an operator imports and removes them; papers are checked by them, in the worker."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from audit.models import Entry
from audit.verify import problems
from documents.actions import file_tasks
from documents.actions.check_papers import (
    check_waiting,
    lists_in_use,
    paper_of,
    seal,
    want,
    want_again,
    want_missing,
)
from documents.actions.errors import ActionError
from documents.actions.manage_uploads import UNKNOWN
from documents.actions.trust_lists import import_list
from documents.display.signed_papers import show
from documents.models import FileTask, PaperCheck, TrustList
from documents.signatures.judge import judge
from documents.signatures.read_list import read_list
from documents.signatures.trusted import Trusted
from people.models import User
from people.roles import Role
from tests.support.documents.signatures.papers import plain, replace_text, sign, update
from tests.support.documents.signatures.pki import NOW, issue, pki
from tests.support.factories import make_institution, make_person
from tests.support.reviews import client_of
from tests.support.tampering import tamper

pytestmark = pytest.mark.django_db


def upload(name: str, data: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def verdict(sha256: str) -> str:
    paper = paper_of(PaperCheck.objects.get(pk=sha256))
    return str(paper.verdict) if paper else "waits"


def test_an_operator_imports_lists_and_papers_are_checked_by_them() -> None:
    operator = client_of(make_person(Role.OPERATOR, make_institution()))
    place = reverse("desk:trusted_lists")
    assert "No list is imported yet." in operator.get(place).content.decode()
    path = default_storage.save("uploads/signed/test", ContentFile(sign(plain(), pki().ana)))
    sha256 = "a" * 64
    want(sha256, path)
    assert verdict(sha256) == "waits"
    assert check_waiting() and not check_waiting()
    assert verdict(sha256) == "unknown"

    done = operator.post(place, {"file": upload("list.xml", pki().trusted_list())}, follow=True)
    page = done.content.decode()
    for words in (
        "Imported: MK Ministry of Test Lists",
        "not verified",
        "Qualified certificates",
        "withdrawn",
    ):
        assert words in page
    assert check_waiting() and verdict(sha256) == "good"
    check = PaperCheck.objects.get(pk=sha256)
    assert check.trust_sha256 == lists_in_use()[0] and check.wanted is None
    want_again(sha256)
    assert not check_waiting(), "a click asks once a minute at most"

    one = TrustList.objects.get()
    entry = Entry.objects.get(verb="import_trust_list")
    assert entry.detail["sha256"] == one.sha256 and entry.detail["verified"] is False
    remove = reverse("desk:remove_trusted_list", args=[one.pk])
    assert "Remove this list?" in operator.get(remove).content.decode()
    operator.post(remove, {"answers": "change"})
    assert TrustList.objects.exists()
    operator.post(remove, {"answers": "confirmed"})
    assert not TrustList.objects.exists() and Entry.objects.filter(verb="remove_trust_list").exists()
    assert check_waiting() and verdict(sha256) == "unknown"

    default_storage.delete(path)
    PaperCheck.objects.update(wanted=check.checked)
    assert check_waiting() and not PaperCheck.objects.exists(), "a paper that is gone is forgotten"


def test_what_is_no_list_is_refused_at_its_field() -> None:
    operator = client_of(make_person(Role.OPERATOR, make_institution()))
    place = reverse("desk:trusted_lists")
    other = issue("Somebody else")
    for files, words in (
        ({}, "This field is required."),
        ({"file": upload("a.xml", b"<a")}, "The file is damaged."),
        ({"file": upload("a.pem", b"no list")}, "This is no trusted list"),
        ({"file": upload("a.pem", pki().ana.pem)}, "belongs to no certificate authority"),
        (
            {"file": upload("a.xml", pki().trusted_list()), "operator": upload("o.pem", other.pem)},
            "does not confirm the signature of the list",
        ),
    ):
        answer = operator.post(place, files, follow=True)
        assert answer.status_code == 422 and words in answer.content.decode()
    assert not TrustList.objects.exists()
    newer = pki().trusted_list().replace(b">7<", b">8<")
    for data in (newer, pki().trusted_list()):
        answer = operator.post(place, {"file": upload("a.xml", data)}, follow=True)
    assert "Kodeks has a newer version of this list." in answer.content.decode()
    assert TrustList.objects.get().number == 8
    # One that the worker gave up.
    left = file_tasks.start(User.objects.get(), "trust_list", None, place, operator="")
    FileTask.objects.filter(pk=left.pk).update(state="refused", problem=UNKNOWN, result={})
    answer = operator.get(f"{place}?file={left.key}")
    assert answer.status_code == 422 and "could not be processed" in answer.content.decode()


def test_an_unsigned_list_replaces_no_verified_one() -> None:
    """Whoever sends a newer list of the same name must show that its operator made it."""
    import_list(None, pki().trusted_list())
    tamper("UPDATE documents_trustlist SET signed_by = 'List operator'")
    for data in (pki().trusted_list().replace(b">7<", b">8<"), pki().trusted_list()):
        with pytest.raises(ActionError, match="This list is verified"):
            import_list(None, data)
    assert TrustList.objects.get().signed_by == "List operator"


@pytest.mark.parametrize("signed_by", ["", "List operator"])
def test_qualified_is_said_only_of_what_holds_and_by_which_list(signed_by: str) -> None:
    [services] = [read_list(pki().trusted_list())]
    trusted = Trusted([services | {"signed_by": signed_by}])
    for data, holds in (
        (sign(plain(), pki().ana), True),
        (update(sign(plain(), pki().ana), replace_text), False),
    ):
        check = PaperCheck(sha256="a" * 64, result=judge(data, trusted, NOW).as_json())
        seal(check)
        page = show(check, "a" * 64).html
        assert ("yes, by the trusted list" in page) is holds
        assert ("the list is not verified" in page) is (holds and not signed_by)
        assert ("Valid by a list that is not verified" in page) is (holds and not signed_by)
        assert ("Signature valid" in page) is (holds and bool(signed_by))


@pytest.mark.parametrize("role", [None, *(role for role in Role if role != Role.OPERATOR)])
def test_nobody_else_has_the_page(role: Role | None) -> None:
    client = client_of(make_person(role, make_institution()))
    import_list(None, pki().plain.pem)
    for name, arguments in (
        ("desk:trusted_lists", []),
        ("desk:remove_trusted_list", [TrustList.objects.get().pk]),
    ):
        place = reverse(name, args=arguments)
        assert (
            client.get(place).status_code == client.post(place, {"answers": "confirmed"}).status_code == 404
        )
    assert TrustList.objects.exists()


def test_a_list_and_a_result_that_others_wrote_are_refused_or_named() -> None:
    one = import_list(None, pki().plain.pem)
    name, number = f"trustlist:{one.pk}", one.pk
    path = default_storage.save("uploads/signed/test", ContentFile(sign(plain(), pki().ana)))
    want("a" * 64, path)
    assert check_waiting() and verdict("a" * 64) == "unknown" and list(problems()) == []
    for change in (
        lambda: TrustList.objects.create(kind="certificates", name="CA", sha256="b" * 64, content={}),
        lambda: TrustList.objects.update(content={}),
        one.delete,
    ):
        with pytest.raises(DatabaseError, match="on the record alone"), transaction.atomic():
            change()
            connection.check_constraints()
    tamper(
        "UPDATE documents_trustlist SET content = '{}'{json}",
        "UPDATE documents_papercheck SET result = replace(CAST(result AS TEXT), 'unknown', 'good'){json}",
    )
    assert set(problems()) == {
        f"{name}: the trail tells of another list",
        f"papercheck:{'a' * 64}: somebody else wrote the result",
    }
    assert verdict("a" * 64) == "waits", "it is shown to nobody"
    want_missing()
    assert check_waiting() and verdict("a" * 64) == "unknown"
    tamper(f"UPDATE documents_trustlist SET id = 4711 WHERE id = {number}")
    assert set(problems()) == {
        "trustlist:4711: the trail does not say that it is in use",
        f"{name}: the trail tells of it, and it is gone",
    }


def test_the_command_does_the_same(tmp_path: Path) -> None:
    file, out = tmp_path / "plain.pem", StringIO()
    file.write_bytes(pki().plain.pem)
    call_command("trust", "import", str(file), stdout=out)
    call_command("trust", "list", stdout=out)
    call_command("trust", "remove", str(TrustList.objects.get().pk), stdout=out)
    assert "Imported: Plain CA (1 entries, its signature is not verified)." in out.getvalue()
    assert "Plain CA: certificates, 1, valid until" in out.getvalue() and not TrustList.objects.exists()
    for arguments in (["import", str(tmp_path / "none")], ["remove", "1"]):
        with pytest.raises(CommandError):
            call_command("trust", *arguments)
    want_missing()
