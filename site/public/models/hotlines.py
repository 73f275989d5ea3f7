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
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from documents.translation.scripts import to_latin
from people.models import Country
from public.checks.links import is_official
from public.dialling import refuse_abroad
from public.languages import stand_in
from public.models.changes import Change, ChangeQuerySet
from theme.localized_names import localized_name

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

    class Kind(models.TextChoices):
        HELPLINE = "helpline", _("helpline")
        EMERGENCY = "emergency", _("all emergencies")
        POLICE = "police", _("police")
        AMBULANCE = "ambulance", _("ambulance")

    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices, default=Kind.HELPLINE)
    key = models.SlugField(_("key"), max_length=40, unique=True, help_text=_("A short name for editors."))
    country = models.ForeignKey(Country, models.PROTECT, related_name="hotlines", verbose_name=_("country"))
    number = models.CharField(_("number as shown"), max_length=40)
    tel = models.CharField(_("number to dial"), max_length=20, validators=[DIGITS])
    abroad = models.CharField(
        _("number from another country"),
        max_length=20,
        blank=True,
        validators=[DIGITS],
        help_text=_("Leave it empty if callers can dial the number in its own country only."),
    )
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
    source = models.URLField(
        _("source"), blank=True, help_text=_("Page of the service that names this number.")
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    is_shown = models.BooleanField(_("shown on the public site"), default=True)

    objects = HotlineQuerySet.as_manager()

    class Meta:
        ordering = ["country", "position", "key"]
        verbose_name = _("number to call")
        verbose_name_plural = _("numbers to call")

    def __str__(self) -> str:
        """For editors: a short number is the same in several countries."""
        words = self.localized((get_language() or "en").lower())
        named = [capfirst(self.get_kind_display()), words.name if words else "", self.number]
        return f"{localized_name(self.country)}: {', '.join(part for part in named if part)}"

    def clean(self) -> None:
        if self.kind != self.Kind.HELPLINE and self.source and not is_official(self.source):
            raise ValidationError({"source": _("Enter a government's page, or leave this empty.")})
        refuse_abroad(self, ("number", "tel", "abroad", "sms"))

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
