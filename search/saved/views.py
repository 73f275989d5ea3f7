"""The pages of saved searches, each person's own; and the page that ends their mails without a sign-in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from people.access import has_role
from people.requests import OfficeRequest
from people.roles import Role
from search.models import Often, SavedSearch
from search.pages.params import SearchParams, clean, parse_params
from search.pages.service import reader_of
from search.pages.zero_results import DAYS, FLOOR, frequent_zero_results
from search.saved.alerts import reader_of_token
from search.saved.description import describe
from search.saved.store import (
    MOST,
    TooMany,
    change_search,
    delete_search,
    params_of,
    save_search,
    stop_alerts,
)


class SavedForm(forms.ModelForm):
    class Meta:
        model = SavedSearch
        fields = ["name", "often"]
        widgets = {"often": forms.RadioSelect}

    def clean_name(self) -> str:
        """The name without invisible characters, which could turn the direction of the mail."""
        name = clean(self.cleaned_data["name"])
        if not name:
            raise forms.ValidationError(self.fields["name"].error_messages["required"], code="required")
        return name


@never_cache
@require_safe
def saved_list(request: OfficeRequest) -> HttpResponse:
    """The reader's own, by name."""
    saved = SavedSearch.objects.filter(user=request.user)
    return render(request, "search/saved/list.html", {"saved": saved})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: OfficeRequest) -> HttpResponse:
    """Saves the search of the address, under a name. An address that asks for nothing: 404."""
    params = parse_params(request.GET)
    if not params.anything:
        raise Http404
    form = SavedForm(
        request.POST if request.method == "POST" else None,
        initial={"name": params.words[:100], "often": Often.NEVER},
    )
    if request.method == "POST" and form.is_valid():
        try:
            save_search(request.user, params, form.cleaned_data["name"], form.cleaned_data["often"])
        except TooMany:
            form.add_error(
                None, _("You already have %(most)s saved searches. Delete a search first.") % {"most": MOST}
            )
        else:
            messages.success(request, _("Saved."))
            return redirect("saved:list")
    return _form(request, form, params, new=True)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: OfficeRequest, pk: int) -> HttpResponse:
    """Another name, another choice of mails."""
    saved = get_object_or_404(SavedSearch, pk=pk, user=request.user)
    form = SavedForm(request.POST if request.method == "POST" else None, instance=saved)
    if request.method == "POST" and form.is_valid():
        try:
            change_search(request.user, pk, form.cleaned_data["name"], form.cleaned_data["often"])
        except SavedSearch.DoesNotExist as error:  # deleted in another window meanwhile
            raise Http404 from error
        messages.success(request, _("Saved."))
        return redirect("saved:list")
    return _form(request, form, params_of(saved.query), new=False)


@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: OfficeRequest, pk: int) -> HttpResponse:
    """Deletes by the button of the list; a GET of the address leads back to the list."""
    if request.method != "POST":
        return redirect("saved:list")
    try:
        delete_search(request.user, pk)
    except SavedSearch.DoesNotExist as error:
        raise Http404 from error
    messages.success(request, _("The saved search was deleted."))
    return redirect("saved:list")


# A mail program sends its POST without a cookie (RFC 8058); who has the signed address may do this and
# nothing else.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop_mails(request: HttpRequest, token: str) -> HttpResponse:
    """Ends a person's mails, by a button: mail scanners open every address. 404 for a bad token."""
    user = reader_of_token(token)
    if user is None:
        raise Http404
    if request.method == "POST":
        stop_alerts(user)  # and no redirect: a mail program follows none
    going = SavedSearch.objects.filter(user=user).exclude(often=Often.NEVER).exists()
    response = render(request, "search/saved/stop.html", {"going": going})
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _form(request: HttpRequest, form: SavedForm, params: SearchParams, *, new: bool) -> HttpResponse:
    tag = get_language() or "en"
    description = describe(params, reader_of(request, tag), tag)
    context: dict[str, Any] = {"form": form, "asked": params, "new": new, "description": description}
    return render(request, "search/saved/form.html", context, status=400 if form.errors else 200)


@never_cache
@require_safe
def unanswered(request: OfficeRequest) -> HttpResponse:
    """Searches without results, for those who run Kodeks; for everybody else there is no such page."""
    if not has_role(request.user, Role.OPERATOR):
        raise Http404
    context = {"vain": frequent_zero_results(), "days": DAYS, "floor": FLOOR}
    return render(request, "search/saved/unanswered.html", context)
