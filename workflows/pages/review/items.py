"""A section on the page of a review, with what the room puts under it."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.utils.safestring import SafeString

from documents.pages.compare.cards import Card
from workflows.pages.review.comment_list import Batch
from workflows.pages.review.comparison_cache import Drawing
from workflows.pages.review.threads import Thread


@dataclass
class Item:
    """A card with what the room puts under it."""

    card: Card
    read: bool
    hash: str
    drawing: Drawing
    threads: list[Thread] = field(default_factory=list)
    batch: Batch | None = None
    """How many comments its section has, where the page does not hold all of them."""

    @property
    def before(self) -> SafeString:
        """The HTML of the card, as far as the place of what stands under it."""
        return self.drawing.html(self.card, bool(self.threads or self.batch))[0]

    @property
    def after(self) -> SafeString:
        return self.drawing.html(self.card, bool(self.threads or self.batch))[1]

    @property
    def uid(self) -> str:
        return self.card.uid

    @property
    def foot(self) -> str:
        """The template that draws what stands under the card; none under the mark of a move."""
        return "" if self.card.role == "stub" else "workflows/parts/card_foot.html"
