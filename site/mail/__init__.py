"""Mails: written in the transaction of their event, sent after it by a background task, and stored.

``mail.send(...)`` renders ``mail/<template>.txt`` (its first line is the subject) in the reader's language.
"""

from __future__ import annotations

from typing import Any

__all__ = ["can_be_mailed", "send"]


def __getattr__(name: str) -> Any:
    # Models can't be imported while Django is still loading its apps, and this package is one of them.
    if name in __all__:
        from mail import delivery

        return getattr(delivery, name)
    raise AttributeError(name)
