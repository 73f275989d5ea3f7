"""Blocks with numbers to call, which are chosen and never typed."""

from __future__ import annotations

from typing import Any

from django.utils.functional import cached_property, lazy
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.snippets.blocks import SnippetChooserBlock
from wagtail.snippets.widgets import AdminSnippetChooser

from public.blocks.section import Section


class NumberChooser(AdminSnippetChooser):
    """Wagtail builds the button labels at import, in English; these are translated when shown."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        name = self.model._meta.verbose_name
        self.choose_one_text = _later("Choose %(object)s", name)
        self.choose_another_text = _later("Choose another %(object)s", name)
        self.link_to_chosen_text = _later("Edit this %(object)s", name)


def _say(message: str, name: Any) -> str:
    return gettext(message) % {"object": name}


_later = lazy(_say, str)


class NumberChooserBlock(SnippetChooserBlock):
    @cached_property
    def widget(self) -> NumberChooser:
        if not self.has_explicit_icon:
            self.set_meta_options({"icon": self.target_model.snippet_viewset.icon})
        return NumberChooser(model=self.target_model, icon=self.meta.icon)

    def deconstruct(self) -> Any:
        """As Wagtail's own: migrations have no part in what its buttons say."""
        _path, given, named = super().deconstruct()
        return "wagtail.snippets.blocks.SnippetChooserBlock", given, named


class HotlineBlock(Section):
    hotline = NumberChooserBlock("public.Hotline", label=capfirst(_("number to call")))
    note = blocks.TextBlock(
        label=capfirst(_("note")),
        required=False,
        help_text=_("For example, what a call leaves on the phone."),
    )

    class Meta:
        icon = "mobile-alt"
        label = _("Number to call")
        template = "public/blocks/hotline.html"


class NumbersBlock(Section):
    """Whom to call in the country that the reader has chosen, or in all of them."""

    class Meta:
        icon = "globe"
        label = _("Numbers of all countries")
        template = "public/blocks/numbers.html"
