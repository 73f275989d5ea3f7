"""The admin's form of a campaign."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm

from people.models import Country
from public.phrases import starting_phrases
from public.publishing import REGION, territories


class CampaignForm(WagtailAdminPageForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own, field = territories(self.for_user), self.fields["country"]
        field.queryset = Country.objects.filter(pk__in=own - {REGION})
        field.required = REGION not in own
        field.empty_label = None if field.required else _("The whole region")
        if not self.instance.phrases and self.instance.situation:
            self.initial["phrases"] = starting_phrases(self.instance.situation, self.instance.tag)
        if field.required and not self.instance.country_id:
            self.initial["country"] = next((country for country in own if country), None)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean()
        if "action-publish" in self.data:
            self.add_error(None, _("A second person confirms a campaign. Choose Check and publish."))
        return data
