"""A second language beside the one that is read, section by section."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.safestring import SafeString

from documents.pages import display_language
from documents.pages.compare.cards import cards
from workflows.pages.review.baseline import Baseline
from workflows.pages.review.comparison import Compared, compare_review
from workflows.pages.review.visit import Links, Visit


@dataclass(frozen=True)
class SecondSection:
    """A section in the second language; ``body`` is empty where it is not translated. ``own_name`` and
    ``own_tag`` are the language that it stands beside."""

    own_name: str
    own_tag: str
    name: str
    tag: str
    lang: str
    direction: str
    heading: SafeString
    body: SafeString
    stale: bool
    missing: bool


class SecondLanguage:
    """The part of the page of a review that puts a second language beside the first one."""

    def __init__(self, visit: Visit, links: Links, baseline: Baseline) -> None:
        self.visit = visit
        self.review, self.edition = visit.review, visit.edition
        self.links = links
        self.baseline = baseline

    @cached_property
    def compared(self) -> Compared | None:
        """The text in the second language that the reader has asked for, if there is such a text."""
        wanted = self.visit.request.GET.get("beside", "")[:12]
        own = self.baseline.compared.text.language
        if display_language.content_language(wanted) not in {*self.edition.instrument.languages} - {own}:
            return None
        found = compare_review(self.review, self.visit.tag, wanted, self.visit.against, self.baseline.since)
        return None if found.text.language == own else found

    @property
    def language_links(self) -> list[dict[str, Any]]:
        """The languages that can be put beside the one that is read."""
        text = self.baseline.compared.text
        shown = self.compared.text.language if self.compared else ""
        return [
            {
                "name": display_language.name_of(language, text.script.shown),
                "lang": language,
                "url": self.links.link(beside=language) + "#changes",
                "current": language == shown,
            }
            for language in self.edition.instrument.languages
            if language != text.language
        ]

    @cached_property
    def comment_url_of_second(self) -> str:
        """Where the second language is commented on; the first one stands beside it then."""
        if self.compared is None:
            return ""
        query = {"text": self.compared.text.tag, "beside": self.baseline.compared.text.tag}
        return f"{reverse('review:comment', args=[self.review.pk])}?{urlencode(query)}"


def name_of(compared: Compared) -> str:
    return display_language.name_of(compared.text.language, compared.text.script.shown)


def second_sections(
    first: Compared, second: Compared, uids: frozenset[str], now: str
) -> Mapping[str, SecondSection]:
    """The sections ``uids`` in the language of ``second``; one that has no translation says so."""
    drawn = cards(
        second.comparison,
        second.text.tag,
        unchanged=True,
        old_name=second.base_name,
        new_name=now,
        image_url=second.image_url(),
        only=uids,
    )
    found = {card.uid: card for card in drawn if card.role != "stub"}
    names = name_of(first), first.text.html_lang, name_of(second), second.text.html_lang
    created = {}
    for uid in uids:
        card = found.get(uid)
        created[uid] = SecondSection(
            own_name=names[0],
            own_tag=names[1],
            name=names[2],
            tag=second.text.tag,
            lang=names[3],
            direction=card.direction if card else "",
            heading=card.heading if card else SafeString(),
            body=card.body if card else SafeString(),
            stale=uid in second.stale_uids,
            missing=card is None,
        )
    return created
