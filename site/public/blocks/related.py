"""Other campaigns, drawn in the reader's language."""

from __future__ import annotations

from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from public.blocks.section import Section


class RelatedBlock(Section):
    pages = blocks.ListBlock(
        blocks.PageChooserBlock("public.CampaignPage", label=capfirst(_("campaign"))),
        label=capfirst(_("campaigns")),
        min_num=1,
        help_text=_("In any language: readers get each campaign in their own or the nearest one."),
    )

    class Meta:
        icon = "link"
        label = _("Related campaigns")
        template = "public/blocks/related.html"

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """Links to what is published, in the language of the address or the one that stands in."""
        context = super().get_context(value, parent_context=parent_context)
        chosen = [page for page in value["pages"] if page]
        if not chosen:
            return context | {"links": []}
        tag = (parent_context or {}).get("wanted") or chosen[0].tag
        return context | {"links": type(chosen[0]).links_from(tag, [one.translation_key for one in chosen])}
