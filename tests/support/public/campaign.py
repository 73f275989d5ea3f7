"""What several test files of public begin with: campaign."""

from __future__ import annotations

from django.test import Client

from tests.support.html import squeeze


def read(reader: Client, path: str) -> str:
    answer = reader.get(path)
    assert answer.status_code == 200, path
    return squeeze(answer.content.decode())
