"""A second language next to the reader's, section by section."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from documents.display import language as display_language
from documents.pages.compare.cards import cards
from workflows.pages.review.baseline import Baseline
from workflows.pages.review.comparison import Compared, compare_review
from workflows.pages.review.visit import Links, Visit


class SecondLanguage:
    """The part of a review's page that shows a second language next to the first one."""

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
        """The languages that can be shown next to the reader's."""
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
        """Where the second language is commented on; the first one is next to it then."""
        if self.compared is None:
            return ""
        query = {"text": self.compared.text.tag, "beside": self.baseline.compared.text.tag}
        return f"{reverse('review:comment', args=[self.review.pk])}?{urlencode(query)}"


def name_of(compared: Compared) -> str:
    return display_language.name_of(compared.text.language, compared.text.script.shown)


def second_sections(
    first: Compared, second: Compared, uids: frozenset[str], now: str
) -> Mapping[str, dict[str, Any]]:
    """The sections ``uids`` in the second language, as documents/parts/change_card.html shows them next to
    the first. One without a translation says so."""
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
    names = {
        "own_name": name_of(first),
        "own_tag": first.text.html_lang,
        "name": name_of(second),
        "tag": second.text.tag,
        "lang": second.text.html_lang,
    }
    return {
        uid: names
        | {name: getattr(found.get(uid), name, "") for name in ("direction", "heading", "body")}
        | {"stale": uid in second.stale_uids, "missing": uid not in found}
        for uid in uids
    }
