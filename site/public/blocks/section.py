"""What every block of a campaign has."""

from __future__ import annotations

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail import blocks


class Section(blocks.StructBlock):
    """A block with a heading."""

    heading = blocks.CharBlock(label=capfirst(_("heading")), max_length=160)
