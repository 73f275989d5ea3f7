"""What several test files of documents/reading begin with: last read."""

from __future__ import annotations

import pytest
from django.test import Client

from documents.models import Edition
from tests.support.factories import make_in_force


@pytest.fixture
def edition() -> Edition:
    return make_in_force()


def read(client: Client, edition: Edition, rest: str = "") -> str:
    answer = client.get(f"/en/i/{edition.instrument.path}/{rest}", follow=True)
    assert answer.status_code == 200
    return str(answer.content.decode())
