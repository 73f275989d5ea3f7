"""Groups of synonyms in Wagtail's admin. Before a group is saved, a page shows who would find what."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.snippets.views.snippets import CreateView, EditView, SnippetViewSet

import audit
from documents.pages.case_data import refuse_case_data
from search.engines.base import EngineError
from search.glossary.synonyms import COLUMNS
from search.models import SynonymGroup
from search.pages.synonym_preview import preview

CONFIRM, REOPEN = "confirm", "reopen"
_OURS = (CONFIRM, REOPEN, "csrfmiddlewaretoken")


class GroupForm(WagtailAdminModelForm):
    """A group that a person has changed is theirs: no update of Kodeks changes it back. ``seen``: when the
    group was changed that the form was filled from."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seen"].initial = _moment(self.instance)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        for column in COLUMNS:
            words = [word.strip() for word in (cleaned.get(column) or "").split(";")]
            cleaned[column] = "; ".join(word for word in words if word.strip("~"))
        if not any(cleaned[column] for column in COLUMNS):
            self.add_error("en", _("Enter words in at least one language."))
        refuse_case_data(self, COLUMNS)
        now = SynonymGroup.objects.filter(pk=self.instance.pk).first()
        if now is not None and cleaned.get("seen") != _moment(now):
            self.add_error(None, _("Somebody else has changed this group. Open it again."))
        return cleaned

    def save(self, commit: bool = True) -> Any:
        verb = "change_synonyms" if self.instance.pk else "add_synonyms"
        self.instance.edited = True
        saved = super().save(commit=commit)
        changed = [column for column in COLUMNS if column in self.changed_data]
        audit.record(verb, saved, self.for_user, languages=changed, is_shown=saved.shown)
        return saved


def _moment(group: SynonymGroup) -> str:
    return group.changed.isoformat() if group.pk and group.changed else ""


class _ChecksFirst:
    """Shows what a change would do before it is saved; from there one goes back to the form or saves."""

    request: HttpRequest

    def form_valid(self, form: GroupForm) -> HttpResponse:
        if REOPEN in self.request.POST:
            return self.render_to_response(self.get_context_data(form=form))  # type: ignore[attr-defined, no-any-return]
        if CONFIRM in self.request.POST:
            return super().form_valid(form)  # type: ignore[misc, no-any-return]
        samples, down = [], False
        try:
            samples = preview(form.instance)
        except EngineError:
            down = True
        sent = [
            (name, value)
            for name, values in self.request.POST.lists()
            if name not in _OURS
            for value in values
        ]
        context = {
            "group": form.instance,
            "samples": samples,
            "changes": sum(sample.changed for sample in samples),
            "down": down,
            "sent": sent,
        }
        return render(self.request, "search/admin/synonym_preview.html", context)


class GroupCreateView(_ChecksFirst, CreateView):
    pass


class GroupEditView(_ChecksFirst, EditView):
    pass


class SynonymViewSet(SnippetViewSet):
    model = SynonymGroup
    icon = "list-ul"
    menu_label = gettext_lazy("Synonyms")
    menu_name = "synonyms"
    menu_order = 261
    add_to_admin_menu = True
    copy_view_enabled = False
    add_view_class = GroupCreateView
    edit_view_class = GroupEditView
    list_display = ["key", *COLUMNS, "shown", "edited"]
    list_filter = ["shown", "edited"]
    list_per_page = 50
    search_fields = ["key", *COLUMNS]
    panels = [
        MultiFieldPanel(
            [FieldPanel(column) for column in COLUMNS],
            heading=gettext_lazy("Words"),
            help_text=gettext_lazy(
                "Separate words with semicolons. Put ~ behind a word that means other things too:"
                " it leads to the others and is not searched for itself."
            ),
        ),
        FieldPanel("shown"),
        FieldPanel("key"),
    ]

    @property
    def breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Wagtail's are asked for when the site starts, and "Home" is English then."""
        first, *others = super().breadcrumbs_items
        return [{**first, "label": gettext_lazy("Home")}, *others]


SynonymGroup.base_form_class = GroupForm
