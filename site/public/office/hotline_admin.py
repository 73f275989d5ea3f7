"""Numbers to call in Wagtail's admin: a change waits for a second person."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, HelpPanel, InlinePanel, MultiFieldPanel
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.snippets import CreateView, IndexView, SnippetViewSet

from people.models import Country
from people.second_factor import step_up_to_send
from public.actions.change_hotline import (
    SIMPLE,
    NumbersDiffer,
    add_hotline,
    change_hotline,
    confirm_change,
    may_confirm_change,
    refuse_change,
    values_of,
    version_of,
)
from public.actions.second_person import DecidedAlready
from public.checks.case_data import doubt_of
from public.dialling import doubt, same_number
from public.languages import native_name
from public.models import Hotline, HotlineChange
from public.office.edit_by_two import EditByTwo
from public.office.no_case_data import refuse_case_data
from public.office.number_chooser import NumberChooserViewSet
from public.office.uses_panel import UsesPanel
from public.publishing import REGION, may_confirm_number, may_publish, require, territories
from theme.localized_names import localized_name

SPOKEN_ON_THE_TELEPHONE = [
    "sq", "sr", "bs", "hr", "cnr", "mk", "en", "tr", "rom", "ar", "fa", "prs", "ps", "ur", "ku", "ckb", "bn",
    "hi", "ne", "so", "ti", "am", "fr", "es", "de", "it", "el", "ru", "uk", "ro", "bg",
]  # fmt: skip


def differ() -> str:
    return _("The number to dial must have the same digits as the number shown.")


def stale() -> str:
    return _("Somebody else changed this number. Nothing was saved. Open the number again, then change it.")


class HotlineForm(WagtailAdminModelForm):
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Languages spoken"),
        choices=[(tag, native_name(tag)) for tag in SPOKEN_ON_THE_TELEPHONE],
        widget=forms.CheckboxSelectMultiple,
    )
    version = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = territories(self.for_user) - {REGION}
        self.fields["country"].queryset = Country.objects.filter(pk__in=own)
        if self.instance.pk:
            # A number stays what campaigns chose it for: those of another country are other numbers.
            for name in ("country", "key", "kind"):
                self.fields[name].disabled = True
            self.stored_version = version_of(self.instance)
            self.initial["version"] = self.stored_version

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean()
        if self.instance.pk and data.get("version") != self.stored_version:
            self.add_error(None, stale())
        shown, dialled, country = data.get("number"), data.get("tel"), data.get("country")
        same = not (shown and dialled and country) or same_number(shown, dialled, country.pk)
        if data.get("kind") == Hotline.Kind.HELPLINE and not self._has_text():
            self.add_error(None, _("Add the text of a helpline in at least one language."))
        if data.get("is_shown") and not same:
            self.add_error("tel", differ())
        is_other = bool({"number", "tel"} & {*self.changed_data})
        if self.instance.pk and is_other and "checked" not in self.changed_data:
            self.add_error(
                "checked", _("The number is another one. Call it, and enter the day of that call.")
            )
        refuse_case_data(self)
        return data

    def _has_text(self) -> bool:
        texts = self.formsets["texts"]
        left = [form for form in texts.forms if form not in texts.deleted_forms]
        return not texts.is_valid() or any(form.has_changed() or form.instance.pk for form in left)

    def clean_checked(self) -> date:
        day: date = self.cleaned_data["checked"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("Enter the day of the last call. It cannot be in the future."))
        return day

    def clean_languages(self) -> list[str]:
        """The country's own first, then as they stood; the boxes of a form have an order of their own."""
        chosen, country = self.cleaned_data["languages"], self.cleaned_data.get("country")
        order = [*(country.languages if country else ()), *self.instance.languages]
        return sorted(chosen, key=lambda tag: order.index(tag) if tag in order else len(order))

    def save(self, commit: bool = True) -> Hotline:
        """Nothing is stored here: the number becomes a change that waits (public.actions)."""
        hotline: Hotline = super().save(commit=False)
        if hotline.pk is None:
            add_hotline(self.for_user, hotline)
        else:
            change_hotline(self.for_user, hotline, self.cleaned_data["version"])
        return hotline


class Add(CreateView):
    def get_success_message(self, instance: Hotline) -> str:
        warn(self.request, instance)
        return _("Saved. Another publisher of the country or an operator must confirm the number first.")


class Edit(EditByTwo):
    decide_url = "kodeks_number_decide"

    def check_rights(self) -> None:
        require(may_publish(self.request.user, self.object.country_id))

    def waiting(self) -> Any:
        return self.object.changes.waiting().first()

    def say_that_it_waits(self) -> str:
        return _("This number has a change that waits for a second person.")

    def say_that_it_changed(self) -> str:
        return stale()

    def get_success_message(self) -> str:
        warn(self.request, self.object)
        if self.waiting() is not None:
            return _("Saved. The site shows the old number until a second person confirms the change.")
        return _("Saved.")


def warn(request: HttpRequest, hotline: Hotline) -> None:
    """What looks wrong is saved all the same."""
    for problem in filter(None, (doubt(hotline.tel, hotline.country_id), doubt_of(values_of(hotline)))):
        messages.warning(request, problem)


def _state(hotline: Hotline) -> str:
    waiting = hotline.changes.waiting().first()
    if waiting is not None:
        return _("Waits for a second person: %(number)s") % {"number": waiting.values["number"]}
    return _("Shown") if hotline.is_shown else _("Hidden")


class Numbers(IndexView):
    def get_edit_url(self, instance: Hotline) -> str | None:
        """No link to a page that would be refused."""
        if not may_publish(self.request.user, instance.country_id):
            return None
        url: str | None = super().get_edit_url(instance)
        return url


class HotlineViewSet(SnippetViewSet):
    model = Hotline
    icon = "mobile-alt"
    menu_label = gettext_lazy("Numbers to call")
    menu_order = 250
    add_to_admin_menu = True
    copy_view_enabled = False
    index_view_class = Numbers
    add_view_class = Add
    chooser_viewset_class = NumberChooserViewSet
    edit_view_class = Edit
    list_filter = ["country", "kind", "is_shown"]
    search_fields = ["key", "number"]
    panels = [
        HelpPanel(
            gettext_lazy(
                "A new or changed number goes live when a second person confirms it. "
                "That is another publisher of the country, or an operator."
            )
        ),
        MultiFieldPanel(
            [
                FieldPanel("kind"),
                FieldPanel("key"),
                FieldPanel("country"),
                FieldPanel("number"),
                FieldPanel("tel"),
                FieldPanel("abroad"),
                FieldPanel("sms"),
                FieldPanel("chat"),
            ],
            heading=gettext_lazy("Number"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("languages"),
                FieldPanel("free"),
                FieldPanel("anonymous"),
                FieldPanel("checked"),
                FieldPanel("source"),
                FieldPanel("position"),
                FieldPanel("is_shown"),
            ],
            heading=gettext_lazy("What a caller needs to know"),
        ),
        UsesPanel(),
        InlinePanel(
            "texts",
            heading=gettext_lazy("Text by language"),
            label=gettext_lazy("Text in one language"),
        ),
    ]

    @cached_property
    def list_display(self) -> list[Any]:
        return [
            "__str__",
            Column(
                "country", label=gettext_lazy("Country"), accessor=lambda one: localized_name(one.country)
            ),
            Column("checked", label=gettext_lazy("Last checked"), sort_key="checked"),
            Column("state", label=gettext_lazy("State"), accessor=_state),
        ]

    @property
    def breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Wagtail's are asked for when the site starts, and "Home" is English then."""
        first, *others = super().breadcrumbs_items
        return [{**first, "label": gettext_lazy("Home")}, *others]


Hotline.base_form_class = HotlineForm


def differences(change: HotlineChange) -> list[tuple[str, str, str]]:
    """Label, present and new value of what the change would change, below the number as it is shown and
    dialled; a number that is new was nothing."""
    old, new = values_of(change.hotline), change.values
    is_new = not change.hotline.changes.filter(confirmed=True).exists() and not change.hotline.is_shown
    rows = [
        (
            Hotline._meta.get_field(name).verbose_name,
            "" if is_new else _shown(name, old[name]),
            _shown(name, new[name]),
        )
        for name in SIMPLE
        if is_new or name in ("number", "tel") or old[name] != new[name]
    ]
    old_texts, new_texts = ({one["language"]: one for one in values["texts"]} for values in (old, new))
    for tag in sorted(old_texts.keys() | new_texts.keys()):
        before, after = (_text(texts.get(tag)) for texts in (old_texts, new_texts))
        if is_new or before != after:
            rows.append((native_name(tag), "" if is_new else before, after))
    return [(capfirst(label), before, after) for label, before, after in rows]


def _shown(name: str, value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if name == "kind":
        return str(Hotline.Kind(value).label)
    if name == "languages":
        return ", ".join(native_name(tag) for tag in value)
    return str(value)


def _text(text: dict[str, str] | None) -> str:
    return "\n".join((text["name"], text["hours"], text["call"])) if text else ""


@require_http_methods(["GET", "HEAD", "POST"])
@step_up_to_send
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks the second person; whoever proposed the change can only take it back."""
    change = get_object_or_404(HotlineChange.objects.select_related("hotline__country", "by"), pk=pk)
    if not may_confirm_number(request.user, change.hotline.country_id):
        raise Http404
    numbers = reverse("wagtailsnippets_public_hotline:list")
    may_confirm = may_confirm_change(request.user, change)  # type: ignore[arg-type]
    if request.method != "POST":
        if change.decided is not None:
            messages.error(request, _("Somebody else has already decided this."))
            return redirect(numbers)
        context = {
            "change": change,
            "rows": differences(change),
            "doubt": doubt(change.values["tel"], change.hotline.country_id),
            "case_data": doubt_of(change.values),
            "may_confirm": may_confirm,
            "numbers": numbers,
        }
        return render(request, "public/admin/decide.html", context)
    try:
        if request.POST.get("decision") == "confirm":
            confirm_change(request.user, change)  # type: ignore[arg-type]
            messages.success(request, _("Confirmed. The site shows the new number."))
        else:
            refuse_change(request.user, change)  # type: ignore[arg-type]
            messages.success(request, _("Rejected. Nothing has changed on the site."))
    except DecidedAlready:
        messages.error(request, _("Somebody else has already decided this."))
    except NumbersDiffer:
        messages.error(request, differ())
        return redirect(request.path)
    return redirect(numbers)
