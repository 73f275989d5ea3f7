"""The admin's first page: what there is to do, as on the office's first page."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client

from people.roles import Role


def test_the_first_page_leads_to_the_library(sign_in: Callable[..., Client]) -> None:
    page = sign_in(Role.COORDINATOR).get("/admin/").content.decode()
    assert '<section class="kodeks-home__panel"' in page
    assert "/library/" in page and "/desk/reviews/" in page


def test_that_of_publishers_begins_with_campaigns(sign_in: Callable[..., Client]) -> None:
    page = sign_in(Role.PUBLISHER).get("/admin/").content.decode()
    assert "Campaigns by language" in page and "/library/" not in page
