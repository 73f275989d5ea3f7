"""A Word file that waits for a yes: kept aside until its person says that it may take the place of the text that is there.

One for each person and draft; the next one, the yes and the no take it away.
"""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from documents.actions.replacing import Replacement
from documents.models import Edition
from people.requests import OfficeRequest

NAMED = 40
"""How many of the sections that would go are named."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """The file, and what it would do."""

    language: str
    name: str
    data: bytes
    kept: int
    changed: int
    added: int
    removed: int
    names: list[str]
    expected: str


def keep(
    request: OfficeRequest, edition: Edition, language: str, name: str, data: bytes, would: Replacement
) -> None:
    """Puts the file aside."""
    drop(request, edition)
    default_storage.save(_path(request, edition), ContentFile(data))
    request.session[_key(edition)] = asdict(would) | {
        "removed": len(would.removed),
        "names": list(would.removed[:NAMED]),
        "language": language,
        "name": name[:200],
        "sha256": hashlib.sha256(data).hexdigest(),
    }


def find(request: OfficeRequest, edition: Edition) -> Waiting | None:
    """The file that waits, if it is still the one that the session knows."""
    known = request.session.get(_key(edition))
    path = _path(request, edition)
    if not known or not default_storage.exists(path):
        return None
    with default_storage.open(path, "rb") as stream:
        data = stream.read()
    fields = {key: value for key, value in known.items() if key != "sha256"}
    return Waiting(data=data, **fields) if hashlib.sha256(data).hexdigest() == known["sha256"] else None


def drop(request: OfficeRequest, edition: Edition) -> None:
    """Takes the file away."""
    request.session.pop(_key(edition), None)
    path = _path(request, edition)
    if default_storage.exists(path):
        default_storage.delete(path)


def _path(request: OfficeRequest, edition: Edition) -> str:
    return f"waiting/{edition.pk}-{request.user.pk}.docx"


def _key(edition: Edition) -> str:
    return f"desk-waiting-{edition.pk}"
