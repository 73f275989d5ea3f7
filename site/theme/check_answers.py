"""The page "Check your answers" before an act that is final.

A view shows its form, then this page, then acts::

    if request.method == "POST" and form.is_valid() and not check_answers.is_reopened(request):
        if not check_answers.is_confirmed(request):
            return check_answers.page(request, title=…, answers=[Answer(label, value)…], button=…)
        act()
    return render(request, "the_form.html", {"form": form})

The answers travel in hidden fields, so that nothing is stored before the last button.
Files can't: store them first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.safestring import SafeString

_STEP = "answers"
_CONFIRMED, _REOPENED = "confirmed", "change"


@dataclass(frozen=True)
class Answer:
    """One row of the summary; ``value`` is text or safe HTML."""

    label: str
    value: object
    lang: str = ""

    @property
    def is_html(self) -> bool:
        return isinstance(self.value, SafeString)


@dataclass(frozen=True)
class Tick:
    """A box above the button that must be ticked. It sends ``value``, which the act checks."""

    name: str
    value: str
    label: str


def is_confirmed(request: HttpRequest) -> bool:
    """Whether the last button of the page was pressed."""
    return request.POST.get(_STEP) == _CONFIRMED


def is_reopened(request: HttpRequest) -> bool:
    """Whether *Change* was pressed: the form is to be shown again, filled in."""
    return request.POST.get(_STEP) == _REOPENED


def page(
    request: HttpRequest,
    *,
    title: str,
    answers: Sequence[Answer],
    button: str,
    lead: str = "",
    warning: str = "",
    warnings: Sequence[str] = (),
    subject: str = "",
    trail: Sequence[tuple[str, str]] = (),
    is_dangerous: bool = False,
    has_form: bool = True,
    data: QueryDict | None = None,
    tick: Tick | None = None,
) -> HttpResponse:
    """The summary with its two buttons. ``button`` names the act, ``warning`` what can't be taken back;
    ``warnings`` repeats those of the form.

    Without a form before it (``has_form``) the second button says *Cancel*; it goes the same way as *Change*.
    ``data`` is carried in place of what was sent: with tokens of files that are stored, for example."""
    carried = [
        (name, value)
        for name, values in (request.POST if data is None else data).lists()
        if name not in {_STEP, "csrfmiddlewaretoken", tick and tick.name}
        for value in values
    ]
    return render(
        request,
        "theme/check_answers.html",
        {
            "title": title,
            "subject": subject,
            "answers": answers,
            "button": button,
            "lead": lead,
            "warnings": [one for one in (*warnings, warning) if one],
            "trail": trail,
            "carried": carried,
            "is_dangerous": is_dangerous,
            "has_form": has_form,
            "tick": tick,
        },
    )
