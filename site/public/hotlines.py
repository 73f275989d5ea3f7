"""Numbers to call, prepared for templates."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from public import addresses
from public.countries import Named, named
from public.languages import native_name
from public.models import Hotline
from public.models.hotlines import LocalizedHotline
from theme.locales import direction, html_lang


@dataclass(frozen=True)
class Spoken:
    """A language that is spoken on the telephone, as it names itself."""

    name: str
    html_lang: str
    direction: str


@dataclass(frozen=True)
class Line:
    """A number with its words for one reader."""

    hotline: Hotline
    country: Named
    text: LocalizedHotline | None
    asked: str

    @property
    def country_url(self) -> str:
        return addresses.path_of("country", self.asked, self.country.code)

    @property
    def text_lang(self) -> str:
        return html_lang(self.text.language) if self.text else ""

    @property
    def text_dir(self) -> str:
        return direction(self.text.language) if self.text else ""

    @property
    def in_another_language(self) -> bool:
        return self.text is not None and self.text.language != self.asked

    @property
    def spoken(self) -> list[Spoken]:
        """The reader's own language first: whether it is spoken is what they look for."""
        own = self.asked.partition("-")[0]
        tags = sorted(self.hotline.languages, key=lambda tag: tag != own)
        return [Spoken(native_name(tag), html_lang(tag), direction(tag)) for tag in tags]


def line(hotline: Hotline, tag: str) -> Line:
    return Line(hotline, named(hotline.country, tag), hotline.localized(tag), tag)


def shown_lines(tag: str, country: str | None = None) -> list[Line]:
    """Every number that is shown, by country; two queries."""
    found: Iterable[Hotline] = Hotline.objects.shown()
    return [line(hotline, tag) for hotline in found if country in (None, hotline.country_id)]
