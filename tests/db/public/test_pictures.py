"""Pictures say nothing but what they show: where and by whom they were taken is not kept, or shown."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from PIL import Image
from PIL.ExifTags import GPS, IFD, Base
from wagtail.documents.models import Document

from audit.models import Entry
from people.actions.groups import sync_groups
from people.models import User
from proposals.actions.decide import confirm
from public.actions.publish_campaign import ask_second_person
from public.checks.faults import Fault
from public.models import CampaignPage, Picture
from tests.support.admin.campaigns import publisher_of
from tests.support.html import signed_in

AUTHOR, XMP = b"Marija Petrova", b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>Marija Petrova</x:xmpmeta>"
FORMATS = ("jpeg", "webp", "avif", "png")


def photo(kind: str = "JPEG") -> bytes:
    """With a position, an author, XMP and, as a JPEG, IPTC."""
    exif = Image.Exif()
    exif[Base.Artist] = AUTHOR.decode()
    exif.get_ifd(IFD.GPSInfo)[GPS.GPSLatitude] = (41.0, 59.0, 30.0)
    made = BytesIO()
    Image.new("RGB", (900, 600), "teal").save(made, kind, exif=exif, xmp=XMP)
    data = made.getvalue()
    if kind != "JPEG":
        return data
    iptc = b"Photoshop 3.0\x008BIM\x04\x04\x00\x00\x00\x00\x00\x13\x1c\x02\x50\x00\x0e" + AUTHOR + b"\x00"
    return data[:2] + b"\xff\xed" + (len(iptc) + 2).to_bytes(2, "big") + iptc + data[2:]


def says_nothing(data: bytes) -> bool:
    image = Image.open(BytesIO(data))
    hidden = {"exif", "xmp", "photoshop", "XML:com.adobe.xmp", "comment", "icc_profile"} & {*image.info}
    return not hidden and not image.getexif() and AUTHOR not in data


def every_file(picture: Picture) -> list[bytes]:
    specs = ["original", "width-400", *(f"width-400|format-{kind}" for kind in FORMATS)]
    files = [picture.file, *(picture.get_rendition(spec).file for spec in specs)]
    return [file.storage.open(file.name).read() for file in files]


@pytest.fixture
def first(campaign: dict[str, CampaignPage]) -> User:
    person = publisher_of("mk")
    sync_groups(person)
    return person


@pytest.mark.parametrize(("kind", "name"), [("JPEG", "a.jpg"), ("PNG", "a.png"), ("WEBP", "a.webp")])
def test_an_upload_is_drawn_anew(kind: str, name: str, first: User) -> None:
    assert not says_nothing(photo(kind))
    file = SimpleUploadedFile(name, photo(kind), f"image/{kind.lower()}")
    data = {"title": "Door", "description": "A door", "file": file, "collection": 1}
    assert signed_in(first).post("/admin/images/add/", data).status_code == 302
    assert all(says_nothing(data) for data in every_file(Picture.objects.get()))


def test_broken_pictures_are_an_error_of_the_form(first: User) -> None:
    browser = signed_in(first)
    for name, content in (("a.gif", b"GIF89a" + b"\x01" * 35), ("a.jpg", photo()[:300]), ("a.png", b"")):
        data = {"title": "Door", "file": SimpleUploadedFile(name, content), "collection": 1}
        answer = browser.post("/admin/images/add/", data)
        assert answer.status_code == 200 and "error-message" in answer.content.decode()
    answer = browser.post(
        "/admin/documents/add/", {"title": "x", "file": SimpleUploadedFile("a.jpg", photo())}
    )
    with Document.objects.get().file.open("rb") as stream:
        assert answer.status_code == 302 and says_nothing(stream.read())


def test_those_that_stand_are_drawn_anew_and_stay_confirmed(
    campaign: dict[str, CampaignPage], first: User
) -> None:
    def stored(name: str, content: bytes) -> Picture:
        file = ContentFile(content, name=name)
        return Picture.objects.create(title="Door", description="A door", file=file, uploaded_by_user=first)

    picture, broken = stored("door.webp", photo("WEBP")), stored("b.jpg", photo())
    broken.file.storage.delete(broken.file.name)
    picture.get_rendition("width-400|format-jpeg")
    draft = CampaignPage.objects.get(pk=campaign["en"].pk).get_latest_revision_as_object()
    draft.picture = picture
    revision = draft.save_revision(user=first)
    change = ask_second_person(first, campaign["en"], revision, [*Fault])
    confirm(publisher_of("mk"), change)
    old = picture.file.name
    call_command("redraw_pictures")
    picture = Picture.objects.get(pk=picture.pk)
    assert picture.file.name != old
    assert all(says_nothing(data) for data in every_file(picture))
    assert CampaignPage.objects.get(pk=draft.pk).live
    entries = Entry.objects.filter(verb="change_picture", thing=f"campaignpicture:{picture.pk}")
    assert {*entries.get().detail} == {"before_sha256", "sha256"}
    call_command("redraw_pictures")
    assert entries.count() == 1
