"""Which files the public host hands out."""

from __future__ import annotations

import io

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from PIL import Image
from wagtail.documents.models import Document

from people.actions.groups import sync_groups
from people.roles import Role
from public.models import CampaignPage, Picture
from tests.support.factories import make_person
from tests.support.html import PageClient


@pytest.fixture
def poster(db: None) -> Document:
    return Document.objects.create(title="Poster", file=ContentFile(b"%PDF-1.7 poster", name="poster.pdf"))


@pytest.fixture
def picture(db: None) -> Picture:
    data = io.BytesIO()
    Image.new("RGB", (1200, 800), "#0a3641").save(data, "PNG")
    return Picture.objects.create(title="Door", file=ContentFile(data.getvalue(), name="door.png"))


@pytest.fixture
def editor(db: None) -> Client:
    person = make_person(Role.PUBLISHER)
    sync_groups(person)
    browser = PageClient()
    browser.force_login(person)
    return browser


def body(answer: object) -> bytes:
    return b"".join(answer.streaming_content)  # type: ignore[attr-defined]


def test_a_file_is_handed_out_when_a_published_page_shows_it(
    campaign: dict[str, CampaignPage], reader: Client, editor: Client, poster: Document
) -> None:
    assert reader.get(poster.url).status_code == 404
    assert editor.get(poster.url).status_code == 200
    page = campaign["en"]
    item = {"kind": "poster", "name": "Poster", "note": "A4", "file": poster}
    page.body.append(("materials", {"heading": "To share", "materials": [item]}))
    page.save_revision()
    assert reader.get(poster.url).status_code == 404  # a draft shows it, and nobody reads that
    page.save_revision().publish()
    shown = reader.get("/en/work-abroad/").content.decode()
    assert f'<a href="{poster.url}">Poster</a>' in shown
    assert "<bdi>PDF</bdi>" in shown
    answer = reader.get(poster.url)
    assert body(answer) == b"%PDF-1.7 poster"
    assert not answer.cookies
    page.unpublish()
    assert reader.get(poster.url).status_code == 404


def test_a_file_of_campaigns_is_for_those_who_run_them(poster: Document) -> None:
    browser = PageClient()
    assert browser.get(poster.url).status_code == 302
    browser.force_login(make_person(Role.DRAFTER))
    assert browser.get(poster.url).status_code == 404


def test_a_picture_comes_from_our_own_host(
    campaign: dict[str, CampaignPage], reader: Client, editor: Client, picture: Picture
) -> None:
    rendition = picture.get_rendition("width-400|format-webp")
    assert rendition.url.startswith("/pictures/")
    assert reader.get(rendition.url).status_code == 404
    assert editor.get(rendition.url).status_code == 200
    page = campaign["en"]
    page.picture = picture
    page.save_revision().publish()
    shown = reader.get("/en/work-abroad/").content.decode()
    assert 'src="/pictures/' in shown
    assert "http" not in shown.partition('src="/pictures/')[2][:60]
    answer = reader.get(rendition.url)
    assert answer.headers["Content-Type"] == "image/webp"
    assert body(answer)[:4] == b"RIFF"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert reader.get(rendition.url + "x").status_code == 404
