"""Numbers to call.

A number is one row, whatever the languages of the page: were it translated like a page, each of sixteen
copies would have its own digits, and a changed number would stay wrong in some of them. Only its words are
kept by language.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from documents.translation.scripts import to_latin
from people.models import Country
from public import addresses
from public.countries import Named, named
from public.languages import native_name, stand_in
from public.models.changes import Change, ChangeQuerySet
from theme.helplines import Helpline
from theme.locales import direction, html_lang

DIGITS = RegexValidator(r"^\+?[0-9]{3,15}$", _("Digits only, with a + in front if needed."))


def content_languages() -> list[tuple[str, str]]:
    """The languages in which words can be kept."""
    return list(settings.LANGUAGES)


@dataclass(frozen=True)
class LocalizedHotline:
    """The words of a number in the language that was found for a reader."""

    language: str
    name: str
    hours: str
    call: str


class HotlineQuerySet(models.QuerySet["Hotline"]):
    def shown(self) -> HotlineQuerySet:
        """What the public site may show, with its words."""
        return self.filter(is_shown=True).select_related("country").prefetch_related("texts")


class Hotline(ClusterableModel):
    """A number that answers, with what a caller must know before calling."""

    key = models.SlugField(_("key"), max_length=40, unique=True, help_text=_("A short name for editors."))
    country = models.ForeignKey(Country, models.PROTECT, related_name="hotlines", verbose_name=_("country"))
    number = models.CharField(_("number as shown"), max_length=40)
    tel = models.CharField(_("number to dial"), max_length=20, validators=[DIGITS])
    sms = models.CharField(_("number for text messages"), max_length=20, blank=True, validators=[DIGITS])
    chat = models.URLField(_("chat address"), blank=True)
    free = models.BooleanField(_("free of charge"), default=True)
    anonymous = models.BooleanField(_("no name required"), default=True)
    languages = models.JSONField(
        _("languages spoken"), default=list, help_text=_("Put the country's own languages first.")
    )
    checked = models.DateField(
        _("last checked"), help_text=_("Date of the last call made to check the number.")
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    is_shown = models.BooleanField(_("shown on the public site"), default=True)

    objects = HotlineQuerySet.as_manager()

    class Meta:
        ordering = ["country", "position", "key"]
        verbose_name = _("number to call")
        verbose_name_plural = _("numbers to call")

    def __str__(self) -> str:
        return f"{self.country_id.upper()} {self.number}"

    def localized(self, tag: str) -> LocalizedHotline | None:
        """The words for a reader, in their language or the one that stands in; None where there are none."""
        texts = {text.language: text for text in self.texts.all()}
        found = stand_in(tag, texts)
        if found is None:
            return None
        text = texts[found]
        if tag == "sr-latn" and found == "sr-cyrl":
            return LocalizedHotline(tag, *(to_latin(part) for part in (text.name, text.hours, text.call)))
        return LocalizedHotline(found, text.name, text.hours, text.call)


class HotlineText(models.Model):
    """The words of a number in one language."""

    hotline = ParentalKey(Hotline, on_delete=models.CASCADE, related_name="texts")
    language = models.CharField(_("language"), max_length=10, choices=content_languages)
    name = models.CharField(_("name"), max_length=120)
    hours = models.CharField(_("hours"), max_length=250)
    call = models.TextField(_("what happens when you call"))

    class Meta:
        ordering = ["id"]
        verbose_name = _("text in one language")
        verbose_name_plural = _("text by language")
        constraints = [models.UniqueConstraint(fields=["hotline", "language"], name="hotline_text_once")]

    def __str__(self) -> str:
        return f"{self.language}: {self.name}"

    def clean(self) -> None:
        if not self.call.strip():
            raise ValidationError({"call": _("Describe what happens when somebody calls.")})


class HotlineChange(Change):
    """A new or changed number as somebody wants it (``values``, as public.actions.change_hotline reads
    them). It is shown once somebody else has confirmed it."""

    hotline = models.ForeignKey(Hotline, models.CASCADE, related_name="changes")

    objects = ChangeQuerySet.as_manager()

    class Meta:
        ordering = ["-at"]
        constraints = [
            models.UniqueConstraint(
                fields=["hotline"], condition=models.Q(decided=None), name="hotline_one_change_waits"
            )
        ]

    def __str__(self) -> str:
        return f"{self.hotline_id} {self.at:%Y-%m-%d}"


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
    return [
        line(hotline, tag) for hotline in Hotline.objects.shown() if country in (None, hotline.country_id)
    ]


def helplines(tag: str, country: str) -> list[Helpline]:
    """The numbers that are shown, for pages that have no answer."""
    return [
        Helpline(
            country=one.country.name,
            name=one.text.name if one.text else "",
            number=one.hotline.number,
            tel=one.hotline.tel,
            hours=one.text.hours if one.text else "",
            lang=one.text_lang if one.in_another_language else "",
        )
        for one in shown_lines(tag, country or None)
    ]
