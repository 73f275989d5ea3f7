"""The trail of who did what to what, and what was refused.

``audit.record(...)`` writes in the transaction of what it records: either both are there or neither.
"""

from __future__ import annotations

from typing import Any

__all__ = ["hold", "record", "record_hourly", "refused"]


def __getattr__(name: str) -> Any:
    # Models can't be imported while Django is still loading its apps, and this package is one of them.
    if name in __all__:
        from audit import trail

        return getattr(trail, name)
    raise AttributeError(name)
