"""Sign in by a link in a mail, used by a button: mail scanners open every address."""

from __future__ import annotations

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.contrib.auth import logout
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from people.actions.mail_link import (
    MINUTES,
    LinkClosed,
    find_open,
    onward_of,
    send_again,
    use_link,
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
    if request.user.is_authenticated:
        logout(request)
    record_authentication(request, link.user, "mail_link")
    with transaction.atomic():
        there = link.onward or f"/{link.user.language}/"
        return perform_login(request, Login(user=link.user, redirect_url=there))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def again(request: HttpRequest, token: str) -> HttpResponse:
    """Mails a fresh link for one that no longer works; says the same of every token."""
    if request.method != "POST":
        return follow(request, token)
    send_again(token)
    return render(request, "people/mail_link_sent.html", {"minutes": MINUTES})
