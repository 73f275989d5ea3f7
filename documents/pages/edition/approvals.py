"""Which institutions agreed to an edition in its review, as the room that runs reviews knows it; it registers
itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from django.http import HttpRequest

from documents.models import Edition

Agreed = Callable[[Sequence[Edition]], Mapping[int, Sequence[str]]]

_asked: list[Agreed] = []


def register(agreed: Agreed) -> Agreed:
    """Registers a function that gives, by an edition's key, the names of the institutions that agreed to its
    text."""
    if agreed not in _asked:
        _asked.append(agreed)
    return agreed


def agreed(request: HttpRequest, editions: Sequence[Edition]) -> dict[int, list[str]]:
    """The names by edition; of adopted editions only, and nothing on the public host: the act is what the
    public is told."""
    found: dict[int, list[str]] = {}
    adopted = [edition for edition in editions if edition.adopted]
    if request.public or not adopted:
        return found
    for ask in _asked:
        for pk, names in ask(adopted).items():
            found.setdefault(pk, []).extend(names)
    return found
