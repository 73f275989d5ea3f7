"""How texts are written into their columns."""

from __future__ import annotations

import json
from typing import Any


class UnicodeJSONEncoder(json.JSONEncoder):
    """JSON with letters as they are. Python's own writes each Cyrillic letter as six signs (``\\u0430``): three times the
    room on SQLite, and four times the time to read it again. PostgreSQL keeps letters anyway."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options | {"ensure_ascii": False})
