"""What Wagtail says on the pages of the admin is said in each language of the office."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from html import unescape
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import wagtail
import wagtailmedia
from babel.messages.catalog import Message
from babel.messages.pofile import read_po
from django.conf import settings
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import translation
from django.utils.translation import _trans  # type: ignore[attr-defined]  # the functions that all others call
from PIL import Image
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Collection, GroupCollectionPermission, Locale, Site, Workflow

from config.catalogues import LANGUAGES, SCRIPTS, WAGTAIL_MESSAGES, catalogue_path
from people.models import User
from people.roles import Role
from public.models import CampaignPage, HomePage
from search.models import GlossaryTerm
from tests.support.admin.campaigns import write

SignIn = Callable[..., Client]
WAGTAIL = Path(wagtail.__file__).parent
UNTRANSLATED = {
    # Names of themselves, and what only a template of numbers or a developer's setting shows.
    "%(range_start)s - %(range_end)s",
    "%(field_label)s:",
}


def first(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def wagtails_own(name: str = "django.po", folder: Path = WAGTAIL) -> set[str]:
    found = set()
    for path in folder.rglob(f"locale/en/LC_MESSAGES/{name}"):
        with path.open("rb") as file:
            found |= {first(message) for message in read_po(file) if message.id}
    return found


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Iterator[set[str]]:
    """The messages that were asked of the catalogues and had no translation."""
    missing: set[str] = set()

    def noting(real: Callable[..., str], text: int) -> Callable[..., str]:
        def ask(*given: Any) -> str:
            answer = real(*given)
            if answer in given and translation.get_language() != "en":
                missing.add(str(given[text]))
            return answer

        return ask

    for name, text in (("gettext", 0), ("pgettext", 1), ("ngettext", 0), ("npgettext", 1)):
        monkeypatch.setattr(_trans, name, noting(getattr(_trans, name), text))
    yield missing


def stands_in(message: str, page: str) -> bool:
    """Whether the words of a message stand in a page, whatever was put into its places."""
    parts = re.split(r"%\(\w+\)[sd]|\{\w*\}", message)
    if not re.search("[A-Za-z]{2}", "".join(parts)):
        return False
    pattern = ".{0,200}?".join(map(re.escape, parts)).strip()
    return re.search(rf"(?<![\w.-]){pattern}(?![\w-])", page, re.DOTALL) is not None


@pytest.fixture
def pages(db: None, sign_in: SignIn) -> dict[str, int]:
    """A campaign with a history, a picture, a file and a term, by kind their numbers."""
    browser = sign_in(Role.PUBLISHER)
    campaign: CampaignPage = write(browser, publish=True)
    campaign.title = "Changed since"
    campaign.save_revision(user=User.objects.get(pk=browser.person.pk), log_action=True)  # type: ignore[attr-defined]
    drawn = BytesIO()
    Image.new("RGB", (40, 30)).save(drawn, "PNG")
    picture = get_image_model().objects.create(title="P", file=ContentFile(drawn.getvalue(), "p.png"))
    file = get_document_model().objects.create(title="F", file=ContentFile(b"text", "f.txt"))
    return {
        "home": HomePage.objects.get(locale__language_code="en").pk,
        "campaign": campaign.pk,
        "picture": picture.pk,
        "file": file.pk,
        "term": GlossaryTerm.objects.all()[0].pk,
        "workflow": Workflow.objects.get_or_create(name="W")[0].pk,
        "locale": Locale.objects.all()[0].pk,
        "site": Site.objects.all()[0].pk,
        "collection": Collection.get_first_root_node().add_child(name="C").pk,
    }


ADDRESSES = """
/ account/ reports/locked/ reports/site-history/ reports/aging-pages/ reports/page-types-usage/
reports/workflow/ reports/workflow_tasks/ reports/kodeks-reviews/ pages/ pages/{home}/
pages/{home}/add_subpage/ pages/add/public/campaignpage/{home}/ pages/{campaign}/edit/
pages/{campaign}/delete/ pages/{campaign}/copy/ pages/{campaign}/move/
pages/{campaign}/move/{home}/confirm/ pages/{campaign}/unpublish/ pages/{campaign}/history/
pages/{campaign}/usage/ pages/{campaign}/revisions/compare/earliest...latest/
translation/submit/page/{campaign}/ pages/{campaign}/privacy/ pages/{campaign}/workflow_history/
pages/search/?q=zzz pages/search/?q=s bulk/wagtailcore/page/delete/?id={campaign}
bulk/wagtailcore/page/move/?id={campaign} bulk/wagtailcore/page/publish/?id={campaign}
bulk/wagtailcore/page/unpublish/?id={campaign} choose-page/ choose-page/?q=z choose-external-link/
choose-email-link/ choose-phone-link/ choose-anchor-link/ images/ images/?q=zzz images/add/
images/multiple/add/ images/{picture}/ images/{picture}/delete/ images/usage/{picture}/ images/chooser/
images/chooser/{picture}/select_format/ bulk/public/picture/delete/?id={picture}
bulk/public/picture/add_tags/?id={picture} bulk/public/picture/add_to_collection/?id={picture}
documents/ documents/?q=zzz documents/multiple/add/ documents/edit/{file}/ documents/delete/{file}/
documents/usage/{file}/ documents/chooser/ bulk/wagtaildocs/document/delete/?id={file}
bulk/wagtaildocs/document/add_tags/?id={file} bulk/wagtaildocs/document/add_to_collection/?id={file}
collections/ collections/add/ snippets/ snippets/search/glossaryterm/
snippets/search/glossaryterm/?q=zzz snippets/search/glossaryterm/add/
snippets/search/glossaryterm/edit/{term}/ snippets/search/glossaryterm/history/{term}/
snippets/search/glossaryterm/usage/{term}/ snippets/search/glossaryterm/delete/{term}/
snippets/public/hotline/ snippets/public/hotline/add/
kodeks/countries/ kodeks/institutions/ kodeks/institutions/new/ kodeks/countries/new/ kodeks/memberships/ users/ groups/
nowhere/ workflows/list/ workflows/add/ workflows/edit/{workflow}/ workflows/disable/{workflow}/
workflows/usage/{workflow}/ workflows/tasks/index/ workflows/tasks/select_type/
workflows/tasks/add/wagtailcore/groupapprovaltask/ workflows/task_chooser/ locales/ locales/new/
locales/edit/{locale}/ locales/delete/{locale}/ sites/ sites/new/ sites/edit/{site}/
sites/delete/{site}/ collections/{collection}/ collections/{collection}/delete/
collections/{collection}/privacy/
"""


BY_ROLE = {
    Role.OPERATOR: ADDRESSES.split(),
    Role.PUBLISHER: ["/", "pages/", "pages/{campaign}/", "pages/{campaign}/edit/", "images/", "documents/"],
    Role.COORDINATOR: ["/", "account/", "reports/kodeks-reviews/"],
}


NOT_THERE = ["reports/kodeks-reviews/", "nowhere/"]
"""Whose page says so; the first is a coordinator's, and others have none."""


def test_no_english_word_of_wagtails_is_left_on_its_pages(
    sign_in: SignIn, pages: dict[str, int], asked: set[str]
) -> None:
    own = wagtails_own() - UNTRANSLATED
    left: dict[str, set[str]] = {}
    opened: dict[int, list[str]] = {}
    for role, addresses in BY_ROLE.items():
        browser = sign_in(role, language="mk")
        for address in addresses:
            asked.clear()
            answer = browser.get(f"/admin/{address.format(**pages).lstrip('/')}", follow=True)
            opened.setdefault(answer.status_code, []).append(address)
            shown = answer.content.decode()
            if "json" in answer["Content-Type"]:
                shown = str(json.loads(shown))
            shown = unescape(shown)
            for message in asked & own:
                if stands_in(message, shown):
                    left.setdefault(message, set()).add(address)
    rights = GroupCollectionPermission.objects.filter(
        permission__codename__endswith="_collection"
    ).values_list("group__name", "permission__codename", "collection__path")
    assert len(opened[200]) == 106 and opened[404] == NOT_THERE, (
        opened[404][-1:],
        list(rights),
        list(Collection.objects.values_list("pk", "path", "depth")),
        list(Permission.objects.filter(codename="delete_collection").values_list("pk", "content_type")),
        list(ContentType.objects.filter(model="collection").values_list("pk", "app_label")),
        ContentType.objects.get_for_model(Collection).pk,
    )
    assert left == {}


def test_nor_any_that_wagtail_put_together_when_the_site_started(
    sign_in: SignIn, pages: dict[str, int]
) -> None:
    """English words of its templates, and those translated before there is a language."""
    browser = sign_in(Role.PUBLISHER, language="mk")

    def shown(address: str) -> str:
        return unescape(browser.get(f"/admin/{address}").content.decode())

    assert 'aria-label="Дејства" id="w-slim-header-buttons"' in shown("documents/")
    edit = shown(f"pages/{pages['campaign']}/edit/")
    for words in ("Избери: број за повик", "Избери друго: број за повик", "Уреди: број за повик"):
        assert words in edit or json.dumps(words)[1:-1] in edit, words
    assert "Choose number" not in edit and "number to call" not in edit
    for address in ("snippets/search/glossaryterm/add/", "snippets/public/hotline/add/"):
        said = re.sub("<[^>]+>", "|", shown(address))
        assert re.search(r"\|\s*Почетна\s*\|", said) and not re.search(r"\|\s*Home\s*\|", said)
    assert "Изменето" in shown("snippets/search/glossaryterm/")


def read(path: Path) -> list[Message]:
    with path.open("rb") as file:
        return [message for message in read_po(file) if message.id]


def test_what_is_borrowed_is_wagtails_still_and_whole_in_every_language() -> None:
    """An update of Wagtail that says something otherwise is noticed here."""
    borrowed = [message for path in WAGTAIL_MESSAGES.glob("*.pot") for message in read(path)]
    units = {first(message) for message in read(WAGTAIL_MESSAGES / "django.pot")}  # which Django's own lacks
    listed = {first(message) for message in borrowed} - units
    media = wagtails_own(folder=Path(wagtailmedia.__file__).parent)
    assert sorted(listed - wagtails_own() - wagtails_own("djangojs.po") - media) == []
    for name in LANGUAGES:
        with catalogue_path(name).open("rb") as file:
            ours = read_po(file)
        for message in borrowed:
            known = ours.get(first(message), message.context)
            assert known is not None and known.string and all(known.string), (name, message.id)


@pytest.mark.parametrize("tag", [tag for tag in settings.KODEKS_OFFICE_LANGUAGES if tag != "en"])
def test_scripts_of_the_admin_get_their_words(sign_in: SignIn, tag: str) -> None:
    said = sign_in(Role.PUBLISHER, language=tag).get("/admin/jsi18n/").content.decode()
    catalogue = json.loads(re.search(r"newcatalog = (\{.*?\});\n", said, re.DOTALL)[1])  # type: ignore[index]
    wanted = wagtails_own("djangojs.po") - {"%(time_zone_option)s: %(localized_time_zone_label)s"}
    assert {first(message) for message in read(SCRIPTS)} == wanted
    assert sorted(wanted - set(catalogue)) == []
