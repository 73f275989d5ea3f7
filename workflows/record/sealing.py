"""The key with which approval records are sealed, where the operator set one."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings

if TYPE_CHECKING:
    from pyhanko.sign.signers import SimpleSigner

log = logging.getLogger("kodeks.seal")
SOON = timedelta(days=60)


def usable_key() -> SimpleSigner | None:
    """The key; None where none is set, or it can't be used: then records have no seal, and say so."""
    if not settings.KODEKS_SEAL_KEY:
        return None
    from documents.signatures.seal import NoSeal, load_key, valid_until

    try:
        key = load_key(settings.KODEKS_SEAL_KEY, settings.KODEKS_SEAL_PASSWORD_FILE)
    except NoSeal as problem:
        log.error("%s", problem)
        return None
    if valid_until(key) < datetime.now(UTC):
        log.error("the certificate of the seal has expired")
        return None
    return key


def holder() -> str:
    """Whose seal records have; empty without one."""
    from documents.signatures.seal import holder_of

    key = usable_key()
    return holder_of(key) if key else ""


def sealed(data: bytes) -> bytes:
    """A record's PDF, sealed where a key can be used."""
    from documents.signatures.seal import seal

    key = usable_key()
    return seal(data, key, "Approval record", settings.KODEKS_SEAL_STAMPS) if key else data


def problems() -> Iterator[tuple[str, bool]]:
    """What is wrong with the key, for ``kodeks check``; and whether it is only soon."""
    if not settings.KODEKS_SEAL_KEY:
        return
    from documents.signatures.seal import NoSeal, load_key, valid_until

    try:
        until = valid_until(load_key(settings.KODEKS_SEAL_KEY, settings.KODEKS_SEAL_PASSWORD_FILE))
    except NoSeal as problem:
        yield f"Approval records are not sealed. {problem}. Check KODEKS_SEAL_KEY.", False
        return
    if until < datetime.now(UTC):
        yield f"The certificate expired on {until:%Y-%m-%d}: records are not sealed. Get a new one.", False
    elif until < datetime.now(UTC) + SOON:
        yield f"The certificate expires on {until:%Y-%m-%d}. Get a new one.", True
