"""On the admin's page of a number: where it is used, and whether it looks like a number of the country."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import Panel

from public.dialling import doubt
from public.number_uses import Number, uses_of


class UsesPanel(Panel):
    """Every page, step and poster that uses the number of a row with ``number``, ``tel`` and a country."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**({"heading": _("Where this number is used")} | kwargs))

    class BoundPanel(Panel.BoundPanel):
        template_name = "public/admin/uses.html"

        def is_shown(self) -> bool:
            return bool(self.instance.pk and self.instance.number)

        def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
            one = self.instance
            number = Number(one.number, one.country_id, one if one._meta.model_name == "hotline" else None)
            return super().get_context_data(parent_context) | {
                "uses": uses_of(number, self.request.user),
                "doubt": doubt(one.tel, one.country_id),
            }
