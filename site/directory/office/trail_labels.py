"""Records in the audit trail: by their key, which says nothing that is confidential."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.utils.translation import gettext_lazy as _

from audit import labels
from audit.labels import Named, numbers
from directory.models import Organisation, Place, Record, Service, Town


def _records(model: type[Record]) -> labels.Namer:
    def named(user: Any, ids: Collection[str]) -> dict[str, Named]:
        found = model.objects.filter(pk__in=numbers(ids))  # type: ignore[attr-defined]
        return {str(one.pk): Named(str(one)) for one in found}

    return named


labels.kind("organisation", _("Organisation"), _records(Organisation))
labels.kind("place", _("Place"), _records(Place))
labels.kind("service", _("Service"), _records(Service))
labels.kind("town", _("Town"), _records(Town))
