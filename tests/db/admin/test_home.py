"""The admin's first page: what there is to do, as on the office's first page."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from people.roles import Role


@pytest.mark.parametrize("role", [Role.PUBLISHER, Role.COORDINATOR])
def test_the_first_page_leads_to_the_library(sign_in: Callable[..., Client], role: Role) -> None:
    page = sign_in(role).get("/admin/").content.decode()
    assert '<section class="kodeks-home__panel"' in page
    assert "/library/" in page
    assert ("/desk/reviews/" in page) is (role == Role.COORDINATOR)
