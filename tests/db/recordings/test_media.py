"""Audio and video of campaigns: uploaded, changed and chosen for one's own country; served with their page."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings
from wagtail.models import ReferenceIndex

from audit.models import Entry
from public.checks.findings import Check
from public.models import CampaignPage
from public.publication import must_be_mended
from public.shown_files import hash_of_files
from recordings.actions.clean_medium import clean_medium
from recordings.models import Medium
from tests.support.html import PageClient
from tests.support.public.campaign import read
from tests.support.recordings.sounds import SECRET, film, sound
from tests.support.recordings.studio import People

VTT = "WEBVTT\n\n00:00.000 --> 00:01.000\nStop.\n"


CASE = "0101006500006"
"""A number with the check digits of a person's."""


def upload(data: bytes, name: str = "holiday.exe") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, "application/x-msdownload")


def fields(**changed: Any) -> dict[str, Any]:
    values = {
        "title": "Ana tells",
        "country": "mk",
        "language": "en",
        "description": "A woman speaks.",
        "transcript": "Stop. Ask first.",
    }
    return values | changed


def vtt(text: str = VTT) -> SimpleUploadedFile:
    return SimpleUploadedFile("captions.vtt", text.encode(), "text/vtt")


def add(browser: PageClient, kind: str = "audio", **changed: Any) -> Medium:
    data = film() if kind == "video" else sound("mp3")
    answer = browser.post(f"/admin/media/{kind}/add/", fields(**{"file": upload(data)} | changed))
    assert answer.status_code == 302, re.findall(r'error-message">[^<]*', answer.content.decode())
    return Medium.objects.latest("pk")


def errors(answer: Any) -> str:
    return " ".join(re.findall(r"<p[^>]*>[^<]*</p>|error-message[^<]*<[^<]*", answer.content.decode()))


def test_an_upload_is_told_by_its_bytes_cleaned_and_limited(people: People) -> None:
    browser = people.browser("own")
    for kind in ("audio", "video"):
        page = browser.get(f"/admin/media/{kind}/add/").content.decode()
        assert "Captions in one language" in page and 'name="duration"' not in page
    made = add(browser, "video", captions=vtt(), captions_language="mk")
    assert made.file.name.endswith(".mp4") and "holiday" not in made.file.name
    assert (made.width, made.height) == (64, 48) and 1.9 < made.duration < 2.2
    assert SECRET.encode() not in made.file.open("rb").read()
    assert [one.language for one in made.captions.all()] == ["mk"]
    assert made.country_id == "mk" and made.size == made.file.size
    for kind, changed, message in (
        ("audio", {"file": upload(b"MZ not sound", "a.mp3")}, "cannot be played on every phone"),
        ("audio", {"captions": vtt("Hello"), "captions_language": "en"}, "Its first line must be WEBVTT."),
        ("audio", {"captions": vtt()}, "Choose the language of the captions."),
        ("audio", {"transcript": ""}, "This field is required."),
        ("audio", {"transcript": f"JMBG {CASE}"}, "This looks like data of a real person."),
        ("audio", {"title": CASE}, "This looks like data of a real person."),
        (
            "audio",
            {"captions": vtt(VTT + CASE), "captions_language": "en"},
            "This looks like data of a real person.",
        ),
        ("audio", {"country": "al"}, "Select a valid choice."),
        ("audio", {"country": ""}, "This field is required."),
    ):
        data = fields(file=upload(sound("mp3"))) | changed
        answer = browser.post(f"/admin/media/{kind}/add/", data)
        assert answer.status_code == 200 and message in answer.content.decode(), (message, errors(answer))
    with override_settings(KODEKS_AUDIO_LIMIT=1000):
        answer = browser.post("/admin/media/audio/add/", fields(file=upload(sound("mp3"))))
    assert "This file is too large." in answer.content.decode()
    assert browser.get("/admin/media/media/add/").status_code == 404
    assert Medium.objects.get() == made
    assert add(people.browser("region"), country="").country_id is None


def test_what_cannot_be_cleaned_is_told_and_never_goes_out(
    campaign: dict[str, CampaignPage], people: People
) -> None:
    browser, page = people.browser("own"), campaign["en"]
    made = add(browser, "audio", file=upload(film(with_sound=False), "a.m4a"))
    assert made.problem == "no_sound" and not made.is_clean
    assert "There is no sound in this file." in browser.get(f"/admin/media/edit/{made.pk}/").content.decode()
    assert browser.get(made.url).status_code == 404
    page.body.append(("audio", {"heading": "Ana", "medium": made}))
    assert Check.PICTURES in {one.check for one in must_be_mended(page)}
    version = re.search(
        r'name="version" value="([^"]*)"', browser.get(f"/admin/media/edit/{made.pk}/").content.decode()
    )
    assert version is not None
    sent = fields(version=version[1], file=upload(sound("mp4"), "b.m4a"))
    assert browser.post(f"/admin/media/edit/{made.pk}/", sent).status_code == 302
    page.body[-1].value["medium"] = fresh = Medium.objects.get(pk=made.pk)
    assert fresh.is_clean
    assert Check.PICTURES not in {one.check for one in must_be_mended(page)}


def test_a_file_that_is_gone_is_told_and_not_tried_for_ever(people: People) -> None:
    made = add(people.browser("own"))
    Medium.objects.filter(pk=made.pk).update(sha256="")
    made.file.storage.delete(made.file.name)
    clean_medium.call(made.pk, made.file.name)
    made.refresh_from_db()
    assert made.problem == "broken" and not made.is_clean


def test_two_people_do_not_overwrite_each_other(people: People) -> None:
    browser = people.browser("own")
    made = add(browser, captions=vtt(), captions_language="en")
    edit = f"/admin/media/edit/{made.pk}/"
    page = browser.get(edit).content.decode()
    version = re.search(r'name="version" value="([^"]*)"', page)
    assert version is not None
    sent = fields(title="New", version=version[1], remove_captions=["en"])
    assert browser.post(edit, sent).status_code == 302
    made.refresh_from_db()
    assert made.title == "New" and not made.captions.exists() and made.file.size
    late = browser.post(edit, sent | {"title": "Late"})
    assert late.status_code == 200 and "Somebody else changed this file." in late.content.decode()
    verbs = Entry.objects.filter(thing=f"medium:{made.pk}").order_by("id").values_list("verb", flat=True)
    assert list(verbs) == ["add_medium", "clean_medium", "change_medium"]


def test_who_may(people: People, reader: Client) -> None:
    made = add(people.browser("own"))
    routes = {
        "index": "/admin/media/",
        "add": "/admin/media/audio/add/",
        "edit": f"/admin/media/edit/{made.pk}/",
        "delete": f"/admin/media/delete/{made.pk}/",
        "usage": f"/admin/media/usage/{made.pk}/",
        "chooser": "/admin/media/chooser/",
        "audio": "/admin/media/chooser/audio/",
        "searched": "/admin/media/chooser/?q=Ana",
        "chosen": f"/admin/media/chooser/{made.pk}/",
        "upload": "/admin/media/audio/chooser/upload/",
    }
    allowed = {
        "own": {*routes},
        "region": {"index", "add", "chooser", "audio", "searched", "upload"},
        "other": {"index", "add", "chooser", "audio", "searched", "upload"},
        "operator": {"index", "delete", "usage", "chooser", "audio", "searched", "chosen"},
        "drafter": set(),
    }
    for who, may in allowed.items():
        browser = people.browser(who)
        for name, path in routes.items():
            status = browser.get(path).status_code
            assert (status == 200) == (name in may), (who, name, status)
            shown = name in ("index", "chooser", "audio", "searched") and name in may
            if shown:
                text = browser.get(path).content.decode()
                assert ("Ana tells" in text) == (who in ("own", "operator")), (who, name)
        if who != "own":
            for name in ("edit", "delete") if who != "operator" else ("edit",):
                assert browser.post(routes[name], fields(title="Taken over")).status_code in (302, 404)
    for path in routes.values():
        assert reader.get(path).status_code == 404, path
        assert Client().get(path).status_code == 302, path
    for who, browser in ((who, people.browser(who)) for who in allowed):
        expected = 200 if who in ("own", "operator") else 404
        assert browser.get(made.url).status_code == expected, who
    made.refresh_from_db()
    assert made.title == "Ana tells"
    assert people.browser("operator").post(routes["delete"]).status_code == 302
    entry = Entry.objects.get(thing=f"medium:{made.pk}", verb="delete_medium")
    assert entry.actor == people.operator.actor


def test_the_page_has_a_player_without_a_request_and_all_in_words(
    campaign: dict[str, CampaignPage], people: People, reader: Client
) -> None:
    browser, page = people.browser("own"), campaign["en"]
    made = add(browser, "video", captions=vtt(), captions_language="mk")
    paths = [f"/m/{made.pk}", f"/m/{made.pk}/mk.vtt"]
    assert [reader.get(path).status_code for path in paths] == [404, 404]
    page.body.append(("video", {"heading": "Ana’s story", "medium": made}))
    page.save_revision().publish()
    ReferenceIndex.create_or_update_for_object(page)
    html = read(reader, "/en/work-abroad/")
    found = re.search(r"<video.*?</video>", html)
    assert found is not None
    assert 'preload="none"' in found[0] and f'src="/m/{made.pk}"' in found[0] and "autoplay" not in found[0]
    edit = f"/admin/media/edit/{made.pk}/"
    version = re.search(r'name="version" value="([^"]*)"', browser.get(edit).content.decode())
    assert version is not None
    for changed in (
        {"title": "Call 000"},
        {"transcript": "Call 000"},
        {"description": "Call 000"},
        {"file": upload(film())},
        {"captions": vtt(), "captions_language": "en"},
        {"remove_captions": ["mk"]},
    ):
        answer = browser.post(edit, fields(version=version[1], **changed))
        assert answer.status_code == 200 and "A published page shows this." in answer.content.decode(), (
            changed
        )
    before = hash_of_files(page)
    made.captions.update(text=VTT + "\n")
    assert hash_of_files(page) != before
    made.captions.update(text=VTT)
    assert f'<track kind="captions" src="/m/{made.pk}/mk.vtt" srclang="mk" label="Македонски">' in found[0]
    assert "Stop. Ask first." in html and "A woman speaks." in html and "0:02" in html
    answer = reader.get(paths[0], headers={"range": "bytes=0-3"})
    assert (answer.status_code, answer.headers["Content-Type"]) == (206, "video/mp4")
    captions = reader.get(paths[1])
    assert captions.content.decode() == VTT and captions.headers["Content-Type"].startswith("text/vtt")
    assert reader.get(f"/m/{made.pk}/en.vtt").status_code == 404
    assert reader.get(f"/m/{made.pk}.jpg").status_code == 404  # no picture was chosen
    listed = read(reader, "/en/materials/?language=all&size=video")
    for path in (*paths, f"/m/{made.pk}.txt"):
        assert f'href="{path}"' in listed, path
    assert reader.get(f"/m/{made.pk}.txt").content.decode() == "Stop. Ask first."
    with zipfile.ZipFile(
        io.BytesIO(b"".join(reader.get("/en/materials/zip/?language=all&size=video")))
    ) as files:
        names = {"ana-tells-en.mp4", "ana-tells-en.txt", "ana-tells-mk.vtt"}
        assert names <= {*files.namelist()}
    page.unpublish()
    assert "Ana tells" not in read(reader, "/en/materials/?language=all")
    assert [reader.get(path).status_code for path in paths] == [404, 404]
    assert people.browser("drafter").get(paths[0]).status_code == 404


@pytest.fixture(autouse=True)
def countries(campaign: dict[str, CampaignPage]) -> None:
    """Those of the demonstration."""
