"""Where the next page begins, as a word that means nothing to anybody else and fits one query only."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.core import signing
from django.http import QueryDict
from django.utils.crypto import salted_hmac

_SALT: Final = "kodeks.search.cursor"
_LONGEST: Final = 500


class BadCursor(ValueError):
    """It was not given for this query."""


def cursor_of(page: int, query: QueryDict) -> str:
    return signing.dumps({"p": page, "q": _print(query)}, salt=_SALT, compress=True)


def page_of(cursor: str, query: QueryDict) -> int:
    """The page that a cursor names; the first without one. Raises BadCursor."""
    if not cursor:
        return 1
    try:
        said: Mapping[str, Any] = signing.loads(cursor[:_LONGEST], salt=_SALT)
    except signing.BadSignature as error:
        raise BadCursor from error
    if said["q"] != _print(query):
        raise BadCursor
    return int(said["p"])


def _print(query: QueryDict) -> str:
    named = sorted((name, value) for name, values in query.lists() for value in values)
    return salted_hmac(
        _SALT, repr([pair for pair in named if pair[0] not in ("cursor", "page")])
    ).hexdigest()[:16]
