"""The audit trail has what an action refuses, and what it does."""

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
    """For an action ``(by, thing, ...)``. An ActionError that leaves it is recorded in the trail with its
    code, after the rollback, and raised again. ``of`` gives the thing that the trail names. Of actions within
    one another only the outer one records."""

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
