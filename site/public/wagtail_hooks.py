"""What Wagtail's admin offers for the public site."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from public import files
from public.languages import native_name
from public.models import Hotline

SPOKEN_ON_THE_TELEPHONE = [
    "sq", "sr", "bs", "hr", "cnr", "mk", "en", "tr", "rom", "ar", "fa", "prs", "ps", "ur", "ku", "ckb", "bn",
    "hi", "ne", "so", "ti", "am", "fr", "es", "de", "it", "el", "ru", "uk", "ro", "bg",
]  # fmt: skip


class HotlineForm(WagtailAdminModelForm):
    languages = forms.MultipleChoiceField(
        label=_("Languages spoken"),
        choices=[(tag, native_name(tag)) for tag in SPOKEN_ON_THE_TELEPHONE],
        widget=forms.CheckboxSelectMultiple,
    )


class HotlineViewSet(SnippetViewSet):
    model = Hotline
    icon = "mobile-alt"
    menu_label = _("Numbers to call")
    menu_order = 250
    add_to_admin_menu = True
    copy_view_enabled = False
    list_display = ["__str__", "country", "checked", "is_shown"]
    list_filter = ["country", "is_shown"]
    search_fields = ["key", "number"]
    panels = [
        MultiFieldPanel(
            [
                FieldPanel("key"),
                FieldPanel("country"),
                FieldPanel("number"),
                FieldPanel("tel"),
                FieldPanel("sms"),
                FieldPanel("chat"),
            ],
            heading=_("Number"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("languages"),
                FieldPanel("free"),
                FieldPanel("anonymous"),
                FieldPanel("checked"),
                FieldPanel("position"),
                FieldPanel("is_shown"),
            ],
            heading=_("What a caller needs to know"),
        ),
        InlinePanel("texts", heading=_("Text by language"), label=_("Text in one language"), min_num=1),
    ]

    @property
    def breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Wagtail's are asked for when the site starts, and "Home" is English then."""
        first, *others = super().breadcrumbs_items
        return [{**first, "label": _("Home")}, *others]


Hotline.base_form_class = HotlineForm
register_snippet(HotlineViewSet)


@hooks.register("before_serve_document")
def only_what_is_published(document: Any, request: HttpRequest) -> None:
    files.before_document(document, request)
