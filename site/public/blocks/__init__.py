"""The blocks that a campaign is built of. Each is drawn by the template of its name in ``public/blocks/``.

Another app adds one when it is ready::

    public.blocks.register("audio", AudioBlock())
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import Block, StreamBlock

from public.blocks.check import CheckBlock
from public.blocks.content import (
    BehindBlock,
    CallBlock,
    MessageBlock,
    PointsBlock,
    QuestionsBlock,
    SignsBlock,
    StoryBlock,
    TextBlock,
)
from public.blocks.files import MaterialsBlock
from public.blocks.numbers import HotlineBlock, NumbersBlock
from public.blocks.related import RelatedBlock

BODY = StreamBlock(
    [
        ("message", MessageBlock()),
        ("hotline", HotlineBlock()),
        ("numbers", NumbersBlock()),
        ("now", PointsBlock(label=_("What to do now"), icon="list-ol", template="public/blocks/now.html")),
        ("check", CheckBlock()),
        ("signs", SignsBlock()),
        ("questions", QuestionsBlock()),
        ("prepare", PointsBlock(label=_("Before you leave"))),
        ("bring", PointsBlock(label=_("Bring with you"))),
        ("call", CallBlock()),
        ("rights", PointsBlock(label=_("Rights"), icon="list-ol")),
        ("story", StoryBlock()),
        ("materials", MaterialsBlock()),
        ("text", TextBlock()),
        ("behind", BehindBlock()),
        ("related", RelatedBlock()),
    ]
)


def register(name: str, block: Block) -> None:
    """Adds a kind of block; ``public.fields`` keeps it out of migrations."""
    block.set_name(name)
    BODY.child_blocks[name] = block
