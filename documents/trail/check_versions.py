"""Whether the language versions of adopted texts, their checks and their earlier texts are those of which the audit trail tells."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any

from audit.verify import check, moment_of, other_moment, told
from documents.choices import ADOPTED
from documents.models import Edition, LanguageVersion, Manifest, VersionCheck
from documents.trail.audit_payloads import reason_hash


@check
def versions() -> Iterator[str]:
    """Of every adopted text the language versions are there that were submitted with it, and every later number of one; no other,
    and each was submitted for its check by whom the trail tells."""
    later: dict[str, set[tuple[Any, Any]]] = defaultdict(set)
    submitted = {}
    for entry in told("begin_translation", "submit_translation"):
        place = entry.detail.get("language"), entry.detail.get("number")
        if entry.verb == "begin_translation":
            later[entry.thing].add(place)
        else:
            submitted[entry.thing, *place] = entry.actor
    first = dict(Manifest.objects.order_by("edition", "round").values_list("edition", "versions"))
    there: dict[int, list[LanguageVersion]] = defaultdict(list)
    found = LanguageVersion.objects.filter(edition__state__in=ADOPTED).select_related("submitted_by")
    for version in found.prefetch_related("texts").order_by("pk"):
        there[version.edition_id].append(version)
    for edition in Edition.objects.filter(state__in=ADOPTED).order_by("pk").values_list("pk", flat=True):
        name = f"edition:{edition}"
        wanted = {(language, 1) for language in first.get(edition, {})} | later[name]
        places = {(one.language, one.number) for one in there[edition]}
        for language, number in sorted(wanted - places, key=str):
            yield f"{name}: {language}, number {number}: the trail tells of it, and it is gone"
        for language, number in sorted(places - wanted, key=str):
            yield f"{name}: {language}, number {number}: the trail does not know it"
        for one in there[edition]:
            what = f"{name}: {one.language}, number {one.number}"
            by = submitted.get((name, one.language, one.number))
            if one.submitted is not None and (one.submitted_by is None or one.submitted_by.actor != by):
                yield f"{what}: another person submitted it than the trail tells"
            elif one.submitted is None and one.submitted_by is not None:
                yield f"{what}: somebody submitted it, and the trail does not say so"
            if (one.language, one.number + 1) in places and not one.texts.all():
                yield f"{what}: its text is gone"


@check
def finished() -> Iterator[str]:
    """Every language version that followed the adoption was finished at the moment that the trail tells, and no other was."""
    ends: dict[Any, Any] = {}
    for entry in told("check_translation", "adopt_language"):
        if entry.detail.get("finished"):
            ends[entry.thing, entry.detail.get("language"), entry.detail.get("number")] = entry.detail[
                "finished"
            ]
    for version in LanguageVersion.objects.order_by("pk"):
        place = f"edition:{version.edition_id}", version.language, version.number
        end = ends.get(place)
        if version.unfinished or not version.later:
            wrong = version.finished is not None
        else:
            wrong = end is not None and version.finished != moment_of(end)
        if wrong:
            yield f"{place[0]}: {version.language}, number {version.number}: it was finished at another moment"


@check
def checks() -> Iterator[str]:
    """Every check of a translation is one of which the trail tells, by the same person and of the same text, and none is gone."""
    told_of: Counter[Any] = Counter()
    by_check: dict[int, Any] = {}
    for entry in told("check_translation"):
        detail = entry.detail
        place = (entry.thing, detail.get("language"), detail.get("number"))
        told_of[*place, str(detail.get("sha256")), bool(detail.get("agrees")), entry.actor] += 1
        if isinstance(detail.get("check"), int):
            by_check[detail["check"]] = entry
    for made in VersionCheck.objects.select_related("version", "person", "institution").order_by("pk"):
        of = made.version
        what = (
            f"edition:{of.edition_id}",
            of.language,
            of.number,
            made.sha256,
            made.agrees,
            made.person.actor,
        )
        if not told_of[what]:
            yield f"versioncheck:{made.pk}: the trail does not know it"
        elif (said := by_check.get(made.pk)) is not None and (
            said.detail.get("reason_sha256") != reason_hash(made.remarks)
            or said.detail.get("institution", made.institution.key) != made.institution.key
            or other_moment(said, made.at)
        ):
            yield f"versioncheck:{made.pk}: it does not say what the trail says"
        told_of[what] -= 1
    for what, left in told_of.items():
        if left > 0:
            yield f"{what[0]}: a check of its translation ({what[1]}, number {what[2]}) is gone"
