"""The language and script in which a text is read, and the notice where it is another one."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from documents.choices import Translation
from documents.display import script as display_script
from documents.display.script import Script
from documents.editions.text_storage import language_state
from documents.models import Edition
from documents.translation.scripts import CYRILLIC, LATIN
from theme import locales


@dataclass(frozen=True, slots=True)
class Text:
    """The text to read: its language and script, and the language that was asked for."""

    language: str
    script: Script
    requested: str
    """The content language asked for, by ``?text=`` or by the page; empty for none."""
    parameter: str
    """The ``?text=`` by which other pages show this text too; empty where they do so anyway."""

    @property
    def tag(self) -> str:
        return display_script.tag(self.language, self.script.shown)

    @property
    def html_lang(self) -> str:
        return locales.html_lang(self.tag)

    @property
    def instead(self) -> bool:
        """Whether this text replaces a missing one."""
        return bool(self.requested) and self.requested != self.language

    @property
    def query(self) -> dict[str, str]:
        return {"text": self.parameter} if self.parameter else {}


def content_language(tag: str) -> str:
    """The content language of a tag (``sr-latn`` gives ``sr``); empty where no texts are in it."""
    language = tag.lower().partition("-")[0]
    return language if language in settings.MODELTRANSLATION_LANGUAGES else ""


def reading_order(tag: str) -> list[tuple[str, str]]:
    """The content languages that a reader of ``tag`` understands best first, each with the tag of its script.
    Their own is first, then the nearest (``theme.locales``)."""
    tags = (tag.lower(), *locales.NEAREST.get(tag.lower(), ()))
    return [(language, one) for one in tags if (language := content_language(one))]


def nearest(tag: str, available: Container[str], source: str) -> str:
    """The language in which a reader of ``tag`` gets a text: the nearest there is, else the source's."""
    return next((language for language, _ in reading_order(tag) if language in available), source)


def choose(
    page_tag: str, wanted: str, source: str, available: Sequence[str], sample: Mapping[str, str]
) -> Text:
    """The text for a page in ``page_tag`` with ``?text=wanted``. It is the one wanted, else the one in the
    page's language or the nearest to it, else the source's. ``sample``: by language, enough text to see its
    script."""
    by_page, by_wish = content_language(page_tag), content_language(wanted)

    def found(*wishes: tuple[str, str]) -> tuple[str, str]:
        """The first language of which there is a text, and the script that its tag asks for."""
        for language, tag in wishes:
            if language in available:
                return language, display_script.wanted_by(tag)
        return source, display_script.wanted_by(page_tag)

    by_page_alone = reading_order(page_tag)
    by_itself = found(*by_page_alone)
    # ?text=sr names no script: then the page's own language tells it.
    named = wanted if display_script.wanted_by(wanted) else page_tag
    language, script = found((by_wish, named), *by_page_alone)
    return Text(
        language=language,
        script=display_script.choose(language, script, sample.get(language, "")),
        requested=by_wish or by_page,
        parameter="" if (language, script) == by_itself else display_script.tag(language, script),
    )


def name_of(language: str, script: str = "") -> str:
    """A content language's name in itself: Српски, Srpski, Shqip."""
    if language in display_script.TWO_SCRIPTS:
        return {LATIN: "Srpski", CYRILLIC: "Српски"}.get(script, "Српски")
    return locales.native_name(language)


def fallback_notice(text: Text, source: str, *, awaited: bool = False, unfinished: bool = False) -> str:
    """The sentence for a text that replaces another. That is an authentic one that is ``awaited``, an
    unfinished translation, or a missing one."""
    if awaited:
        sentence = _(
            "The text in this language is not adopted yet: %(missing)s. You are reading the "
            "adopted text: %(shown)s."
        )
    elif unfinished:
        sentence = _(
            "The translation into this language is still being written: %(missing)s. You are "
            "reading: %(shown)s."
        )
    elif text.language == source:
        sentence = _(
            "There is no translation into this language: %(missing)s. You are reading the "
            "original text: %(shown)s."
        )
    else:
        sentence = _(
            "There is no text in this language: %(missing)s. You are reading the translation: %(shown)s."
        )
    return sentence % {"missing": name_of(text.requested), "shown": name_of(text.language, text.script.shown)}


@dataclass(frozen=True, slots=True)
class Version:
    """A line of the language menu."""

    language: str
    name: str
    html_lang: str
    url: str
    """Empty: there is nothing to read in this language."""
    word: str
    icon: str
    css: str
    current: bool


def versions(
    edition: Edition,
    states: Mapping[str, Mapping[Translation, int]],
    authentic: Sequence[str],
    text: Text,
    urls: Mapping[str, str],
    awaited: Sequence[str] = (),
) -> list[Version]:
    """The language menu of an edition: every language of the instrument, with what its text is."""
    rows = []
    for language in edition.instrument.languages:
        state = language_state(dict(states.get(language, {})))
        word, icon, css = _appearance(state, language in authentic)
        if language in awaited:
            word, icon, css = _("not adopted yet"), "clock", "no"
        rows.append(
            Version(
                language=language,
                name=name_of(language, text.script.shown),
                html_lang=locales.html_lang(language),
                url="" if state == Translation.MISSING else urls[language],
                word=word,
                icon=icon,
                css=css,
                current=language == text.language,
            )
        )
    return rows


def _appearance(state: Translation, authentic: bool) -> tuple[str, str, str]:
    if state == Translation.SOURCE:
        return _("original text"), "ok", "ok"
    if state == Translation.MISSING:
        return _("not translated"), "minus", "no"
    if state == Translation.STALE:
        return _("out of date"), "clock", "old"
    if authentic:
        return _("authentic, up to date"), "ok", "ok"
    return _("up to date"), "check", "ok"
