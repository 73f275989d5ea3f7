"""Messages that are kept and read later: each reader sees them in their own language.

What goes wrong in a background task is written down as the English words that are its message id, with the
values that belong into them; whoever shows it translates it then.
"""

from __future__ import annotations

import json
from contextlib import AbstractContextManager
from typing import Any

from django.utils import translation
from django.utils.translation import gettext

SIGN = '{"msgid": '
Value = str | int | dict[str, Any]


def in_message_ids() -> AbstractContextManager[None]:
    """Within this, what is said is said in the words that are the message ids, to be kept."""
    return translation.override("en")


def message(msgid: str, values: dict[str, Value] | None = None) -> dict[str, Any]:
    """A message as plain data; a value may be one too."""
    return {"msgid": msgid, "values": values or {}}


def keep(msgid: str, values: dict[str, Value] | None = None, *, of: str = "") -> str:
    """A message with values as one text for a column. ``of``: the name of what it speaks of, which goes
    before it."""
    return json.dumps(message(msgid, values) | ({"of": of} if of else {}), ensure_ascii=False)


def render_message(kept: str) -> str:
    """The words of a kept message in the reader's language. A text that is no message stays as it is."""
    if not kept:
        return ""
    if not kept.startswith(SIGN):
        return gettext(kept)
    told = json.loads(kept)
    of = told.get("of", "")
    return f"{of}: {_words(told)}" if of else _words(told)


def _words(told: dict[str, Any]) -> str:
    msgid, values = told["msgid"], told["values"]
    words = gettext(msgid)
    if not values:
        return words
    return words % {key: _words(one) if isinstance(one, dict) else one for key, one in values.items()}
