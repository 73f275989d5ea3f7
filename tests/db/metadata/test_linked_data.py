"""What public pages say to programs in RDFa is what the database says."""

from __future__ import annotations

from django.test import Client

from people.roles import Role
from public.models import Hotline
from tests.support.factories import make_person
from tests.support.html import signed_in
from tests.support.metadata.library import Library
from tests.support.metadata.rdfa import Facts, triples

SITE = "http://public.test"


def test_an_edition_is_legislation_with_its_gazette(library: Library, reader: Client) -> None:
    path = "/sr-latn/library/i/mk/open/1/"
    facts = Facts(reader.get(path).content, f"{SITE}{path}")
    assert facts.kinds == {
        "https://schema.org/Legislation",
        "http://data.europa.eu/eli/ontology#LegalResource",
    }
    assert facts.one("name") == facts.one("eli:is_realized_by", "eli:title") == "Title sr"
    assert facts.one("inLanguage") == "sr-Latn"
    assert facts.one("legislationIdentifier") == "mk/open/1"
    assert facts.one("legislationLegalForce") == "https://schema.org/InForce"
    assert facts.one("legislationDate") == facts.one("eli:date_document") == "2023-12-01"
    assert facts.one("legislationDateVersion") == "2024-01-01"
    assert facts.one("eli:published_in") == "Службен весник 7/2024"
    assert facts.one("eli:date_publication") == "2023-12-20"
    assert facts.one("eli:is_realized_by", "eli:language").endswith("/SRP")
    assert set(facts.all("encoding", "encodingFormat")) == {"application/pdf", "application/akn+xml", "Word"}
    addresses = [*facts.all("encoding", "contentUrl"), *facts.all("workTranslation")]
    assert len(addresses) == 5
    for address in addresses:
        assert address.startswith(SITE)
        if not address.endswith((".pdf", ".docx")):
            assert reader.get(address.removeprefix(SITE)).status_code == 200, address
    office = signed_in(make_person(Role.COORDINATOR, library.open.instrument.owner))
    assert not triples(office.get("/mk/i/mk/open/1/").content)


def test_a_campaign_a_number_and_a_service_and_nothing_in_a_twin(library: Library, reader: Client) -> None:
    page = library.campaign["mk"]
    campaign = Facts(reader.get("/mk/work-abroad/").content, f"{SITE}/mk/work-abroad/")
    assert campaign.kinds == {"https://schema.org/CreativeWork"}
    assert (campaign.one("name"), campaign.one("abstract")) == (page.title, page.lead)
    assert campaign.all("workTranslation") == [f"{SITE}/{tag}/work-abroad/" for tag in ("ar", "en", "sq")]
    assert campaign.one("license") == "https://creativecommons.org/licenses/by/4.0/"

    numbers = reader.get("/en/help/mk/").content
    found = {one.object for one in triples(numbers) if one.predicate == "https://schema.org/telephone"}
    assert found == set(Hotline.objects.shown().filter(country="mk").values_list("tel", flat=True))
    contact = Facts(numbers, kind="ContactPoint")
    assert contact.one("areaServed") == "North Macedonia"

    path = "/en/services/mk/open-house/"
    service = Facts(reader.get(path).content, f"{SITE}{path}")
    assert service.one("name") == "Quiet house help"
    assert service.one("availableChannel", "servicePhone", "telephone") == "025550111"
    assert service.one("provider", "name") == "Helpers"
    for number in (1, 2, 9):
        assert not triples(reader.get(f"/en/n/{number}/?in=mk").content)
