"""Typesets in a process of its own, so that nothing else that the measures start counts into its memory."""

from __future__ import annotations

import resource
import time
from collections.abc import Mapping
from typing import Any

from documents.exports.typeset import typeset


def measured(data: Mapping[str, Any]) -> tuple[bytes, float, float, float]:
    """The PDF, the seconds that it took by the clock and of the processor, and the most memory in MB."""
    start = time.perf_counter()
    made = typeset(data, {})
    took = time.perf_counter() - start
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return made, took, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024
