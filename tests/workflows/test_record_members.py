"""A member too many: `kodeks verify` refuses it wherever it stands, and knows those of the published schema, no more and no less."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from documents.models import Edition
from documents.tree.canonical import sha256_of
from tests.workflows.conftest import ROOT
from tests.workflows.test_record import adopted
from workflows.record.build import build
from workflows.record.check import NoRecord, as_bytes, problems
from workflows.record.check_members import MEMBERS, SINCE, too_many

pytestmark = pytest.mark.django_db
__all__ = ["adopted"]


def sealed(record: dict[str, Any]) -> bytes:
    """With a hash that fits what it says now."""
    record["sha256"] = sha256_of({name: value for name, value in record.items() if name != "sha256"})
    return as_bytes(record)


def objects(value: Any, path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every object of a record that has members, with where it stands."""
    if isinstance(value, list):
        for one in value:
            yield from objects(one, path)
    elif isinstance(value, dict) and path.rpartition(".")[2] not in ("titles", "versions", "covers"):
        yield path, value
        for name, inner in value.items():
            yield from objects(inner, f"{path}.{name}" if path else name)


def test_a_member_too_many_is_refused_wherever_it_stands(adopted: Edition) -> None:
    assert list(problems(sealed(build(adopted)))) == []
    places = list(dict.fromkeys(path for path, _one in objects(build(adopted))))
    assert {"", "edition", "rounds", "rounds.stages.institutions.sign_offs.person", "acts"} <= set(places)
    for place in places:
        record = build(adopted)
        next(one for path, one in objects(record) if path == place)["zz"] = 1
        found = list(problems(sealed(record)))
        wanted = f"{place}.zz".lstrip(".")
        assert found == [f"it has a member that there is none of in kodeks-approval/3: {wanted}"], place


def test_what_came_under_a_later_number_is_in_no_record_of_an_earlier_one(adopted: Edition) -> None:
    record = build(adopted) | {"schema": "kodeks-approval/2"}
    assert "rounds.procedure_stages" in " ".join(problems(sealed(record)))
    first = {"schema": "kodeks-approval/1", "corrigenda": [], "acts": [{"covers": {}, "session": "1"}]}
    assert [line.rpartition(" ")[2] for line in too_many(first)] == ["corrigenda", "acts.covers"]
    assert list(too_many(first | {"schema": "kodeks-approval/2"})) == []
    with pytest.raises(NoRecord):
        list(problems(sealed(build(adopted) | {"schema": "kodeks-approval/4"})))


def test_the_known_members_are_those_of_the_schema() -> None:
    schema = json.loads((ROOT / "docs" / "approval-record.schema.json").read_text())

    def members(part: dict[str, Any]) -> Any:
        if "$ref" in part:
            part = schema["$defs"][part["$ref"].rpartition("/")[2]]
        if "items" in part:
            return members(part["items"])
        if "properties" not in part:
            return None
        assert part["additionalProperties"] is False
        return {name: members(inner) for name, inner in part["properties"].items()}

    assert members(schema) == MEMBERS
    for path in SINCE:
        known: Any = MEMBERS
        for name in path.split("."):
            known = known[name]
