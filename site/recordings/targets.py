"""Every text that somebody can record, and the recordings that still read it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Model
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from public.languages import native_name
from public.models import CampaignPage, Hotline
from public.models.hotlines import LocalizedHotline
from public.models.lines import Line
from public.voices import TOP, Voice
from recordings.models import Recording
from recordings.script import Script, of_block, spoken
from theme.locales import direction, html_lang

FIRST = "top"
"""How addresses name title and first sentence."""


@dataclass(frozen=True)
class Target:
    """A text as it is shown. ``tag``: its language, with its letters."""

    owner: CampaignPage | Hotline
    part: str
    name: str
    tag: str
    script: Script

    @property
    def title(self) -> str:
        return self.owner.title if isinstance(self.owner, CampaignPage) else str(self.owner)

    @property
    def country_id(self) -> str | None:
        return self.owner.country_id

    @property
    def language_name(self) -> str:
        return native_name(self.tag)

    @property
    def html_lang(self) -> str:
        return html_lang(self.tag)

    @property
    def direction(self) -> str:
        return direction(self.tag)

    @property
    def key(self) -> tuple[str, int, str]:
        """Names it in addresses."""
        is_page = isinstance(self.owner, CampaignPage)
        return ("page" if is_page else "number", self.owner.pk, self.part or FIRST)

    @property
    def url(self) -> str:
        return reverse("kodeks_recording", urlconf=settings.ROOT_URLCONF, args=self.key)

    @property
    def fields(self) -> dict[str, Model | str | None]:
        """The columns of its recordings."""
        page = self.owner if isinstance(self.owner, CampaignPage) else None
        return {
            "page": page,
            "hotline": None if page else self.owner,
            "block": self.part if page else "",
            "language": self.script.language,
        }

    def is_read_by(self, recording: Recording) -> bool:
        return recording.text_sha256 == self.script.sha256


def of_page(page: CampaignPage) -> Iterator[Target]:
    """Title with first sentence, then each block that has something to read."""
    top = Script.of(page.tag, [page.title, page.lead])
    yield Target(page, TOP, _("Title and first sentence"), page.tag, top)
    for child in page.body:
        if child.id and (script := of_block(page.tag, child)):
            name = child.value.get("heading") or capfirst(str(child.block.label))
            yield Target(page, child.id, name, page.tag, script)


def of_text(text: LocalizedHotline) -> Script:
    return Script.of(text.language, [text.name, text.hours, *text.call.splitlines()])


def of_hotline(hotline: Hotline) -> Iterator[Target]:
    """One for each spoken language of its texts."""
    tags = {spoken(text.language): text.language for text in hotline.texts.all()}
    for language, tag in sorted(tags.items()):
        text = hotline.localized(tag)
        if text is not None:
            yield Target(hotline, language, text.name, tag, of_text(text))


def find(kind: str, pk: int, part: str) -> Target | None:
    """The text that an address names, as it is now."""
    found: Iterator[Target] = iter(())
    if kind == "page":
        page = CampaignPage.objects.filter(pk=pk).select_related("locale", "country").first()
        found = of_page(as_to_be_read(page)) if page else found
    elif kind == "number":
        hotline = Hotline.objects.filter(pk=pk).select_related("country").first()
        found = of_hotline(hotline) if hotline else found
    return next((one for one in found if one.part == ("" if part == FIRST else part)), None)


def of_recording(recording: Recording) -> Target | None:
    if recording.page_id:
        return find("page", recording.page_id, recording.block or FIRST)
    return find("number", recording.hotline_id or 0, recording.language)


def as_to_be_read(page: CampaignPage) -> CampaignPage:
    """As the public sees it; a page that was never published, as it was saved last."""
    found: CampaignPage = page if page.live else page.get_latest_revision_as_object()
    return found


def voice(recording: Recording) -> Voice:
    url = reverse("recording", args=[recording.pk])
    return Voice(url, recording.seconds, recording.size, recording.by_machine)


def voices_of_page(page: CampaignPage) -> Mapping[str, Voice]:
    """One query; of a page without recordings no text is hashed."""
    there = {one.block: one for one in Recording.objects.published().filter(page=page.pk)}
    return {
        one.part: voice(there[one.part])
        for one in (of_page(page) if there else ())
        if one.part in there and one.is_read_by(there[one.part])
    }


def voices_of_lines(lines: Sequence[Line]) -> Mapping[int, Voice]:
    shown = {line.hotline.pk: of_text(line.text) for line in lines if line.text}
    found = Recording.objects.published().filter(hotline__in=shown)
    return {
        one.hotline_id: voice(one)
        for one in found
        if one.hotline_id and one.text_sha256 == shown[one.hotline_id].sha256
    }


def is_heard(recording: Recording) -> bool:
    """Whether the public may fetch it: what it reads is published, and still the same."""
    if recording.published is None or recording.ended is not None:
        return False
    if recording.page_id:
        page = CampaignPage.published().filter(pk=recording.page_id).first()
        return page is not None and recording.block in voices_of_page(page)
    hotline = Hotline.objects.shown().filter(pk=recording.hotline_id).first()
    target = (
        next((one for one in of_hotline(hotline) if one.part == recording.language), None)
        if hotline
        else None
    )
    return target is not None and target.is_read_by(recording)
