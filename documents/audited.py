"""What the audit trail is told of documents: to which country things belong, and what must still be as it tells."""

from __future__ import annotations

from collections.abc import Iterator

from audit.models import Entry
from audit.scopes import of_country
from audit.verify import check
from documents import blobs
from documents.choices import ADOPTED
from documents.models import (
    AdoptionAct,
    Blob,
    ClassificationProposal,
    Comment,
    Edition,
    Instrument,
    LanguageVersion,
    PriorAdoption,
)
from documents.texts import hash_of_edition, version_hashes
from documents.tree import sha256_of

ADOPTING = ("adopt", "confirm_prior")

of_country(Instrument, "country")
of_country(Edition, "instrument__country")
of_country(Comment, "edition__instrument__country")
of_country(PriorAdoption, "edition__instrument__country")
of_country(ClassificationProposal, "instrument__country")


@check
def adopted_texts() -> Iterator[str]:
    """Every adopted text, hashed anew, is the one that the trail says was adopted."""
    told = {
        thing: detail.get("sha256")
        for thing, detail in Entry.objects.filter(verb__in=ADOPTING, refused=False)
        .order_by("id")
        .values_list("thing", "detail")
    }
    for edition in Edition.objects.filter(state__in=ADOPTED).select_related("instrument").order_by("pk"):
        name = f"edition:{edition.pk}"
        if name not in told:
            yield f"{name}: it is adopted, and the trail does not say so"
        elif told[name] and told[name] != edition.sha256:
            yield f"{name}: the trail tells of another text"
        authentic = dict(
            LanguageVersion.objects.filter(edition=edition, authentic=True, number=1).values_list(
                "language", "sha256"
            )
        )
        now = version_hashes(edition, authentic)
        for language in sorted(authentic):
            if authentic[language] != now[language]:
                yield f"{name}: the text in {language} is not the one that was adopted"
        if now == authentic and hash_of_edition(edition, now) != edition.sha256:
            yield f"{name}: its texts do not come to its hash"
    for act in AdoptionAct.objects.select_related("edition").order_by("pk"):
        if act.edition_sha256 != act.edition.sha256:
            yield f"adoptionact:{act.pk}: it adopted another text"


@check
def signed_files() -> Iterator[str]:
    """The signed papers are kept under the hash of their bytes."""
    signed = AdoptionAct.objects.exclude(signed_file=None).values("signed_file")
    for blob in Blob.objects.filter(pk__in=signed).iterator():
        data = _bytes(blob)
        if data is None:
            yield f"blob:{blob.pk}: the signed file is not there"
        elif sha256_of(data) != blob.pk:
            yield f"blob:{blob.pk}: the signed file is not the one that was recorded"


def _bytes(blob: Blob) -> bytes | None:
    try:
        return blobs.read(blob)
    except (OSError, ValueError):
        return None
