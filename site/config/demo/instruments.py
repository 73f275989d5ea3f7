"""The demonstration's documents, from documents/demo/<folder>/, through the actions that people use."""

from __future__ import annotations

import tempfile
import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import typst
from django.db import transaction
from django.utils import timezone

from config.demo.clock import day_of
from config.demo.people import FOLDER
from documents.actions.adopt_edition import ActData
from documents.actions.assign import assign
from documents.actions.change_log import log_change
from documents.actions.create_instrument import create_instrument
from documents.actions.edit_contacts import enter_contact
from documents.actions.record_prior_adoption import propose_prior
from documents.actions.start_revision import start_revision
from documents.choices import ActKind
from documents.demo.markdown import read_markdown, uid_of
from documents.editions.text_storage import load_tree, store_translation, store_tree
from documents.models import Contact, Edition, Instrument, Section, SectionChange
from documents.signals import texts_changed
from documents.text import SectionTree
from people.models import Institution, Membership, User
from people.roles import Role
from proposals.actions.decide import confirm


@dataclass(frozen=True)
class Source:
    """A folder of the demonstration."""

    folder: str
    data: dict[str, Any]

    @property
    def languages(self) -> list[str]:
        return [
            self.data["source_language"],
            *(x for x in self.data["title"] if x != self.data["source_language"]),
        ]

    def tree(self, edition: int, language: str) -> SectionTree:
        path = FOLDER / self.folder / f"edition-{edition}" / f"{language}.md"
        return read_markdown(path.read_text("utf-8"), self.folder, language)


def sources() -> list[Source]:
    found = sorted(path.parent for path in FOLDER.glob("*/instrument.toml"))
    return [Source(path.name, tomllib.loads((path / "instrument.toml").read_text("utf-8"))) for path in found]


@dataclass(frozen=True)
class Team:
    """Who works on a document: two coordinators of its owner, and somebody who drafts."""

    coordinator: User
    second: User
    drafter: User


def team_of(owner: Institution) -> Team:
    """The people of an institution. Raises LookupError without two coordinators."""
    coordinators = [m.user for m in _members(owner, Role.COORDINATOR)]
    drafters = [m.user for m in _members(owner, Role.DRAFTER)]
    if len(coordinators) < 2:
        raise LookupError(f"people.toml names no two coordinators of {owner.key}")
    return Team(coordinators[0], coordinators[1], drafters[0] if drafters else coordinators[0])


def _members(owner: Institution, role: Role) -> list[Membership]:
    return list(
        Membership.objects.active().filter(institution=owner, role=role).select_related("user").order_by("pk")
    )


def create(source: Source) -> Edition:
    """Enters a document with the texts of its first edition, as a draft."""
    data = source.data
    owner = Institution.objects.get(key=data["owner"])
    team = team_of(owner)
    with transaction.atomic():
        edition = create_instrument(
            team.coordinator,
            owner=owner,
            slug=data["slug"],
            kind=data["kind"],
            level=data["level"],
            titles=data["title"],
            languages=source.languages,
            source_language=data["source_language"],
            authentic_languages=data["authentic"],
            topics=data["topics"],
            classification=data["classification"],
            demonstration=True,
        )
        write_texts(source, edition, 1, team.drafter)
        load_contacts(source, edition.instrument)
    edition.refresh_from_db()
    return edition


def record_as_adopted(source: Source, edition: Edition, data: dict[str, Any]) -> None:
    """Records a first edition as adopted before Kodeks, by two people."""
    team = team_of(edition.instrument.owner)
    with transaction.atomic():
        prior = propose_prior(team.coordinator, edition, act_of(data["act"], edition), data["valid_from"])
        confirm(team.second, prior)
    edition.refresh_from_db()


def load_contacts(source: Source, instrument: Instrument) -> None:
    """Whom to call beside a section, where the folder says so."""
    path = FOLDER / source.folder / "contacts.toml"
    if not path.exists():
        return
    for position, entry in enumerate(tomllib.loads(path.read_text("utf-8"))["contact"]):
        enter_contact(
            Contact(
                instrument=instrument,
                uid=uid_of(source.folder, entry["section"]),
                position=position,
                names=entry["name"],
                hours=entry.get("note", {}),
                number=entry["number"],
                tel=entry["tel"],
                checked=entry["checked"],
            )
        )


def load_next_draft(source: Source, edition: Edition) -> Edition:
    """Starts edition 2 and writes its texts; gives the draft."""
    team = team_of(edition.instrument.owner)
    with transaction.atomic():
        draft = start_revision(team.coordinator, edition)
        write_texts(source, draft, 2, team.drafter)
        if draft.instrument.country_id == "mk":
            for m in Membership.objects.active().filter(role=Role.TRANSLATOR, institution__country="mk"):
                for language in m.languages:
                    if language in draft.instrument.languages:
                        assign(
                            team.coordinator,
                            draft,
                            m.user,
                            language,
                            due=timezone.localdate() + timedelta(days=14),
                        )
    return draft


def write_texts(source: Source, edition: Edition, number: int, author: User) -> None:
    """Writes the texts of a draft; a translation listed as stale keeps its former source."""
    languages = source.languages
    original = languages[0]
    before = load_tree(edition, original)
    former = dict(Section.objects.filter(edition=edition).values_list("uid", f"text_hash_{original}"))
    tree = source.tree(number, original)
    store_tree(edition, tree)
    # Before the translations: those that name the text of this moment were made from it
    # (documents.actions.change_log).
    for section in tree.sections:
        old = before.by_uid.get(section.uid)
        if old is None or old.text.body != section.text.body:
            was = old.text.body if old else None
            log_change(
                edition,
                section.uid,
                SectionChange.Verb.SAVE,
                author,
                original,
                before=was,
                after=section.text.body,
            )
    titles = {f"title_{original}": tree.title}
    for language in languages[1:]:
        translation = source.tree(number, language)
        store_translation(edition, translation)
        titles[f"title_{language}"] = translation.title
        for key in source.data.get("stale", {}).get(f"edition{number}_{language}", []):
            rows = Section.objects.filter(edition=edition, uid=uid_of(source.folder, key))
            for row in rows.values_list("uid", flat=True):
                rows.update(**{f"source_hash_{language}": former.get(row, "")})
    Edition.objects.filter(pk=edition.pk).update(**titles)
    edition.refresh_from_db()
    texts_changed.send(sender=Edition, edition=edition, uids=None)


def act_of(data: dict[str, Any], edition: Edition, today: date | None = None) -> ActData:
    """An act of the demonstration, with a signed paper that says what it is."""
    act_date = day_of(data["date"], today or timezone.localdate())
    return ActData(
        body=data["body"],
        kind=ActKind(data["kind"]),
        number=data["number"],
        date=act_date,
        protocol=data.get("protocol", ""),
        session=data.get("session", ""),
        gazette=data.get("gazette", ""),
        gazette_number=data.get("gazette_number", ""),
        gazette_year=data.get("gazette_year"),
        published=data.get("published"),
        signed_file=signed_act(
            data["body"], data["number"], act_date, edition.title_in(edition.instrument.source_language)
        ),
        signed_name=f"{data['number'].replace('/', '-')}.pdf",
    )


def signed_act(body: str, number: str, on: date, title: str) -> bytes:
    """A PDF of one page."""
    lines = [body, f"{number}, {on:%d.%m.%Y}", title, "DEMONSTRATION - NOT AN OFFICIAL DOCUMENT"]
    inputs = {f"line{index}": line for index, line in enumerate(lines)}
    source = "#set page(margin: 4cm)\n" + "\n".join(
        f"#par(sys.inputs.line{index})" for index in range(len(lines))
    )
    with tempfile.TemporaryDirectory(prefix="kodeks-act-") as folder:
        path = Path(folder) / "act.typ"
        path.write_text(source, "utf-8")
        return typst.compile(path, sys_inputs=inputs)
