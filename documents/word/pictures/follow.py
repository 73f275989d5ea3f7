"""What following a picture to its end gives."""

from __future__ import annotations

from typing import NamedTuple


class Followed(NamedTuple):
    """A picture without what it says beside what it shows."""

    data: bytes
    whole: bool = True
    """Whether it has an end of its own; else it was closed behind the last thing that could be followed."""
