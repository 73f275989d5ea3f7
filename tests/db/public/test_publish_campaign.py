"""A campaign goes live when a second publisher confirms exactly this version, whichever way is tried."""

from __future__ import annotations

import json
import time
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import transaction
from django.http import Http404
from django.test import Client
from django.utils import timezone
from PIL import Image
from wagtail.actions.create_alias import CreatePageAliasAction
from wagtail.documents.models import Document
from wagtail.log_actions import LogContext
from wagtail.models import Revision

from audit.models import Entry
from people.actions.groups import sync_groups
from people.models import User
from people.roles import Role
from proposals.actions.decide import confirm, refuse
from proposals.errors import Decided, Stale, Waits
from proposals.models import Proposal
from public.actions.publish_campaign import (
    Incomplete,
    Over,
    TakenOff,
    ask_second_person,
    ask_to_go_back,
    go_back,
    publish_due,
    versions,
)
from public.checks.faults import Fault
from public.models import CampaignPage, Picture
from public.models.confirmed_versions import is_unchanged, revision_of, versions_proposed
from tests.support.admin.campaigns import page_data, publisher_of
from tests.support.factories import make_institution, make_person
from tests.support.html import flat, signed_in
from tests.support.public.campaign import read

TICKS = [*Fault]
IMAGES = "/admin/images/"


@pytest.fixture
def page(campaign: dict[str, CampaignPage]) -> CampaignPage:
    return campaign["en"]


@pytest.fixture
def first(page: CampaignPage) -> User:
    return publisher_of("mk")


@pytest.fixture
def second(page: CampaignPage) -> User:
    return publisher_of("mk")


def draft(page: CampaignPage, by: User, **fields: Any) -> Revision:
    found = CampaignPage.objects.get(pk=page.pk).get_latest_revision_as_object()
    for name, value in fields.items():
        setattr(found, name, value)
    with LogContext(user=by):
        return found.save_revision(user=by)


def ask(page: CampaignPage, by: User, **fields: Any) -> Proposal:
    return ask_second_person(by, page, draft(page, by, **fields), TICKS)


def confirm_campaign(by: User, proposal: Proposal) -> CampaignPage:
    confirm(by, proposal)
    return CampaignPage.objects.get(pk=proposal.key)


def publish(page: CampaignPage, by: User, second: User, **fields: Any) -> CampaignPage:
    return confirm_campaign(second, ask(page, by, **fields))


def test_a_second_publisher_confirms(page: CampaignPage, first: User, second: User, reader: Client) -> None:
    change = ask(page, first, title="Checked")
    assert "Checked" not in read(reader, "/en/work-abroad/")
    for nobody in (first, publisher_of("al")):
        with pytest.raises(Http404):
            confirm_campaign(nobody, change)
    with pytest.raises(Waits):
        ask_second_person(first, page, revision_of(change), TICKS)
    confirm_campaign(second, change)
    assert "<h1>Checked</h1>" in read(reader, "/en/work-abroad/")
    with pytest.raises(Decided):
        confirm_campaign(second, change)
    entries = Entry.objects.filter(thing=f"campaignpage:{page.pk}", refused=False).order_by("id")
    verbs = entries.values_list("verb", "actor")
    assert list(verbs)[-3:] == [
        ("ask_page", first.actor),
        ("publish_page", second.actor),
        ("confirm_page", second.actor),
    ]


def test_the_region_is_a_second_person_and_the_writer_is_none(
    page: CampaignPage, first: User, second: User
) -> None:
    change = ask_second_person(second, page, draft(page, first, title="Written by the first"), TICKS)
    with pytest.raises(Http404):
        confirm_campaign(first, change)
    assert confirm_campaign(publisher_of(None), change).title == "Written by the first"


def test_only_what_was_seen_goes_live(page: CampaignPage, first: User, second: User) -> None:
    change = ask(page, first, title="Seen")
    # The editor's own saving goes on in a new version; by hand nobody writes over what was sent.
    sent = revision_of(change)
    later = sent.as_object()
    later.title = "Never seen"
    with LogContext(user=first):
        assert later.save_revision(user=first, overwrite_revision=sent).pk != change.values["revision"]
        sent.content["title"] = "Never seen"
        with pytest.raises(PermissionDenied):
            sent.save()
    Revision.objects.filter(pk=change.values["revision"]).update(content=sent.content)
    change = Proposal.objects.get(pk=change.pk)
    with pytest.raises(Stale):
        confirm_campaign(second, change)
    refuse(first, change)
    # A newer draft stays a draft.
    change = ask(page, first, title="Seen")
    draft(page, first, title="Newer")
    live = confirm_campaign(second, change)
    assert (live.title, live.has_unpublished_changes, live.draft_title) == ("Seen", True, "Newer")
    with pytest.raises(Stale):
        ask_second_person(first, page, revision_of(change), TICKS)
    # The editor's own request to write over what was sent gets the number of the new version.
    change = ask(page, first, title="Seen")
    sync_groups(first)
    sent = page_data("Never seen", slug="work-abroad", overwrite_revision_id=str(change.values["revision"]))
    saved = signed_in(first).post(
        f"/admin/pages/{page.pk}/edit/", sent, headers={"accept": "application/json"}
    )
    assert saved.json()["success"] and saved.json()["revision_id"] != change.values["revision"]
    assert is_unchanged(change, revision_of(change))


def test_nothing_goes_round_it(page: CampaignPage, first: User, second: User) -> None:
    revision = draft(page, first, title="Alone")
    superuser = publisher_of("mk", is_superuser=True)
    later = draft(page, first, title="Later", go_live_at=timezone.now() + timedelta(days=1))
    live = CampaignPage.objects.get(pk=page.pk)
    live.title = "Written into the row"
    for by in (first, superuser):
        for one in (revision, later):
            with LogContext(user=by), pytest.raises(PermissionDenied):
                one.publish(user=by, skip_permission_checks=True)
        with LogContext(user=by), pytest.raises(PermissionDenied):
            live.save()
    assert not Revision.objects.filter(approved_go_live_at__isnull=False).exists()
    assert CampaignPage.objects.get(pk=page.pk).title == page.title


def test_copies_are_drafts_and_an_alias_follows(page: CampaignPage, first: User, second: User) -> None:
    live = publish(page, first, second, title="Seen by two")
    sync_groups(first)
    browser, address = signed_in(first), f"/admin/pages/{page.pk}/copy/"
    shown = browser.get(address).content.decode()
    assert 'name="new_slug"' in shown and 'name="publish_copies"' not in shown and 'name="alias"' not in shown
    form = {"new_title": "By one", "new_slug": "by-one", "new_parent_page": page.get_parent().pk}
    for n, field in enumerate(("publish_copies", "alias")):
        browser.post(address, form | {"new_slug": f"by-one-{n}", field: "on"})
        copy = CampaignPage.objects.get(slug=f"by-one-{n}")
        assert (copy.live, copy.alias_of_id) == (False, None)
    attempts: list[Any] = [
        lambda: live.copy(update_attrs={"slug": "live-copy"}, keep_live=True, user=first),
        lambda: CreatePageAliasAction(live, update_slug="alias", user=first).execute(
            skip_permission_checks=True
        ),
    ]
    for attempt in attempts:
        with LogContext(user=first), pytest.raises(PermissionDenied), transaction.atomic():
            attempt()
    # The number of a confirmed version brings no other text and no other page live.
    with LogContext(user=first), pytest.raises(PermissionDenied):
        copy.live, copy.live_revision = True, live.live_revision
        copy.save()
    # One that is there from before changes with its source.
    alias = live.create_alias(update_slug="from-before")
    one = publish(page, first, publisher_of(None), title="Both change")
    alias.refresh_from_db()
    assert (alias.title, alias.live) == ("Both change", True)
    publish(page, first, second, title="Again")
    go_back(first, CampaignPage.objects.get(pk=page.pk), one.live_revision)
    alias.refresh_from_db()
    assert alias.title == "Both change"


def test_the_second_person_sees_each_change_of_what_is_live(
    page: CampaignPage, first: User, second: User
) -> None:
    live = publish(page, first, second, title="Seen by two", lead="As confirmed")
    # A version from before, when the editor's own saving could write over what was live.
    content = live.live_revision.content | {"lead": "Slipped in"}
    Revision.objects.filter(pk=live.live_revision_id).update(content=content)
    change = ask(page, first, lead="Slipped in")
    sync_groups(second)
    shown = flat(signed_in(second).get(f"/en/proposals/{change.pk}/").content.decode())
    assert "As confirmed" in shown and "Slipped in" in shown


def test_pictures_stay_as_two_people_saw_them(page: CampaignPage, first: User, second: User) -> None:
    one, other = picture(first, "Door", "A door"), picture(first, "Hand", "A hand")
    sync_groups(first)
    browser = signed_in(first)

    def change(what: Picture, **fields: Any) -> str:
        data = {"title": what.title, "description": what.description, "collection": what.collection_id}
        answer = browser.post(f"/admin/images/{what.pk}/", data | fields)
        return answer.headers.get("Location") or answer.content.decode()

    sent = ask(page, first, picture=one)
    assert change(one, description="A door, open") == IMAGES
    entry = Entry.objects.get(verb="change_picture")
    assert (entry.thing, entry.actor) == (f"campaignpicture:{one.pk}", first.actor)
    with pytest.raises(Stale):
        confirm_campaign(second, Proposal.objects.get(pk=sent.pk))
    refuse(first, sent)
    one.refresh_from_db()
    publish(page, first, second, picture=one)
    # A draft without it leaves it where readers see it.
    draft(page, first, picture=None)
    red = SimpleUploadedFile("red.png", png("red"), "image/png")
    focus = {f"focal_point_{part}": "9" for part in ("x", "y", "width", "height")}
    for fields in ({"description": "Call 000"}, {"title": "Call 000"}, {"file": red}, focus):
        assert "A published page shows this." in change(one, **fields)
    with LogContext(user=first), pytest.raises(PermissionDenied):
        now = Picture.objects.get(pk=one.pk)
        now.description = "Call 000"
        now.save()
    assert change(one, focal_point_x="") == IMAGES and change(other, description="Two hands") == IMAGES
    assert Picture.objects.get(pk=one.pk).description == "A door, open"


def test_a_file_on_a_live_page_stays_as_two_people_saw_it(
    page: CampaignPage, first: User, second: User
) -> None:
    content = ContentFile(b"one", name="card.txt")
    file = Document.objects.create(title="Card", file=content, uploaded_by_user=first)
    materials = {"heading": "To print", "materials": [{"kind": "card", "name": "Card", "file": file.pk}]}
    publish(
        page, first, second, body=json.dumps([*page.body.raw_data, {"type": "materials", "value": materials}])
    )
    sync_groups(first)
    data = {"title": "Call 000", "collection": file.collection_id}
    answer = signed_in(first).post(f"/admin/documents/edit/{file.pk}/", data)
    assert "A published page shows this." in answer.content.decode()
    named = data | {"file": ContentFile(b"text", name="JMBG-0101006500006.txt")}
    answer = signed_in(first).post(f"/admin/documents/edit/{file.pk}/", named)
    assert "This looks like data of a real person." in answer.content.decode()
    with LogContext(user=first), pytest.raises(PermissionDenied):
        file.file = ContentFile(b"two", name="card.txt")
        file._set_file_hash()
        file.save()
    assert Document.objects.get(pk=file.pk).title == "Card"


def picture(by: User, title: str, description: str) -> Picture:
    file = ContentFile(png("white"), name=f"{title}.png")
    return Picture.objects.create(title=title, description=description, file=file, uploaded_by_user=by)


def png(colour: str) -> bytes:
    data = BytesIO()
    Image.new("RGB", (40, 40), colour).save(data, "PNG")
    return data.getvalue()


def test_control_characters_and_signs_that_turn_letters_are_removed(
    page: CampaignPage, reader: Client
) -> None:
    page.title, page.lead = "Safe\x01 \u202ework", "One\u2066 line\nand\x1b another"
    page.seo_title = page.search_description = "\u202aFound\x0c"
    page.full_clean()
    assert (page.title, page.lead) == ("Safe  work", "One line\nand  another")
    assert (page.seo_title, page.search_description) == ("Found", "Found")
    page.title = "\u202e\x01"
    with pytest.raises(ValidationError, match="title"):
        page.full_clean()
    CampaignPage.objects.filter(pk=page.pk).update(title="Old\x01 title", lead="Old\x0b lead")
    feed = reader.get("/en/feeds/campaigns.atom")
    assert feed.status_code == 200 and "Old title" in feed.content.decode()


def test_what_must_be_mended_keeps_it_back(page: CampaignPage, first: User, second: User) -> None:
    with pytest.raises(Incomplete):
        ask_second_person(first, page, draft(page, first), TICKS[1:])
    for html in (
        '<a linktype="page" id="999999">x</a>',
        '<a href="/en/gone/">x</a>',
        '<a href="https://x">x</a>',
        "ЈМБГ 0101006500006",
        "Марија Петровић је рођена 3.4.1999, тел. 064 123 4567",
    ):
        body = [
            *page.body.get_prep_value(),
            {"type": "text", "value": {"heading": "H", "text": f"<p>{html}</p>"}},
        ]
        with pytest.raises(Incomplete):
            ask(page, first, body=body_of(page, body))
    with pytest.raises(Incomplete):
        ask(page, first, body=body_of(page, []))
    with pytest.raises(Http404):
        ask_second_person(publisher_of("al"), page, draft(page, first), TICKS)


def body_of(page: CampaignPage, value: list[Any]) -> Any:
    return CampaignPage._meta.get_field("body").stream_block.to_python(value)


def test_going_back_takes_one_person_and_a_confirmed_version(
    page: CampaignPage, first: User, second: User
) -> None:
    one = publish(page, first, second, title="One")
    two = publish(page, first, second, title="Two")
    assert [revision.pk for _one, revision in versions(two)] == [one.live_revision_id]
    draft(page, first, title="Three")
    for nobody in (publisher_of("al"), publisher_of(None)):
        with pytest.raises(Http404):
            go_back(nobody, two, one.live_revision)
    back = go_back(first, two, one.live_revision)
    assert (back.title, back.draft_title, back.live_revision_id) == ("One", "Three", one.live_revision_id)
    with pytest.raises(Http404):
        go_back(first, two, page.latest_revision or draft(page, first))
    assert Entry.objects.filter(verb="restore_page", actor=first.actor).count() == 1
    operator = make_person(Role.OPERATOR, make_institution("mk-ministry"))
    sync_groups(operator)
    with LogContext(user=operator):
        back.unpublish(user=operator)
    with pytest.raises(TakenOff):
        go_back(first, back, two.live_revision)
    waits = ask_to_go_back(first, back, two.live_revision)
    with pytest.raises(Http404):
        confirm_campaign(first, waits)
    back = confirm_campaign(second, waits)
    assert (back.live, back.title) == (True, "Two")
    with LogContext(user=first):
        back.unpublish(user=first)
    again = go_back(first, CampaignPage.objects.get(pk=page.pk), two.live_revision)
    assert (again.live, again.title) == (True, "Two")


def test_a_day_to_begin_and_a_day_to_end(
    page: CampaignPage, first: User, second: User, reader: Client
) -> None:
    soon, then = timezone.now() + timedelta(seconds=3), timezone.now() + timedelta(days=1)
    planned = publish(page, first, second, title="Planned", go_live_at=soon, expire_at=then)
    assert planned.title == page.title and planned.live, "the old version stays until then"
    assert publish_due() == 0
    draft(page, first, title="Never confirmed", go_live_at=soon)
    time.sleep(max((soon - timezone.now()).total_seconds(), 0))
    assert publish_due() == 1
    assert "<h1>Planned</h1>" in read(reader, "/en/work-abroad/")
    CampaignPage.objects.filter(pk=page.pk).update(expire_at=timezone.now())
    assert publish_due() == 1
    over = ask(page, first, title="Over", expire_at=timezone.now(), go_live_at=None)
    with pytest.raises(Over):
        confirm_campaign(second, over)


def test_the_schedule_publishes_nothing_that_was_changed(
    page: CampaignPage, first: User, second: User
) -> None:
    soon = timezone.now() + timedelta(hours=1)
    planned = publish(page, first, second, title="Planned", go_live_at=soon)
    revision = revision_of(versions_proposed(planned).get())
    revision.content["title"] = "Changed by hand"
    revision.approved_go_live_at = timezone.now() - timedelta(hours=1)
    revision.content["go_live_at"] = None
    revision.save()
    with pytest.raises(PermissionDenied):
        call_command("publish_scheduled")
    assert publish_due() == 0
    assert not Revision.objects.filter(approved_go_live_at__isnull=False).exists()
    assert CampaignPage.objects.get(pk=page.pk).title == page.title


@pytest.mark.parametrize("tag", ["en", "sr-cyrl", "ar", "bn"])
def test_the_address_of_an_ended_campaign_has_the_numbers(
    campaign: dict[str, CampaignPage], reader: Client, tag: str
) -> None:
    CampaignPage.objects.update(expire_at=timezone.now())
    assert publish_due() == 4
    for address in (f"/{tag}/work-abroad/?in=mk", f"/{tag}/n/{100 + campaign['mk'].pk}/?in=mk"):
        answer = reader.get(address)
        page = answer.content.decode()
        assert (answer.status_code, 'href="tel:0800000000"' in page) == (410, True), address
        assert 'href="tel:112"' in page
    assert "work-abroad" not in read(reader, "/sitemap.xml")
    campaign["en"].unpublish()
    CampaignPage.objects.update(expired=False)
    assert reader.get(f"/{tag}/work-abroad/").status_code == 404
