"""The numbers of a courtesy translation: which one is read, who checked it, where the others are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest

from documents.display.language import content_language, name_of
from documents.editions.language_versions import Shown
from documents.models import Edition, VersionCheck
from theme.localized_names import localized_name


@dataclass(frozen=True, slots=True)
class Number:
    """A number of a translation, and where it is read."""

    number: int
    url: str
    current: bool


@dataclass(frozen=True, slots=True)
class NumberNote:
    """The translation that is read: its number, since when, who checked it, its hash."""

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


def number_note(shown: Shown, language: str, here: Callable[..., str]) -> NumberNote | None:
    """None for an authentic text, and for a translation of which there is only the first number. ``here``:
    the address of the page with another query."""
    read, current = shown.shown(language), shown.current(language)
    numbers = [one for one in shown.versions if one.language == language and not one.unfinished]
    if read is None or read.authentic or (len(numbers) < 2 and not read.later):
        return None
    check = VersionCheck.objects.filter(version=read, agrees=True).select_related("institution").last()
    authentic = [name_of(one.language) for one in shown.versions if one.authentic and not one.unfinished]
    return NumberNote(
        number=read.number,
        newest=current is not None and read.number == current.number,
        finished=read.finished,
        checked_by=localized_name(check.institution) if check else "",
        sha256=read.sha256,
        others=tuple(
            Number(one.number, here(text=language, number=str(one.number)), one.number == read.number)
            for one in numbers
        ),
        authentic=", ".join(dict.fromkeys(authentic)),
    )
