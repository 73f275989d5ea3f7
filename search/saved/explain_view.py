"""How a search was understood, for those who run Kodeks: /{lang}/search/saved/explain/, in the office
only."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

import audit
from people.access import has_role
from people.models import User
from people.requests import OfficeRequest
from people.roles import Role
from search.engines.base import EngineError
from search.pages.explanation import explain
from search.pages.service import reader_of
from theme import locales

TOP = 20


class ExplainForm(forms.Form):
    query = forms.CharField(
        label=_("Search words"),
        help_text=_("Or the address of a search page."),
        max_length=2_000,
    )
    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("Whose rights to search with. Leave empty to search as the public does."),
        required=False,
    )
    language = forms.ChoiceField(label=_("Language of the page"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        choices = [(tag, locales.native_name(tag)) for tag in settings.KODEKS_OFFICE_LANGUAGES]
        self.fields["language"].choices = choices  # type: ignore[attr-defined]

    def clean_email(self) -> Any:
        """The person of the address; nobody where none is given."""
        email = self.cleaned_data["email"]
        if not email:
            return AnonymousUser()
        person = User.objects.filter(email=email.lower()).first()
        if person is None:
            raise forms.ValidationError(_("Nobody has this e-mail address."))
        return person


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def explain_search(request: OfficeRequest) -> HttpResponse:
    """What somebody finds, and why; for all but operators there is no such page. Of another person it shows
    their keys, and which of the texts they find that the operator may read too."""
    if not has_role(request.user, Role.OPERATOR):
        raise Http404
    tag = get_language() or "en"
    form = ExplainForm(request.POST or None, initial={"language": tag})
    context: dict[str, Any] = {"form": form}
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        person, own = asked["email"], reader_of(request, tag)
        within = own if person.is_authenticated else None
        if within:
            with transaction.atomic():
                audit.record("explain_search", person, request.user)
        try:
            found = explain(asked["query"], person, asked["language"], within)
        except EngineError:
            context["down"] = True
        else:
            # The database too has to say that the operator may read it.
            editions = {hit.edition for hit in found.hits} | set(map(int, found.denied))
            readable = set(own.editions().filter(pk__in=editions).values_list("pk", flat=True))
            hits = [hit for hit in found.hits[:TOP] if hit.edition in readable]
            denied = [pk for pk in found.denied if int(pk) in readable]
            context |= {"found": found, "hits": hits, "denied": denied}
    return render(request, "search/saved/explain.html", context, status=400 if form.errors else 200)
