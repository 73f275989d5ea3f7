"""The library is harvested by a program of somebody else, over the network."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import pytest
from oaipmh_scythe import Scythe
from oaipmh_scythe.exceptions import NoRecordsMatch

from metadata import oai
from tests.support.factories import make_in_force


@pytest.mark.django_db(transaction=True)
def test_a_harvester_gets_every_record(
    live_server: Any, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.PUBLIC_HOSTS, settings.PUBLIC_BASE_URL = [urlsplit(live_server.url).netloc], live_server.url
    monkeypatch.setattr(oai, "ON_A_PAGE", 2)
    monkeypatch.setattr(oai, "TEXTS_ON_A_PAGE", 1)
    editions = [make_in_force(slug=f"open-{number}", languages=["mk", "sq"]) for number in range(2)]
    keys = {f"oai:localhost:{edition.pk}-{language}" for edition in editions for language in ("mk", "sq")}
    with Scythe(oai.base_url()) as scythe:
        assert scythe.identify().deletedRecord == "persistent"
        assert {one.metadataPrefix for one in scythe.list_metadata_formats()} == {"oai_dc", "akn"}
        assert {one.setSpec for one in scythe.list_sets()} >= {"country:mk", "language:sq"}
        assert {one.identifier for one in scythe.list_identifiers()} == keys
        records = list(scythe.list_records())
        assert {one.header.identifier for one in records} == keys
        assert all(one.metadata["title"] and one.metadata["rights"] for one in records)
        whole = list(scythe.list_records(metadata_prefix="akn", set_="language:sq"))
        assert len(whole) == 2 and all("mainBody" in one.raw for one in whole)
        one = scythe.get_record(identifier=sorted(keys)[0], metadata_prefix="oai_dc")
        assert one.header.identifier == sorted(keys)[0]
        with pytest.raises(NoRecordsMatch):
            list(scythe.list_records(from_="2999-01-01"))
