"""Blocks of text: signs, points, steps, questions, stories."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from public.blocks.section import Section
from public.checks.links import calls_a_number, no_call_links

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


class MessageBlock(Section):
    text = blocks.TextBlock(label=capfirst(_("text")))

    class Meta:
        icon = "comment"
        label = _("Message")
        template = "public/blocks/message.html"


class QuestionBlock(blocks.StructBlock):
    question = blocks.CharBlock(label=capfirst(_("question")), max_length=200)
    answer = blocks.TextBlock(label=capfirst(_("answer")))


class QuestionsBlock(Section):
    questions = blocks.ListBlock(QuestionBlock(), label=capfirst(_("questions")), min_num=1)

    class Meta:
        icon = "help"
        label = _("Questions and answers")
        template = "public/blocks/questions.html"


class BehindBlock(Section):
    text = blocks.TextBlock(label=capfirst(_("text")), required=False)
    organisations = blocks.ListBlock(
        blocks.CharBlock(label=capfirst(_("organisation")), max_length=160),
        label=capfirst(_("organisations")),
    )

    class Meta:
        icon = "group"
        label = _("Who stands behind it")
        template = "public/blocks/behind.html"


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
