"""Languages in which a page reads a query, and the script in which it shows a text."""

from __future__ import annotations

from django.conf import settings

from documents.pages import display_language, display_script
from documents.pages.display_script import Convert


def reading_languages(tag: str) -> tuple[str, ...]:
    """The languages in which words are read on a page in the language ``tag``: its own first."""
    own = display_language.content_language(tag)
    others = settings.MODELTRANSLATION_LANGUAGES
    return tuple(dict.fromkeys([own, *others])) if own else tuple(others)


def script_of(language: str, tag: str, sample: str) -> tuple[Convert, str]:
    """How a text is shown: Serbian in the script of a Serbian page, else as stored; and its tag."""
    wanted = display_script.wanted_by(tag) if display_language.content_language(tag) == language else ""
    script = display_script.choose(language, wanted, sample)
    return script.convert, display_script.tag(language, script.shown)
