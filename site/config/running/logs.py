"""The log: one line of JSON an event, of keys that are listed here, and nothing that a person typed or is
called (docs/logs-and-metrics.md)."""

from __future__ import annotations

import json
import logging
import sys
import time
import traceback
import uuid
from collections.abc import Callable, MutableMapping
from pathlib import Path
from types import TracebackType
from typing import Any

import structlog

KEYS = (
    "time", "level", "logger", "event", "request", "host", "method", "route", "status", "ms",
    "job", "count", "backup", "material", "error", "caused_by", "sqlstate", "where", "pid",
)  # fmt: skip
"""All that a line may have, in this order."""
OWN = ("kodeks", "audit", "config", "documents")
"""Loggers whose messages are Kodeks's own, so that none has a word of a reader."""
EXTRA = ("job", "count", "backup", "material", "host", "method", "route", "status", "ms", "where")
"""What Kodeks's own code adds to a message, by ``extra``."""
FRAMES = 12
ROOT = Path(__file__).resolve().parents[3]

Event = MutableMapping[str, Any]
Error = tuple[type[BaseException], BaseException, TracebackType | None]


def _with_message(_logger: Any, _method: str, event: Event) -> Event:
    """The message as it stands in the code. Its arguments are shown where they are numbers, of errors the
    kind. What another package wrote out before logging it is left out: it may have an address in it."""
    record: logging.LogRecord = event["_record"]
    given = event.get("positional_args")
    arguments = given if isinstance(given, tuple) else ()
    is_own = record.name.split(".")[0] in OWN
    template = record.msg if isinstance(record.msg, str) and (is_own or arguments) else ""
    try:
        event["event"] = template % tuple(_harmless(one) for one in arguments)
    except (TypeError, ValueError):
        event["event"] = template
    event["logger"], event["level"], event["pid"] = record.name, record.levelname.lower(), record.process
    event["time"] = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(record.created)) + (
        f".{int(record.msecs):03}Z"
    )
    if not template:
        event["where"] = [f"{record.module}:{record.lineno}"]
    return event


class _Hidden(str):
    """An argument that is not shown, whatever the message wants to make of it."""

    def __mod__(self, _other: Any) -> str:
        return str(self)

    __repr__ = str.__str__


def _harmless(argument: Any) -> Any:
    if isinstance(argument, bool | int | float | uuid.UUID):
        return argument
    return type(argument).__name__ if isinstance(argument, BaseException) else _Hidden("…")


def _with_error(_logger: Any, _method: str, event: Event) -> Event:
    """Of an exception its kind, what it came from and where; not its message, which may quote what somebody
    typed, and no variable."""
    given = event.get("exc_info")
    error = given[1] if isinstance(given, tuple) else None
    if error is None:
        return event
    event["error"] = _kind(error)
    event["caused_by"] = [_kind(one) for one in _causes(error)] or None
    event["sqlstate"] = next(
        (state for one in (error, *_causes(error)) if (state := getattr(one, "sqlstate", None))), None
    )
    frames = traceback.extract_tb(error.__traceback__)[-FRAMES:]
    event["where"] = [f"{_short(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames]
    return event


def _kind(error: BaseException) -> str:
    return f"{type(error).__module__}.{type(error).__qualname__}".removeprefix("builtins.")


def _causes(error: BaseException) -> list[BaseException]:
    found: list[BaseException] = []
    while (cause := error.__cause__ or error.__context__) is not None and len(found) < 5:
        found.append(cause)
        error = cause
    return found


def _short(path: str) -> str:
    """Below the checkout, or below the folder of packages."""
    return path.removeprefix(f"{ROOT}/").rpartition("site-packages/")[2]


def _listed(_logger: Any, _method: str, event: Event) -> Event:
    """The keys of the list, and no other."""
    return {key: event[key] for key in KEYS if event.get(key) not in (None, "")}


def formatter() -> logging.Formatter:
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[
            structlog.contextvars.merge_contextvars,
            structlog.stdlib.ExtraAdder(EXTRA),
            _with_message,
            _with_error,
        ],
        processors=[
            _listed,
            structlog.processors.JSONRenderer(serializer=json.dumps, ensure_ascii=False),
        ],
        pass_foreign_args=True,
        use_get_message=False,
    )


def with_exception() -> Callable[[logging.LogRecord], bool]:
    return lambda record: bool(record.exc_info)


LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "config.running.logs.formatter"}},
    # What failed without an exception is in the log of requests.
    "filters": {"errors": {"()": "config.running.logs.with_exception"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "json", "stream": "ext://sys.stdout"}
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "kodeks": {"level": "INFO"},
        "django.request": {"level": "ERROR", "filters": ["errors"]},
        # What is wrong with a bag is for whoever asked: the command names it.
        "bagit": {"level": "CRITICAL"},
        "gunicorn.error": {"level": "INFO", "handlers": [], "propagate": True},
        "gunicorn.access": {"level": "CRITICAL", "handlers": [], "propagate": False},
    },
}


def log_what_ends_it() -> None:
    """An exception that ends this process is logged as any other, and not printed with its message."""
    log = logging.getLogger("kodeks.process")

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        log.critical("the process ends", exc_info=(kind, error, trace))

    sys.excepthook = hook


QUIET = ("readyz", "statusz")
"""What monitors ask again and again is logged where it fails alone."""
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
SLOW = 2000.0
"""Milliseconds from which a request of the public host is logged too."""

log = logging.getLogger("kodeks.request")


class RequestMiddleware:
    """Gives each request a number, which the answer and every line of its log have, and logs what it took.

    Of the public host only what failed or was slow is logged: no log tells when somebody read which page.
    """

    def __init__(self, get_response: Callable[[Any], Any]) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> Any:
        from django.http import HttpResponse, HttpResponseNotAllowed

        if request.path_info == "/healthz" and request.method in ("GET", "HEAD"):
            # Asked by a proxy and a container by whatever name they have for this machine.
            return HttpResponse("ok\n", content_type="text/plain")
        number, start = uuid.uuid4().hex[:16], time.monotonic()
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request=number)
        # A method that nobody knows is a word of the sender, and would be a label of a measurement.
        known = request.method in METHODS
        response = self.get_response(request) if known else HttpResponseNotAllowed(METHODS)
        response.headers["X-Request-ID"] = number
        ms = round((time.monotonic() - start) * 1000, 1)
        is_public = getattr(request, "public", True)
        route = request.resolver_match.route if request.resolver_match else ""
        is_quiet = is_public or route in QUIET
        if not is_quiet or response.status_code >= 500 or ms > SLOW:
            host = "public" if is_public else "office"
            what = {"method": request.method if known else "", "status": response.status_code, "ms": ms}
            log.info("request", extra={"host": host, "route": route} | what)
        structlog.contextvars.clear_contextvars()
        return response
