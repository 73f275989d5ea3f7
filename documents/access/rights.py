"""Who may read and change instruments and editions (``may()``), and the keys for the search index."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from documents.choices import PUBLISHED, Classification, State
from documents.editions.language_versions import writable_after_adoption
from documents.models import (
    AdoptionAct,
    Assignment,
    Corrigendum,
    Edition,
    Instrument,
    StartTile,
    WordTemplate,
)
from documents.models.access_table import (
    COORDINATES,
    EDITIONS,
    INSTITUTIONS,
    OPENED_TO,
    Given,
    Place,
    Standing,
)
from people.access import (
    GREEN,
    PUBLIC,
    are_two_people,
    grants,
    has_role,
    key_provider,
    keys,
    memberships,
    once,
    rule,
)
from people.models import Institution, Membership, User
from people.roles import DRAFTING, Role, Verb


@dataclass(frozen=True)
class Text:
    """What drafting and translating are asked about: an edition in one language, or one section of it."""

    edition: Edition
    language: str
    uid: str | None = None


COORDINATING = frozenset(verb for verb, right in EDITIONS.items() if right == COORDINATES)


def assignments_of(user: Any) -> QuerySet[Assignment]:
    """The parts that the person was asked for and may still do. An assignment outlives the role that it was
    given to; the right does not."""
    roles = memberships(user)
    own = Assignment.objects.filter(user=getattr(user, "pk", None))
    if any(m.role in DRAFTING for m in roles):
        return own
    languages = {language for m in roles if m.role == Role.TRANSLATOR for language in m.languages}
    return own.filter(language__in=languages)


@key_provider
def _assigned(user: User) -> Iterable[str]:
    return (f"ed:{pk}" for pk in assignments_of(user).values_list("edition", flat=True))


def _visible(user: Any, edition: Edition) -> bool:
    def ask() -> bool:
        return Edition.objects.visible_to(user).filter(pk=edition.pk).exists()

    found: bool = once(f"edition {edition.pk}", user, ask)
    return found


@rule(Edition)
def _edition(user: Any, verb: Verb, edition: Edition) -> bool:
    if not _visible(user, edition):
        return False
    if verb == Verb.READ or edition.instrument.redacts_id:
        # What is redacted is made from its original, and changed nowhere else.
        return verb == Verb.READ
    right = EDITIONS.get(verb)
    if right is None or edition.state not in right.states:
        return False
    if verb == Verb.DRAFT:
        return bool(writable_languages(user, edition))
    owner = edition.instrument.owner_id
    if any(has_role(user, role, owner) for role in right.roles):
        return True
    return (Given.ASKED in right.given and f"ed:{edition.pk}" in keys(user)) or (
        Given.DRAFT in right.given and _given_draft(user, edition)
    )


@rule(Instrument)
def _instrument(user: Any, verb: Verb, instrument: Instrument) -> bool:
    if verb == Verb.READ:
        return Edition.objects.visible_to(user).filter(instrument=instrument).exists() or has_role(
            user, Role.COORDINATOR, instrument.owner_id
        )
    if instrument.redacts_id:
        return False
    return verb in COORDINATING and has_role(user, Role.COORDINATOR, instrument.owner_id)


@rule(Text)
def _text(user: Any, verb: Verb, text: Text) -> bool:
    if verb not in (Verb.DRAFT, Verb.TRANSLATE) or text.edition.instrument.redacts_id:
        return False
    if text.edition.state != State.DRAFT and text.language not in writable_after_adoption(text.edition):
        return False
    if not _visible(user, text.edition):
        return False
    if _drafts(user, text.edition):
        return True
    own = assignments_of(user).filter(edition=text.edition, language=text.language)
    return any(text.uid is None or a.uid is None or str(a.uid) == text.uid for a in own)


@rule(AdoptionAct)
def _act(user: Any, verb: Verb, act: AdoptionAct) -> bool:
    return _edition(user, verb, act.edition)


@rule(Corrigendum)
def _corrigendum(user: Any, verb: Verb, corrigendum: Corrigendum) -> bool:
    """What is recorded is read with its edition; what was proposed, by those who could have proposed it.
    RECORD is for another coordinator; CORRECT, to take it back, for a coordinator or who proposed it."""
    edition = corrigendum.edition
    if verb == Verb.READ:
        wanted = Verb.READ if corrigendum.recorded else Verb.CORRECT
        return _edition(user, wanted, edition)
    if verb == Verb.RECORD:
        return _edition(user, Verb.RECORD, edition) and are_two_people(user, corrigendum.proposed_by)
    if verb == Verb.CORRECT:
        return _edition(user, Verb.RECORD, edition) or (
            _edition(user, Verb.CORRECT, edition) and corrigendum.proposed_by_id == user.pk
        )
    return False


@rule(WordTemplate)
def _template(user: Any, verb: Verb, template: WordTemplate) -> bool:
    """An institution's template is managed by its coordinators; a country's, and any other, by the
    operator."""
    if verb != Verb.TEMPLATES:
        return False
    if template.institution is not None:
        return _institution(user, verb, template.institution)
    return has_role(user, Role.OPERATOR)


@rule(Institution)
def _institution(user: Any, verb: Verb, institution: Institution) -> bool:
    return any(
        (Place.ABROAD in places and has_role(user, role))
        or (Place.COUNTRY in places and has_role(user, role, country=institution.country_id))
        or has_role(user, role, institution)
        for role, places in INSTITUTIONS.get(verb, {}).items()
    )


@rule(StartTile)
def _start_tile(user: Any, verb: Verb, tile: StartTile) -> bool:
    """The tiles of a country are managed by its coordinators."""
    return verb == Verb.CREATE and has_role(user, Role.COORDINATOR, country=tile.country_id)


def who_may_second(instrument: Instrument) -> QuerySet[User]:
    """The people who are told of a proposal about a document. Of what is TLP:RED nothing is mailed."""
    if instrument.classification == Classification.TLP_RED:
        return User.objects.none()
    active = Membership.objects.active().filter(role=Role.COORDINATOR, institution=instrument.owner_id)
    return User.objects.filter(is_active=True, pk__in=active.values("user"))


def _given_draft(user: Any, edition: Edition) -> bool:
    return any(g.key == f"ed:{edition.pk}" and g.verb == Verb.DRAFT for g in grants(user))


def _drafts(user: Any, edition: Edition) -> bool:
    """Whether the person drafts or coordinates for the owner, or was given the draft by a grant."""
    owner = edition.instrument.owner_id
    return any(m.institution_id == owner and m.role in DRAFTING for m in memberships(user)) or _given_draft(
        user, edition
    )


def writable_languages(user: Any, edition: Edition) -> list[str]:
    """The languages that the person may write in now: every one for drafters, their own for translators."""
    if edition.state == State.DRAFT:
        there = list(edition.instrument.languages)
    else:
        there = writable_after_adoption(edition)
    if not there or _drafts(user, edition):
        return there
    own = set(assignments_of(user).filter(edition=edition).values_list("language", flat=True))
    return [language for language in there if language in own]


def writes_all(user: Any, edition: Edition, language: str) -> bool:
    """Whether the person writes the full text in a language, not only single sections."""
    if _drafts(user, edition):
        return True
    return assignments_of(user).filter(edition=edition, language=language, uid=None).exists()


def access_keys(edition: Edition) -> frozenset[str]:
    """The keys that open an edition in the search index: a reader with any one of them may read it. Empty
    for TLP:RED, which is never indexed. ``ed:12@mk`` opens edition 12 to a grantee who belongs to that
    country."""
    instrument = edition.instrument
    opened = OPENED_TO[Classification(instrument.classification)]
    shared = sorted(institution.pk for institution in instrument.shared_with.all())
    if edition.state in PUBLISHED:
        keys_of = {
            Standing.ANYONE: [PUBLIC],
            Standing.MEMBER: [GREEN],
            Standing.COUNTRY: [f"c:{instrument.country_id}:official"],
            Standing.OWNER: [f"inst:{instrument.owner_id}"],
            Standing.SHARED: [f"inst:{pk}" for pk in shared],
        }
        return frozenset(key for standing in opened for key in keys_of.get(standing, ()))
    if instrument.redacts_id:
        return frozenset()
    ends_of = {
        Standing.ANYONE: [""],
        Standing.MEMBER: ["@member"],
        Standing.COUNTRY: [f"@{instrument.country_id}"],
        Standing.OWNER: [f"@i{instrument.owner_id}"],
        Standing.SHARED: [f"@i{pk}" for pk in shared],
    }
    ends = [end for standing in opened for end in ends_of.get(standing, ())]
    # The owner need not sit in the country that the text is for.
    works = ends if Standing.COUNTRY in opened else ends and [""]
    work = {f"work:{instrument.owner_id}{end}" for end in works}
    return frozenset(work | {f"ed:{edition.pk}{end}" for end in ends})


def reader_keys(user: Any) -> frozenset[str]:
    """A reader's keys for the search index: each ``ed:`` and ``work:`` key also joined with countries."""
    own = keys(user)
    countries = {key.split(":")[1] for key in own if key.startswith("c:")}
    institutions = {f"i{key[5:]}" for key in own if key.startswith("inst:")}
    ends = countries | institutions | ({"member"} if GREEN in own else set())
    joined = {f"{key}@{end}" for key in own if key.startswith(("ed:", "work:")) for end in ends}
    return own | joined
