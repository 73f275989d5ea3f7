"""Every route of both hosts has a row in the table that says who may open it, and every row a route."""

from __future__ import annotations

import pytest

from config.access_routes import ROWS, row_of
from tests.support.access.addresses import HOSTS, address, routes


@pytest.mark.parametrize("host", HOSTS)
def test_every_route_has_a_row_and_every_row_a_route(host: str) -> None:
    found = routes(host)
    without = [(one.key, one.path) for one in found if row_of(host, one.name, one.path) is None]
    assert not without, "say in site/config/access_routes.py who may open them"
    used = {
        row for row in ROWS[host] for one in found if one.name.startswith(row) or one.path.startswith(row)
    }
    used.add("styles")  # the demonstration's alone
    assert set(ROWS[host]) - used == set(), "these are no routes any more"
    odd = [address(one) for one in found if set("<>()^$\\") & set(address(one))]
    assert odd == []
