"""What several test files of public begin with: campaign."""

from __future__ import annotations

from django.test import Client


def read(reader: Client, path: str) -> str:
    answer = reader.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()
