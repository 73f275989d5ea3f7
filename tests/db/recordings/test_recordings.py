"""A text is recorded, heard by the public, and hidden as soon as it reads otherwise."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.http import Http404
from django.test import Client, override_settings
from django.utils import timezone

from audit.models import Entry
from audit.verify import problems
from public.models import CampaignPage, Hotline
from recordings.actions.record import (
    AnotherWaits,
    DecidedAlready,
    TextChanged,
    publish_recording,
    restore_recording,
    take_down_recording,
    upload_recording,
)
from recordings.clean import Clean
from recordings.demo import EXAMPLES, file_of, load_recordings
from recordings.models import Recording
from recordings.targets import Target, find, of_hotline, of_page
from tests.support.public.campaign import read
from tests.support.recordings.sounds import SECRET
from tests.support.recordings.studio import People, mp3, record

STUDIO = "/admin/recordings/"


def text_of(page: CampaignPage, kind: str = "prepare") -> Target:
    block = next(one for one in page.body if one.block_type == kind)
    return next(one for one in of_page(page) if one.part == block.id)


def change(page: CampaignPage, kind: str = "prepare", heading: str = "Another heading") -> None:
    block = next(one for one in page.body if one.block_type == kind)
    block.value["heading"] = heading
    page.save_revision().publish()


def test_from_the_list_to_the_reader(
    campaign: dict[str, CampaignPage], reader: Client, people: People
) -> None:
    page, browser = campaign["en"], people.browser("own")
    target = text_of(page)
    listed = browser.get(f"{STUDIO}page/{page.pk}/top/").content.decode()
    assert f'href="{target.url}"' in listed and "No recording" in listed
    assert f"{STUDIO}page/{page.pk}/top/" in browser.get(f"/admin/pages/{page.pk}/edit/").content.decode()
    shown = browser.get(target.url).content.decode()
    assert target.script.paragraphs[1] in shown and target.script.short in shown

    read_now = {"read": target.script.sha256}
    for bad, words in (
        (mp3(seconds=0.4), "shorter than a second"),
        (mp3(bits=128_000), "Readers pay for each byte."),
        (SimpleUploadedFile("a.mp3", b"MZ"), "cannot be played on every phone"),
    ):
        refused = browser.post(target.url, {"file": bad, **read_now}, follow=True)
        assert words in refused.content.decode()
    assert "field is required" in browser.post(target.url, read_now).content.decode()
    with override_settings(KODEKS_RECORDING_LIMIT=1000):
        large = browser.post(target.url, {"file": mp3(), **read_now})
    assert large.status_code == 413 and "The limit is 1000" in large.content.decode()
    assert browser.post(target.url, {"file": mp3(seconds=3), **read_now}, follow=True).status_code == 200
    waiting = Recording.objects.get()
    assert waiting.seconds == 3 and waiting.text == target.script.text
    assert SECRET.encode() not in waiting.sound.open("rb").read()
    address = f"/n/{waiting.pk}"
    assert reader.get(address).status_code == 404
    assert browser.get(address).status_code == 200
    assert "<audio" not in read(reader, "/en/work-abroad/")
    assert "Listen, then publish" in browser.get(target.url).content.decode()

    publish, words = f"{STUDIO}{waiting.pk}/publish/", "Another publisher listens and publishes it."
    own = browser.get(target.url).content.decode()
    assert words in own and publish not in own
    assert words in browser.post(publish, follow=True).content.decode()
    assert reader.get(address).status_code == 404
    listener = people.browser("second")
    theirs = listener.get(target.url).content.decode()
    assert words not in theirs and publish in theirs
    assert listener.post(publish).status_code == 302
    number = next(iter(re.findall(r"/en/n/(\d+)/", read(reader, "/en/work-abroad/"))))
    for path in ("/en/work-abroad/", f"/en/n/{number}/"):
        html = read(reader, path)
        assert f'<audio controls preload="none" src="{address}"></audio>' in html, path
        assert html.count("<audio") == 1 and "autoplay" not in html, path
        assert "<bdi>0:03</bdi>" in html and re.search(r"<bdi>\d+\.\d\sKB</bdi>", html), path
    policy = reader.get("/en/work-abroad/").headers["Content-Security-Policy"]
    assert "media-src 'self'" in policy and "default-src 'none'" in policy

    change(page)
    assert "<audio" not in read(reader, "/en/work-abroad/")
    assert reader.get(address).status_code == 404
    shown = browser.get(target.url).content.decode()
    assert "The text has changed" in shown and "Hidden, because the text has changed" in shown
    change(page, heading=target.name)  # the old words are back, and so is who reads them
    assert reader.get(address).status_code == 200
    page.unpublish()
    assert reader.get(address).status_code == 404
    verbs = (
        Entry.objects.filter(thing=f"recording:{waiting.pk}").order_by("id").values_list("verb", flat=True)
    )
    assert list(verbs) == ["upload_recording", "publish_recording"]
    assert not list(problems())


def test_a_recording_is_served_in_parts(
    campaign: dict[str, CampaignPage], reader: Client, sound_once: Clean
) -> None:
    recording = record(None, text_of(campaign["en"]), sound_once)
    address, size = f"/n/{recording.pk}", recording.size

    def fetch(**headers: str) -> tuple[int, bytes, str]:
        answer = reader.get(
            address, headers={name.replace("_", "-"): value for name, value in headers.items()}
        )
        data = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
        return answer.status_code, data, answer.headers.get("Content-Range", "")

    whole = sound_once.data
    answer = reader.get(address)
    etag = answer.headers["ETag"]
    for name, value in (
        ("Content-Type", "audio/mpeg"),
        ("Accept-Ranges", "bytes"),
        ("Cache-Control", "no-store"),
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "no-referrer"),
        ("Content-Length", str(size)),
    ):
        assert answer.headers[name] == value, name
    assert not answer.cookies and "sandbox" in answer.headers["Content-Security-Policy"]
    assert fetch() == (200, whole, "")
    assert fetch(range="bytes=0-99") == (206, whole[:100], f"bytes 0-99/{size}")
    assert fetch(range="bytes=100-") == (206, whole[100:], f"bytes 100-{size - 1}/{size}")
    assert fetch(range="bytes=-50") == (206, whole[-50:], f"bytes {size - 50}-{size - 1}/{size}")
    assert fetch(range=f"bytes={size}-") == (416, b"", f"bytes */{size}")
    assert fetch(range="bytes=0-1", if_range='"other"') == (200, whole, "")
    assert fetch(range="bytes=0-1", if_range=etag)[0] == 206
    assert fetch(range="bytes=0-1,5-6") == (200, whole, "")
    assert fetch(range=f"bytes={'9' * 4400}-") == (200, whole, "")
    assert fetch(if_none_match=etag)[0] == 304
    assert reader.head(address).status_code == 200
    assert reader.get(f"/n/{recording.pk + 1}").status_code == 404


def test_who_may(
    campaign: dict[str, CampaignPage], reader: Client, people: People, sound_once: Clean
) -> None:
    target = text_of(campaign["en"])
    assert target.country_id == "mk"
    waiting = upload_recording(people.second, target, sound_once, read=target.script.sha256)
    number = next(of_hotline(Hotline.objects.get(country="mk", kind="helpline")))
    routes = {
        "script": ("get", target.url),
        "number": ("get", number.url),
        "sound": ("get", f"/n/{waiting.pk}"),
        "restore": ("post", f"{STUDIO}{waiting.pk}/restore/"),
        "publish": ("post", f"{STUDIO}{waiting.pk}/publish/"),
        "upload": ("post", target.url),
    }
    allowed = {
        "own": {*routes},
        "other": set(),
        "region": set(),
        "operator": {"script", "number", "sound"},
        "drafter": set(),
    }
    for who, may in list(allowed.items())[::-1]:
        browser = people.browser(who)
        for name, (method, path) in routes.items():
            status = getattr(browser, method)(path).status_code
            assert (status != 404) == (name in may), (who, name, status)
    assert Recording.objects.published().get() == waiting
    nobody = Client()
    for method, path in routes.values():
        assert getattr(nobody, method)(path).status_code == 302, path
        public = reader.get(path).status_code
        assert public == (200 if path.startswith("/n/") else 404), path
        assert reader.post(path).status_code == 405, path
    assert people.browser("own").get(f"{STUDIO}{waiting.pk}/publish/").status_code == 405
    assert people.browser("own").post(f"{STUDIO}{waiting.pk}/forget/").status_code == 404
    # What does harm is taken off the site by the operator too, and only by the country put back.
    down = f"{STUDIO}{waiting.pk}/take-down/"
    assert people.browser("other").post(down).status_code == 404
    assert people.browser("operator").post(down).status_code == 302
    assert reader.get(f"/n/{waiting.pk}").status_code == 404
    for actor in (people.other, people.operator):
        with pytest.raises(Http404):
            restore_recording(actor, waiting)
    restore_recording(people.own, waiting)
    assert reader.get(f"/n/{waiting.pk}").status_code == 200


def test_nobody_overwrites_another(
    campaign: dict[str, CampaignPage], people: People, sound_once: Clean
) -> None:
    page = campaign["en"]
    target = text_of(page)
    first = record(people.own, target, sound_once)
    browser = people.browser("own")
    second = upload_recording(people.own, target, sound_once, read=target.script.sha256)
    with pytest.raises(AnotherWaits):
        upload_recording(people.own, target, sound_once, read=target.script.sha256)
    answer = browser.post(target.url, {"file": mp3(), "read": target.script.sha256}, follow=True)
    assert "Somebody has just uploaded a recording of this text" in answer.content.decode()
    publish_recording(people.second, second)
    first.refresh_from_db()
    assert first.ended and Recording.objects.published().get() == second
    entry = Entry.objects.get(thing=f"recording:{second.pk}", verb="publish_recording")
    assert entry.detail["replaced"] == first.pk
    for again in (publish_recording, restore_recording):
        with pytest.raises(DecidedAlready):
            again(people.own, second)
    with pytest.raises(DecidedAlready):
        restore_recording(people.own, first)
    take_down_recording(people.own, second)
    with pytest.raises(DecidedAlready):
        take_down_recording(people.own, second)
    third = upload_recording(people.own, target, sound_once, read=target.script.sha256)
    change(page)
    for act in (publish_recording, restore_recording):
        with pytest.raises(TextChanged):
            act(people.second, third)
    take_down_recording(people.own, third)
    answer = browser.post(target.url, {"file": mp3(), "read": target.script.sha256}, follow=True)
    assert "The text has changed since you opened this page" in answer.content.decode()
    now = find(*target.key)
    assert now is not None and now.script.sha256 in answer.content.decode()


def test_a_number_has_a_voice_of_each_language(
    campaign: dict[str, CampaignPage], reader: Client, people: People, sound_once: Clean
) -> None:
    hotline = Hotline.objects.get(country="mk", kind="helpline")
    targets = {one.part: one for one in of_hotline(hotline)}
    assert "sr" in targets and "sr-cyrl" not in targets
    english, serbian = (record(people.own, targets[tag], sound_once) for tag in ("en", "sr"))
    for path, recording in (
        ("/en/help/mk/", english),
        ("/sr-cyrl/help/mk/", serbian),
        ("/sr-latn/help/mk/", serbian),
        ("/en/n/2/?in=mk", english),
    ):
        assert f'src="/n/{recording.pk}"' in read(reader, path), path
    assert "<audio" not in read(reader, "/sq/help/mk/")
    hotline.texts.filter(language="en").update(hours="Never")
    assert "<audio" not in read(reader, "/en/help/mk/")
    assert reader.get(f"/n/{english.pk}").status_code == 404
    assert reader.get(f"/n/{serbian.pk}").status_code == 200


def test_the_demonstration_has_three_and_says_what_they_are(
    campaign: dict[str, CampaignPage], reader: Client
) -> None:
    assert [one for one in EXAMPLES if not (target := one.target()) or not file_of(target).exists()] == []
    assert (load_recordings(), load_recordings()) == (len(EXAMPLES), 0)
    html = read(reader, "/en/help/mk/")
    assert html.count("<audio") == 1 and "Made by a machine, as an example." in html
    for recording in Recording.objects.all():
        assert recording.size < 60_000 and abs(recording.seconds * 3000 - recording.size) < 3000
        assert reader.get(f"/n/{recording.pk}").status_code == 200


def test_the_database_publishes_nothing_that_the_trail_does_not_name(
    campaign: dict[str, CampaignPage], sound_once: Clean
) -> None:
    target = text_of(campaign["en"])
    waiting = upload_recording(None, target, sound_once, read=target.script.sha256)
    published = record(None, text_of(campaign["en"], "signs"), sound_once)
    for row, fields in (
        (waiting, {"published": timezone.now()}),
        (published, {"sha256": "0" * 64}),
        (published, {"text_sha256": target.script.sha256}),
    ):
        with pytest.raises(IntegrityError, match="trail"), transaction.atomic():
            Recording.objects.filter(pk=row.pk).update(**fields)
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_files_go_with_their_recording_and_that_with_its_page(
    campaign: dict[str, CampaignPage],
    sound_once: Clean,
    django_capture_on_commit_callbacks: Callable[..., object],
) -> None:
    recording = record(None, text_of(campaign["en"]), sound_once)
    names = [recording.sound.name]
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
        campaign["en"].delete()
    assert not any(default_storage.exists(str(name)) for name in names)
