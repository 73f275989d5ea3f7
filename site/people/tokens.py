"""Secret tokens in addresses: only their hash is kept."""

from __future__ import annotations

import hashlib


def hash_token(token: str) -> str:
    """What is kept of a token, by which it is found again."""
    return hashlib.sha256(token.encode()).hexdigest()
