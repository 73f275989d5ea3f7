"""What Wagtail's views may do with records: the rules of :mod:`directory.access`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from directory.access import may_change, may_list
from people.access import keys
from public.permissions import CHANGE, VIEW, HotlinePolicy


class RecordPolicy(HotlinePolicy):
    """As for numbers to call; and nobody changes a record that they can't read in full."""

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Any) -> bool:
        if action in VIEW:
            return self.user_has_permission(user, action) and may_list(keys(user), instance)
        return action in CHANGE and may_change(user, instance)

    def instances_user_has_any_permission_for(self, user: Any, actions: Iterable[str]) -> QuerySet[Any]:
        """Those that the person may know of."""
        rows = super().instances_user_has_any_permission_for(user, actions)
        own = keys(user)
        rule = may_list if set(actions) & set(VIEW) else None
        found = [one.pk for one in rows if (rule(own, one) if rule else may_change(user, one))]
        return rows.filter(pk__in=found)
