"""What programs read: harvesting, feeds, the map of the site, terms and translations; and nothing closed."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
import requests
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from lxml import etree

from documents.actions.classify import change_classification
from documents.choices import Classification
from metadata import doors, oai, sitemap
from metadata.records import all_records, public_records
from people.roles import Role
from proposals.actions.decide import confirm
from public.models import CampaignPage
from search.glossary_store import import_shipped_terms
from search.models import GlossaryTerm
from tests.support.documents.exports.akoma_ntoso import problems
from tests.support.factories import make_in_force, make_institution, make_person
from tests.support.metadata.library import MARK, Library
from tests.support.metadata.oai import ask, error, texts
from tests.support.metadata.rules import tbx_problems, tmx_problems
from tests.support.public.fixtures import FOOTNOTE

ATOM = {"a": "http://www.w3.org/2005/Atom"}
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
DOORS = (
    "/sitemap.xml", "/robots.txt", "/data/glossary.tbx", "/data/translations.tmx", "/oai/?verb=Identify",
    "/oai/?verb=ListSets", "/oai/?verb=ListRecords&metadataPrefix=oai_dc", "/oai/?verb=ListRecords&metadataPrefix=akn",
    "/oai/?verb=ListIdentifiers&metadataPrefix=akn", "/mk/feeds/all.atom", "/mk/feeds/documents.atom",
    "/mk/feeds/documents/mk.atom", "/mk/feeds/campaigns.atom", "/mk/data/",
)  # fmt: skip


@pytest.fixture(autouse=True)
def nobody_asked_before() -> None:
    cache.clear()


def read(client: Client, address: str) -> bytes:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]


def test_no_door_gives_what_is_closed_or_takes_more_than_get(
    library: Library, reader: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_args: object, **_options: object) -> None:
        raise AssertionError("something was fetched")

    monkeypatch.setattr(requests.Session, "request", never)
    closed = [*(f"/{edition.instrument.slug}/" for edition in library.closed), "once-open"]
    for address in DOORS:
        data = read(reader, address).decode()
        assert MARK not in data and "quiet-house" not in data, address
        assert not [slug for slug in closed if slug in data], address
        assert "/n/" not in re.sub(r"</[a-z]", "", data), f"{address} names a discreet twin"
        assert reader.post(address).status_code == 405
        answer = reader.get(address)
        assert not answer.cookies and answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    for address in ("/sitemap.xml", "/data/glossary.tbx", "/data/translations.tmx", "/mk/feeds/all.atom"):
        tag = reader.get(address).headers["ETag"]
        assert reader.get(address, headers={"if-none-match": tag}).status_code == 304, address


def test_whoever_asks_too_often_waits(
    library: Library, reader: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doors, "A_MINUTE", 2)
    assert [reader.get(address).status_code for address in ("/oai/", "/robots.txt", "/oai/")] == [
        200,
        200,
        429,
    ]
    assert reader.get("/oai/").headers["Retry-After"] == "60"


def test_the_library_is_harvested(library: Library, reader: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    identity = ask(reader, verb="Identify")
    assert texts(identity, "//o:baseURL/text()") == ["http://public.test/oai/"]
    assert texts(ask(reader, verb="ListMetadataFormats"), "//o:metadataPrefix/text()") == ["oai_dc", "akn"]
    assert set(texts(ask(reader, verb="ListSets"), "//o:setSpec/text()")) == {
        "country:mk", "kind:sop", "language:mk", "language:sq", "language:sr",
    }  # fmt: skip

    found = ask(reader, verb="ListRecords", metadataPrefix="oai_dc")
    gone = f"oai:public.test:{library.once_open.pk}-mk"
    assert texts(found, "//o:header[@status='deleted']/o:identifier/text()") == [gone]
    key = f"oai:public.test:{library.open.pk}"
    assert sorted(texts(found, "//o:record[o:metadata]/o:header/o:identifier/text()")) == [
        f"{key}-mk", f"{key}-sq", f"{key}-sr",
    ]  # fmt: skip
    one = ask(reader, verb="GetRecord", metadataPrefix="oai_dc", identifier=f"{key}-sr")
    values = {
        name: texts(one, f"//dc:{name}/text()")
        for name in ("title", "language", "identifier", "source", "subject")
    }
    assert values == {
        "title": ["Title sr"],
        "language": ["sr-Cyrl"],
        "identifier": ["http://public.test/sr-cyrl/library/i/mk/open/1/"],
        "source": ["Службен весник 7/2024"],
        "subject": ["Children"],
    }
    assert len(texts(one, "//dc:relation/text()")) == 2
    for address in texts(found, "//dc:identifier/text()"):
        assert reader.get(address.removeprefix("http://public.test")).status_code == 200
    text = ask(reader, verb="GetRecord", metadataPrefix="akn", identifier=f"{key}-sq")
    whole: Any = text.find(".//{*}akomaNtoso")
    assert not problems(etree.tostring(whole)) and "Procedurat" not in texts(text, "//o:header//text()")

    monkeypatch.setattr(oai, "ON_A_PAGE", 3)
    first = ask(reader, verb="ListIdentifiers", metadataPrefix="oai_dc")
    token = texts(first, "//o:resumptionToken/text()")[0]
    rest = ask(reader, verb="ListIdentifiers", resumptionToken=token)
    pages = [texts(page, "//o:identifier/text()") for page in (first, rest)]
    assert [len(page) for page in pages] == [3, 1] and not set(pages[0]) & set(pages[1])
    assert texts(rest, "//o:resumptionToken/@completeListSize") == ["4"]

    other = make_in_force(slug="other", owner=make_institution("xk-coordinator"), languages=["sq"])
    one = ask(reader, verb="GetRecord", metadataPrefix="oai_dc", identifier=f"oai:public.test:{other.pk}-sq")
    assert texts(one, "//dc:coverage/text()") == ["Kosovo*"] and FOOTNOTE in texts(
        one, "//dc:description/text()"
    )
    assert texts(ask(reader, verb="ListSets"), "//o:setDescription//dc:description/text()") == [FOOTNOTE]


def test_a_harvest_by_day_and_set_and_what_is_wrong_with_a_request(library: Library, reader: Client) -> None:
    today = timezone.now().date()
    earlier, later = (str(today + timedelta(days=days)) for days in (-1, 1))
    asked = {"verb": "ListIdentifiers", "metadataPrefix": "oai_dc"}
    assert len(texts(ask(reader, **asked, from_=str(today), until=str(today)), "//o:header")) == 4
    assert len(texts(ask(reader, **asked, set="language:sq"), "//o:header")) == 1
    wrong = {
        "noRecordsMatch": [asked | {"from_": later}, asked | {"until": earlier}, asked | {"set": "language:en"}],
        "badArgument": [
            {"verb": "ListRecords"}, asked | {"from_": "soon"}, asked | {"other": "1"}, asked | {"set": "a\x01b"},
            asked | {"from_": later, "until": earlier}, asked | {"verb": ["ListIdentifiers", "ListRecords"]},
        ],
        "cannotDisseminateFormat": [{"verb": "ListRecords", "metadataPrefix": "marc"}],
        "idDoesNotExist": [{"verb": "GetRecord", "metadataPrefix": "akn", "identifier": f"oai:public.test:{library.closed[1].pk}-mk"}],
        "badVerb": [{}, {"verb": "Drop"}],
        "badResumptionToken": [{"verb": "ListRecords", "resumptionToken": token} for token in ("x", "YT0x", "")],
    }  # fmt: skip
    for code, requests_ in wrong.items():
        for arguments in requests_:
            assert error(ask(reader, **arguments)) == code, arguments


def test_what_is_opened_again_is_no_longer_deleted(library: Library) -> None:
    assert [record.deleted for record in all_records()].count(True) == 1
    assert {record.edition.pk for record in public_records()} == {library.open.pk}
    instrument = library.once_open.instrument
    first, second = (make_person(Role.COORDINATOR, instrument.owner) for _ in range(2))
    proposal = change_classification(first, instrument, Classification.PUBLIC, "why")
    assert proposal is not None
    confirm(second, proposal)
    assert {record.edition.pk for record in public_records()} == {library.open.pk, library.once_open.pk}


def test_feeds_are_atom_with_ids_that_stay(library: Library, reader: Client) -> None:
    def feed(address: str) -> Any:
        answer = reader.get(address)
        assert answer.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
        root = etree.fromstring(answer.content)
        for path in ("a:id", "a:updated", "a:title", "a:rights", "a:author/a:name"):
            assert root.findtext(path, namespaces=ATOM), path
        for entry in root.findall("a:entry", ATOM):
            assert all(
                entry.findtext(f"a:{name}", namespaces=ATOM) for name in ("id", "updated", "title", "summary")
            )
        return root

    pk, key = library.open.pk, library.campaign["mk"].translation_key
    every = feed("/mk/feeds/all.atom")
    assert set(every.xpath("a:entry/a:id/text()", namespaces=ATOM)) >= {
        f"tag:public.test,2026:edition/{pk}-mk", f"tag:public.test,2026:campaign/{key}/mk",
    }  # fmt: skip
    entry = feed("/sr-latn/feeds/documents.atom").find("a:entry", ATOM)
    assert entry.find("a:link", ATOM).get("href") == "http://public.test/sr-latn/library/i/mk/open/1/"
    assert len(entry.findall("a:link[@rel='alternate']", ATOM)) == 1
    languages = {link.get("hreflang"): link.get("href") for link in entry.findall("a:link[@hreflang]", ATOM)}
    assert set(languages) == {"mk", "sq", "sr-Cyrl"}
    for address in languages.values():
        assert reader.get(address.removeprefix("http://public.test")).status_code == 200
    assert len(feed("/mk/feeds/documents/mk.atom").findall("a:entry", ATOM)) == 1
    assert not feed("/mk/feeds/documents/rs.atom").findall("a:entry", ATOM)
    assert feed("/ar/feeds/campaigns.atom").find("a:entry/a:title", ATOM).text == library.campaign["ar"].title
    assert not [one for one in feed("/en/feeds/all.atom").iter("{*}id") if "edition" in str(one.text)]
    assert reader.get("/ar/feeds/documents.atom").status_code == 404
    assert reader.get("/mk/feeds/documents/zz.atom").status_code == 404
    page = reader.get("/mk/").content.decode()
    assert '<link rel="alternate" type="application/atom+xml"' in page and "/mk/feeds/all.atom" in page
    assert "atom" not in reader.get("/mk/n/1/").content.decode()


def test_the_map_names_each_page_in_its_languages(
    library: Library, reader: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    ns = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
    CampaignPage.objects.get(pk=library.campaign["sq"].pk).unpublish()
    root = etree.fromstring(read(reader, "/sitemap.xml"))
    found = {
        url.findtext("s:loc", namespaces=ns): {link.get("hreflang"): link.get("href") for link in url.findall("x:link", ns)}
        for url in root.findall("s:url", ns)
    }  # fmt: skip
    days = {url.findtext("s:loc", namespaces=ns): url.findtext("s:lastmod", namespaces=ns) for url in root}
    today = timezone.localdate().isoformat()
    for page in ("sr-latn/library/i/mk/open/", "ar/work-abroad/"):
        assert days[f"http://public.test/{page}"] == today
    assert days["http://public.test/cnr/data/"] is None
    document = found["http://public.test/sr-latn/library/i/mk/open/"]
    assert set(document) == {"mk", "sq", "sr-Cyrl", "sr-Latn"}
    service = found["http://public.test/en/services/mk/open-house/"]
    assert set(service) == {"en"}
    assert len(found["http://public.test/cnr/data/"]) == 16
    assert set(found["http://public.test/ar/work-abroad/"]) == {"ar", "en", "mk"}
    for address, languages in found.items():
        assert address in languages.values()
    for address in list(found)[::7]:
        assert reader.get(address.removeprefix("http://public.test")).status_code == 200, address
    assert "Sitemap: http://public.test/sitemap.xml" in read(reader, "/robots.txt").decode()
    monkeypatch.setattr(sitemap, "MOST", 100)
    index = etree.fromstring(read(reader, "/sitemap.xml"))
    parts = [one.text.removeprefix("http://public.test") for one in index.iter("{*}loc")]
    assert index.tag.endswith("sitemapindex") and len(parts) == -(-len(found) // 100)
    assert sum(len(etree.fromstring(read(reader, one)).findall("s:url", ns)) for one in parts) == len(found)
    assert reader.get("/sitemap-0.xml").status_code == reader.get("/sitemap-99.xml").status_code == 404


def test_terms_and_translations_are_files_for_tools(library: Library, reader: Client) -> None:
    import_shipped_terms()
    GlossaryTerm.objects.filter(key="abuse").update(shown=False)
    data = read(reader, "/data/glossary.tbx")
    assert not tbx_problems(data) and b"CC BY 4.0" in data
    root = etree.fromstring(data)
    terms = {one.get("id"): one for one in root.iter("{*}conceptEntry")}
    assert "c-abuse" not in terms and len(terms) == GlossaryTerm.objects.filter(shown=True).count()
    own = {section.get(XML_LANG): section.findtext(".//{*}term") for section in terms["c-abduction"]}
    assert own["sr-Cyrl"] == "отмица" and own["sr-Latn"] == "otmica" and own["mk"] == "грабнување"

    data = read(reader, "/data/translations.tmx")
    assert not tmx_problems(data) and b"CC BY 4.0" in data
    units = etree.fromstring(data).findall(".//tu")
    assert {seg.getparent().get(XML_LANG) for unit in units for seg in unit.iter("seg")} == {
        "mk",
        "sq",
        "sr-Cyrl",
    }
    assert len(units) == 6  # three headings, three paragraphs
    assert "/open/1/" in str(units[0].findtext("prop"))
