"""How texts are written into their columns."""

from __future__ import annotations

import json
from typing import Any


class UnicodeJSONEncoder(json.JSONEncoder):
    """JSON with letters as they are. Python's own writes each Cyrillic letter as six signs (``\\u0430``)."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options | {"ensure_ascii": False})
