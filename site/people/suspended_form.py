"""A form that waits until its sender has shown the second factor. The session has its address, its fields and
the names of its files: nothing of the request's headers, and no file."""

from __future__ import annotations

import time
from typing import Any

from allauth.account.internal.flows.reauthentication import STATE_SESSION_KEY
from allauth.account.utils import get_next_redirect_url
from django.http import HttpRequest, HttpResponseRedirect, QueryDict

ANSWERED = "suspended_form"
"""Where the session has the form from the code until the next request."""
AT_ONCE = 60
"""Within so many seconds after the code the browser asks for the page of the form."""
WAITS = 600
"""So many seconds a form waits for the code. Anybody can send a link to the page that asks for it."""


def suspend(request: HttpRequest, address: str) -> HttpResponseRedirect:
    """Leads to the ``address`` that asks for the factor. A form that was sent waits, once Django has found
    that it comes from a page of Kodeks: later nobody asks that again."""
    request.session.pop(STATE_SESSION_KEY, None)
    if request.method == "POST" and getattr(request, "csrf_processing_done", False):
        fields = request.POST.copy()
        fields.pop("csrfmiddlewaretoken", None)
        state = {
            "path": request.get_full_path(),
            "fields": fields.urlencode(),
            "files": sorted(request.FILES),
            "sent": time.time(),
        }
        request.session[STATE_SESSION_KEY] = {"callback": f"{__name__}.go_on", "state": state}
    return HttpResponseRedirect(address)


def go_on(request: HttpRequest, state: dict[str, Any]) -> HttpResponseRedirect | None:
    """Allauth calls it once the factor was shown. The form goes on at its own address, or nowhere; one that
    waited too long is dropped."""
    there = get_next_redirect_url(request, "next")
    if there == state["path"] and time.time() - state.get("sent", 0) <= WAITS:
        request.session[ANSWERED] = state | {"at": time.time()}
    return HttpResponseRedirect(there) if there else None


def take_up(request: HttpRequest, missing: Any) -> None:
    """Makes of the request that follows the code the form that waited. ``missing`` stands for each file."""
    form = request.session.get(ANSWERED)
    if form is None or request.method != "GET" or form["path"] != request.get_full_path():
        return
    del request.session[ANSWERED]
    if time.time() - form["at"] > AT_ONCE:
        return
    files = request.FILES  # of the empty request: Django reads them once
    request.method, request.POST = "POST", QueryDict(form["fields"])
    request.csrf_processing_done = True  # type: ignore[attr-defined]  # it was checked when the form was sent
    for name in form["files"]:
        files.setlist(name, [missing])
