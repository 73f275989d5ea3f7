"""Checks before an adoption, or before recording an earlier one: rooms above register them."""

from __future__ import annotations

from collections.abc import Callable

from documents.models import Edition

Gate = Callable[[Edition], list[str]]

_gates: list[Gate] = []
_recording: list[Gate] = []


def gate(function: Gate) -> Gate:
    """Registers a function that gives what still is in the way of an adoption."""
    _gates.append(function)
    return function


def recording_gate(function: Gate) -> Gate:
    """Registers a function that gives, likewise, why a draft can't be recorded as adopted before Kodeks."""
    _recording.append(function)
    return function


def problems(edition: Edition) -> list[str]:
    """Everything that is in the way, from every gate; empty when the edition can be adopted."""
    return [problem for check in _gates for problem in check(edition)]


def recording_problems(edition: Edition) -> list[str]:
    """Everything for which a draft can't be recorded as adopted before Kodeks, from every gate."""
    return [problem for check in _recording for problem in check(edition)]
