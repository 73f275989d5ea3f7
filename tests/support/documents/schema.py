"""Checks JSON against a JSON Schema: the words of it that our schemas in docs/ use, and no others."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

DOCS = Path(__file__).parents[3] / "docs"
TYPES: dict[str, tuple[type, ...]] = {
    "object": (dict,), "array": (list,), "string": (str,), "integer": (int,), "number": (int, float),
    "boolean": (bool,), "null": (type(None),),
}  # fmt: skip
KNOWN = frozenset(
    {"$schema", "$defs", "$ref", "title", "description", "type", "enum", "const", "minimum", "anyOf"}
    | {"required", "properties", "additionalProperties", "items"}
)


def check(data: Any, name: str) -> None:
    """Raises AssertionError, with the place, where ``data`` is not what ``docs/{name}.schema.json`` says."""
    schema = json.loads((DOCS / f"{name}.schema.json").read_text())
    problem = _problem(data, schema, schema, "$")
    assert not problem, problem


def undescribed(data: Any, name: str) -> list[str]:
    """The members of ``data`` that the schema allows and does not describe, where it describes any beside
    them."""
    root = json.loads((DOCS / f"{name}.schema.json").read_text())
    return list(_undescribed(data, root, root, "$"))


def _undescribed(data: Any, schema: dict[str, Any], root: dict[str, Any], at: str) -> Iterator[str]:
    if "$ref" in schema:
        yield from _undescribed(data, root["$defs"][schema["$ref"].removeprefix("#/$defs/")], root, at)
    elif "anyOf" in schema:
        fitting = [one for one in schema["anyOf"] if not _problem(data, one, root, at)]
        yield from _undescribed(data, fitting[0], root, at)
    elif isinstance(data, list) and "items" in schema:
        for number, one in enumerate(data):
            yield from _undescribed(one, schema["items"], root, f"{at}[{number}]")
    elif isinstance(data, dict) and "properties" in schema:
        for key, value in data.items():
            if key in schema["properties"]:
                yield from _undescribed(value, schema["properties"][key], root, f"{at}.{key}")
            else:
                yield f"{at}.{key}"


def _problem(data: Any, schema: dict[str, Any], root: dict[str, Any], at: str) -> str:
    assert schema.keys() <= KNOWN, schema.keys() - KNOWN
    if "$ref" in schema:
        return _problem(data, root["$defs"][schema["$ref"].removeprefix("#/$defs/")], root, at)
    if "anyOf" in schema:
        found = [_problem(data, one, root, at) for one in schema["anyOf"]]
        return "" if "" in found else found[0]
    if "type" in schema and (
        not isinstance(data, TYPES[schema["type"]])
        or (isinstance(data, bool) and schema["type"] != "boolean")
    ):
        return f"{at} is no {schema['type']}"
    if "enum" in schema and data not in schema["enum"]:
        return f"{at} is {data!r}"
    if "const" in schema and data != schema["const"]:
        return f"{at} is {data!r}"
    if "minimum" in schema and data < schema["minimum"]:
        return f"{at} is less than {schema['minimum']}"
    if isinstance(data, list) and "items" in schema:
        inner = (_problem(one, schema["items"], root, f"{at}[{i}]") for i, one in enumerate(data))
        return next(filter(None, inner), "")
    if isinstance(data, dict):
        return _object(data, schema, root, at)
    return ""


def _object(data: dict[str, Any], schema: dict[str, Any], root: dict[str, Any], at: str) -> str:
    missing = set(schema.get("required", ())) - data.keys()
    if missing:
        return f"{at} has no {sorted(missing)}"
    others = schema.get("additionalProperties", True)
    for key, value in data.items():
        one = schema.get("properties", {}).get(key, others)
        if one is False:
            return f"{at} has {key}"
        if one is not True and (problem := _problem(value, one, root, f"{at}.{key}")):
            return problem
    return ""
