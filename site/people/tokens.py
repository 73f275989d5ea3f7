"""Secret tokens in addresses, of which only the hash is stored; secrets that are stored encrypted."""

from __future__ import annotations

import hashlib
from base64 import urlsafe_b64encode

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.utils.crypto import salted_hmac


def hash_token(token: str) -> str:
    """The stored hash of a token, by which it is found again."""
    return hashlib.sha256(token.encode()).hexdigest()


def encrypt(text: str) -> str:
    """A secret as it is stored. Whoever has a copy of the database alone can't read it."""
    return _keys().encrypt(text.encode()).decode()


def decrypt(stored: str) -> str:
    """Counterpart of :func:`encrypt`. Raises InvalidToken where SECRET_KEY and its fallbacks have changed."""
    return _keys().decrypt(stored.encode()).decode()


def _keys() -> MultiFernet:
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = (salted_hmac("people.factors", "", secret=one, algorithm="sha256").digest() for one in secrets)
    return MultiFernet([Fernet(urlsafe_b64encode(digest)) for digest in digests])
