"""A publisher writes, translates, previews and publishes a campaign, by the requests that a browser sends."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory
from wagtail.models import Locale, Page
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from config.admin.malformed import MalformedFormMiddleware
from people.roles import Role
from public.models import CampaignPage, HomePage, Hotline
from tests.support.admin.campaigns import edit, page_data, write
from tests.support.html import PageClient
from tests.support.public.fixtures import PUBLIC, make_countries

SignIn = Callable[..., Client]
PUBLIC_HOST = {"host": PUBLIC}


def public(path: str) -> tuple[int, str]:
    answer = PageClient(headers=PUBLIC_HOST).get(path)
    return answer.status_code, answer.content.decode()


def test_from_a_draft_to_the_public_site(sign_in: SignIn) -> None:
    browser = sign_in(Role.PUBLISHER)
    page = write(browser)
    assert not page.live
    assert public("/en/safe-work/")[0] == 404
    form = f"/admin/pages/{page.pk}/edit/"
    assert "action-publish" not in browser.get(form).content.decode()
    alone = browser.post(form, page_data("Safer work", publish=True))
    assert "A second person confirms a campaign." in alone.content.decode()
    edit(browser, page, "Safer work", number=False)
    checks = browser.get(f"/admin/campaigns/{page.pk}/check/").content.decode()
    assert "Add a number to call before you publish this campaign." in checks
    assert public("/en/safe-work/")[0] == 404
    edit(browser, page, "Safer work", publish=True)
    status, shown = public("/en/safe-work/")
    assert (status, "Safer work" in shown) == (200, True)
    edit(browser, page, "Not yet approved")
    assert "Not yet approved" not in public("/en/safe-work/")[1]
    assert browser.post(f"/admin/pages/{page.pk}/unpublish/").status_code == 302
    assert public("/en/safe-work/")[0] == 404


def test_a_translation_is_published_on_its_own(sign_in: SignIn) -> None:
    browser = sign_in(Role.PUBLISHER)
    page = write(browser, publish=True)
    arabic = Locale.objects.get(language_code="ar")
    for one, by in ((page.get_parent().pk, sign_in(Role.OPERATOR)), (page.pk, browser)):
        form = f"/admin/translation/submit/page/{one}/"
        assert by.get(form).status_code == 200
        assert by.post(form, {"locales": [arabic.pk], "include_subtree": ""}).status_code == 302
    translated = CampaignPage.objects.get(locale=arabic)
    assert (translated.live, translated.slug) == (False, "safe-work")
    assert "note standin" in public("/ar/safe-work/")[1]
    HomePage.objects.get(locale=arabic).save_revision().publish()
    edit(browser, translated, "عمل آمن")
    shown = browser.get(f"/admin/campaigns/{translated.pk}/check/").content.decode()
    assert "Not translated yet: One sentence." in shown
    arabic_words = ("قبل أن تغادروا", "اسألوا.")
    edit(browser, translated, "عمل آمن", lead="جملة واحدة.", prepare=arabic_words, publish=True)
    shown = public("/ar/safe-work/")[1]
    assert "<h1>عمل آمن</h1>" in shown
    assert "note standin" not in shown


def test_a_preview_stays_in_the_office(sign_in: SignIn) -> None:
    browser = sign_in(Role.PUBLISHER)
    page = write(browser, title="Only a draft")
    address = f"/admin/pages/{page.pk}/edit/preview/"
    assert browser.post(address, page_data("Being written")).json()["is_valid"]
    answer = browser.get(address)
    shown = answer.content.decode()
    assert "<h1>Being written</h1>" in shown
    assert 'class="leave"' in shown
    # Drawn in a frame of the admin, and under the same policy as on the public host.
    assert "script-src 'self' 'sha256-" in answer.headers["Content-Security-Policy"]
    assert "frame-ancestors 'self'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert "Only a draft" in browser.get(f"/admin/pages/{page.pk}/view_draft/").content.decode()
    for path in (address, f"/admin/pages/{page.pk}/view_draft/"):
        assert public(path)[0] == 404
    assert sign_in(Role.DRAFTER).get(address).status_code == 404
    assert sign_in(Role.COORDINATOR).get(address).status_code == 302


def test_a_link_to_the_page_names_the_public_host(sign_in: SignIn) -> None:
    page = write(sign_in(Role.PUBLISHER), publish=True)
    assert page.full_url == page.url == "http://public.test/en/safe-work/"


TEXT = {"language": "mk", "name": "Линија", "hours": "24", "call": "Зборувате со советник."}


def hotline_data(**fields: Any) -> dict[str, Any]:
    data = {
        "key": "mk-new", "kind": "helpline", "country": "mk", "number": "0800 123", "tel": "0800123", "sms": "", "chat": "",
        "free": "on", "checked": "2026-11-02", "position": "0", "is_shown": "on",
        "texts": inline_formset([TEXT]),
    }  # fmt: skip
    return nested_form_data(data | fields) | {"languages": ["mk", "el"]}


def test_a_number_is_added_and_confirmed(sign_in: SignIn) -> None:
    make_countries()
    browser = sign_in(Role.PUBLISHER)
    add = "/admin/snippets/public/hotline/add/"
    assert browser.post(add, hotline_data()).status_code == 302
    found = Hotline.objects.get(key="mk-new")
    assert found.languages == ["mk", "el"]
    assert [text.name for text in found.texts.all()] == ["Линија"]
    assert "Ελληνικά" not in public("/en/help/mk/")[1]
    decide = f"/admin/numbers/{found.changes.get().pk}/decide/"
    other = sign_in(Role.PUBLISHER)
    assert "0800 123" in other.get(decide).content.decode()
    assert other.post(decide, {"decision": "confirm"}).status_code == 302
    assert "Ελληνικά" in public("/en/help/mk/")[1]
    assert browser.post(add, hotline_data(key="other", tel="call me")).status_code == 200
    nothing = hotline_data(key="other", texts=inline_formset([]))
    assert "at least one language" in browser.post(add, nothing).content.decode()
    news = {"source": "https://news.example/police"}
    police = {"key": "other", "kind": "police", "texts": inline_formset([])} | news
    assert "government&#x27;s page" in browser.post(add, hotline_data(**police)).content.decode()
    case = {"key": "other", "texts": inline_formset([{**TEXT, "call": "ЕМБГ 0101006500006"}])}
    assert "data of a real person" in browser.post(add, hotline_data(**case)).content.decode()
    assert not Hotline.objects.filter(key="other").exists()
    gifts = {
        "key": "gifts",
        "texts": inline_formset([{**TEXT, "call": "MK07 2501 2000 0058 984, лична карта 0800123"}]),
    }
    assert "data of a real person" in browser.post(add, hotline_data(**gifts), follow=True).content.decode()
    change = Hotline.objects.get(key="gifts").changes.get()
    assert "data of a real person" in other.get(f"/admin/numbers/{change.pk}/decide/").content.decode()


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.DRAFTER])
def test_others_publish_nothing(sign_in: SignIn, role: Role) -> None:
    make_countries()
    page = write(sign_in(Role.PUBLISHER))
    browser = sign_in(role)
    tries = {
        f"/admin/pages/{page.pk}/edit/": page_data("Taken over", publish=True),
        f"/admin/pages/{page.pk}/delete/": {},
        "/admin/snippets/public/hotline/add/": hotline_data(),
        f"/admin/bulk/wagtailcore/page/publish/?id={page.pk}": {},
    }
    for address, data in tries.items():
        assert browser.post(address, data).status_code in (302, 404), address
    page.refresh_from_db()
    assert (page.title, page.live) == ("Safe work", False)
    assert not Hotline.objects.filter(key="mk-new").exists()


def test_only_our_own_kinds_of_page_are_made(sign_in: SignIn) -> None:
    browser = sign_in(Role.OPERATOR, is_superuser=True)
    root, home = Page.objects.get(depth=1), HomePage.objects.get()
    assert browser.get(f"/admin/pages/add/public/campaignpage/{root.pk}/").status_code == 302
    assert browser.get(f"/admin/pages/add/public/campaignpage/{home.pk}/").status_code == 200
    assert browser.get(f"/admin/pages/add/wagtailcore/page/{home.pk}/").status_code == 302


def test_a_draft_is_offered_to_whoever_works_on_it(sign_in: SignIn) -> None:
    browser = sign_in(Role.PUBLISHER)
    page = write(browser, "Safe work")
    paths = [
        f"/admin/choose-page/{page.get_parent().pk}/",
        f"/admin/choose-page/{page.pk}/",
        f"/admin/choose-page/chosen-multiple/?id={page.pk}",
    ]
    assert all("Safe work" in browser.get(path).content.decode() for path in paths)
    browser = sign_in(Role.COORDINATOR)
    assert [browser.get(path).status_code for path in paths] == [200, 404, 404]
    assert "Safe work" not in browser.get(paths[0]).content.decode()
    assert browser.get("/admin/choose-page/chosen-multiple/?id=x").status_code == 404
    CampaignPage.objects.update(live=True)
    assert all("Safe work" in browser.get(path).content.decode() for path in paths)


def test_nothing_is_embedded(sign_in: SignIn) -> None:
    browser = sign_in(Role.PUBLISHER)
    answer = browser.post("/admin/embeds/chooser/upload/", {"embed-chooser-url": "https://video.example/1"})
    assert "embed_html" not in answer.content.decode()


def test_a_form_that_no_page_makes_is_told_so(sign_in: SignIn) -> None:
    browser = sign_in(Role.PUBLISHER)
    browser.raise_request_exception = False
    page = write(browser)
    form = f"/admin/pages/{page.pk}/edit/"
    whole = page_data("Safe work")
    missing = {name: value for name, value in whole.items() if name != "body-count"}
    for path, data in (
        (form, missing),
        (form, whole | {"body-count": "<script>"}),
        (f"/admin/pages/{page.pk}/copy/", {"new_parent_page": "<script>", "new_title": "x", "new_slug": "x"}),
        (f"/admin/pages/{page.pk}/copy/", {"new_parent_page": "0", "new_title": "x", "new_slug": "x"}),
        ("/admin/choose-external-link/", {}),
        ("/admin/choose-external-link/", {"external-link-chooser-url": "x"}),
    ):
        answer = browser.post(path, data)
        said = answer.content.decode()
        assert answer.status_code in (200, 400), path
        assert answer.status_code == 200 or "We could not read this request" in said
    assert browser.post(form, missing).status_code == 400
    home = f"/admin/pages/{page.get_parent().pk}/edit/"
    for text in ("0", "-1", '"x"', "[]", "1e309"):
        data = nested_form_data({"title": "x", "about": text, "comments": inline_formset([])})
        assert sign_in(Role.OPERATOR).post(home, data).status_code == 400, text
    request = RequestFactory().post(form)
    try:
        raise ValueError("ours")
    except ValueError as problem:
        assert MalformedFormMiddleware(lambda _: HttpResponse()).process_exception(request, problem) is None
