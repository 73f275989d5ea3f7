"""What is said of the numbers of a courtesy translation: which one is read, who checked it, where the others
are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.http import HttpRequest

from documents.models import Edition, LanguageVersion, VersionCheck
from documents.pages.display_language import content_language, name_of
from theme.localized_names import localized_name

if TYPE_CHECKING:
    from documents.pages.edition.page import EditionPage


@dataclass(frozen=True, slots=True)
class Number:
    """A number of a translation, and where it is read."""

    number: int
    url: str
    current: bool


@dataclass(frozen=True, slots=True)
class NumberNote:
    """Of the translation that is read: its number, since when it is read, which institution checked it, its
    hash."""

    number: int
    newest: bool
    finished: datetime | None
    checked_by: str
    sha256: str
    others: tuple[Number, ...]
    authentic: str


def wanted_number(request: HttpRequest, edition: Edition) -> dict[str, int]:
    """The number that ``?text=en&number=1`` asks for."""
    text, number = request.GET.get("text", "")[:12], request.GET.get("number", "")
    language = content_language(text)
    if not language or not number.isdecimal() or len(number) > 4:
        return {}
    return {language: int(number)}


def number_note(page: EditionPage) -> NumberNote | None:
    """None for an authentic text, and for a translation of which there is only the first number."""
    language = page.text.language
    read = page.shown.shown(language)
    numbers = [one for one in page.shown.versions if one.language == language and not one.unfinished]
    if read is None or read.authentic or (len(numbers) < 2 and not read.later):
        return None
    check = VersionCheck.objects.filter(version=read, agrees=True).select_related("institution").last()
    current = page.shown.current(language)
    names = [name_of(one.language) for one in page.shown.versions if one.authentic and not one.unfinished]
    return NumberNote(
        number=read.number,
        newest=current is not None and read.number == current.number,
        finished=read.finished,
        checked_by=localized_name(check.institution) if check else "",
        sha256=read.sha256,
        others=tuple(_number(page, one, read) for one in numbers),
        authentic=", ".join(dict.fromkeys(names)),
    )


def _number(page: EditionPage, one: LanguageVersion, read: LanguageVersion) -> Number:
    query = {"text": one.language, "number": str(one.number)}
    return Number(one.number, page.here(**query), one.number == read.number)
