"""The JSON Schema of the tables of an export, made from the models."""

from __future__ import annotations

from typing import Any

from django.db.models import Field

from handover.tables import Table

TYPES: dict[str, dict[str, Any]] = {
    "BooleanField": {"type": "boolean"},
    "JSONField": {},
    "BinaryField": {"type": "string", "description": "bytes, as \\x and hexadecimal digits"},
    "DateTimeField": {"type": "string", "format": "date-time"},
    "DateField": {"type": "string", "format": "date"},
    "UUIDField": {"type": "string", "format": "uuid"},
    "DecimalField": {"type": "number"},
}
NUMBERS = ("AutoField", "BigAutoField", "BigIntegerField", "IntegerField", "PositiveIntegerField",
           "PositiveBigIntegerField", "PositiveSmallIntegerField", "SmallIntegerField")  # fmt: skip


def schema(tables: list[Table]) -> dict[str, Any]:
    """A definition for each table; a line of ``data/tables/NAME.jsonl`` is one object of it."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "What a country owns in Kodeks, a definition for each table",
        "$defs": {table.name: _object(table) for table in tables},
    }


def _object(table: Table) -> dict[str, Any]:
    fields = {field.column: _property(field) for field in table.model._meta.concrete_fields}
    for column, label in table.references.items():
        fields[column]["description"] = f"key of {Table(label).name}"
    return {
        "title": table.label,
        "description": " ".join((table.model.__doc__ or "").split()),
        "type": "object",
        "properties": dict(sorted(fields.items())),
        "required": sorted(fields),
        "additionalProperties": False,
    }


def _property(field: Field[Any, Any]) -> dict[str, Any]:
    target: Any = field
    while target.is_relation:
        target = target.target_field
    kind = target.get_internal_type()
    made = dict(TYPES.get(kind, {"type": "integer"} if kind in NUMBERS else {"type": "string"}))
    if field.null and "type" in made:
        made["type"] = [made["type"], "null"]
    if help_text := str(field.help_text or ""):
        made.setdefault("description", help_text)
    return made
