"""Audio and video of campaigns as something to take along, with transcript and captions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page, ReferenceIndex

from public.languages import native_name
from public.models import CampaignPage
from public.take_along import Item, Offer, Wanted
from recordings.models import Medium

KINDS = (("audio", gettext_lazy("Audio")), ("video", gettext_lazy("Video")))


class MediumSource:
    def offers(self) -> Iterable[Offer]:
        for campaign, medium in _shown():
            label = str(dict(KINDS)[medium.type])
            yield Offer(campaign, medium.language, medium.country_id or "", medium.type, label)

    def items(self, wanted: Wanted) -> Iterable[Item]:
        """A file of one country stands with the others of it; one of the region, with all."""
        for campaign, medium in _shown():
            asked = (
                (wanted.campaign, campaign),
                (wanted.language, medium.language),
                (wanted.kind, medium.type),
            )
            fits = all(not value or value == own for value, own in asked)
            if fits and (not wanted.country or medium.country_id in (None, wanted.country)):
                yield from _items(campaign, medium)


def _shown() -> list[tuple[UUID, Medium]]:
    """What published pages show, each file once for a campaign; three queries."""
    found = ReferenceIndex.objects.filter(
        to_content_type=ContentType.objects.get_for_model(Medium),
        base_content_type=ContentType.objects.get_for_model(Page),
    ).values_list("to_object_id", "object_id")
    pairs = {(int(medium), int(page)) for medium, page in found}
    if not pairs:
        return []
    pages = CampaignPage.published().filter(pk__in={page for _medium, page in pairs})
    keys = dict(pages.values_list("pk", "translation_key"))
    media = (
        Medium.objects.exclude(sha256="")
        .prefetch_related("captions")
        .in_bulk({medium for medium, _page in pairs})
    )
    shown = {(keys[page], media[medium]) for medium, page in pairs if page in keys and medium in media}
    return sorted(shown, key=lambda pair: (pair[1].title, pair[1].pk, str(pair[0])))


def _items(campaign: UUID, medium: Medium) -> Iterator[Item]:
    name = slugify(medium.title) or f"{medium.type}-{medium.pk}"

    def item(label: str, language: str, url: str, ending: str, data: bytes = b"") -> Item:
        return Item(
            campaign=campaign,
            kind=medium.type,
            label=label,
            title=medium.title,
            language=language,
            language_name=native_name(language),
            url=url,
            quiet_url=url,
            file_name=f"{name}-{language}.{ending}",
            stored="" if data else medium.file.name,
            data=data,
            size=len(data) or medium.size,
            ending=ending.upper(),
            measure="" if data else medium.length,
        )

    yield item(str(dict(KINDS)[medium.type]), medium.language, medium.url, medium.file_extension)
    transcript = reverse("transcript", args=[medium.pk])
    yield item(_("Transcript"), medium.language, transcript, "txt", medium.transcript.encode())
    for one in medium.captions.all():
        yield item(_("Captions"), one.language, one.url, "vtt", one.text.encode())
