"""Tags of the desk: ``{% load kodeks_desk %}``."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import template
from django.forms import model_to_dict

from documents.models import Contact, Instrument

register = template.Library()


@register.inclusion_tag("documents/desk/_number.html")
def number_to_call(of: Contact | Mapping[str, Any], instrument: Instrument) -> dict[str, Any]:
    """`{% number_to_call contact instrument %}`: a number, or the values of one that is proposed. Who answers
    and when stands in the order of the document's languages."""
    values = model_to_dict(of) if isinstance(of, Contact) else of
    names, hours, checked = values["names"], values["hours"], values["checked"]
    languages = dict.fromkeys([*instrument.source_first, *names, *hours])
    lines = [(tag, names.get(tag, ""), hours.get(tag, "")) for tag in languages]
    return {
        "number": values["number"],
        "lines": [line for line in lines if any(line[1:])],
        "checked": date.fromisoformat(checked) if isinstance(checked, str) else checked,
    }
