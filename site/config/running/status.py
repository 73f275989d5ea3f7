"""What a proxy and a monitor ask: ``/healthz``, ``/readyz``, ``/statusz`` (docs/logs-and-metrics.md)."""

from __future__ import annotations

from django.conf import settings
from django.core.signing import BadSignature, TimestampSigner
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from config.running.needs import DATABASE, look
from people.access import has_role
from people.roles import Role

CHECK = "X-Kodeks-Check"
"""The header by which ``kodeks check`` says who asks."""
SECONDS = 60
_signer = TimestampSigner(salt="kodeks check")


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Whether this process answers."""
    return _plain("ok\n")


@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """Whether this process can do its work: 503 while the database is away. While something else is, pages
    are served all the same. What is away is not for everybody to know."""
    is_ready = look()[DATABASE]
    response = _plain("ready\n" if is_ready else "not ready\n", 200 if is_ready else 503)
    if _is_check(request):
        forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "")
        response.headers["X-Proxies"] = str(len(forwarded.split(",")) if forwarded else 0)
        response.headers["X-Serves"] = settings.KODEKS_HOST
    return response


def sign_check() -> dict[str, str]:
    """The header of a request of ``kodeks check``, which asks from outside what the proxies do."""
    return {CHECK: _signer.sign("check")}


def _is_check(request: HttpRequest) -> bool:
    try:
        _signer.unsign(request.headers.get(CHECK, ""), max_age=SECONDS)
    except BadSignature:
        return False
    return True


@require_safe
def statusz(request: HttpRequest) -> HttpResponse:
    """A line for each need, and 503 where one is away, for a monitor on the machine itself and for operators.
    Everybody else gets 404: what is away tells when to strike."""
    if not _is_from_here(request) and not has_role(request.user, Role.OPERATOR):
        raise Http404
    found = look()
    lines = [f"{name}: {'ok' if there else 'away'}\n" for name, there in found.items()]
    return _plain("".join(lines), 200 if all(found.values()) else 503)


def _is_from_here(request: HttpRequest) -> bool:
    """Whether it was asked on this machine, past the proxy: each proxy adds X-Forwarded-For."""
    return "X-Forwarded-For" not in request.headers and request.META["REMOTE_ADDR"] in ("127.0.0.1", "::1")


def _plain(text: str, status: int = 200) -> HttpResponse:
    return HttpResponse(text, status=status, content_type="text/plain")
