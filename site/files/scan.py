"""Scan what people upload, before anything reads it."""

from __future__ import annotations

import logging
from typing import Any, NoReturn, cast

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.forms import ValidationError
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

import audit
import mail
from files.clamav import ScannerAway, scan
from limits.count import within_limit
from people.models import Membership, User
from people.roles import Role

log = logging.getLogger("kodeks.files")


class UploadRefused(ValidationError):
    """Raised by whoever touches a refused file: an error at the field of a form, elsewhere a page."""


class RefusedFile:
    """Stands in the place of a file that nobody may read."""

    def __init__(self, problem: Any) -> None:
        self.problem = problem

    def refuse(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise UploadRefused(self.problem, code="refused")

    name = size = content_type = property(refuse)
    read = open = chunks = seek = multiple_chunks = temporary_file_path = refuse


def checked(request: HttpRequest, file: UploadedFile) -> UploadedFile | RefusedFile:
    """The file, if the scanner finds nothing in it; else what stands in its place."""
    try:
        found = scan(settings.KODEKS_CLAMAV, file)
    except ScannerAway as problem:
        log.error("the virus scanner does not answer: %s", problem)
        return RefusedFile(
            _("Files cannot be checked for viruses at the moment. Nothing was saved. Try again later.")
        )
    if not found:
        return file
    _record(request, found, file.size or 0)
    return RefusedFile(
        _("The virus scanner found “%(name)s” in this file. It was not saved.") % {"name": found}
    )


def _record(request: HttpRequest, found: str, size: int) -> None:
    """The trail has each. The operators get one mail an hour for a person."""
    person = cast(User, request.user)
    with transaction.atomic():
        audit.record("upload", person, person, refused=True, why="virus", virus=found, size=size)
        if not within_limit(request, "virus-mail", 1, 3600):
            return
        for operator in operators():
            mail.send(
                "virus_found",
                to=operator.email,
                language=operator.language,
                context={"name": person.name, "email": person.email, "virus": found, "at": timezone.now()},
            )


def operators() -> list[User]:
    active = Membership.objects.active().filter(role=Role.OPERATOR)
    return list(User.objects.filter(is_active=True, pk__in=active.values("user")).order_by("pk"))
