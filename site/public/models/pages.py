"""Pages of the public site, translated as Wagtail translates pages: each language is a page, published on its
own."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from people.models import Country
from public import addresses
from public.blocks import BODY
from public.models.hotlines import Hotline
from public.models.pictures import Picture

RESERVED = frozenset({"help", "library", "privacy", "files", "pictures", "search", "admin", "static"})
"""Second parts of public addresses that are no campaign's."""


class PublicPage(Page):
    """A page whose address is one of the public host's, wherever it is asked for."""

    class Meta:
        abstract = True

    @property
    def tag(self) -> str:
        """The language of the page as it stands in its address."""
        return self.locale.language_code

    @property
    def public_path(self) -> str:
        raise NotImplementedError

    def get_url_parts(self, request: HttpRequest | None = None) -> tuple[int, str, str] | None:
        parts = self._get_relevant_site_root_paths(request)
        return (parts[0].site_id, settings.PUBLIC_BASE_URL, self.public_path) if parts else None

    def get_url(self, request: HttpRequest | None = None, current_site: Any = None) -> str | None:
        """Always with the host: the admin shows these addresses on another one."""
        return self.get_full_url(request)

    url = property(get_url)


class HomePage(PublicPage):
    """The first page of one language: what the site is for. Campaigns and numbers are listed below by
    themselves."""

    lead = models.TextField(_("one sentence"), max_length=400, blank=True)

    content_panels = [*Page.content_panels, FieldPanel("lead")]
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["public.CampaignPage"]
    template = "public/home.html"

    class Meta:
        verbose_name = _("first page")
        verbose_name_plural = _("first pages")

    @property
    def public_path(self) -> str:
        return addresses.path_of("home", self.tag)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from public.home import context

        return super().get_context(request, *args, **kwargs) | context(self.tag, self)


class CampaignForm(WagtailAdminPageForm):
    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean()
        blocks = data.get("body") or ()
        has_number = any(block.block_type == "hotline" and block.value["hotline"] for block in blocks)
        if "action-publish" in self.data and not has_number:
            self.add_error(None, _("Add a number to call before you publish this campaign."))
        return data


class CampaignPage(PublicPage):
    """A campaign in one language."""

    class Art(models.TextChoices):
        NONE = "", _("none")
        DOOR = "door", _("an open door")

    lead = models.TextField(
        _("one sentence"), max_length=400, help_text=_("What the page says to someone in a hurry.")
    )
    art = models.CharField(_("drawing"), max_length=20, choices=Art.choices, blank=True, default=Art.NONE)
    picture = models.ForeignKey(
        Picture,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("picture instead of the drawing"),
        help_text=_("Never a photograph of a person whom it could put in danger."),
    )
    country = models.ForeignKey(
        Country,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("country"),
        help_text=_("Empty: the whole region."),
    )
    body = StreamField(BODY, verbose_name=_("content"), blank=True)

    base_form_class = CampaignForm
    content_panels = [
        *Page.content_panels,
        MultiFieldPanel(
            [FieldPanel("lead"), FieldPanel("art"), FieldPanel("picture"), FieldPanel("country")],
            heading=_("Top of the page"),
        ),
        FieldPanel("body"),
    ]
    parent_page_types = ["public.HomePage"]
    subpage_types: list[str] = []
    template = "public/campaign.html"

    class Meta:
        verbose_name = _("campaign")
        verbose_name_plural = _("campaigns")

    @property
    def public_path(self) -> str:
        return addresses.path_of("campaign", self.tag, self.slug or "-")

    def clean(self) -> None:
        super().clean()
        if self.slug in RESERVED:
            raise ValidationError({"slug": _("This address is taken by another page of the site.")})

    @property
    def hotline(self) -> Hotline | None:
        """The number that the page asks to call: that of its first block with one."""
        found = (block.value["hotline"] for block in self.body if block.block_type == "hotline")
        return next((line for line in found if line is not None and line.is_shown), None)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from public.campaigns import context

        return super().get_context(request, *args, **kwargs) | context(self, request)
