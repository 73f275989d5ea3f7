"""Answers by OAI-PMH, checked by a grammar of the protocol."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from django.test import Client
from lxml import etree

NS = {
    "o": "http://www.openarchives.org/OAI/2.0/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "akn": "http://docs.oasis-open.org/legaldocml/ns/akn/3.0",
}
GRAMMAR = Path(__file__).parents[2] / "fixtures" / "oai_pmh.rng"


@cache
def grammar() -> etree.RelaxNG:
    return etree.RelaxNG(etree.parse(GRAMMAR))


def ask(client: Client, **arguments: Any) -> etree._Element:
    """The answer to a request, valid by the protocol."""
    if "from_" in arguments:
        arguments["from"] = arguments.pop("from_")
    response = client.get("/oai/", arguments)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "text/xml; charset=utf-8"
    root = etree.fromstring(response.content)
    assert grammar().validate(root), grammar().error_log
    return root


def texts(root: Any, path: str) -> list[str]:
    return [str(one) for one in root.xpath(path, namespaces=NS)]


def error(root: etree._Element) -> str:
    return "".join(texts(root, "//o:error/@code"))
