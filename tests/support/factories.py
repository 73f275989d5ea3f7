"""The small cast of the tests: one country, its institutions, and people with a role each."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction

import audit
from documents.actions.adopt_edition import ActData
from documents.actions.create_instrument import create_instrument
from documents.actions.find_translation_source import Seen, whole
from documents.actions.record_prior_adoption import propose_prior
from documents.choices import ActKind, Classification, Kind
from documents.editions.text_storage import store_translation, store_tree
from documents.models import Edition, Instrument
from documents.models import Section as SectionRow
from documents.text import Section, SectionText, SectionTree, normalise_body
from documents.text.numbering import number_sections
from documents.text.types import Body
from people.actions.invite import enter_role
from people.models import Country, Institution, User
from people.roles import Role
from proposals.actions.decide import confirm
from tests.support.pdf import PDF

PASSWORD = "a long password of words"
_numbers = itertools.count(1)


def make_country(code: str = "mk", **fields: Any) -> Country:
    defaults = {"name_en": code.upper(), "languages": ["mk", "sq"], "time_zone": "Europe/Skopje"} | fields
    return Country.objects.get_or_create(code=code, defaults=defaults)[0]


def make_institution(key: str = "mk-coordinator", country: str | None = None, **fields: Any) -> Institution:
    code = country or key.split("-")[0]
    defaults = {"country": make_country(code), "name_en": key.replace("-", " ").title()} | fields
    return Institution.objects.get_or_create(key=key, defaults=defaults)[0]


def make_person(
    role: Role | str | None = None,
    institution: Institution | None = None,
    name: str = "",
    languages: Sequence[str] = (),
    **fields: Any,
) -> User:
    """A person who can sign in with PASSWORD; with a role where one is named."""
    number = next(_numbers)
    user = User.objects.create_user(
        fields.pop("email", f"person{number}@test.example"),
        PASSWORD,
        name=name or f"{str(role or 'Person').title()} {number}",
        **fields,
    )
    if role:
        enter_role(
            user,
            institution or make_institution(),
            Role(role),
            languages=list(languages),
            starts=date(2020, 1, 1),
        )
    return user


def body(heading: str, *paragraphs: str) -> Body:
    """A section's text: a heading and paragraphs."""
    blocks = [{"type": "paragraph", "content": [{"type": "text", "text": text}]} for text in paragraphs]
    return normalise_body({"heading": [{"type": "text", "text": heading}], "blocks": blocks, "notes": {}})


def beside(edition: Edition, uid: str) -> Seen:
    """What the page of a translation sends that is opened now: the hash of the original that it shows."""
    rows = SectionRow.objects.filter(edition=edition, uid=uid)
    column = f"text_hash_{edition.instrument.source_language}"
    return whole(rows.values_list(column, flat=True).get() or "")


def make_tree(
    language: str = "mk",
    title: str = "Процедури",
    sections: Sequence[tuple[int, str, str]] = (
        (1, "Општо", "Текст."),
        (2, "Цел", "Целта."),
        (1, "Постапка", "Чекор."),
    ),
    uids: Sequence[str] | None = None,
) -> SectionTree:
    """A tree from (level, heading, paragraph); uids are made from the position where none are given."""
    known = uids or [f"00000000-0000-4000-8000-{index:012d}" for index in range(len(sections))]
    labels = number_sections([(level, "section") for level, _, _ in sections], language)
    return SectionTree(
        language,
        title,
        tuple(
            Section(known[i], level, "section", SectionText(labels[i], body(heading, text)))
            for i, (level, heading, text) in enumerate(sections)
        ),
    )


def make_draft(
    slug: str = "sop",
    owner: Institution | None = None,
    classification: str = Classification.PUBLIC,
    languages: Sequence[str] = ("mk", "sq", "en"),
    by: User | None = None,
    tree: SectionTree | None = None,
    translations: Sequence[SectionTree] | None = None,
    **fields: Any,
) -> Edition:
    """Edition 1 as a draft, with three sections in every language."""
    owner = owner or make_institution()
    by = by or make_person(Role.COORDINATOR, owner)
    tree = tree or make_tree(languages[0])
    edition = create_instrument(
        by,
        owner=owner,
        slug=slug,
        kind=fields.pop("kind", Kind.SOP),
        titles={language: f"Title {language}" for language in languages},
        languages=languages,
        source_language=languages[0],
        authentic_languages=fields.pop("authentic", [languages[0]]),
        classification=classification,
        **fields,
    )
    store_tree(edition, tree)
    if translations is None:
        plain = [(s.level, f"{s.text.heading} {{}}", f"{s.text.plain} {{}}") for s in tree]
        translations = [
            make_tree(
                lang,
                f"Title {lang}",
                [(lv, h.format(lang), t.format(lang)) for lv, h, t in plain],
                [s.uid for s in tree],
            )
            for lang in languages[1:]
        ]
    for translation in translations:
        store_translation(edition, translation)
    return edition


def make_in_force(valid_from: date = date(2024, 1, 1), **fields: Any) -> Edition:
    """Edition 1 in force, recorded by two coordinators of the owner."""
    return put_in_force(make_draft(**fields), valid_from)


def put_in_force(edition: Edition, valid_from: date = date(2024, 1, 1), **act: Any) -> Edition:
    """The draft, put in force by two coordinators of its owner."""
    owner = edition.instrument.owner
    first, second = make_person(Role.COORDINATOR, owner), make_person(Role.COORDINATOR, owner)
    if edition.instrument.classification == Classification.TLP_RED:
        edition.instrument.named_readers.set([first, second])
    confirm(second, propose_prior(first, edition, make_act(**act), valid_from))
    edition.refresh_from_db()
    return edition


def narrow(classification: str, instrument: Instrument | int | None = None) -> None:
    """Closes a document, or each, at once."""
    with transaction.atomic():
        rows = (
            Instrument.objects.all()
            if instrument is None
            else Instrument.objects.filter(pk=getattr(instrument, "pk", instrument))
        )
        rows.update(classification=classification)
        for one in rows:
            audit.record("classify", one, None, after=str(classification))


def make_act(**fields: Any) -> ActData:
    values: dict[str, Any] = {
        "body": "Government",
        "kind": ActKind.GOVERNMENT_DECISION,
        "number": "41-1/24",
        "date": date(2023, 12, 1),
        "signed_file": PDF,
    }
    return ActData(**(values | fields))
