"""Campaigns of a country: each language a page of Wagtail, as readers see it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from django.core.files.images import get_image_dimensions
from wagtail.admin.rich_text.converters.editor_html import EditorHTMLConverter
from wagtail.blocks import RichTextBlock
from wagtail.models import Locale

from backup.errors import BackupError
from files.kinds import kind_of
from handover.tables import CAMPAIGN
from public.models import CampaignPage, HomePage, Picture
from public.office.picture_form import KINDS

Page = dict[str, Any]
FIELDS = ("title", "slug", "seo_title", "search_description", "lead", "situation", "art", "phrases")
PICTURE = ("title", "description", "file")


def pages(country: str) -> Iterator[Page]:
    """Every page, the oldest of a campaign first: the others are its translations."""
    found = CampaignPage.objects.filter(country=country, alias_of=None)
    for page in found.select_related("locale", "picture").order_by("pk"):
        body = page.body.get_prep_value()
        yield {
            "id": page.pk,
            "translation_key": str(page.translation_key),
            "language": page.locale.language_code,
            "live": page.live,
            **{name: getattr(page, name) for name in FIELDS},
            "picture": _picture(page.picture),
            "body": _changed(body, "page", _name_of),
        }


def _picture(picture: Picture | None) -> Page | None:
    return picture and {name: str(getattr(picture, name)) for name in PICTURE}


def _name_of(pk: int) -> str:
    """A page by the key of its campaign, and its language."""
    page = CampaignPage.objects.filter(pk=pk).select_related("locale").first()
    return f"{page.translation_key}/{page.locale.language_code}" if page else ""


def _page_of(name: str) -> int | None:
    key, _slash, language = name.partition("/")
    found = CampaignPage.objects.filter(translation_key=key, locale__language_code=language)
    return found.values_list("pk", flat=True).first() if key else None


def _changed(body: list[Any], kind: str, change: Callable[[Any], Any]) -> list[Any]:
    """The blocks with what they choose of a kind (``page``, ``hotline``) changed."""
    made = []
    for block in json.loads(json.dumps(body)):
        value = block["value"]
        if kind == "hotline" and block["type"] == "hotline" and value.get("hotline"):
            value["hotline"] = change(value["hotline"])
        if kind == "page" and block["type"] == "related":
            chosen = [item | {"value": change(item["value"])} for item in value["pages"]]
            value["pages"] = [item for item in chosen if item["value"]]
        made.append(block)
    return made


def _clean(body: list[Any], pages: Mapping[Any, Any]) -> list[Any]:
    """The blocks with the marks in their text that the editor allows, and links to pages that are here."""

    def link(match: re.Match[str]) -> str:
        number = re.search(r'\bid="(\d+)"', match[0])
        here = pages.get(int(number[1])) if number else None
        return f'<a id="{here}" linktype="page">' if here else "<a>"

    kinds = CampaignPage.body.field.stream_block.child_blocks
    for block in body:
        text = getattr(kinds.get(block["type"]), "child_blocks", {}).get("text")
        if isinstance(text, RichTextBlock):
            marks = EditorHTMLConverter(text.features)
            linked = re.sub(r'<a\b[^>]*linktype="page"[^>]*>', link, str(block["value"]["text"]))
            block["value"]["text"] = marks.to_database_format(marks.from_database_format(linked))
    return body


def pictures(found: list[Page]) -> Iterator[str]:
    """The stored files that pages show."""
    return (page["picture"]["file"] for page in found if page["picture"])


def take_in(
    found: list[Page], country: str, ids: dict[str, dict[Any, Any]], files: Mapping[str, Path]
) -> None:
    """Make the pages below the first page of their language; their new keys go into ``ids``. ``files`` are
    those of the export by name. Raises BackupError where a language has no first page here, where the
    campaign is here already, and for a picture that the export does not bring."""
    for page in found:
        ids[CAMPAIGN][page["id"]] = _make(page, country, files).pk
    for page in found:
        # A campaign names others, of which some come after it.
        made = CampaignPage.objects.get(pk=ids[CAMPAIGN][page["id"]])
        body = _changed(page["body"], "hotline", ids["public.Hotline"].get)
        body = _clean(_changed(body, "page", _page_of), ids[CAMPAIGN])
        made.body = json.dumps(body)  # type: ignore[assignment]
        made.save()
        revision = made.save_revision(clean=False)
        if page["live"]:
            revision.publish()


def _make(page: Page, country: str, files: Mapping[str, Path]) -> CampaignPage:
    here = CampaignPage.objects.filter(translation_key=page["translation_key"])
    locale = Locale.objects.filter(language_code=page["language"]).first()
    if locale is None or here.filter(locale=locale).exists():
        raise BackupError(f"The campaign {page['slug']} ({page['language']}) is here already.")
    home = HomePage.objects.filter(locale=locale).first() or _home(locale)
    if home.get_children().filter(slug=page["slug"]).exists():
        raise BackupError(f"Another campaign has the address {page['slug']} ({page['language']}) here.")
    fields = {name: page[name] for name in FIELDS} | {"translation_key": page["translation_key"]}
    picture = page["picture"] and _stored(page["picture"], files)
    made: CampaignPage = home.add_child(
        instance=CampaignPage(country_id=country, live=False, locale=locale, picture=picture, **fields)
    )
    return made


def _home(locale: Locale) -> HomePage:
    home: HomePage = HomePage.objects.order_by("pk")[0].copy_for_translation(locale)
    return home


def _stored(picture: Page, files: Mapping[str, Path]) -> Picture:
    name = picture["file"]
    if name not in files:
        raise BackupError(f"A campaign names the picture {name}, which is not in the export.")
    with files[name].open("rb") as file:
        if kind_of(file) not in KINDS or not all(get_image_dimensions(file)):
            raise BackupError(f"A campaign names the picture {name}, which is no PNG, JPEG, GIF or WebP.")
    found = Picture.objects.filter(file=name).first()
    if found is None:
        found = Picture(**{one: picture[one] for one in PICTURE}, file_size=files[name].stat().st_size)
        found.save()
    return found
