"""On the form of a campaign: its translations, the way to a new one, and whether the source has changed."""

from __future__ import annotations

from typing import Any

from wagtail.admin.panels import Panel

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
                "changed": page.source_changed(source),
                "translations": page.get_translations().select_related("locale"),
            }
