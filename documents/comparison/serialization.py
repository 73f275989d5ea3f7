"""A comparison on its way from the process that made it, and into a file and back.

Pickled, because it is a deep value of frozen dataclasses. Its reader makes these classes and nothing else.
"""

from __future__ import annotations

import io
import pickle
from typing import Any

from documents.comparison.model import Comparison

MAGIC = b"KODEKS-C2\n"
ROOMS = ("documents.comparison.model", "documents.text.section")
PLAIN = frozenset({("builtins", "frozenset"), ("builtins", "set")})


def to_bytes(comparison: Comparison) -> bytes:
    return MAGIC + pickle.dumps(comparison, protocol=5)


def from_bytes(data: bytes) -> Comparison:
    """Reads back what :func:`to_bytes` wrote; ValueError for anything else."""
    if not data.startswith(MAGIC):
        raise ValueError("no comparison")
    try:
        found = _Reader(io.BytesIO(data[len(MAGIC) :])).load()
    except (
        pickle.UnpicklingError,
        EOFError,
        AttributeError,
        TypeError,
        IndexError,
        KeyError,
        ImportError,
    ) as problem:
        raise ValueError("no comparison") from problem
    if not isinstance(found, Comparison):
        raise ValueError("no comparison")
    return found


class _Reader(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        if (module in ROOMS and "." not in name) or (module, name) in PLAIN:
            found = super().find_class(module, name)
            if isinstance(found, type) and (found.__module__ in ROOMS or (module, name) in PLAIN):
                return found
        raise pickle.UnpicklingError(f"{module}.{name} is no part of a comparison")
