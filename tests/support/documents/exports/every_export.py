"""What several test files of documents/exports begin with: every export."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver

from tests.support.documents.exports.scrubbed import edition as edition


def addresses(resolver: URLResolver, before: str = "", space: str = "") -> Iterator[tuple[str, str]]:
    for pattern in resolver.url_patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from addresses(pattern, route, inner)
        elif isinstance(pattern, URLPattern):
            yield route, space + (pattern.name or "")
