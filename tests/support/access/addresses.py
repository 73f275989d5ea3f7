"""Every route of both hosts, out of the URL configuration, and its addresses for a text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from tests.support.access.cast import LANGUAGES, Text

HOSTS = {"office": "config.urls_office", "public": "config.urls_public"}
PARAMETER = re.compile(r"<(?:[a-z_0-9]+:)?(?P<name>\w+)>|\(\?P<(?P<group>\w+)>(?:[^()]|\([^()]*\))*\)")
UNNAMED = re.compile(r"\((?!\?P<)(?:[^()])*\)")
OF_A_TEXT = frozenset(
    {"edition_id", "edition", "number", "slug", "uid", "comment_pk", "corrigendum_id", "assignment_id"}
)
"""Parameters that name a text, or what belongs to one."""
UNKNOWN = "999999"


@dataclass(frozen=True)
class Route:
    host: str
    name: str
    """With its namespaces; empty where it has none."""
    path: str

    @property
    def key(self) -> str:
        """What the table of routes calls it: its name, or the path where it has none or shares it."""
        return self.name or self.path

    @property
    def parameters(self) -> set[str]:
        return {match["name"] or match["group"] for match in PARAMETER.finditer(self.path)}

    @property
    def of_a_text(self) -> bool:
        """Whether an address of it names a text; in the review's rooms ``pk`` is a review."""
        names = self.parameters
        reviews = self.name.startswith(("review:", "coordinate:")) and "pk" in names
        admin = self.path.startswith("admin/kodeks/") and "pk" in names
        services = self.name.startswith("directory:")
        return not services and bool(names & OF_A_TEXT or reviews or admin) and self.name != "public:campaign"


@cache
def routes(host: str) -> list[Route]:
    return list(dict.fromkeys(_walk(host, get_resolver(HOSTS[host]))))


def _walk(host: str, resolver: URLResolver, before: str = "", space: str = "") -> Iterator[Route]:
    for one in resolver.url_patterns:
        path = before + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from _walk(host, one, path, f"{space}{one.namespace}:" if one.namespace else space)
        elif isinstance(one, URLPattern):
            yield Route(host, space + one.name if one.name else "", path)


GENERAL: dict[str, str] = {
    "country": "mk",
    "language": LANGUAGES[0],
    "kind": "docx",
    "day": "2024-03-01",
    "token": "not-a-token",
    "uidb64": "MQ",
    "key": "quiet-house",
    "code": "quiet",
    "tag": "mk",
    "mark": "x",
    "sha256": "0" * 64,
    "name": "x.png",
    "media_type": "audio",
    "part": "name",
    "act": "approve",
    "filter_spec": "width-100",
    "action": "delete",
    "action_name": "publish",
    "revision_id_a": "earliest",
    "revision_id_b": "latest",
    "campaign": "00000000-0000-4000-8000-000000000001",
    "batch": "00000000-0000-4000-8000-000000000001",
    "slug": "work-abroad",
    "uid": "00000000-0000-4000-8000-000000000000",
    "location": "",
    "app_label": "documents",
    "app_name": "documents",
    "content_type_app_name": "documents",
    "model_name": "edition",
    "content_type_model_name": "edition",
}
"""What stands for a parameter where no text and no thing is meant."""


def address(route: Route, text: Text | None = None, things: Mapping[str, Any] | None = None) -> str:
    """The route with its parameters filled: of the text, else of ``things``, else a general value."""
    known = dict(GENERAL) | {name: str(value) for name, value in (things or {}).items()}
    if text is not None:
        known |= _of(route, text)

    def fill(match: re.Match[str]) -> str:
        name = match["name"] or match["group"]
        if name == "code" and "{6}" in match[0]:
            return "234567"
        if name == "name" and "pdf|png" in match[0]:
            return "a4.pdf"
        if name == "key" and match[0].startswith("<uuid"):
            return GENERAL["campaign"]
        return known.get(name, UNKNOWN)

    filled = UNNAMED.sub(lambda match: "1" if "\\d" in match[0] else "x.pdf", PARAMETER.sub(fill, route.path))
    return "/" + filled.replace("^", "").replace("$", "").replace("\\", "").replace(".*", "x")


def _of(route: Route, text: Text) -> dict[str, str]:
    edition = text.edition
    found = {
        "country": edition.instrument.country_id,
        "slug": edition.instrument.slug,
        "number": str(edition.number),
        "other": str(edition.number),
        "edition": str(edition.pk),
        "corrigendum": "1",
    } | {name: str(value) for name, value in text.ids.items()}
    if route.name.startswith(("review:", "coordinate:")):
        found["pk"] = str(text.review.pk) if text.review else UNKNOWN
    if route.path.startswith("admin/kodeks/"):
        found["pk"] = str(edition.instrument_id if "instruments" in route.path else edition.pk)
    return found
