"""What Wagtail's admin offers of the search: the terms of the glossary, and the synonyms."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from documents.pages.case_data import refuse_case_data
from search.glossary.entries import LANGUAGES
from search.glossary_store import request_learning_now
from search.models import GlossaryTerm
from search.synonyms_admin import SynonymViewSet


class TermForm(WagtailAdminModelForm):
    """A term that a person has changed is theirs: no update of Kodeks changes it back."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        for language in LANGUAGES:
            words = [word.strip() for word in (cleaned.get(language) or "").split(";")]
            cleaned[language] = "; ".join(word for word in words if word)
        if not cleaned.get("en") and "en" not in self.errors:
            self.add_error("en", forms.ValidationError(_("Enter the English term.")))
        refuse_case_data(self, (*LANGUAGES, "definition"))
        return cleaned

    def save(self, commit: bool = True) -> Any:
        self.instance.edited = True
        saved = super().save(commit=commit)
        request_learning_now()
        return saved


class GlossaryViewSet(SnippetViewSet):
    model = GlossaryTerm
    icon = "openquote"
    menu_label = _("Glossary")
    menu_name = "glossary"
    menu_order = 260
    add_to_admin_menu = True
    copy_view_enabled = False
    list_display = ["__str__", "sq", "sr", "mk", "shown", "edited"]
    list_filter = ["shown", "edited"]
    list_per_page = 50
    search_fields = ["key", *LANGUAGES]
    panels = [
        MultiFieldPanel(
            [FieldPanel(language) for language in LANGUAGES],
            heading=_("Term"),
            help_text=_("Separate alternative terms with semicolons. Put the official term first."),
        ),
        FieldPanel("definition"),
        FieldPanel("shown"),
        FieldPanel("key"),
    ]

    @property
    def breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Wagtail's are asked for when the site starts, and "Home" is English then."""
        first, *others = super().breadcrumbs_items
        return [{**first, "label": _("Home")}, *others]


GlossaryTerm.base_form_class = TermForm
register_snippet(GlossaryViewSet)
register_snippet(SynonymViewSet)
