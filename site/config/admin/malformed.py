"""Forms that no page of the admin makes: Wagtail's views break on them, and the answer is 400."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from types import TracebackType

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.datastructures import MultiValueDictKeyError

from config.admin.gate import PREFIX
from theme.refusals import bad_request

log = logging.getLogger("kodeks.admin")

MALFORMED = (MultiValueDictKeyError, ObjectDoesNotExist, ValidationError, ValueError)
"""A field is missing, or is no number, no JSON, none of the form's, or names what is not there."""
WAGTAILS = {"wagtail", "wagtailmedia", "modelcluster", "taggit", "treebeard", "draftjs_exporter"}
PLAIN = (type(None), str, int, float, list)


class MalformedFormMiddleware:
    """Only where Wagtail's own code could not read the form: a fault of ours stays one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, problem: Exception) -> HttpResponse | None:
        if not request.path_info.startswith(PREFIX):
            return None
        if not isinstance(problem, MALFORMED) and not misses(problem):
            return None
        if reader_of(problem.__traceback__) not in WAGTAILS:
            return None
        log.warning("a form could not be read: %s", type(problem).__name__)
        return bad_request(request)


def misses(problem: Exception) -> bool:
    """Whether a field that is not there was read as text, as by the form for links outside, or a plain value
    as a rich text."""
    return isinstance(problem, AttributeError) and isinstance(problem.obj, PLAIN)


def reader_of(trace: TracebackType | None) -> str:
    """The package that called Django or Python for the last time."""
    found = ""
    while trace is not None:
        root = str(trace.tb_frame.f_globals.get("__name__", "")).partition(".")[0]
        if root != "django" and root not in sys.stdlib_module_names:
            found = root
        trace = trace.tb_next
    return found
