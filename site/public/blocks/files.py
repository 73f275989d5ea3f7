"""Files to take along."""

from __future__ import annotations

from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock

from public.blocks.section import Section

MATERIALS = [
    ("poster", _("poster")),
    ("card", _("card")),
    ("share", _("picture to share")),
    ("audio", _("recording")),
]


class MaterialBlock(blocks.StructBlock):
    kind = blocks.ChoiceBlock(choices=MATERIALS, label=capfirst(_("kind")))
    name = blocks.CharBlock(label=capfirst(_("name")), max_length=120)
    note = blocks.CharBlock(
        label=capfirst(_("length")),
        required=False,
        max_length=60,
        help_text=_("For a recording: how long it is. The size of the file is added automatically."),
    )
    file = DocumentChooserBlock(label=capfirst(_("file")))


class MaterialsBlock(Section):
    """Files to take along. Without any, nothing is drawn, the heading neither."""

    materials = blocks.ListBlock(MaterialBlock(), label=capfirst(_("materials")))

    class Meta:
        icon = "download"
        label = _("Materials")
        template = "public/blocks/materials.html"

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        # A file that was deleted leaves its place in the page empty.
        there = [item for item in value["materials"] if item.get("file")]
        return super().get_context(value, parent_context=parent_context) | {"materials": there}
