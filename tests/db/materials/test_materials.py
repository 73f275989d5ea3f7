"""Materials: ordered once, made, published, known to be stale, made again, listed, packed."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone
from PIL import Image

from audit.models import Entry
from materials.actions.make import make_waiting
from materials.actions.mark_stale import mark_if_changed, mark_stale
from materials.actions.order import order, order_again
from materials.actions.publish import note_recalled, publish, undo_recalled, withdraw
from materials.choices import Size
from materials.demo import LANGUAGES, SIZES, order_materials
from materials.models import Material
from materials.office.overview import to_recall
from materials.uses import in_materials
from people.actions.groups import sync_groups
from people.roles import Role
from public.actions.change_hotline import enter_hotline
from public.models import CampaignPage, Hotline, Picture
from public.number_uses import Number
from tests.support.factories import make_institution, make_person

Campaign = dict[str, CampaignPage]


def ordered(campaign: Campaign, *sizes: str, languages: tuple[str, ...] = ("en", "ar"), **more: Any) -> Any:
    key = campaign["en"].translation_key
    return order(None, key, languages=languages, countries=["mk"], sizes=sizes or (Size.CARD,), **more)


def change_number(shown: str) -> None:
    hotline = Hotline.objects.get(key="mk")
    hotline.number, hotline.tel = shown, shown.replace(" ", "")
    enter_hotline(hotline)


def test_the_way_of_a_material(campaign: Campaign, reader: Client) -> None:
    done = ordered(campaign)
    assert (len(done.waiting), done.there, done.impossible) == (2, [], [])
    assert reader.get("/en/materials/").content.count(b"small.webp") == 0
    assert (make_waiting(), make_waiting()) == (2, 0)
    row = Material.objects.get(language="en")
    assert (row.state, row.accessible, row.left_out) == ("made", True, [])
    assert row.code_word == "apple"
    assert Material.objects.get(language="ar").code_word == "تفاحة"
    assert Entry.objects.filter(verb="make_materials").get().detail["languages"] == ["ar", "en"]

    # The public gets it once it is published, and the same order makes nothing more.
    assert reader.get(row.file_path).status_code == 404
    person = make_person(Role.PUBLISHER, make_institution())
    # One with logos takes another person than who ordered it.
    Material.objects.filter(pk=row.pk).update(by=person, logos=[1])
    assert publish(person, [row.code]) == []
    Material.objects.filter(pk=row.pk).update(logos=[])
    assert len(publish(person, [row.code])) == 1
    assert publish(person, [row.code]) == []
    answer = reader.get(row.file_path)
    content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    assert content.startswith(b"%PDF-1.7")
    assert answer["Content-Disposition"] == f'attachment; filename="{row.file_name}"'
    assert reader.get(row.thumb_path)["Content-Type"] == "image/webp"
    assert len(ordered(campaign).there) == 2

    # A changed number: it is marked, no longer offered, and listed.
    assert mark_stale() == 0
    change_number("0800 99 999")
    assert mark_if_changed() == 2
    assert mark_if_changed() == 0
    old = reader.get(row.file_path, headers={"accept-language": "sq"})
    assert old.status_code == 410
    assert b'lang="sq"' in old.content and row.file_path.encode() not in old.content
    assert [one.code for one in Material.objects.to_recall()] == [row.code]
    again = order_again(person, Material.objects.to_recall())
    make_waiting()
    new = Material.objects.get(pk=again.waiting[0].pk)
    assert new.published_at is not None
    assert (new.shown["number"], new.code_word) == ("0800 99 999", "river")
    assert new.code != row.code
    assert reader.get(new.file_path).status_code == 200
    outdated = reader.get(row.file_path).content.decode()
    assert "This file is out of date" in outdated and new.file_path in outdated
    assert new.quiet_path in reader.get(row.quiet_path).content.decode()

    # Collected, and put back; the number as it was makes the old file true again.
    note_recalled(person, [row.code])
    assert not Material.objects.to_recall().exists()
    undo_recalled(person, [row.code])
    assert Material.objects.to_recall().exists()
    change_number(row.shown["number"])
    mark_stale()
    assert [one.code for one in Material.objects.offered()] == [row.code]
    assert [one.code for one in withdraw(person, [row.code])] == [row.code]
    assert not Material.objects.offered().exists()


def test_a_page_that_changes_or_goes_marks_its_materials(campaign: Campaign) -> None:
    ordered(campaign, languages=("en",))
    make_waiting()
    mark_stale()
    page = CampaignPage.objects.get(pk=campaign["en"].pk)
    page.title = "Another title"
    page.save_revision().publish()
    assert mark_stale() == 1
    page.unpublish()
    assert mark_stale() == 0
    [one] = to_recall(list(Material.objects.all()))
    assert one.reason == "The page is no longer published."
    assert ordered(campaign, languages=("en",)).impossible == [("en", "mk")]


def test_a_new_day_of_the_check_marks_nothing(campaign: Campaign) -> None:
    ordered(campaign, languages=("en",))
    make_waiting()
    Hotline.objects.filter(key="mk").update(checked=timezone.localdate())
    assert mark_stale() == 0


def test_a_title_without_room_says_so_and_is_tried_again(campaign: Campaign) -> None:
    page = CampaignPage.objects.get(pk=campaign["en"].pk)
    page.title = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft" * 2
    page.save_revision().publish()
    ordered(campaign, Size.STICKER, languages=("en",))
    make_waiting()
    row = Material.objects.get()
    assert (row.state, row.problem) == ("failed", "title")
    assert len(ordered(campaign, Size.STICKER, languages=("en",)).waiting) == 1


def test_a_long_sentence_is_cut_after_its_first_and_points_are_left_out(campaign: Campaign) -> None:
    page = CampaignPage.objects.get(pk=campaign["en"].pk)
    page.lead = "Short. " + "This goes on and on. " * 40
    page.save_revision().publish()
    ordered(campaign, Size.POSTER_A4, languages=("en",))
    make_waiting()
    row = Material.objects.get()
    assert row.state == "made"
    assert "lead" in row.left_out


def test_logos_of_partners_are_drawn_and_named(campaign: Campaign) -> None:
    drawn = io.BytesIO()
    Image.new("CMYK", (900, 300)).save(drawn, "JPEG")
    logo = Picture.objects.create(title="Partner", file=ContentFile(drawn.getvalue(), "partner.jpg"))
    ordered(campaign, *Size.values, languages=("en",), logos=[logo.pk])
    make_waiting()
    rows = list(Material.objects.all())
    assert [row.problem for row in rows] == [""] * len(Size)
    assert {row.partners for row in rows} == {"Partner"}
    assert {row.accessible for row in rows if row.format.ending == "pdf"} == {True}
    assert mark_stale() == 0


def test_what_a_lost_worker_took_up_is_taken_up_again(campaign: Campaign) -> None:
    ordered(campaign, languages=("en",))
    Material.objects.update(state="making")
    assert make_waiting() == 0
    Material.objects.update(changed=timezone.now() - timedelta(minutes=6))
    assert make_waiting() == 1


@pytest.mark.parametrize("host", ["public", "office"])
def test_who_gets_a_file(campaign: Campaign, reader: Client, sign_in: Any, host: str) -> None:
    ordered(campaign, languages=("en",))
    make_waiting()
    row = Material.objects.get()
    if host == "public":
        assert [reader.get(path).status_code for path in (row.file_path, row.thumb_path)] == [404, 404]
        return
    expected = {Role.PUBLISHER: 200, Role.OPERATOR: 200, Role.PRACTITIONER: 404, Role.DRAFTER: 404}
    for role, status in expected.items():
        browser = sign_in(role)
        assert browser.get(row.file_path).status_code == status, role
        assert browser.get(row.thumb_path).status_code == status, role
    assert Client().get(row.file_path).status_code in (302, 404)
    # A publisher of another country gets it once it is published.
    stranger = Client()
    stranger.force_login(make_person(Role.PUBLISHER, make_institution("rs-social", "rs")))
    paths = (row.file_path, row.thumb_path)
    assert [stranger.get(path).status_code for path in paths] == [404, 404]
    publish(make_person(Role.PUBLISHER, make_institution()), [row.code])
    assert [stranger.get(path).status_code for path in paths] == [200, 200]


def test_the_page_for_readers(campaign: Campaign, reader: Client, django_assert_max_num_queries: Any) -> None:
    ordered(campaign, Size.CARD, Size.SHARE_WIDE, publish=True)
    make_waiting()
    with django_assert_max_num_queries(20):
        page = reader.get("/en/materials/")
    text = page.content.decode()
    assert not page.cookies
    assert text.count("small.webp") == 2
    assert "CC BY 4.0" in text
    assert "85 × 55 mm" in text
    assert len(page.content) < 40 * 1024
    # Only what there is can be chosen, and what the address names.
    options = set(re.findall(r'<option value="([^"]+)"', text))
    assert options == {str(campaign["en"].pk), "all", "ar", "en", "mk", "card", "share-wide"}
    assert '<option value="rs" selected>' in reader.get("/en/materials/?in=rs").content.decode()
    for query, number in {
        "language=all": 4, "language=ar": 2, "size=card": 1, "in=mk": 2, "in=rs": 0, "language=xx": 2,
        "campaign=999&size=x": 2, f"campaign={campaign['en'].pk}&language=all": 4, "page=99": 2,
    }.items():  # fmt: skip
        assert reader.get(f"/en/materials/?{query}").content.count(b"small.webp") == number, query
    # Nothing in the reader's language: it says so, and in which there is something.
    albanian = reader.get("/sq/materials/").content.decode()
    assert 'href="?language=ar" lang="ar"' in albanian
    assert "Maqedonia" in albanian
    assert "None in" not in reader.get("/en/materials/").content.decode()
    # The zip of the list; what is not there has none.
    packed = b"".join(reader.get("/en/materials/zip/?language=all&size=card").streaming_content)  # type: ignore[attr-defined]
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        assert archive.testzip() is None
        assert len(archive.namelist()) == 3
    assert reader.get("/en/materials/zip/?in=rs").status_code == 404
    for odd in ("zz", "x%22%0d%0aX-Evil:1", "%00a"):
        answer = reader.get(f"/en/materials/zip/?in={odd}")
        assert answer["Content-Disposition"] == 'attachment; filename="kodeks-materials-en.zip"', odd
    # On the page of the campaign, and not in its discreet twin.
    own = reader.get("/en/work-abroad/").content.decode()
    assert own.count("small.webp") == 2
    assert f"campaign={campaign['en'].pk}&amp;language=en&amp;in=mk" in own
    assert "small.webp" not in reader.get("/en/work-abroad/?in=rs").content.decode()
    assert (
        "small.webp"
        not in reader.get(f"/en/n/{100 + min(one.pk for one in campaign.values())}/").content.decode()
    )
    # The press kit, and the discreet twin, in which no address says anything.
    press = reader.get("/en/materials/press/").content.decode()
    assert press.count("small.webp") == 1
    twin = reader.get("/en/n/10/").content.decode()
    # Nothing that a browser stores says where somebody was: no thumbnail, no file of styles.
    assert "small.webp" not in twin and "stylesheet" not in twin and "/static/" not in twin
    assert "/notes." in twin
    assert "share-wide-en" not in twin
    assert "work-abroad" not in twin
    assert "/zip/" not in twin


def test_the_office_pages(campaign: Campaign, sign_in: Any) -> None:
    key = campaign["en"].translation_key
    paths = [
        "/admin/materials/", "/admin/materials/recall/", f"/admin/materials/{key}/",
        f"/admin/materials/{key}/make/",
    ]  # fmt: skip
    nobody = "/admin/materials/00000000-0000-0000-0000-000000000000/"
    publisher, operator = sign_in(Role.PUBLISHER), sign_in(Role.OPERATOR)
    assert [publisher.get(path).status_code for path in (*paths, nobody)] == [200, 200, 200, 200, 404]
    assert [operator.get(path).status_code for path in paths] == [200, 200, 200, 404]
    page = publisher.get(paths[3]).content.decode()
    assert re.findall(r'value="([^"]+)"[^>]* checked', page) == ["mk", "en", "poster-a4"]
    for role in (Role.PRACTITIONER, Role.DRAFTER, Role.COORDINATOR):
        assert {sign_in(role).get(path).status_code for path in paths} <= {302, 404, 403}, role

    wanted = {"countries": ["mk"], "languages": ["en", "mk"], "sizes": ["card"]}
    assert "This field is required" in publisher.post(paths[3], {}).content.decode()
    publisher.post(paths[3], wanted | {"countries": ["rs"]})
    assert not Material.objects.exists()
    publisher.post(paths[3], wanted)
    assert Material.objects.count() == 2
    busy = publisher.get(paths[2])
    assert busy["Refresh"] == "3"
    make_waiting()
    codes = list(Material.objects.values_list("code", flat=True))
    assert operator.post(paths[2], {"code": codes, "act": "publish"}).status_code == 404
    assert publisher.post(paths[2], {"code": ["XXXXXX"], "act": "publish"}).status_code == 404
    shown = publisher.get(paths[2]).content.decode()
    assert "checked" not in shown and shown.count('name="language"') == 2
    for act, number in (("publish", 1), ("withdraw", 0)):
        publisher.post(paths[2], {"language": ["en"], "country": "mk", "act": act})
        assert Material.objects.offered().count() == number
    publisher.post(paths[2], {"code": codes, "act": "publish"})
    assert Material.objects.offered().count() == 2

    number = Hotline.objects.get(key="mk")
    assert len(list(in_materials(Number(number.number, "mk", number), None))) == 2
    change_number("0800 12 34")
    mark_stale()
    page = publisher.get("/admin/materials/recall/").content.decode()
    assert "apple" in page
    assert " checked" not in page
    assert ">0800 12 34</ins>" in page
    publisher.post("/admin/materials/recall/", {"code": codes[:1], "act": "again"})
    assert Material.objects.filter(state="waiting").count() == 1
    publisher.post("/admin/materials/recall/", {"code": codes, "act": "done"})
    assert not Material.objects.to_recall().exists()
    publisher.post("/admin/materials/recall/", {"code": codes[0], "act": "back"})
    assert Material.objects.to_recall().count() == 1
    make_waiting()
    publisher.post(paths[3], {"everything": "1"})
    assert Material.objects.count() > 20
    shown = publisher.post(f"/admin/pages/{campaign['en'].pk}/unpublish/", follow=True).content.decode()
    assert "of this page are to be recalled" in shown
    for page in CampaignPage.objects.filter(translation_key=key):
        page.unpublish()
    for path in (paths[2], paths[3]):
        shown = publisher.get(path).content.decode()
        assert "not published in any language" in shown and "Make these" not in shown


def test_the_demonstration_orders_two_countries(campaign: Campaign) -> None:
    """Of the test's four languages both have English and Arabic, one Macedonian and Albanian."""
    assert (order_materials(), order_materials()) == (6 * len(SIZES), 0)
    own = {(row.country_id, row.shown["numbers"][0]) for row in Material.objects.all()}
    assert own == {(code, Hotline.objects.get(key=code).pk) for code in LANGUAGES}


def test_a_publisher_of_another_country_changes_nothing(campaign: Campaign) -> None:
    ordered(campaign, languages=("en",))
    make_waiting()
    code = Material.objects.get().code
    stranger = make_person(Role.PUBLISHER, make_institution("rs-social", "rs"))
    sync_groups(stranger)
    browser = Client()
    browser.force_login(stranger)
    path = f"/admin/materials/{campaign['en'].translation_key}/"
    assert browser.get(path).status_code == 404
    assert browser.get(f"{path}make/").status_code == 404
    assert browser.post(path, {"code": code, "act": "publish"}).status_code == 404
    assert browser.post("/admin/materials/recall/", {"code": code, "act": "done"}).status_code == 404
