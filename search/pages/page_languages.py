"""Languages in which a page reads a query, and the script in which it shows a text."""

from __future__ import annotations

from django.conf import settings

from documents.display import language as display_language
from documents.display import script as display_script
from documents.display.script import Convert


def reading_languages(tag: str) -> tuple[str, ...]:
    """The languages in which words are read on a page in the language ``tag``: its own first, then the
    nearest."""
    near = (language for language, _ in display_language.reading_order(tag))
    return tuple(dict.fromkeys([*near, *settings.MODELTRANSLATION_LANGUAGES]))


def script_of(language: str, tag: str, sample: str) -> tuple[Convert, str]:
    """How a text is shown: Serbian in the script that readers of the page read, else as stored; its tag."""
    script = display_script.choose(language, display_script.wanted_by(tag), sample)
    return script.convert, display_script.tag(language, script.shown)
