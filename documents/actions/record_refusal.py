"""What an action refuses stands in the audit trail, as what it did does."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from django.db.models import Model

import audit
from documents.actions.errors import ActionError
from people.models import User

P = ParamSpec("P")
T = TypeVar("T", bound=Model)
R = TypeVar("R")
Action = Callable[Concatenate[User, T, P], R]


def record_refusals(
    verb: str, of: Callable[[Any], Model] | None = None
) -> Callable[[Action[T, P, R]], Action[T, P, R]]:
    """For an action ``(by, thing, ...)``: an ActionError that leaves it is written into the trail with its
    code, after what the action began was undone, and goes on to its caller. ``of`` gives the thing that the
    trail names, where that is another.

    Within another action that refuses too only the outer one is told: what the inner one wrote is undone with
    the rest.
    """

    def wrap(action: Action[T, P, R]) -> Action[T, P, R]:
        @wraps(action)
        def run(by: User, thing: T, /, *args: P.args, **more: P.kwargs) -> R:
            try:
                return action(by, thing, *args, **more)
            except ActionError as refusal:
                audit.refused(verb, of(thing) if of else thing, by, why=refusal.code)
                raise

        return run

    return wrap
