"""Secret tokens in addresses: only their hash is stored."""

from __future__ import annotations

import hashlib


def hash_token(token: str) -> str:
    """The stored hash of a token, by which it is found again."""
    return hashlib.sha256(token.encode()).hexdigest()
