"""The outbox of the demonstration shows the mails of a review; elsewhere there is none."""

from __future__ import annotations

from typing import Any

from tests.workflows.conftest import Cast
from tests.workflows.test_room import as_, to
from workflows.models import Review


def test_the_demonstration_shows_every_mail(cast: Cast, review: Review, settings: Any) -> None:
    client = as_(cast.coordinator)
    page = client.get(to("mail:outbox")).content.decode()
    assert "Your sign-off is asked: Procedures" in page and cast.goran.email in page
    only = client.get(to("mail:outbox") + f"?to={cast.goran.email}").content.decode()
    assert only.count("Your sign-off is asked") == 1
    settings.KODEKS_DEMO = False
    assert client.get(to("mail:outbox")).status_code == 404
