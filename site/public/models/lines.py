"""The numbers of each country as one reader sees them."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from django.utils.translation import gettext_lazy as _

from public import addresses
from public.checks.links import is_official
from public.countries import Named, named
from public.interpreter import ToSay, sentences, spoken_like
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
        """The government's page that names an emergency number; empty where none does."""
        return urlsplit(self.hotline.source).netloc if is_official(self.hotline.source) else ""

    @property
    def spoken(self) -> list[Spoken]:
        """The reader's own language first: whether it is spoken is what they look for."""
        own = self.asked.partition("-")[0]
        tags = sorted(self.hotline.languages, key=lambda tag: tag != own)
        return [Spoken(native_name(tag), html_lang(tag), direction(tag)) for tag in tags]


@dataclass(frozen=True)
class CountryNumbers:
    """Whom to call in a country: helplines; police, ambulance, and the number of all emergencies. ``to_say``:
    what a reader says in languages of the country where no helpline speaks theirs."""

    country: Named
    lines: list[Line]
    emergency: list[Line]
    to_say: list[ToSay] = field(default_factory=list)

    @property
    def first(self) -> Line | None:
        """The number of the one button to call."""
        return self.lines[0] if self.lines else None

    @property
    def urgent(self) -> Line | None:
        """Whom to call in danger: the number of all emergencies, else the first that there is."""
        every = (line for line in self.emergency if line.hotline.kind == Hotline.Kind.EMERGENCY)
        return next(every, next(iter(self.emergency), None))

    @property
    def sourced(self) -> list[Line]:
        """The emergency numbers that a government's page names."""
        return [line for line in self.emergency if line.source_name]


def speaks(hotline: Hotline, tag: str) -> bool:
    """Whether somebody who answers speaks the language of a reader. The four standards of one language count
    as one."""
    return spoken_like(tag) in map(spoken_like, hotline.languages)


def numbers(tag: str) -> list[CountryNumbers]:
    """Every number that is shown, by country, first those that speak the language; two queries."""
    found: dict[str, CountryNumbers] = {}
    for hotline in Hotline.objects.shown():
        own = found.setdefault(hotline.country_id, CountryNumbers(named(hotline.country, tag), [], []))
        is_helpline = hotline.kind == Hotline.Kind.HELPLINE
        listed = own.lines if is_helpline else own.emergency
        listed.append(Line(hotline, own.country, hotline.localized(tag), tag))
    for own in found.values():
        own.lines.sort(key=lambda line: not speaks(line.hotline, tag))
        if own.lines and not speaks(own.lines[0].hotline, tag):
            own.to_say.extend(sentences(tag, own.lines[0].hotline.country.languages))
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
