"""Whether a translation was corrected together with its original."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from documents.corrigenda.overlay import corrected_body
from documents.models import Corrigendum
from documents.text.types import Json
from documents.translation.slots import same_shape, slots


class _Step(NamedTuple):
    acts: frozenset[tuple[str, ...]]
    slots: frozenset[str]


def corrected_together(
    original: Json,
    of_original: Sequence[Corrigendum],
    translation: Json,
    of_translation: Sequence[Corrigendum],
) -> bool:
    """Whether each corrigendum of a section's original has one of its translation beside it, of the same act
    and at the same place (:mod:`documents.translation.slots`). The texts are those that were corrected; of
    each language its corrigenda, oldest first.

    A ministry corrects a slip in all authentic languages by one act. Corrigenda of two acts, or at two
    places, are two slips: that the translation says what the original says since, nobody has looked at."""
    if not same_shape(original, translation):
        return False
    there = _steps(translation, of_translation)
    return all(
        any(own.acts & other.acts and own.slots and own.slots <= other.slots for other in there)
        for own in _steps(original, of_original)
    )


def _steps(body: Json, corrigenda: Sequence[Corrigendum]) -> list[_Step]:
    found = []
    for one in corrigenda:
        after = corrected_body(body, [one])
        before, now = dict(slots(body)), dict(slots(after))
        changed = frozenset(name for name in {*before, *now} if before.get(name) != now.get(name))
        acts = frozenset((act.body, act.number, str(act.date)) for act in one.acts.all())
        found.append(_Step(acts, changed))
        body = after
    return found
