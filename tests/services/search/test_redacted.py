"""What was left out of a redacted edition is in no entry of Elasticsearch that everybody may find."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import QueryDict

from search.engines.elastic import ElasticEngine
from search.engines.elastic_query import filter_query
from search.engines.filters import access_filter
from search.factory import engine
from search.outbox import drain
from search.pages.params import parse_params
from search.pages.service import query_of, reader_for
from tests.support.documents.redacted import CANARIES, SEEN, WHOLE, WORDS, make_original, publish
from tests.support.search.leaks import site_engine as site_engine


@pytest.mark.django_db
@pytest.mark.parametrize("site_engine", ["elasticsearch"], indirect=True)
def test_the_entries_that_everybody_may_find_lack_what_was_left_out(site_engine: str) -> None:
    public = publish(make_original())
    drain()
    site = engine()
    assert isinstance(site, ElasticEngine)
    site.refresh()
    query = query_of(parse_params(QueryDict(f"q={SEEN}")), reader_for(AnonymousUser(), "en"))
    every = site._search()
    entries = _entries(every.filter(filter_query(access_filter(query))))
    # Each section in both languages, but for the two that are left out with all they hold.
    assert {number for one in entries for number in one["edition"]} == {str(public.pk)}
    assert not [one for one in CANARIES if one.lower() in json.dumps(entries, ensure_ascii=False).lower()]
    assert SEEN in json.dumps(entries) and "Left out" in json.dumps(entries)
    # They are there for those who may read the original.
    whole = json.dumps(_entries(every), ensure_ascii=False)
    assert WORDS in whole and WHOLE in whole


def _entries(search: Any) -> list[dict[str, Any]]:
    return [hit["_source"] for hit in search[:1000].execute().to_dict()["hits"]["hits"]]
