"""Who answered for a text reads it until it comes into force; a delegate only while the delegation lasts."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from documents.actions.adopt_edition import adopt_edition
from documents.choices import Classification, State
from documents.models import Edition, Instrument
from people.access import may
from people.models import User
from people.roles import Role, Verb
from tests.support.reviews import Cast, act, person, seat_of, sign
from workflows.actions.delegate import delegate, end_delegate
from workflows.actions.start_review import Asked, Plan, start_review


def test_reading_on_follows_from_an_answer_and_ends_with_a_delegation(cast: Cast) -> None:
    Instrument.objects.update(classification=Classification.OFFICIAL)
    vera, silent = (
        person("Vera", cast.social, Role.REVIEWER),
        person("Silent", cast.interior, Role.REVIEWER),
    )
    today = timezone.localdate()
    plans = [
        Plan((Asked(cast.interior), Asked(cast.social, cast.biljana))),
        Plan((Asked(cast.justice, cast.teuta),)),
        Plan(),
    ]
    given = delegate(
        cast.biljana, cast.biljana, cast.social, vera, today, today + timedelta(days=30), "Leave."
    )
    review = start_review(cast.coordinator, cast.edition, cast.procedure, plans)
    sign(cast.goran, seat_of(review, cast.interior))
    sign(vera, seat_of(review, cast.social))
    sign(cast.teuta, seat_of(review, cast.justice))
    adopt_edition(
        cast.coordinator, Edition.objects.get(pk=cast.edition.pk), [act()], today + timedelta(days=60)
    )
    edition = Edition.objects.get(pk=cast.edition.pk)
    assert edition.state == State.APPROVED

    def readers() -> set[str]:
        people = (cast.goran, cast.biljana, cast.teuta, vera, silent, cast.outsider)
        return {user.name for user in people if may(User.objects.get(pk=user.pk), Verb.READ, edition)}

    assert readers() == {"Goran", "Biljana", "Teuta", "Vera"}
    end_delegate(cast.biljana, given)
    assert readers() == {"Goran", "Biljana", "Teuta"}
