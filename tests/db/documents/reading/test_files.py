"""/files/: who fetches what, and that no file does anything in a browser."""

from __future__ import annotations

import pytest

from documents.choices import Classification
from documents.display.links import file_url
from documents.editions import blobs
from documents.models import Blob, BlobUse, Edition
from people.roles import Role
from tests.support.factories import make_draft, make_in_force, make_institution, make_person
from tests.support.html import PageClient, signed_in
from tests.support.tampering import no_guards

pytestmark = pytest.mark.django_db

PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def attach(
    edition: Edition, data: bytes, kind: str, content_type: str, name: str, drafters_only: bool = False
) -> str:
    blob = blobs.put(data, kind, content_type)
    with no_guards():
        blobs.link(edition, blob, name, drafters_only=drafters_only)
    return file_url(blob.sha256, name)


def test_a_picture_of_a_text_is_shown_and_nothing_in_it_runs() -> None:
    url = attach(make_in_force(), PIXEL, Blob.Kind.IMAGE, "image/png", "map.png")
    for client in (signed_in(make_person()), PageClient(headers={"host": "public.test"})):
        answer = client.get(url)
        assert answer.status_code == 200 and b"".join(answer.streaming_content) == PIXEL
        assert answer.headers["Content-Type"] == "image/png"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Content-Security-Policy"].endswith("sandbox")
        assert answer.headers["Content-Disposition"].startswith("inline")


def test_what_is_no_picture_is_handed_over_and_not_opened() -> None:
    url = attach(make_in_force(), b"<script>alert(1)</script>", Blob.Kind.SIGNED, "text/html", "act.html")
    answer = signed_in(make_person()).get(url)
    assert answer.headers["Content-Disposition"] == 'attachment; filename="act.html"'
    assert "sandbox" in answer.headers["Content-Security-Policy"]


def test_the_word_file_as_it_came_is_for_those_who_write() -> None:
    edition = make_in_force()
    url = attach(edition, b"PK word", Blob.Kind.SOURCE, WORD, "text.docx", drafters_only=True)
    owner = edition.instrument.owner
    assert signed_in(make_person(Role.DRAFTER, owner)).get(url).status_code == 200
    assert signed_in(make_person(Role.COORDINATOR, owner)).get(url).status_code == 200
    for reader in (
        make_person(Role.PRACTITIONER, owner),
        make_person(Role.REVIEWER, owner),
        make_person(Role.DRAFTER, make_institution("mk-interior")),
        make_person(is_superuser=True),
    ):
        assert signed_in(reader).get(url).status_code == 404
    assert PageClient(headers={"host": "public.test"}).get(url).status_code == 404


def test_a_file_of_two_editions_is_open_to_the_readers_of_either() -> None:
    closed = make_in_force(slug="closed", classification=Classification.TLP_AMBER_STRICT)
    url = attach(closed, PIXEL, Blob.Kind.IMAGE, "image/png", "map.png")
    reader = signed_in(make_person(Role.PRACTITIONER, make_institution("al-interior")))
    assert reader.get(url).status_code == 404
    attach(make_in_force(slug="open"), PIXEL, Blob.Kind.IMAGE, "image/png", "map.png")
    assert reader.get(url).status_code == 200


def test_a_picture_of_a_draft_is_not_for_the_public() -> None:
    url = attach(make_draft(), PIXEL, Blob.Kind.IMAGE, "image/png", "map.png")
    assert PageClient(headers={"host": "public.test"}).get(url).status_code == 404


def test_what_nobody_uses_is_not_there() -> None:
    blob = blobs.put(b"alone", Blob.Kind.IMAGE, "image/png")
    reader = signed_in(make_person())
    assert reader.get(file_url(blob.sha256, "alone.png")).status_code == 404
    for path in (
        f"/files/{'0' * 64}/x",
        "/files/../../etc/passwd",
        f"/files/{blob.sha256.upper()}/x",
        "/files/1/x",
    ):
        assert reader.get(path).status_code == 404


@pytest.mark.parametrize(
    "name",
    [
        "../../etc/passwd",
        "a/b\\c.png",
        "line\nbreak\r\nSet-Cookie: a=b.png",
        '"; x=".png',
        "\u202egnp.exe",
        "..",
        "слика.png",
    ],
)
def test_no_name_breaks_out_of_the_address_or_the_header(name: str) -> None:
    url = attach(make_in_force(), PIXEL, Blob.Kind.IMAGE, "image/png", name)
    assert url.count("/") == 3
    answer = signed_in(make_person()).get(url)
    assert answer.status_code == 200
    header = answer.headers["Content-Disposition"]
    assert "\n" not in header and "/" not in header.replace("''", "") and "\u202e" not in header
    assert "Set-Cookie" not in answer.headers


def test_the_same_bytes_are_kept_once_and_a_broken_write_is_mended() -> None:
    first = blobs.put(b"bytes", Blob.Kind.IMAGE, "image/png")
    assert blobs.put(b"bytes", Blob.Kind.SOURCE, WORD) == first
    path = first.file.storage.path(str(first.file.name))
    Blob.objects.all().delete()
    with open(path, "wb") as stream:
        stream.write(b"byt")
    again = blobs.put(b"bytes", Blob.Kind.IMAGE, "image/png")
    assert blobs.read(again) == b"bytes" and again.size == 5


def test_a_link_once_open_stays_open() -> None:
    edition = make_draft()
    blob = blobs.put(b"x", Blob.Kind.SOURCE, WORD)
    blobs.link(edition, blob, "a.docx", drafters_only=True)
    blobs.link(edition, blob, "a.docx")
    blobs.link(edition, blob, "a.docx", drafters_only=True)
    assert BlobUse.objects.get(edition=edition, blob=blob).drafters_only is False
