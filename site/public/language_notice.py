"""The notice on a page that is shown in another language than the one asked for."""

from __future__ import annotations

from dataclasses import dataclass

from public.languages import native_name, not_translated
from theme.locales import direction, html_lang


@dataclass(frozen=True)
class Notice:
    """A sentence in the language that was asked for, and the language that is shown instead."""

    words: str
    asked: str
    shown: str

    @property
    def html_lang(self) -> str:
        return html_lang(self.asked)

    @property
    def direction(self) -> str:
        return direction(self.asked)

    @property
    def shown_name(self) -> str:
        return native_name(self.shown)

    @property
    def shown_html_lang(self) -> str:
        return html_lang(self.shown)

    @property
    def shown_direction(self) -> str:
        return direction(self.shown)


def notice(asked: str, shown: str) -> Notice | None:
    """None where the page is in the language that was asked for."""
    return None if asked == shown else Notice(not_translated(asked), asked, shown)
