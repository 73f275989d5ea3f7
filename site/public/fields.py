"""The field with the blocks of a page."""

from __future__ import annotations

from typing import Any

from wagtail.fields import StreamField


class BodyField(StreamField):  # type: ignore[misc]
    """Keeps its kinds of blocks out of migrations: the column is JSON whichever there are, and other apps add
    their own (:func:`public.blocks.register`). A migration that changes blocks works on the JSON."""

    def deconstruct(self) -> Any:
        name, _path, _given, named = super().deconstruct()
        return name, "wagtail.fields.StreamField", [[]], named | {"block_lookup": {}}
