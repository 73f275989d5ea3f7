"""The objects of HSDS 3.0 as a table of ours: name of a field, its type, and whether it is required ("!").
A name in capitals is another object; in square brackets, a list of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

_TABLE = """
ORGANIZATION: id!uuid name!str description!str website:uri email:email locations:[LOCATION] phones:[PHONE]
SERVICE: id!uuid name!str status!status organization_id:uuid description:str url:uri email:email
  application_process:str fees_description:str eligibility_description:str minimum_age:num maximum_age:num
  assured_date:date phones:[PHONE] schedules:[SCHEDULE] service_areas:[AREA] service_at_locations:[LINK]
  languages:[LANGUAGE] organization:ORGANIZATION cost_options:[COST] required_documents:[DOCUMENT]
  attributes:[ATTRIBUTE]
LOCATION: id!uuid location_type!location_type name:str description:str transportation:str latitude:num
  longitude:num addresses:[ADDRESS] accessibility:[ACCESSIBILITY]
LINK: id!uuid service_id:uuid location_id:uuid location:LOCATION service:SERVICE
ADDRESS: id!uuid location_id:uuid address_1!str city!str state_province!str postal_code!str country!code
  address_type!location_type
PHONE: id!uuid service_id:uuid number!str type:str description:str
SCHEDULE: id!uuid service_id:uuid description:str
AREA: id!uuid service_id:uuid name:str extent_type:str
LANGUAGE: id!uuid service_id:uuid name:str code:str
COST: id!uuid service_id:uuid option:str amount_description:str
DOCUMENT: id!uuid service_id:uuid document:str
ACCESSIBILITY: id!uuid description:str
ATTRIBUTE: id!uuid link_id:uuid link_entity:str taxonomy_term:TERM
TERM: id!uuid name!str description!str code:str taxonomy:str
PAGE: total_items!num total_pages!num page_number!num size!num first_page!bool last_page!bool empty!bool
  contents!any
"""


def _read() -> dict[str, dict[str, tuple[str, bool]]]:
    found: dict[str, dict[str, tuple[str, bool]]] = {}
    for word in _TABLE.split():
        if word.endswith(":"):
            fields = found.setdefault(word[:-1], {})
            continue
        name, mark, kind = word.partition("!") if "!" in word else word.partition(":")
        fields[name] = kind, mark == "!"
    return found


OBJECTS = _read()


def problems(value: Any, kind: str, place: str = "") -> Iterator[str]:
    """What of a value is not as HSDS wants it."""
    if kind.startswith("["):
        if not isinstance(value, list) or not value:
            yield f"{place}: no list, or an empty one"
            return
        for number, one in enumerate(value):
            yield from problems(one, kind[1:-1], f"{place}[{number}]")
    elif kind in OBJECTS:
        yield from _of_object(value, kind, place or kind)
    elif not _is(value, kind):
        yield f"{place}: {value!r} is no {kind}"


def _of_object(value: Any, kind: str, place: str) -> Iterator[str]:
    fields = OBJECTS[kind]
    for name, (_kind, required) in fields.items():
        if required and name not in value:
            yield f"{place}.{name}: missing"
    for name, one in value.items():
        if name not in fields:
            yield f"{place}.{name}: unknown"
        else:
            yield from problems(one, fields[name][0], f"{place}.{name}")


def _is(value: Any, kind: str) -> bool:
    if kind == "uuid":
        return isinstance(value, str) and str(UUID(value)) == value
    if kind == "uri":
        return isinstance(value, str) and bool(urlsplit(value).scheme and urlsplit(value).netloc)
    if kind == "date":
        return isinstance(value, str) and bool(date.fromisoformat(value))
    allowed = {
        "status": ("active", "inactive", "defunct", "temporarily closed"),
        "location_type": ("physical", "postal", "virtual"),
    }
    if kind in allowed:
        return value in allowed[kind]
    if kind == "code":
        return isinstance(value, str) and len(value) == 2 and value.isupper()
    types = {"str": str, "email": str, "num": int | float, "bool": bool}
    return kind == "any" or isinstance(value, types[kind])
