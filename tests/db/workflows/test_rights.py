from __future__ import annotations

from typing import Any

from django.utils import timezone

from people.access import asking_once, has_role, keys
from people.models import Membership
from people.roles import Role
from tests.support.reviews import Cast


def test_rights_are_asked_once_while_a_page_is_made_and_anew_after_it(
    cast: Cast, django_assert_num_queries: Any
) -> None:
    with asking_once():
        before = keys(cast.goran)
        with django_assert_num_queries(0):
            assert keys(cast.goran) == before and has_role(cast.goran, Role.REVIEWER)
        assert not has_role(cast.drafter, Role.REVIEWER)
    Membership.objects.filter(user=cast.goran).update(ends=timezone.localdate())
    assert not has_role(cast.goran, Role.REVIEWER)
    assert f"inst:{cast.interior.pk}" in before and f"inst:{cast.interior.pk}" not in keys(cast.goran)
