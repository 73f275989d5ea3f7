"""Blocks of a campaign with uploaded audio or video."""

from __future__ import annotations

from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtailmedia.blocks import AudioChooserBlock, VideoChooserBlock

from public.blocks.section import Section


class MediumSection(Section):
    """A file that was deleted leaves nothing: no heading either."""

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        medium = value.get("medium")
        return context | {"medium": medium, "captions": list(medium.captions.all()) if medium else []}


class AudioBlock(MediumSection):
    medium = AudioChooserBlock(label=capfirst(_("audio")))

    class Meta:
        icon = "wagtailmedia-audio"
        label = _("Audio")
        template = "recordings/blocks/medium.html"


class VideoBlock(MediumSection):
    medium = VideoChooserBlock(label=capfirst(_("video")))

    class Meta:
        icon = "wagtailmedia-video"
        label = _("Video")
        template = "recordings/blocks/medium.html"
