"""What several test files of workflows begin with: one voice."""

from __future__ import annotations

import pytest

from people.actions.invite import enter_role
from people.models import User
from people.roles import Role
from tests.support.reviews import Cast, client_of, person, to
from workflows.actions.start_review import Asked, Plan, start_review
from workflows.models import Procedure, Review, Seat

STAGES: list[dict[str, object]] = [{"kind": "sign_off", "silence": "assent"}, {"kind": "adoption"}]


@pytest.fixture
def twice(cast: Cast) -> User:
    """A reviewer of Interior and of Social Policy."""
    user = person("Hana", cast.interior, Role.REVIEWER)
    enter_role(user, cast.social, Role.REVIEWER)
    return User.objects.get(pk=user.pk)


def begin(cast: Cast, *asked: Asked) -> Review:
    procedure = Procedure.objects.create(key="mk-one", name="One", stages=STAGES)
    return start_review(cast.coordinator, cast.edition, procedure, [Plan(asked), Plan()])


def room(user: User, review: Review, seat: Seat | None = None) -> str:
    query = f"?seat={seat.pk}" if seat else ""
    return " ".join(client_of(user).get(to("review:room", review.pk) + query).content.decode().split())
