"""Sign in by a link in a mail, used by a button: mail scanners open every address."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from people.actions.groups import sync_groups
from people.actions.mail_link import (
    MINUTES,
    LinkClosed,
    find_open,
    onward_of,
    send_again,
    send_link,
    use_link,
)
from people.onward import onward


class AddressForm(forms.Form):
    email = forms.EmailField(
        label=_("E-mail address"), widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Asks for a link; says the same whether the address is known or not."""
    form = AddressForm(request.POST or None)
    sent = request.method == "POST" and form.is_valid()
    if sent:
        send_link(form.cleaned_data["email"], onward(request))
    return render(
        request,
        "people/mail_link.html",
        {"form": form, "sent": sent, "minutes": MINUTES, "next": onward(request)},
        status=400 if form.errors else 200,
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: HttpRequest, token: str) -> HttpResponse:
    """The page behind the link: a button signs in. Used, old or unknown: 410, in words, with a fresh link.

    Who is signed in as its reader already is led to its page, whatever became of the link.
    """
    if request.user.is_authenticated and (there := onward_of(token, request.user)):
        return HttpResponseRedirect(there)
    try:
        if request.method != "POST":
            return render(request, "people/mail_link_use.html", {"link": find_open(token)})
        link = use_link(token)
    except LinkClosed:
        return render(request, "people/mail_link_closed.html", {"token": token}, status=410)
    login(request, link.user, backend=settings.AUTHENTICATION_BACKENDS[0])
    sync_groups(link.user)
    return HttpResponseRedirect(link.onward or f"/{link.user.language}/")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def again(request: HttpRequest, token: str) -> HttpResponse:
    """Mails a fresh link for one that no longer works; says the same of every token."""
    if request.method != "POST":
        return follow(request, token)
    send_again(token)
    return render(request, "people/mail_link.html", {"sent": True, "minutes": MINUTES})
