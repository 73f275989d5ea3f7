"""The blocks that a campaign is built of. Each is drawn by the template of its name in ``public/blocks/``."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.functional import cached_property, lazy
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.snippets.blocks import SnippetChooserBlock
from wagtail.snippets.widgets import AdminSnippetChooser

from public.campaign_rules import calls_a_number, no_call_links
from public.check_block import CheckBlock
from public.section_block import Section

SIGNS = [
    ("passport", _("a passport")),
    ("debt", _("money owed")),
    ("door", _("a door")),
    ("threat", _("a threat")),
    ("rest", _("the moon: no rest")),
    ("phone", _("a telephone")),
    ("heart", _("a heart")),
    ("eye", _("an eye")),
    ("warn", _("a warning")),
]
MATERIALS = [
    ("poster", _("poster")),
    ("card", _("card")),
    ("share", _("picture to share")),
    ("audio", _("recording")),
]


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


class SignBlock(blocks.StructBlock):
    picture = blocks.ChoiceBlock(choices=SIGNS, label=capfirst(_("picture")))
    text = blocks.CharBlock(label=capfirst(_("sign")), max_length=160)


class SignsBlock(Section):
    """Signs to tick. What is ticked stays on the page: there is no form and nothing is sent."""

    signs = blocks.ListBlock(SignBlock(), label=capfirst(_("signs")), min_num=1)
    closing = blocks.CharBlock(label=capfirst(_("closing line")), required=False, max_length=160)

    class Meta:
        icon = "tick-inverse"
        label = _("Signs")
        template = "public/blocks/signs.html"


class PointsBlock(Section):
    points = blocks.ListBlock(
        blocks.TextBlock(label=capfirst(_("point"))), label=capfirst(_("points")), min_num=1
    )

    class Meta:
        icon = "list-ul"
        template = "public/blocks/points.html"


class StepBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=capfirst(_("title")), max_length=160)
    text = blocks.TextBlock(label=capfirst(_("text")), required=False)


class CallBlock(Section):
    steps = blocks.ListBlock(StepBlock(), label=capfirst(_("steps")), min_num=1)

    class Meta:
        icon = "comment"
        label = _("What happens when you call")
        template = "public/blocks/call.html"


class StoryBlock(Section):
    warning = blocks.CharBlock(
        label=capfirst(_("content warning")), max_length=240, help_text=_("Shown before the story opens.")
    )
    summary = blocks.CharBlock(label=capfirst(_("text that opens the story")), max_length=120)
    text = blocks.TextBlock(
        label=capfirst(_("story")), help_text=_("Leave an empty line to start a new paragraph.")
    )

    class Meta:
        icon = "openquote"
        label = _("Story")
        template = "public/blocks/story.html"


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


class NumbersBlock(Section):
    """Whom to call in the country that the reader has chosen, or in all of them."""

    class Meta:
        icon = "globe"
        label = _("Numbers of all countries")
        template = "public/blocks/numbers.html"


class TextBlock(Section):
    text = blocks.RichTextBlock(label=capfirst(_("text")), features=["bold", "italic", "ol", "ul", "link"])

    def clean(self, value: Any) -> Any:
        """Numbers need a second person, and a link that calls one would have none."""
        cleaned = super().clean(value)
        if cleaned["text"] and calls_a_number(cleaned["text"].source):
            raise blocks.StructBlockValidationError({"text": ValidationError(no_call_links())})
        return cleaned

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        template = "public/blocks/text.html"


BODY = [
    ("hotline", HotlineBlock()),
    ("numbers", NumbersBlock()),
    ("now", PointsBlock(label=_("What to do now"), icon="list-ol", template="public/blocks/now.html")),
    ("check", CheckBlock()),
    ("signs", SignsBlock()),
    ("prepare", PointsBlock(label=_("Before you leave"))),
    ("call", CallBlock()),
    ("rights", PointsBlock(label=_("Rights"), icon="list-ol")),
    ("story", StoryBlock()),
    ("materials", MaterialsBlock()),
    ("text", TextBlock()),
]
