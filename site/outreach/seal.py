"""A small number that nobody reads: neither in the database, nor in a backup of it.

The counts of a week that is not over may be below five, and a count of one is a person. So a running count is
stored sealed with the secret key. The same count looks different each time.
"""

from __future__ import annotations

import hmac
from secrets import token_bytes

from django.utils.crypto import salted_hmac

NONCE, NUMBER, MARK = 16, 8, 8


class Unreadable(ValueError):
    """Sealed with a key that this site does not have any more."""


def seal(number: int) -> bytes:
    nonce = token_bytes(NONCE)
    hidden = _mask(number.to_bytes(NUMBER), nonce)
    return nonce + hidden + _mark(nonce + hidden)


def unseal(sealed: bytes) -> int:
    nonce, hidden, mark = sealed[:NONCE], sealed[NONCE:-MARK], sealed[-MARK:]
    if not hmac.compare_digest(mark, _mark(nonce + hidden)):
        raise Unreadable
    return int.from_bytes(_mask(hidden, nonce))


def _mask(number: bytes, nonce: bytes) -> bytes:
    pad = salted_hmac("outreach.seal.pad", nonce, algorithm="sha256").digest()
    return bytes(one ^ other for one, other in zip(number, pad, strict=False))


def _mark(sealed: bytes) -> bytes:
    return salted_hmac("outreach.seal.mark", sealed, algorithm="sha256").digest()[:MARK]
