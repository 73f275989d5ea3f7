"""An adopted edition with its approval record, to be checked and altered."""

from __future__ import annotations

import io
import json
from datetime import date
from pathlib import Path
from typing import Any

from documents.actions.adopt_edition import adopt_edition
from documents.exports.data import as_json
from documents.models import Edition
from documents.text.canonical import sha256_of
from people.models import User
from tests.support.reviews import Cast, act, seat_of
from workflows.actions.reopen import reopen
from workflows.actions.sign_off import sign_off
from workflows.models import Review
from workflows.record.cli import verify
from workflows.record.format import as_bytes


def make_adopted(cast: Cast, review: Review) -> Edition:
    """An edition that three institutions signed, and the government adopted."""
    sign_for(cast, review, cast.goran)
    reopen(cast.coordinator, review, "A word was wrong.")
    cast.change(1, "Разговорот се води на мирно место.")
    again = cast.start()
    sign_for(cast, again, cast.goran)
    sign_for(cast, again, cast.biljana, "agree_with_remarks", "=Mind the term.")
    sign_for(cast, again, cast.teuta)
    adopt_edition(cast.coordinator, again.edition, [act(), act(number="41")], date(2026, 1, 20))
    return Edition.objects.select_related("instrument").get(pk=cast.edition.pk)


def sign_for(cast: Cast, review: Review, by: User, choice: str = "agree", reason: str = "") -> None:
    place = {cast.goran: cast.interior, cast.biljana: cast.social, cast.teuta: cast.justice}[by]
    review = Review.objects.select_related("manifest").get(pk=review.pk)
    sign_off(by, seat_of(review, place), choice, reason, review.manifest.sha256)


def exports(edition: Edition) -> list[bytes]:
    return [
        json.dumps(as_json(edition, language, "https://x", ""), ensure_ascii=False).encode()
        for language in ("mk", "en")
    ]


def sealed(record: dict[str, Any]) -> bytes:
    """A record altered by somebody who knows how its hash is made."""
    record.pop("sha256")
    return as_bytes(record | {"sha256": sha256_of(record)})


def run(tmp_path: Path, *files: bytes) -> tuple[int, str, str]:
    names = []
    for number, data in enumerate(files):
        path = tmp_path / f"{number}.json"
        path.write_bytes(data)
        names.append(str(path))
    out, err = io.StringIO(), io.StringIO()
    return verify(names, io.StringIO(), out, err), out.getvalue(), err.getvalue()


def last(record: Any) -> Any:
    return record["rounds"][-1]


def stages(record: Any) -> Any:
    return last(record)["stages"]


def institutions(record: Any) -> Any:
    return stages(record)[0]["institutions"]


def fits(value: Any, schema: dict[str, Any], root: dict[str, Any], path: str = "") -> None:
    """The few words of JSON Schema that the published one uses."""
    if "$ref" in schema:
        schema = root["$defs"][schema["$ref"].rpartition("/")[2]]
    kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    names = {
        dict: "object",
        list: "array",
        str: "string",
        bool: "boolean",
        int: "integer",
        type(None): "null",
    }
    assert names[type(value)] in kinds, path
    assert value in schema.get("enum", [value]), path
    if isinstance(value, dict):
        if "properties" in schema:
            assert set(schema["required"]) <= set(value) <= set(schema["properties"]), path
            assert set(schema["properties"]) - set(schema["required"]) <= {"moved_reason", "taken_back"}, path
        for key, inner in value.items():
            fits(
                inner,
                schema.get("properties", {}).get(key) or schema["additionalProperties"],
                root,
                f"{path}.{key}",
            )
    if isinstance(value, list):
        for inner in value:
            fits(inner, schema["items"], root, f"{path}[]")
