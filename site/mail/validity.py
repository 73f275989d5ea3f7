"""Whether a mail that waited may still go as it was written.

A mail server can be away for days, and a digest waits for the morning. Until it is sent the person may have
left, or the document may be closed to them. Then nothing is sent, or a mail without names.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from mail.models import Message
from people.models import User


class Validity(StrEnum):
    AS_WRITTEN = "as_written"
    WITHOUT_NAMES = "naming_nothing"
    """The person is to know that something waits, and not of what document."""
    NOT_AT_ALL = "not_at_all"


Check = Callable[[Message, User], Validity]
_checks: dict[str, Check] = {}


def register(kind: str, ask: Check) -> None:
    """``ask`` gives the validity of mails about objects of that kind ("edition", the part before the colon in
    ``Message.about``)."""
    _checks[kind] = ask


def check_validity(message: Message) -> Validity:
    """The present validity of an unsent mail. A digest is sent while one of its parts may be. It names
    nothing where one of them may no longer be named."""
    user = User.objects.filter(email__iexact=message.to).first()
    if user is not None and not user.is_active:
        return Validity.NOT_AT_ALL
    found = {_one(one, user) for one in message.parts.all() or [message]}
    return found.pop() if len(found) == 1 else Validity.WITHOUT_NAMES


def _one(message: Message, user: User | None) -> Validity:
    ask = _checks.get(message.about.partition(":")[0])
    if ask is None:
        return Validity.AS_WRITTEN
    # What is asked of people goes to their address alone, and that is nobody's any more.
    return Validity.NOT_AT_ALL if user is None else ask(message, user)


def without_names(message: Message) -> tuple[str, str]:
    """Subject and text in place of those that a mail had, in its language."""
    with translation.override(message.language):
        rendered = render_to_string("mail/without_names.txt", {"office": settings.OFFICE_BASE_URL}).strip()
    subject, _, text = rendered.partition("\n")
    return subject.strip(), text.strip()
