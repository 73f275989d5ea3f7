"""Pages of the public site; each language is a page of its own, as Wagtail translates pages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page

from documents.text import plain_text
from people.models import Country
from public import addresses, voices
from public.blocks import BODY
from public.checks.links import calls_a_number, no_call_links
from public.countries import named
from public.fields import BodyField
from public.languages import PUBLIC, native_name, notice, stand_in
from public.models.campaign_form import CampaignForm
from public.models.confirmed_versions import versions_proposed
from public.models.here import Here
from public.models.hotlines import Hotline
from public.models.pictures import Picture
from public.models.public_page import RESERVED, Link, PublicPage, language_link
from public.models.translated_page import TranslatedPage
from public.publishing import may_edit_home, may_publish
from public.translation_panel import TranslationsPanel
from theme.locales import direction, html_lang


class HomePage(PublicPage):
    """The first page of one language. Situations, campaigns and numbers are listed below by themselves."""

    lead = models.TextField(_("one sentence"), max_length=400, blank=True)
    about = RichTextField(
        _("who runs this site"),
        blank=True,
        features=["bold", "link", "ul"],
        help_text=_(
            "Organisation, address, who is responsible, and how to write to you. Shown on its own page."
        ),
    )

    content_panels = [*Page.content_panels, FieldPanel("lead"), FieldPanel("about")]
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["public.CampaignPage"]
    template = "public/home.html"

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    @property
    def public_path(self) -> str:
        return addresses.path_of("home", self.tag)

    def may_change(self, user: Any) -> bool:
        return may_edit_home(user)

    def clean(self) -> None:
        super().clean()
        if calls_a_number(self.about):
            raise ValidationError({"about": no_call_links()})

    @classmethod
    def published(cls) -> QuerySet[HomePage]:
        """Those that everybody may see."""
        return cls.objects.live().public().select_related("locale")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return super().get_context(request, *args, **kwargs) | home_context(request, self.tag, self)


def home_context(request: HttpRequest, tag: str, page: HomePage | None) -> dict[str, Any]:
    """The first page of a language. ``page``: as somebody wrote it, where there is one."""
    shown, here = CampaignPage.in_language(tag), Here.of(request, tag)
    doors = sorted(
        (one for one in shown if one.situation and one.tag == tag),
        key=lambda one: Situation.values.index(one.situation),
    )
    return {
        "home": page,
        "here": here,
        "doors": doors,
        "campaigns": sorted(
            (one for one in shown if one.tag == tag and not one.situation),
            key=lambda one: here.is_elsewhere(one.country_id),
        ),
        "elsewhere": [one.link_from(tag) for one in shown if one.tag != tag],
        "tongues": [language_link(one, tag, "home") for one in PUBLIC],
    }


class Situation(models.TextChoices):
    """What somebody who looks for help would say; the first page lists them in this order."""

    OFFER = "offer", _("check this offer")
    WORK = "work", _("somebody offers me work abroad")
    PAPERS = "papers", _("they hold my papers")
    HARM = "harm", _("somebody hurts me or forces me")
    MOVE = "move", _("I am on the move")
    CHILD = "child", _("I am worried about a child")
    ONLINE = "online", _("somebody follows me online")
    OTHER = "other", _("I worry about somebody else")
    PRACTICE = "practice", _("I work with people at risk")


class CampaignPage(TranslatedPage):
    """A campaign in one language."""

    class Art(models.TextChoices):
        NONE = "", _("none")
        DOOR = "door", _("an open door")

    situation = models.CharField(
        _("situation"),
        max_length=12,
        choices=Situation.choices,
        blank=True,
        default="",
        help_text=_("The first page lists it under this situation. Leave it empty for a campaign."),
    )
    lead = models.TextField(
        _("one sentence"), max_length=400, help_text=_("The main message for a reader in a hurry.")
    )
    art = models.CharField(_("drawing"), max_length=20, choices=Art.choices, blank=True, default=Art.NONE)
    picture = models.ForeignKey(
        Picture,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("picture instead of the drawing"),
        help_text=_("Never use a photograph that could put a person in danger."),
    )
    country = models.ForeignKey(
        Country,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("country"),
        help_text=_("Your country. Only its publishers can change the campaign."),
    )
    phrases = models.TextField(
        _("what people say"),
        blank=True,
        default="",
        db_default="",
        help_text=_(
            "What somebody who needs this page would type, one phrase a line. Only the search reads it."
        ),
    )
    body = BodyField(BODY, verbose_name=_("content"), blank=True)

    base_form_class = CampaignForm
    content_panels = [
        *Page.content_panels,
        HelpPanel(
            _(
                "Choose Check and publish when the page is ready. "
                "It goes live when a second person confirms it. "
                "Choose Preview to see it as a reader does."
            )
        ),
        MultiFieldPanel(
            [FieldPanel(name) for name in ("lead", "situation", "art", "picture", "country")],
            heading=_("Top of the page"),
        ),
        FieldPanel("body"),
        FieldPanel("phrases"),
        TranslationsPanel(heading=_("Translations")),
    ]
    parent_page_types = ["public.HomePage"]
    subpage_types: list[str] = []
    template = "public/campaign.html"
    exclude_fields_in_copy = ["phrases"]

    class Meta:
        verbose_name = _("campaign")
        verbose_name_plural = _("campaigns")

    @property
    def public_path(self) -> str:
        return addresses.path_of("campaign", self.tag, self.slug or "-")

    def may_change(self, user: Any) -> bool:
        """By the country that is stored: a form may have put another one into this instance."""
        stored = CampaignPage.objects.filter(pk=self.pk).values_list("country", flat=True).first()
        return may_publish(user, stored if self.pk else self.country_id)

    def clean(self) -> None:
        super().clean()
        self.clean_lines()
        for name in ("title", "lead"):
            if not getattr(self, name):
                raise ValidationError({name: self._meta.get_field(name).error_messages["blank"]})
        if self.slug in RESERVED:
            raise ValidationError({"slug": _("Another page already uses this address.")})

    def clean_lines(self) -> None:
        """Without control characters, which no feed can have, and without signs that turn the direction of
        what stands around them."""
        for name in ("title", "lead", "seo_title", "search_description"):
            setattr(self, name, plain_text(getattr(self, name)))

    def save_revision(self, *args: Any, overwrite_revision: Any = None, **kwargs: Any) -> Any:
        """The editor's own saving goes on in a new version where the last one is live or was sent to a second
        person: what they see stays as it was."""
        over = overwrite_revision
        if over is not None and over.pk == self.latest_revision_id:
            proposed = versions_proposed(self).filter(values__revision=over.pk)
            bound = over.pk == self.live_revision_id or proposed.exists()
            over = None if bound else over
        return super().save_revision(*args, overwrite_revision=over, **kwargs)

    @property
    def drawing(self) -> str:
        """The template of its drawing; empty where there is none."""
        return self.art or self.situation

    @property
    def has_check(self) -> bool:
        """Whether the page has questions, which need their script."""
        return any(block.block_type == "check" for block in self.body)

    @property
    def hotline(self) -> Hotline | None:
        """The number that the page asks to call: the first of its blocks, never one of another country."""
        found = (block.value["hotline"] for block in self.body if block.block_type == "hotline")
        shown = (one for one in found if one is not None and one.is_shown)
        return next((one for one in shown if self.country_id in (None, one.country_id)), None)

    @property
    def where(self) -> str:
        """The country of its readers; empty for a campaign of the whole region."""
        return named(self.country, self.tag).name if self.country else ""

    @classmethod
    def published(cls) -> QuerySet[CampaignPage]:
        """Campaigns that everybody may see; one below an unpublished first page is unpublished too."""
        below = Q()
        for path in HomePage.published().values_list("path", flat=True):
            below |= Q(path__startswith=path)
        every = cls.objects.live().public().select_related("locale", "country", "picture")
        return every.filter(below) if below else every.none()

    @classmethod
    def in_language(cls, tag: str) -> list[CampaignPage]:
        """Each campaign once: in this language; after these, in the one that stands in for it."""
        return sorted(cls._nearest(tag, cls.published()), key=lambda page: page.tag != tag)

    @classmethod
    def links_from(cls, tag: str, keys: Sequence[UUID]) -> list[Link]:
        """Links on a page in a language to the campaigns of these ``translation_key``, as far as they are
        published."""
        found = cls._nearest(tag, cls.published().filter(translation_key__in=keys))
        return [
            page.link_from(tag) for page in sorted(found, key=lambda page: keys.index(page.translation_key))
        ]

    @classmethod
    def _nearest(cls, tag: str, pages: QuerySet[CampaignPage]) -> list[CampaignPage]:
        by_key: dict[Any, dict[str, CampaignPage]] = {}
        for campaign in pages.order_by("path"):
            by_key.setdefault(campaign.translation_key, {})[campaign.tag] = campaign
        return [languages[stand_in(tag, languages) or ""] for languages in by_key.values()]

    def published_translations(self) -> list[tuple[str, str]]:
        """The published languages of a campaign, itself among them: tag and slug, by tag."""
        found = CampaignPage.published().filter(translation_key=self.translation_key)
        return sorted(found.values_list("locale__language_code", "slug"))

    def link_from(self, tag: str) -> Link:
        """A link on a page in another language: the address has that language, the text keeps its own."""
        path = addresses.path_of("campaign", tag, self.slug)
        return Link(self.title, path, html_lang(self.tag), direction(self.tag), native_name(self.tag))

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """``request.asked``: the language of the address; a preview has none. The number is that of the
        chosen country, else the page's own."""
        wanted, tag = getattr(request, "asked", self.tag), self.tag
        here = Here.of(request, wanted, self.hotline)
        home = HomePage.objects.filter(locale=self.locale_id).live().first()
        return super().get_context(request, *args, **kwargs) | {
            "wanted": wanted,
            "text_lang": html_lang(tag),
            "text_dir": direction(tag),
            "site_name": home.title if home else "",
            "notice": notice(wanted, tag),
            "unreviewed": self.is_unreviewed,
            "here": here,
            "line": here.call,
            "voices": voices.of_page(self),
            "tongues": [
                language_link(one, wanted, "campaign", slug) for one, slug in self.published_translations()
            ],
        }
