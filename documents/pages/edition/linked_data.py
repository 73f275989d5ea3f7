"""An edition in the words of schema.org; with a gazette, in those of ELI (European Legislation Identifier)
too."""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings

from documents.choices import State
from documents.display.acts import describe_gazette
from documents.models import AdoptionAct
from documents.pages.edition.page import EditionPage
from documents.text.akoma_ntoso import CODES
from theme.linked_data import Property, Thing, thing
from theme.localized_names import localized_name

AUTHORITY = "http://publications.europa.eu/resource/authority/language/"
FORMS = {"pdf": "application/pdf", "akn": "application/akn+xml", "docx": "Word"}


def linked_data(page: EditionPage) -> list[Thing]:
    """Of a public edition; nothing in the office, nor of what is at work."""
    if not page.request.public or not page.edition.published:
        return []
    acts = list(AdoptionAct.objects.filter(edition=page.edition))
    printed = [act for act in acts if act.gazette]
    types = "Legislation eli:LegalResource" if printed else "Legislation"
    return [
        thing(types, page.permanent_url, [*_known(page, acts), *(_eli(page, printed) if printed else ())])
    ]


def _known(page: EditionPage, acts: list[AdoptionAct]) -> Iterator[Property]:
    edition, instrument = page.edition, page.instrument
    force = "InForce" if edition.state == State.IN_FORCE else "NotInForce"
    yield Property("name", page.title, page.text.html_lang)
    yield Property("inLanguage", page.text.html_lang)
    yield Property("legislationIdentifier", f"{instrument.path}/{edition.number}")
    yield Property("legislationType", str(instrument.get_kind_display()))
    yield Property("legislationJurisdiction", localized_name(instrument.country))
    yield Property("legislationLegalForce", url=f"https://schema.org/{force}")
    yield Property("legislationDate", min(act.date for act in acts).isoformat() if acts else "")
    yield Property("legislationDateVersion", edition.valid_from.isoformat() if edition.valid_from else "")
    yield Property(
        "publisher",
        thing=thing(
            "GovernmentOrganization", properties=[Property("name", localized_name(instrument.owner))]
        ),
    )
    yield Property("license", url=settings.KODEKS_DATA_LICENCE_URL)
    for version in page.versions:
        if version.url and not version.current:
            yield Property("workTranslation", url=page.request.build_absolute_uri(version.url))
    for kind, form in FORMS.items():
        address = page.request.build_absolute_uri(page.file_urls[kind])
        about = [Property("contentUrl", url=address), Property("encodingFormat", form)]
        yield Property("encoding", thing=thing("MediaObject", properties=about))


def _eli(page: EditionPage, printed: list[AdoptionAct]) -> Iterator[Property]:
    first, edition = printed[0], page.edition
    yield Property("eli:id_local", f"{page.instrument.path}/{edition.number}")
    yield Property("eli:type_document", str(page.instrument.get_kind_display()))
    yield Property("eli:date_document", first.date.isoformat())
    yield Property("eli:date_publication", first.published.isoformat() if first.published else "")
    yield Property(
        "eli:first_date_entry_in_force", edition.valid_from.isoformat() if edition.valid_from else ""
    )
    yield Property("eli:passed_by", first.body)
    for act in printed:
        gazette = describe_gazette(act.gazette, act.gazette_number, act.gazette_year)
        yield Property("eli:published_in", gazette)
    language = CODES[page.text.language].upper()
    text = [
        Property("eli:title", page.title, page.text.html_lang),
        Property("eli:language", url=f"{AUTHORITY}{language}"),
        *(
            Property("eli:is_embodied_by", url=page.request.build_absolute_uri(page.file_urls[kind]))
            for kind in ("pdf", "akn")
        ),
    ]
    expression = f"{page.permanent_url}#text"
    yield Property("eli:is_realized_by", thing=thing("eli:LegalExpression", expression, text))
