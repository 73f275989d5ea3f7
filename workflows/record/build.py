"""The approval record as plain JSON data (docs/approval-record.md, docs/approval-record.schema.json)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Prefetch
from django.utils import translation

from audit.models import Entry
from documents.exports.data import act_json, corrigendum_json
from documents.models import AdoptionAct, Corrigendum, Edition, LanguageVersion
from documents.text.canonical import sha256_of
from documents.text.types import Json
from people.models import User
from workflows.models import Review, Seat, SignOff, Stage
from workflows.models.procedures import DEFAULTS
from workflows.procedures.names import display_name
from workflows.record.format import SCHEMA

RULES = {"kind": ""} | {name: DEFAULTS[name] for name in ("least", "quorum", "silence", "together")}
"""What a record says of the stages of a procedure, with defaults for older copies."""
PERSON = {"id", "name"}
ADOPTED_BY = ("adopt", "confirm_prior")


def build(edition: Edition) -> Json:
    """The record of an adopted edition, its names in English whatever the page's language."""
    with translation.override("en"):
        record = _record(edition)
    return record | {"sha256": sha256_of(record)}


def build_shown(edition: Edition) -> Json:
    """The same for a reader, with names in the language of the page, and beside the name that a person had
    then the one of today. The hash is that of the record itself."""
    record = _record(edition)
    people = list(_people(record))
    today = dict(User.objects.filter(actor__in=[one["id"] for one in people]).values_list("actor", "name"))
    for one in people:
        one["today"] = today[UUID(one["id"])]
    return record | {"sha256": build(edition)["sha256"]}


def _people(value: Any) -> Iterator[Json]:
    """Every person whom a record names."""
    if isinstance(value, dict):
        if value.keys() == PERSON:
            yield value
        for one in value.values():
            yield from _people(one)
    elif isinstance(value, list):
        for one in value:
            yield from _people(one)


def _record(edition: Edition) -> Json:
    return {
        "schema": SCHEMA,
        "instrument": _instrument(edition),
        "edition": _edition(edition),
        "rounds": [_round(review) for review in _reviews(edition)],
        "acts": [_act(act) for act in AdoptionAct.objects.filter(edition=edition)],
        "corrigenda": [_corrigendum(one) for one in _corrigenda(edition)],
        "audit": _entry(edition),
    }


def _instrument(edition: Edition) -> Json:
    instrument = edition.instrument
    titles = {language: getattr(edition, f"title_{language}", "") for language in instrument.languages}
    return {
        "path": instrument.path,
        "kind": instrument.kind,
        "owner": instrument.owner.key,
        "owner_name": str(instrument.owner),
        "titles": {language: title for language, title in titles.items() if title},
    }


def _edition(edition: Edition) -> Json:
    versions = (
        LanguageVersion.objects.filter(edition=edition)
        .select_related("submitted_by")
        .prefetch_related("checks__person", "checks__institution")
        .order_by("language", "number")
    )
    authentic = [version for version in versions if version.authentic]
    courtesy = [version for version in versions if not version.authentic]
    return {
        "number": edition.number,
        "sha256": edition.sha256,
        "valid_from": edition.valid_from.isoformat() if edition.valid_from else None,
        "recorded_as_adopted_before": edition.recorded,
        "authentic": [
            {"language": version.language, "sha256": version.sha256}
            for version in authentic
            if not version.later
        ],
        "followed": [_followed(version) for version in authentic if version.later],
        "courtesy": [_followed(version) for version in courtesy if version.sha256 and not version.unfinished],
    }


def _reviews(edition: Edition) -> list[Review]:
    return list(
        Review.objects.filter(edition=edition)
        .select_related("manifest__made_by", "submitted_by")
        .prefetch_related(
            "stages__kept__review",
            "stages__seats__institution__country",
            Prefetch("stages__seats__sign_offs", SignOff.every.select_related("person", "instead_of")),
        )
        .order_by("round")
    )


def _round(review: Review) -> Json:
    return {
        "round": review.round,
        "state": review.state,
        "started": _moment(review.started),
        "ended": _moment(review.ended),
        "reason": review.end_reason,
        "submitted_by": _person(review.submitted_by, review.started),
        "procedure": display_name(review.procedure.get("name", ""), review.procedure.get("names")),
        "procedure_stages": [
            {name: stage.get(name, default) for name, default in RULES.items()}
            for stage in review.procedure.get("stages", ())
        ],
        "manifest": {
            "sha256": review.manifest.sha256,
            "versions": review.manifest.versions,
            "made": _moment(review.manifest.made),
            "made_by": _person(review.manifest.made_by, review.manifest.made),
        },
        "stages": [_stage(stage) for stage in sorted(review.stages.all(), key=lambda stage: stage.order)],
    }


def _stage(stage: Stage) -> Json:
    # Only where there is one: a record without it is, byte for byte, the one that was filed before there were
    # any in it.
    moved = {"moved_reason": stage.moved_reason} if stage.moved_reason else {}
    return moved | {
        "order": stage.order,
        "kind": stage.kind,
        "name": stage.title,
        "quorum": stage.quorum,
        "locked": stage.locked,
        "opened": _moment(stage.opened),
        "due": _moment(stage.due),
        "closed": _moment(stage.closed),
        "outcome": stage.outcome,
        "kept_from": {"round": stage.kept.review.round, "order": stage.kept.order} if stage.kept else None,
        "institutions": [_seat(seat) for seat in stage.seats.all()],
    }


def _seat(seat: Seat) -> Json:
    # As above: only where there are any.
    given = list(seat.sign_offs.all())
    back = [_sign_off(one) for one in given if one.taken_back]
    return ({"taken_back": back} if back else {}) | {
        "institution": seat.institution.key,
        "name": str(seat.institution),
        "silence_taken_as_assent": _moment(seat.assented),
        "sign_offs": [_sign_off(one) for one in given if not one.taken_back],
    }


def _sign_off(given: SignOff) -> Json:
    return {
        "answer": given.choice,
        "reason": given.reason,
        "person": _person(given.person, given.at),
        "instead_of": _person(given.instead_of, given.at),
        "at": _moment(given.at),
        "text_sha256": given.manifest_sha256,
        "covers": given.covers,
        "voided": _moment(given.voided_at),
        "void_reason": given.void_reason,
    }


def _act(act: AdoptionAct) -> Json:
    return act_json(act) | {"edition_sha256": act.edition_sha256, "covers": act.covers}


def _followed(version: LanguageVersion) -> Json:
    """A language version with the check that let it follow; ``sha256`` is empty while it is being written."""
    return {
        "language": version.language,
        "number": version.number,
        "sha256": "" if version.unfinished else version.sha256,
        "finished": _moment(version.finished),
        "submitted_by": _person(version.submitted_by, version.finished),
        "checks": [
            {
                "agrees": one.agrees,
                "sha256": one.sha256,
                "institution": one.institution.key,
                "person": _person(one.person, one.at),
                "at": _moment(one.at),
                "remarks": one.remarks,
            }
            for one in version.checks.all()
        ],
    }


def _corrigenda(edition: Edition) -> list[Corrigendum]:
    found = Corrigendum.objects.recorded().filter(edition=edition)
    return list(found.select_related("proposed_by", "recorded_by").prefetch_related("acts"))


def _corrigendum(one: Corrigendum) -> Json:
    return corrigendum_json(one) | {
        "proposed_by": _person(one.proposed_by, one.proposed),
        "proposed": _moment(one.proposed),
        "recorded_by": _person(one.recorded_by, one.recorded),
        "recorded": _moment(one.recorded),
    }


def _entry(edition: Edition) -> Json | None:
    """The entry of the audit trail about the adoption."""
    found = Entry.objects.filter(verb__in=ADOPTED_BY, thing=f"edition:{edition.pk}", refused=False)
    entry = found.order_by("-id").first()
    return {"entry": entry.pk, "sha256": entry.sha256} if entry else None


def _person(user: User | None, moment: datetime | None) -> Json | None:
    """Whoever it is, by the name of that moment."""
    if user is None:
        return None
    return {"id": str(user.actor), "name": user.name_at(moment) if moment else user.name}


def _moment(moment: datetime | None) -> str | None:
    return moment.isoformat(timespec="seconds") if moment else None
