"""Members too many, left out or of another kind: `kodeks verify` refuses them wherever they stand, and knows those of the published
schema, no more and no less."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from typing import Any

import pytest

from documents.choices import ActKind
from documents.models import Edition
from documents.text.canonical import sha256_of
from tests.workflows.conftest import ROOT
from tests.workflows.test_record import adopted, adopted_once
from workflows.choices import Choice, Outcome, ReviewState, Silence, StageKind
from workflows.record.build import build
from workflows.record.check import NoRecord, as_bytes, problems
from workflows.record.check_members import (
    ACT_KINDS,
    ANSWERS,
    KINDS,
    MEMBERS,
    NAMES,
    ONLY_WHERE_IT_WAS,
    OUTCOMES,
    SILENCES,
    SINCE,
    STATES,
    Maybe,
    members,
)

pytestmark = pytest.mark.django_db
__all__ = ["adopted", "adopted_once"]


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
    whole = build(adopted)
    assert list(problems(sealed(copy.deepcopy(whole)))) == []
    places = list(dict.fromkeys(path for path, _one in objects(whole)))
    assert {"", "edition", "rounds", "rounds.stages.institutions.sign_offs.person", "acts"} <= set(places)
    for place in places:
        record = copy.deepcopy(whole)
        next(one for path, one in objects(record) if path == place)["zz"] = 1
        found = list(problems(sealed(record)))
        wanted = f"{place}.zz".lstrip(".")
        assert found == [f"it has a member that there is none of in kodeks-approval/3: {wanted}"], place


def test_what_came_under_a_later_number_is_in_no_record_of_an_earlier_one(adopted: Edition) -> None:
    record = build(adopted) | {"schema": "kodeks-approval/2"}
    assert "rounds.procedure_stages" in " ".join(problems(sealed(record)))
    first = {"schema": "kodeks-approval/1", "corrigenda": [], "acts": [{"covers": {}, "session": "1"}]}
    assert [line.rpartition(" ")[2] for line in members(first)] == ["corrigenda", "acts.covers"]
    assert list(members(first | {"schema": "kodeks-approval/2"})) == []
    with pytest.raises(NoRecord):
        list(problems(sealed(build(adopted) | {"schema": "kodeks-approval/4"})))


def test_a_member_left_out_is_asked_for(adopted: Edition) -> None:
    whole = build(adopted)
    left_out = [f"{path}.{name}".lstrip(".") for path, one in objects(whole) for name in one]
    assert {"audit", "corrigenda", "edition.followed", "rounds.stages.institutions.name"} <= set(left_out)
    for wanted in dict.fromkeys(left_out):
        place, _, name = wanted.rpartition(".")
        record = copy.deepcopy(whole)
        del next(one for path, one in objects(record) if path == place and name in one)[name]
        if wanted != "schema":
            said = f"it lacks a member that belongs to kodeks-approval/3: {wanted}"
            assert said in members(record), wanted
    silent = copy.deepcopy(whole)
    del silent["audit"], silent["rounds"][0]["reason"]
    assert [line.rpartition(" ")[2] for line in problems(sealed(silent))] == ["rounds.reason", "audit"]


@pytest.mark.parametrize("value", [{"zz": "hidden"}, ["hidden"], None, True, 1, "zz", []])
def test_a_value_of_another_kind_is_refused_wherever_it_stands(adopted: Edition, value: Any) -> None:
    """An object in the place of a word would carry members that nobody holds against anything."""
    refused, whole = set(), build(adopted)
    for wanted in {f"{path}.{name}".lstrip(".") for path, one in objects(whole) for name in one}:
        place, _, name = wanted.rpartition(".")
        record = copy.deepcopy(whole)
        next(one for path, one in objects(record) if path == place and name in one)[name] = value
        if wanted != "schema" and any(members(record)):
            refused.add(wanted)
    words = {"rounds.reason", "rounds.stages.name", "rounds.stages.institutions.sign_offs.reason"}
    chosen = {"rounds.state", "rounds.stages.institutions.sign_offs.answer", "rounds.stages.outcome"}
    assert (words <= refused) is not isinstance(value, str) and chosen <= refused
    assert ("edition.recorded_as_adopted_before" in refused) is (value is not True)
    assert ("edition.number" in refused) is (value != 1 or value is True)
    assert ("audit" in refused) is (value is not None)


def test_words_of_choice_are_those_that_there_are() -> None:
    for known, choices in (
        (ACT_KINDS, ActKind),
        (ANSWERS, Choice),
        (KINDS, StageKind),
        (SILENCES, Silence),
        (STATES, ReviewState),
    ):
        assert known == set(choices.values), choices
    assert {"", *Outcome.values} == OUTCOMES


def test_the_known_members_are_those_of_the_schema() -> None:
    schema = json.loads((ROOT / "docs" / "approval-record.schema.json").read_text())
    kinds = {"string": str, "boolean": bool, "integer": int}

    def shape(part: dict[str, Any], path: str = "") -> Any:
        if "$ref" in part:
            part = schema["$defs"][part["$ref"].rpartition("/")[2]]
        if "enum" in part:
            return frozenset(part["enum"])
        if "items" in part:
            return [shape(part["items"], path)]
        if "properties" in part:
            assert part["additionalProperties"] is False
            left = {f"{path}.{name}" for name in part["properties"].keys() - set(part["required"])}
            assert left <= {f".{one}" for one in ONLY_WHERE_IT_WAS}
            made = {name: shape(inner, f"{path}.{name}") for name, inner in part["properties"].items()}
            return Maybe(made) if "null" in part["type"] else made
        if "additionalProperties" in part:
            assert part["additionalProperties"] == {"type": "string"}
            return NAMES
        if isinstance(part["type"], list):
            return kinds[part["type"][0]] | None
        return kinds[part["type"]]

    assert shape(schema) == MEMBERS
    for path in SINCE:
        known: Any = MEMBERS
        for name in path.split("."):
            known = known[0] if isinstance(known, list) else known
            known = known[name]


def test_of_a_record_as_a_pdf_it_says_which_file_to_check() -> None:
    with pytest.raises(NoRecord, match="check its JSON file"):
        list(problems(b"%PDF-1.7 ..."))
