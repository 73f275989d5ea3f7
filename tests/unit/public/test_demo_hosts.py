"""On one machine both hosts have one name: the port tells them apart, in every way of writing it."""

from __future__ import annotations

import pytest

from config.middleware import is_public


@pytest.fixture(autouse=True)
def one_machine(settings):
    settings.PUBLIC_HOSTS = ["localhost:8000", "127.0.0.1:8000", "[::1]:8000"]
    settings.OFFICE_HOSTS = ["localhost:8001", "127.0.0.1:8001", "[::1]:8001"]
    settings.OFFICE_BASE_URL = "http://localhost:8001"


@pytest.mark.parametrize("name", ["localhost", "127.0.0.1", "[::1]"])
def test_the_port_tells_the_hosts_apart(name):
    assert is_public(f"{name}:8000")
    assert not is_public(f"{name}:8001")
