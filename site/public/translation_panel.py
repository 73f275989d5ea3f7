"""On the form of a campaign: its translations, the way to a new one, and how far this one is."""

from __future__ import annotations

from typing import Any

from wagtail.admin.panels import Panel

from public.translation.states import state_of_page

TEMPLATE = "public/admin/translations.html"


class TranslationsPanel(Panel):
    class BoundPanel(Panel.BoundPanel):
        template_name = TEMPLATE

        def is_shown(self) -> bool:
            return bool(self.instance.pk)

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            page = self.instance
            source = page.source
            return super().get_context_data(parent_context) | {
                "page": page,
                "source": source,
                "state": state_of_page(page.comparisons()) if source.pk != page.pk else None,
                "translations": page.get_translations().select_related("locale"),
            }
