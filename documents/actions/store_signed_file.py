"""Signed papers of a refused form, stored until it is sent again: HTML does not return a chosen file.

The form names a paper by a token. It is stored under a secret name, for the person who uploaded it, as long
as uploads are.
"""

from __future__ import annotations

import hashlib
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.core import signing
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from documents.actions import check_papers
from people.models import User

FOLDER = "uploads/signed"
SALT = "documents.signed_paper"


@dataclass(frozen=True)
class SignedPaper:
    """A signed paper, a PDF, with its original name."""

    name: str
    data: bytes

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.data).hexdigest()


def store(by: User, paper: SignedPaper) -> str:
    """Puts a paper aside and gives the token by which this person gets it back."""
    path = default_storage.save(f"{FOLDER}/{uuid4().hex}", ContentFile(paper.data))
    check_papers.want(paper.sha256, path)
    return signing.dumps([by.pk, path, paper.name], salt=SALT, compress=True)


def load(by: User, token: str) -> SignedPaper | None:
    """The paper that a token names; None where it is forgotten or the token is another person's."""
    try:
        owner, path, name = signing.loads(token, salt=SALT, max_age=_days())
        if owner != by.pk:
            return None
        with default_storage.open(path, "rb") as stream:
            return SignedPaper(name, stream.read())
    except (signing.BadSignature, OSError):
        return None


def drop(by: User, token: str) -> None:
    """Forgets a stored paper, where another was chosen in its place."""
    with suppress(signing.BadSignature):
        owner, path, _name = signing.loads(token, salt=SALT)
        if owner == by.pk:
            default_storage.delete(path)


def forget_papers() -> int:
    """Forgets papers whose form was never sent again; gives how many."""
    before, forgotten = timezone.now() - _days(), 0
    names: list[Any] = []
    with suppress(FileNotFoundError):  # none was ever kept
        names = default_storage.listdir(FOLDER)[1]
    for name in names:
        with suppress(FileNotFoundError):  # recorded since it was listed
            if default_storage.get_modified_time(f"{FOLDER}/{name}") < before:
                default_storage.delete(f"{FOLDER}/{name}")
                forgotten += 1
    return forgotten


def _days() -> timedelta:
    return timedelta(days=settings.KODEKS_UPLOAD_DAYS)
