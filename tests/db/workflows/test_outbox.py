"""The outbox of the demonstration shows the mails of a review, each to its reader; elsewhere there is
none."""

from __future__ import annotations

from typing import Any

from people.roles import Role
from tests.support.factories import make_person
from tests.support.reviews import Cast, client_of, to
from workflows.models import Review


def test_everybody_reads_their_own_mails_and_the_operator_all(
    cast: Cast, review: Review, settings: Any
) -> None:
    goran = client_of(cast.goran).get(to("mail:outbox")).content.decode()
    assert goran.count("Your sign-off is asked: Procedures") == 1
    # Links in a mail let in whoever has them: nobody else is shown it, by no parameter.
    for address in (to("mail:outbox"), to("mail:outbox") + f"?to={cast.goran.email}"):
        page = client_of(cast.coordinator).get(address).content.decode()
        assert "Your sign-off is asked" not in page and f"to {cast.goran.email}" not in page
    operator = client_of(make_person(Role.OPERATOR))
    page = operator.get(to("mail:outbox")).content.decode()
    assert page.count("Your sign-off is asked: Procedures") > 1 and cast.goran.email in page
    only = operator.get(to("mail:outbox") + f"?to={cast.goran.email}").content.decode()
    assert only.count("Your sign-off is asked") == 1
    settings.KODEKS_DEMO = False
    for client in (operator, client_of(cast.goran)):
        assert client.get(to("mail:outbox")).status_code == 404
