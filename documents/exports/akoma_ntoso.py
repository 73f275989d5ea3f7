"""An edition in one language as Akoma Ntoso (:mod:`documents.text.akoma_ntoso`), for programs that read
law."""

from __future__ import annotations

from lxml import etree

from documents.choices import Topic
from documents.display import links
from documents.display.acts import describe_gazette
from documents.display.labels import labels
from documents.exports.edition import EditionFile
from documents.models import AdoptionAct, Corrigendum, Edition, LanguageVersion
from documents.text.akoma_ntoso import Metadata, Publication, Surroundings, document
from theme.locales import html_lang

CONTENT_TYPE = "application/akn+xml"


def make_akoma_ntoso(file: EditionFile, edition: Edition) -> bytes:
    """The bytes of the file."""
    return etree.tostring(as_element(file, edition), encoding="UTF-8", xml_declaration=True)


def as_element(file: EditionFile, edition: Edition) -> etree._Element:
    """The element ``akomaNtoso``. The frame speaks the language that is active."""
    words = labels()
    source = html_lang(file.source_tag)
    around = Surroundings(
        pictures={sha256: file.base_url + links.file_url(sha256, "picture") for sha256 in file.pictures},
        picture=words.picture,
        who=words.who,
        limit=words.limit,
        no_words=words.no_words,
        absolute=lambda path: path if "://" in path else file.base_url + path,
        own={links.section_url(edition, section.uid): section.uid for section in file.tree},
        elsewhere=dict.fromkeys(file.untranslated, source),
    )
    return document(file.tree, _about(file, edition), around)


def _about(file: EditionFile, edition: Edition) -> Metadata:
    instrument, language = edition.instrument, file.tree.language
    acts = list(AdoptionAct.objects.filter(edition=edition))
    version = LanguageVersion.objects.filter(edition=edition, language=language, unfinished=False).last()
    corrected = Corrigendum.objects.recorded().filter(edition=edition, language=language)
    last = corrected.order_by("valid_from").values_list("valid_from", flat=True).last()
    adopted = acts[0].date.isoformat() if acts else file.made
    return Metadata(
        country=instrument.country_id,
        kind=instrument.kind,
        name=f"{instrument.slug}-{edition.number}",
        language=language,
        language_tag=html_lang(file.tag),
        adopted=adopted,
        expressed=max(file.made, last.isoformat()) if last else file.made,
        author=file.owner,
        author_key=instrument.owner.key,
        address=file.address,
        version=version.number if version else 1,
        authentic=bool(version and version.authentic),
        source_language=instrument.source_language,
        publications=[
            Publication(
                (act.published or act.date).isoformat(),
                act.gazette,
                describe_gazette(act.gazette, act.gazette_number, act.gazette_year),
                act.gazette_number,
            )
            for act in acts
            if act.gazette
        ],
        topics=[(one, str(Topic(one).label)) for one in instrument.topics],
        statements=[line for line in _statements(file) if line],
    )


def _statements(file: EditionFile) -> list[str]:
    """What is on a PDF's cover."""
    look = file.classification
    return [
        file.notice,
        f"{file.strong} {file.rest}".strip(),
        f"{look.name}: {look.permits}",
        file.demo,
        file.language_note,
        *file.acts,
        file.footnote,
        f"SHA-256: {file.sha256}" if file.sha256 else "",
    ]
