"""The page of a review: what is asked, by when, who answered, what changed, and the answer."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from documents.access.authorship import places_of
from documents.display import language as display_language
from documents.pages.compare.cards import Card, cards
from theme import locales
from theme.locales import native_name
from workflows.choices import ReviewState
from workflows.models import Review
from workflows.pages import languages_behind
from workflows.pages.languages_behind import Behind
from workflows.pages.review.baseline import Baseline
from workflows.pages.review.changes import Changes
from workflows.pages.review.comment_list import Batch
from workflows.pages.review.comparison import Compared
from workflows.pages.review.comparison_cache import Drawing
from workflows.pages.review.discussion import Discussion
from workflows.pages.review.progress import Progress
from workflows.pages.review.reader import Reader
from workflows.pages.review.second_language import SecondLanguage, second_sections
from workflows.pages.review.threads import Thread, name_of
from workflows.pages.review.visit import Links, Visit
from workflows.texts import title_for


class RoomPage:
    """A review as one request sees it; each part queries once, and only if it is shown."""

    def __init__(self, request: HttpRequest, review: Review, at: str = "") -> None:
        """``at``: the number of a comment that the page must hold."""
        self.visit = visit = Visit(request, review, at)
        self.review, self.edition = visit.review, visit.edition
        self.links = Links(visit)
        self.progress = Progress(visit)
        self.reader = Reader(visit, self.links, self.progress)
        self.baseline = Baseline(visit, self.links, self.progress, self.reader)
        self.second = SecondLanguage(visit, self.links, self.baseline)
        self.discussion = Discussion(visit, self.links, self.progress, self.reader, self.baseline)

    @property
    def compared(self) -> Compared:
        """The text that the page shows."""
        return self.baseline.compared

    # the text

    @cached_property
    def title(self) -> str:
        return title_for(self.edition, self.visit.tag)

    @property
    def source_lang(self) -> str:
        """The language of the original, for the browser."""
        return locales.html_lang(self.edition.instrument.source_language)

    @cached_property
    def instead(self) -> str:
        text = self.compared.text
        return (
            display_language.fallback_notice(text, self.edition.instrument.source_language)
            if text.instead
            else ""
        )

    @property
    def courtesy(self) -> bool:
        """Whether the text that is shown is a translation of which nothing is signed."""
        return (
            bool(self.reader.signed_languages)
            and self.compared.text.language not in self.reader.signed_languages
        )

    @cached_property
    def changes(self) -> Changes:
        """What changed for the reader, and how much of it they have read."""
        visit = self.visit
        return Changes(visit.user, self.review, self.compared, visit.tag, visit.against, self.baseline.since)

    @cached_property
    def behind(self) -> list[dict[str, str]]:
        """What changed in the original and is not translated yet, with links to it."""
        original = self.changes.original
        if original is None:
            return []
        there = self.links.link(text=original.text.language, view="", beside="")
        return [
            {
                "name": original.convert(f"{change.new.text.label} {change.new.text.heading}".strip()),
                "url": f"{there}#s-{change.uid}",
            }
            for change in self.changes.behind
            if change.new
        ]

    @cached_property
    def languages_behind(self) -> list[Behind]:
        """What the reader signs although it is older than the original."""
        return languages_behind.behind(self.edition) if self.reader.signs else []

    @cached_property
    def reason_of_submission(self) -> str:
        return languages_behind.reason_of_submission(self.review)

    @property
    def unread(self) -> frozenset[str]:
        return self.changes.unread

    @cached_property
    def own_passages(self) -> list[dict[str, str]]:
        """Where the reader's own words are in the text: section, other language, link."""
        found = []
        shown = self.compared.text.language
        for uid, language in places_of(self.visit.user.actor, self.edition):
            name = self.compared.convert(name_of(self.compared.tree, uid)) if uid else _("the title")
            if name:
                there = self.links.link(view="whole", text=language, beside="")
                other = native_name(language) if language != shown else ""
                found.append({"name": name, "other": other, "url": f"{there}#s-{uid}" if uid else ""})
        return found

    @cached_property
    def items(self) -> list[Item]:
        only = None
        if self.visit.view == "since":
            only = self.unread
        elif self.visit.view in ("comments", "earlier"):
            only = frozenset(self.discussion.loaded.batches or self.discussion.viewed)
        return self.items_of(only, whole=self.visit.view not in ("changed", "since"))

    def items_of(self, only: frozenset[str] | None, *, whole: bool) -> list[Item]:
        compared = self.compared

        def draw() -> list[Card]:
            return cards(
                compared.comparison,
                compared.text.tag,
                unchanged=whole,
                old_name=compared.base_name,
                new_name=_("Now"),
                image_url=compared.image_url(),
                only=only,
                fold=self.second.compared is None,
            )

        if self.second.compared is not None:
            drawn = draw()
            shown = frozenset(card.uid for card in drawn if card.role != "stub")
            drawing = Drawing(drawn, second_sections(compared, self.second.compared, shown, _("Now")))
        elif only is None:
            key = (
                self.visit.tag,
                compared.text.tag,
                str(self.edition.pk),
                compared.base_name,
                str(whole),
            )
            drawing = compared.texts.drawing(key, draw)
        else:
            drawing = Drawing(draw())  # of this reader alone
        return [
            Item(
                card,
                read=card.role == "change" and card.uid not in self.unread,
                hash=compared.hash_of(card.change),
                drawing=drawing,
                threads=[] if card.role == "stub" else self.discussion.viewed.get(card.uid, []),
                batch=None if card.role == "stub" else self.discussion.loaded.batches.get(card.uid),
            )
            for card in drawing.cards
        ]

    @cached_property
    def elsewhere(self) -> list[Thread]:
        """Threads on sections that this view does not show."""
        shown = {item.uid for item in self.items}
        return [
            thread for uid, group in self.discussion.viewed.items() if uid not in shown for thread in group
        ]

    @cached_property
    def batches_elsewhere(self) -> list[tuple[str, Batch]]:
        """The sections that this view does not show, by name, with their comments."""
        shown = {item.uid for item in self.items}
        return [
            (
                self.compared.convert(name_of(self.compared.tree, uid)) or _("a removed section"),
                batch,
            )
            for uid, batch in self.discussion.loaded.batches.items()
            if uid not in shown
        ]

    @property
    def next_round(self) -> Review | None:
        return self.reader.rounds.next_seen

    @property
    def of_then(self) -> bool:
        """Whether the text is shown as it was when the round ended, and may be another by now."""
        ended = self.review.state not in (ReviewState.RUNNING, ReviewState.DONE)
        return ended and not self.compared.not_stored and self.compared.answer_shown is None

    # what to choose from

    @property
    def language_links(self) -> list[dict[str, Any]]:
        text = self.compared.text
        by_itself = display_language.content_language(self.visit.tag)
        return [
            {
                "name": display_language.name_of(language, text.script.shown),
                "lang": language,
                "url": self.links.link(text="" if language == by_itself else language),
                "current": language == text.language,
            }
            for language in self.edition.instrument.languages
        ]

    @property
    def views(self) -> list[dict[str, Any]]:
        return [
            {
                "url": self.links.link(view="") + "#changes",
                "words": _("Changed (%(n)d)") % {"n": self.changes.count},
                "current": self.visit.view == "changed",
            },
            {
                "url": self.links.link(view="since") + "#changes",
                "words": _("Unread (%(n)d)") % {"n": len(self.unread)}
                if not (self.baseline.since.answers or self.baseline.since.round)
                else _("Since I last read it (%(n)d)") % {"n": len(self.unread)},
                "current": self.visit.view == "since",
            },
            *self.discussion.comment_views(),
        ]

    @property
    def read_label(self) -> str:
        if not self.changes.count:
            return _("Read the text")
        return ngettext("Read %(n)d changed section", "Read %(n)d changed sections", self.changes.count) % {
            "n": self.changes.count
        }


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
        """The HTML of the card, as far as the place of what is under it."""
        return self.drawing.html(self.card, bool(self.threads or self.batch))[0]

    @property
    def after(self) -> SafeString:
        return self.drawing.html(self.card, bool(self.threads or self.batch))[1]

    @property
    def uid(self) -> str:
        return self.card.uid

    @property
    def foot(self) -> str:
        """The template that draws what is under the card; none under the mark of a move."""
        return "" if self.card.role == "stub" else "workflows/parts/card_foot.html"
