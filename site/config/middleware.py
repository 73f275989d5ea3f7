"""Middleware: the two hosts, the language of the address, the sign-in, security headers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.signals import user_logged_out
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.http.request import split_domain_port
from django.http.response import HttpResponseBase
from django.middleware.csrf import CsrfViewMiddleware
from django.middleware.gzip import GZipMiddleware
from django.middleware.http import ConditionalGetMiddleware
from django.urls import is_valid_path
from django.utils import translation
from django.utils.deprecation import MiddlewareMixin
from django.utils.translation.trans_real import parse_accept_lang_header

from documents.word.file.confined import serving_request
from people import identity
from public.places import READING, TWIN, place_of_reading
from theme import inline
from theme.file_answers import SAFE
from theme.refusals import bad_request

Handler = Callable[[HttpRequest], HttpResponse]

OPEN_OFFICE_PATHS = ("/static/", "/calendar/", "/oidc/", "/healthz", "/readyz", "/statusz", "/favicon.ico")
OPEN_OFFICE_PAGES = ("sign-in", "sign-out", "invitation", "password", "mail-link", "stop-mails", "privacy")
"""The second part of an office address that needs no sign-in, e.g. /sq/sign-in/."""


def is_public(host: str) -> bool:
    """Whether a Host header names the public site, in any spelling and with any port: else the sign-in would
    stand there for whoever adds a port. Where both hosts have one name, the port tells them apart."""
    name, port = _name_and_port(host)
    public = [_name_and_port(one) for one in settings.PUBLIC_HOSTS]
    if (name, port) in public:
        return True
    offices = [
        _name_and_port(one) for one in [urlsplit(settings.OFFICE_BASE_URL).netloc, *settings.OFFICE_HOSTS]
    ]
    return name not in {known for known, _ in offices} and name in {known for known, _ in public}


def _name_and_port(host: str) -> tuple[str, int | None]:
    """In one spelling, with None for the ports that addresses leave out."""
    name, port = split_domain_port(host)
    number = int(port) if port.isdecimal() and len(port) < 10 else None
    return name, None if number in (80, 443) else number


def _without_nul(request: HttpRequest) -> None:
    """PostgreSQL takes no NUL in a text, not even to look for one: an address that has one names nothing."""
    if "\x00" in request.path_info:
        request.path = request.path.replace("\x00", "\ufffd")
        request.path_info = request.path_info.replace("\x00", "\ufffd")
    if "%00" in request.META.get("QUERY_STRING", ""):
        request.META["QUERY_STRING"] = request.META["QUERY_STRING"].replace("%00", "%EF%BF%BD")


class HostMiddleware:
    """Tells the hosts apart; on the public one nobody is signed in, and only GET is answered."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        _without_nul(request)
        request.public = is_public(request.get_host())
        if request.public:
            if request.method not in ("GET", "HEAD"):
                return HttpResponseNotAllowed(["GET", "HEAD"])
            request.COOKIES = {}
            request.user = AnonymousUser()
            request.urlconf = settings.PUBLIC_URLCONF
            if place := place_of_reading(request.path_info, request.GET.get("home", "")):
                request.place = place
        with serving_request():
            return self.get_response(request)


class _OfficeOnly(MiddlewareMixin):
    """Makes a middleware of Django's pass the public host by."""

    def __call__(self, request: HttpRequest) -> Any:
        return self.get_response(request) if request.public else super().__call__(request)


class OfficeSessionMiddleware(_OfficeOnly, SessionMiddleware):
    pass


class OfficeAuthenticationMiddleware(_OfficeOnly, AuthenticationMiddleware):
    pass


class OfficeMessageMiddleware(_OfficeOnly, MessageMiddleware):
    pass


class OfficeCsrfMiddleware(_OfficeOnly, CsrfViewMiddleware):
    """The public host takes no POST at all (HostMiddleware), so that passing its views by opens nothing."""

    def process_view(  # type: ignore[override]  # Django says Forbidden where it means any answer
        self,
        request: HttpRequest,
        callback: Callable[..., HttpResponseBase],
        callback_args: tuple[Any, ...],
        callback_kwargs: dict[str, Any],
    ) -> HttpResponseBase | None:
        if request.public:
            return None
        return super().process_view(request, callback, callback_args, callback_kwargs)


class _PublicOnly(MiddlewareMixin):
    """Makes a middleware of Django's pass the office by."""

    def __call__(self, request: HttpRequest) -> Any:
        return super().__call__(request) if request.public else self.get_response(request)


class PublicGZipMiddleware(_PublicOnly, GZipMiddleware):
    """Public text alone: nothing secret shows in its length. Pictures and PDFs are packed already."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        text = response.headers.get("Content-Type", "").startswith(("text/", "application/xml"))
        return super().process_response(request, response) if text else response


class PublicConditionalMiddleware(_PublicOnly, ConditionalGetMiddleware):
    """A page that has not changed is not sent again."""


def language_of(request: HttpRequest) -> str:
    """The language that the address names, else the best of those that the browser asks for, else English."""
    first = request.path_info.split("/", 2)[1] if request.path_info.startswith("/") else ""
    known = dict(settings.LANGUAGES)
    if first in known:
        return first
    offered = set(known) if request.public else set(settings.KODEKS_OFFICE_LANGUAGES)
    for wanted, _ in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        if wanted in offered:
            return wanted
        if wanted.split("-")[0] == "sr":
            return "sr-latn" if "latn" in wanted else "sr-cyrl"
        if wanted.split("-")[0] in offered:
            return wanted.split("-")[0]
    return settings.LANGUAGE_CODE


class LanguageMiddleware:
    """Speaks the language of the address; no cookie and no session decides it. An address of the office that
    was typed without one ("/sign-in/") leads to the same in the language that the browser asks for."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.LANGUAGE_CODE = language_of(request)
        with translation.override(request.LANGUAGE_CODE):
            response = self.get_response(request)
            if hasattr(response, "render") and not getattr(response, "is_rendered", True):
                response = response.render()
            if response.status_code == 404 and (there := self._with_language(request)):
                response = HttpResponseRedirect(there)
                response.headers["Vary"] = "Accept-Language"
        response.headers.setdefault("Content-Language", request.LANGUAGE_CODE)
        return response

    @staticmethod
    def _with_language(request: HttpRequest) -> str:
        """Where an address without a language leads; empty where it has one or is no page."""
        if request.public or request.method not in ("GET", "HEAD"):
            return ""
        path = f"/{request.LANGUAGE_CODE}{request.path_info}"
        if request.path_info.split("/", 2)[1] in dict(settings.LANGUAGES) or not is_valid_path(path):
            return ""
        return f"/{request.LANGUAGE_CODE}{request.get_full_path()}"


OFFICE_LANGUAGE = "office_language"


class OfficeLanguageMiddleware:
    """Remembers in which language a person was in the office last, for the one page that has none in its
    address: the admin, whose way back leads there again. It decides the language of no other page."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.public and request.user.is_authenticated:
            tag = request.path_info.split("/", 2)[1]
            if (
                tag in settings.KODEKS_OFFICE_LANGUAGES
                and request.method == "GET"
                and request.session.get(OFFICE_LANGUAGE) != tag
            ):
                request.session[OFFICE_LANGUAGE] = tag
            if tag == "admin" and request.user.language in settings.KODEKS_OFFICE_LANGUAGES:
                return self._in_own_language(request, request.user.language)
        return self.get_response(request)

    def _in_own_language(self, request: HttpRequest, language: str) -> HttpResponse:
        """The admin speaks the language of the account, unless the person chose another one there: no address
        names it, and the browser's is often none of theirs."""
        request.LANGUAGE_CODE = language
        with translation.override(language):
            response = self.get_response(request)
            if hasattr(response, "render") and not getattr(response, "is_rendered", True):
                response = response.render()
        return response


class SignInMiddleware:
    """On the office host every path of an anonymous reader leads to the sign-in, whether it exists or not."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.public or request.user.is_authenticated or self._open(request.path_info):
            return self.get_response(request)
        query = urlencode({"next": request.get_full_path()})
        return HttpResponseRedirect(f"/{request.LANGUAGE_CODE}/sign-in/?{query}")

    @staticmethod
    def _open(path: str) -> bool:
        if path.startswith(OPEN_OFFICE_PATHS):
            return True
        parts = path.split("/")
        return len(parts) > 2 and parts[1] in dict(settings.LANGUAGES) and parts[2] in OPEN_OFFICE_PAGES


def _readable(request: HttpRequest) -> bool:
    """Whether the request says that it is written in UTF-8, or says nothing. Django takes every codec that
    Python has, and breaks on those that are none for a text ("idna", "hex")."""
    charset = str((request.content_params or {}).get("charset", "utf-8"))
    return charset.strip().strip("\"'").lower() in ("", "utf-8", "utf8", "us-ascii", "ascii")


class ReadableMiddleware:
    """Answers what is not written in UTF-8, before anybody looks into it."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if _readable(request):
            return self.get_response(request)
        with translation.override(language_of(request)):
            return bad_request(request)


OWN = "; ".join(
    (
        "default-src 'none'",
        f"script-src {inline.SCRIPTS}",
        f"style-src {inline.STYLES}",
        "img-src 'self' data:",
        "font-src 'self'",
        "media-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
ADMIN = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline' 'unsafe-eval'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "frame-ancestors 'self'",
        "form-action 'self'",
        "base-uri 'self'",
    )
)


def _is_page(response: HttpResponseBase) -> bool:
    """Whether a browser may draw an answer as a page of Kodeks. Everything else is a file."""
    kind = response.headers.get("Content-Type", "text/html")
    return kind.startswith("text/html") and "Content-Disposition" not in response.headers


def _make_safe(response: HttpResponseBase) -> None:
    for header, value in SAFE.items():
        if "sandbox" not in response.headers.get(header, ""):
            response.headers[header] = value


@receiver(user_logged_out)
def note_sign_out(request: Any, **_signal: Any) -> None:
    """The answer lets the browser forget what it has of the office."""
    if request is not None:
        request.signed_out = True


def _with_providers(policy: str) -> str:
    """Forms to sign in and out lead to a government's identity provider too."""
    return policy.replace("form-action 'self'", " ".join(["form-action 'self'", *identity.origins()]))


class SecurityHeadersMiddleware:
    """A strict content policy for our own pages; Wagtail's admin has inline scripts and gets its own."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        headers = response.headers
        if request.path_info.startswith("/admin/"):
            if headers.get("Content-Security-Policy") == OWN:
                # A preview of a public page, drawn as the public host would: in a frame of the admin.
                headers["Content-Security-Policy"] = OWN.replace(
                    "frame-ancestors 'none'", "frame-ancestors 'self'"
                )
            if _is_page(response):
                headers.setdefault("Content-Security-Policy", ADMIN)
        if not _is_page(response):
            _make_safe(response)
        headers.setdefault("Content-Security-Policy", OWN if request.public else _with_providers(OWN))
        headers.setdefault(
            "Permissions-Policy", "camera=(), microphone=(), geolocation=(), browsing-topics=()"
        )
        if request.public:
            headers["Referrer-Policy"] = "no-referrer"
            if TWIN.match(request.path_info):
                headers["Cache-Control"], headers["X-Robots-Tag"] = "no-store", "noindex"
            is_telling = _is_page(response) and not READING.match(request.path_info)
            headers.setdefault("Cache-Control", "no-store" if is_telling else "public, max-age=60")
        elif not request.path_info.startswith("/static/"):
            headers.setdefault("Cache-Control", "private, no-store")
        if getattr(request, "signed_out", False):
            headers["Clear-Site-Data"] = '"cache", "storage"'
        return response
