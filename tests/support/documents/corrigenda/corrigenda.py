"""What several test files of documents/corrigenda begin with: corrigenda."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from documents.actions import record_corrigendum
from documents.models import Corrigendum
from people.roles import Role
from tests.support.factories import make_in_force, make_institution, make_person, make_tree

TREE = make_tree(sections=((1, "Општо", "Рокот е триесет дена од пријавата."), (1, "Цел", "Целта е целта.")))


UID = UUID(TREE.sections[0].uid)


Cast = dict[str, Any]


@pytest.fixture
def cast() -> Cast:
    edition = make_in_force(tree=TREE)
    owner = edition.instrument.owner
    return {
        "edition": edition,
        "drafter": make_person(Role.DRAFTER, owner, name="Drita"),
        "coordinator": make_person(Role.COORDINATOR, owner),
        "second": make_person(Role.COORDINATOR, owner),
        "practitioner": make_person(Role.PRACTITIONER, owner),
        "stranger": make_person(Role.COORDINATOR, make_institution("mk-other")),
    }


def proposed(cast: Cast, exact: str = "триесет дена", words: str = "три дена") -> Corrigendum:
    return record_corrigendum.propose_corrigendum(
        cast["drafter"], cast["edition"], UID, "mk", exact, words, "Погрешен број."
    )
