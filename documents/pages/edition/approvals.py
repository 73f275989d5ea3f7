"""Which institutions agreed to an edition in its review. The reviews register themselves."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from django.http import HttpRequest

from documents.models import Edition

Agreed = Callable[[Sequence[Edition]], Mapping[int, Sequence[str]]]

_functions: list[Agreed] = []


def register(agreed: Agreed) -> Agreed:
    """Registers a function that gives, by an edition's key, the institutions that agreed."""
    if agreed not in _functions:
        _functions.append(agreed)
    return agreed


def agreed(request: HttpRequest, editions: Sequence[Edition]) -> dict[int, list[str]]:
    """The names by edition; of adopted editions only, and none on the public host."""
    found: dict[int, list[str]] = {}
    adopted = [edition for edition in editions if edition.adopted]
    if request.public or not adopted:
        return found
    for ask in _functions:
        for pk, names in ask(adopted).items():
            found.setdefault(pk, []).extend(names)
    return found
