"""What is new, as Atom: published editions and campaigns, each language with feeds of its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final
from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import gettext as _

from documents.choices import Topic
from documents.display.language import content_language
from documents.text import plain_line, plain_text
from metadata.doors import door
from metadata.records import Record, edition_path, page_tags, public_records
from people.models import Country
from public import addresses
from public.models import CampaignPage
from theme.locales import html_lang
from theme.localized_names import localized_name

NEWEST: Final = 50
SINCE: Final = "2026"
"""The year in ids of the form ``tag:``: since then a host may give them (RFC 4151)."""
CONTENT_TYPE: Final = "application/atom+xml; charset=utf-8"


@dataclass(frozen=True)
class Item:
    """``languages``: the same in other languages, tag and address."""

    key: str
    title: str
    path: str
    summary: str
    published: datetime
    updated: datetime
    author: str
    categories: Sequence[str] = ()
    languages: Sequence[tuple[str, str]] = ()


class Atom(Atom1Feed):
    """With the addresses of other languages, and the licence at the feed.

    Other languages are ``related``: of several ``alternate`` links many readers open the last one.
    """

    def add_item_elements(self, handler: Any, item: Any) -> None:
        super().add_item_elements(handler, item)
        for tag, path in item["languages"]:
            link = {"rel": "related", "hreflang": html_lang(tag), "href": addresses.absolute(path)}
            handler.addQuickElement("link", "", link)


@door
def everything(request: HttpRequest) -> HttpResponse:
    tag = request.LANGUAGE_CODE
    return _answer(request, _("What is new on this site"), [*_documents(tag), *_campaigns(tag)])


@door
def documents(request: HttpRequest) -> HttpResponse:
    """Published editions with a text in the language of the page."""
    return _answer(request, _("Documents"), _documents(_with_texts(request)))


@door
def of_country(request: HttpRequest, country: str) -> HttpResponse:
    tag, found = _with_texts(request), Country.objects.filter(pk=country).first()
    if found is None:
        raise Http404
    return _answer(request, f"{_('Documents')}: {localized_name(found)}", _documents(tag, country))


@door
def campaigns(request: HttpRequest) -> HttpResponse:
    return _answer(request, _("Campaigns"), _campaigns(request.LANGUAGE_CODE))


def _with_texts(request: HttpRequest) -> str:
    """The language of the page; 404 where no document can be in it."""
    tag: str = request.LANGUAGE_CODE
    if not content_language(tag):
        raise Http404
    return tag


def tag_uri(path: str) -> str:
    """An id that stays, whatever addresses become."""
    return f"tag:{urlsplit(settings.PUBLIC_BASE_URL).hostname},{SINCE}:{path}"


def _answer(request: HttpRequest, title: str, items: Iterable[Item]) -> HttpResponse:
    tag = request.LANGUAGE_CODE
    newest = sorted(items, key=lambda item: (item.updated, item.key), reverse=True)[:NEWEST]
    publisher = settings.KODEKS_DATA_PUBLISHER
    atom = Atom(
        title=f"{title} – {publisher}",
        link=addresses.absolute(addresses.path_of("home", tag)),
        description="",
        language=html_lang(tag),
        feed_url=addresses.absolute(request.path),
        feed_guid=tag_uri(request.path),
        author_name=publisher,
        feed_copyright=f"{settings.KODEKS_DATA_LICENCE} {settings.KODEKS_DATA_LICENCE_URL}",
    )
    for item in newest:
        atom.add_item(
            title=plain_line(item.title),
            link=addresses.absolute(item.path),
            # The generator says of it that it is HTML.
            description=escape(plain_text(item.summary)),
            unique_id=tag_uri(item.key),
            pubdate=item.published,
            updateddate=item.updated,
            author_name=plain_line(item.author),
            categories=item.categories,
            languages=item.languages,
        )
    if not newest:
        # Without one the generator takes the moment of the request, and the feed would never be the same.
        atom.latest_post_date = lambda: datetime(int(SINCE), 1, 1, tzinfo=UTC)  # type: ignore[method-assign]
    return HttpResponse(atom.writeString("utf-8"), content_type=CONTENT_TYPE)


def _documents(tag: str, country: str = "") -> Iterator[Item]:
    by_edition: dict[int, list[Record]] = {}
    for record in public_records():
        by_edition.setdefault(record.edition.pk, []).append(record)
    language = content_language(tag)
    for records in by_edition.values():
        found = {one.language: one for one in records}
        if language not in found:
            continue
        record = found[language]
        edition, instrument = record.edition, record.edition.instrument
        if country not in ("", instrument.country_id):
            continue
        others = [one for one in page_tags(found) if one != tag]
        yield Item(
            key=f"edition/{record.key}",
            title=record.title_as(tag),
            path=edition_path(edition, tag),
            summary=" · ".join(
                [
                    localized_name(instrument.country),
                    str(instrument.get_kind_display()),
                    _("Edition %(number)s") % {"number": edition.number},
                    str(edition.get_state_display()),
                    localized_name(instrument.country.footnote),
                ]
            ).removesuffix(" · "),
            published=record.published,
            updated=record.changed,
            author=localized_name(instrument.owner),
            categories=[str(Topic(topic).label) for topic in instrument.topics],
            languages=[(one, edition_path(edition, one)) for one in others],
        )


def _campaigns(tag: str) -> Iterator[Item]:
    pages = list(CampaignPage.published())
    for page in pages:
        if page.tag != tag or page.first_published_at is None:
            continue
        same = [one for one in pages if one.translation_key == page.translation_key and one.tag != tag]
        yield Item(
            key=f"campaign/{page.translation_key}/{tag}",
            title=page.title,
            path=page.public_path,
            summary=page.lead,
            published=page.first_published_at,
            updated=page.last_published_at or page.first_published_at,
            author=settings.KODEKS_DATA_PUBLISHER,
            languages=[(one.tag, one.public_path) for one in sorted(same, key=lambda one: one.tag)],
        )


def feed_addresses(tag: str) -> list[tuple[str, str]]:
    """Name and path of each feed of a language, for the page that lists them."""
    found = [
        (_("What is new on this site"), reverse("metadata:feed")),
        (_("Campaigns"), reverse("metadata:campaigns_feed")),
    ]
    if not content_language(tag):
        return found
    codes = {record.edition.instrument.country_id for record in public_records()}
    found.append((_("Documents"), reverse("metadata:documents_feed")))
    return found + [
        (f"{_('Documents')}: {localized_name(one)}", reverse("metadata:country_feed", args=[one.pk]))
        for one in Country.objects.filter(pk__in=codes)
    ]
