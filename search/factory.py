"""The engine and the analysis that the settings name, one of each for a process.

KODEKS_SEARCH is {"engine": "tantivy", "path": …} or {"engine": "elasticsearch", "url": …, "index": …,
"shards", "replicas", "spare"}. ``url`` may be a list of nodes. ``spare`` is the folder of an embedded index
that answers while Elasticsearch is away.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.signals import setting_changed

from search.analysis import Analyser
from search.engines.base import Engine


@lru_cache(maxsize=1)
def analyser() -> Analyser:
    """The analysis, with the tables of `KODEKS_TABLES` where they are."""
    return Analyser(Path(settings.KODEKS_TABLES))


@lru_cache(maxsize=1)
def engine() -> Engine:
    """The engine of `KODEKS_SEARCH`. `ImproperlyConfigured` for one that does not exist."""
    options: dict[str, Any] = settings.KODEKS_SEARCH
    first = _open(options)
    if not options.get("spare"):
        return first
    from search.engines.fallback import FallbackEngine

    return FallbackEngine(first, _open({"engine": "tantivy", "path": options["spare"]}))


def _open(options: dict[str, Any]) -> Engine:
    kind = options.get("engine")
    if kind == "tantivy":
        from search.engines.tantivy_engine import TantivyEngine

        return TantivyEngine(Path(options["path"]), analyser())
    if kind == "elasticsearch":
        from search.engines.elastic import ElasticEngine

        return ElasticEngine(
            options["url"],
            options["index"],
            analyser(),
            shards=options.get("shards", 1),
            replicas=options.get("replicas", 0),
        )
    raise ImproperlyConfigured(
        f"KODEKS_SEARCH: there is no engine {kind!r}; there are tantivy and elasticsearch"
    )


def _forget(*, setting: str, **_: object) -> None:
    if setting == "KODEKS_TABLES":
        analyser.cache_clear()
    if setting in {"KODEKS_SEARCH", "KODEKS_TABLES"}:
        engine.cache_clear()


setting_changed.connect(_forget)
