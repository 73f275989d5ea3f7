"""The numbers of each country as one reader sees them."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.utils.translation import gettext_lazy as _

from public import addresses
from public.countries import Named, named
from public.languages import native_name
from public.models.hotlines import Hotline, LocalizedHotline
from theme.helplines import Helpline
from theme.locales import direction, html_lang

EMERGENCY_NAMES = {
    Hotline.Kind.POLICE: _("Police"),
    Hotline.Kind.AMBULANCE: _("Ambulance"),
    Hotline.Kind.EMERGENCY: _("All emergencies"),
}


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
    def emergency_name(self) -> str:
        """What answers at an emergency number; empty for a helpline."""
        return str(EMERGENCY_NAMES.get(Hotline.Kind(self.hotline.kind), ""))

    @property
    def in_another_language(self) -> bool:
        return self.text is not None and self.text.language != self.asked

    @property
    def source_name(self) -> str:
        return urlsplit(self.hotline.source).netloc

    @property
    def spoken(self) -> list[Spoken]:
        """The reader's own language first: whether it is spoken is what they look for."""
        own = self.asked.partition("-")[0]
        tags = sorted(self.hotline.languages, key=lambda tag: tag != own)
        return [Spoken(native_name(tag), html_lang(tag), direction(tag)) for tag in tags]


@dataclass(frozen=True)
class CountryNumbers:
    """Whom to call in a country: helplines; police, ambulance, and the number of all emergencies."""

    country: Named
    lines: list[Line]
    emergency: list[Line]

    @property
    def first(self) -> Line | None:
        """The number of the one button to call."""
        return self.lines[0] if self.lines else None

    @property
    def urgent(self) -> Line | None:
        """Whom to call in danger: the number of all emergencies, else the first that there is."""
        every = (line for line in self.emergency if line.hotline.kind == Hotline.Kind.EMERGENCY)
        return next(every, next(iter(self.emergency), None))


def numbers(tag: str) -> list[CountryNumbers]:
    """Every number that is shown, by country; two queries."""
    found: dict[str, CountryNumbers] = {}
    for hotline in Hotline.objects.shown():
        own = found.setdefault(hotline.country_id, CountryNumbers(named(hotline.country, tag), [], []))
        is_helpline = hotline.kind == Hotline.Kind.HELPLINE
        listed = own.lines if is_helpline else own.emergency
        listed.append(Line(hotline, own.country, hotline.localized(tag), tag))
    return list(found.values())


def shown_lines(tag: str, country: str | None = None) -> list[Line]:
    """The helplines that are shown, by country."""
    return [line for own in numbers(tag) if country in (None, own.country.code) for line in own.lines]


def helplines(tag: str, country: str) -> list[Helpline]:
    """The helplines that are shown, for pages that have no answer; of one country its emergency numbers
    too, for these differ."""
    found = numbers(tag)
    own = [line for one in found if one.country.code == country for line in one.emergency]
    every = [*own, *(line for one in found if country in ("", one.country.code) for line in one.lines)]
    return [
        Helpline(
            country=one.country.name,
            name=one.text.name if one.text else one.emergency_name,
            number=one.hotline.number,
            tel=one.hotline.tel,
            hours=one.text.hours if one.text else "",
            lang=one.text_lang if one.in_another_language else "",
        )
        for one in every
    ]


def help_page(tag: str) -> str:
    """With the host: the office links it too."""
    return addresses.absolute(addresses.path_of("help", tag))
