"""Wagtail's page for editing what a second person confirms."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail.snippets.views.snippets import EditView

from proposals.errors import Stale, Waits
from proposals.models import Proposal


class EditByTwo(EditView):
    """While a change waits there is nothing to edit: it is confirmed or rejected first."""

    def check_rights(self) -> None:
        """Raises where the person may not change this one."""
        raise NotImplementedError

    def waiting(self) -> Proposal | None:
        """The proposal that waits, or None."""
        return Proposal.objects.about(self.object).waiting().first()

    def say_that_it_changed(self) -> str:
        raise NotImplementedError

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.check_rights()
        waiting = self.waiting()
        if waiting is not None:
            if request.method == "POST":
                messages.error(request, str(Waits.says))
            return redirect("proposals:decide", waiting.pk)
        try:
            return super().dispatch(request, *args, **kwargs)
        except Waits:
            return self.dispatch(request, *args, **kwargs)
        except Stale:
            messages.error(request, self.say_that_it_changed())
            return redirect(request.path)
