"""Messages that are stored and read later, by each reader in their own language. A message is its English id
with its values; who shows it translates it."""

from __future__ import annotations

import json
from contextlib import AbstractContextManager
from typing import Any

from django.utils import translation
from django.utils.translation import gettext

SIGN = '{"msgid": '
Value = str | int | dict[str, Any]


def in_message_ids() -> AbstractContextManager[None]:
    """Within this, messages stay message ids, to be stored."""
    return translation.override("en")


def message(msgid: str, values: dict[str, Value] | None = None) -> dict[str, Any]:
    """A message as plain data; a value may be one too."""
    return {"msgid": msgid, "values": values or {}}


def keep(msgid: str, values: dict[str, Value] | None = None, *, of: str = "") -> str:
    """A message with values as one text for a column. ``of``: the name that goes before it."""
    return json.dumps(message(msgid, values) | ({"of": of} if of else {}), ensure_ascii=False)


def render_message(text: str) -> str:
    """The words of a text message in the reader's language. A text that is no message stays as it is."""
    if not text:
        return ""
    if not text.startswith(SIGN):
        return gettext(text)
    entries = json.loads(text)
    of = entries.get("of", "")
    return f"{of}: {_render(entries)}" if of else _render(entries)


def _render(stored: dict[str, Any]) -> str:
    msgid, values = stored["msgid"], stored["values"]
    wording = gettext(msgid)
    if not values:
        return wording
    return wording % {key: _render(one) if isinstance(one, dict) else one for key, one in values.items()}
