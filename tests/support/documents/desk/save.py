"""What several test files of documents/desk begin with: save."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from django.test import Client

from people.models import User

As = Callable[[User], Client]


def post_json(client: Client, url: str, data: object) -> Any:
    text = data if isinstance(data, str) else json.dumps(data)
    return client.post(url, text, content_type="application/json", headers={"accept": "application/json"})
