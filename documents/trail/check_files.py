"""Whether files are what they are given out as, under the names and to the readers of which the audit trail tells."""

from __future__ import annotations

from collections.abc import Iterator

from audit.verify import check, told
from documents import blobs
from documents.choices import ADOPTED
from documents.models import AdoptionAct, Blob, BlobUse, CorrigendumAct, PriorAdoption
from documents.text import sha256_of
from documents.trail.audit_payloads import paper_hash
from documents.word.read.images import sniff

ACTS = ("adopt", "confirm_prior", "adopt_language", "record_corrigendum")


@check
def papers() -> Iterator[str]:
    """Every signed paper is kept with its edition under the name that it had, for the same readers. In an older Kodeks the
    trail had no hash of it."""
    wanted: dict[tuple[int, str], str] = {}
    for entry in told(*ACTS):
        number = str(entry.detail.get("edition", entry.thing.partition(":")[2]))
        of = entry.detail.get("papers_sha256")
        if isinstance(of, dict) and number.isdecimal():
            wanted |= {(int(number), blob): sha256 for blob, sha256 in of.items()}
    used = BlobUse.objects.filter(blob__in={blob for _edition, blob in wanted}, language="")
    kept = {(use.edition_id, use.blob_id): paper_hash(use) for use in used}
    for (edition, blob), sha256 in wanted.items():
        if kept.get((edition, blob), sha256) != sha256:
            yield f"edition:{edition}: its signed file {blob} has another name or other readers than the trail tells"


@check
def kinds() -> Iterator[str]:
    """A signed paper is given out as a PDF, and Word files as they came are for those alone who write the draft."""
    acts = (AdoptionAct, CorrigendumAct, PriorAdoption)
    signed = {pk for model in acts for pk in model.objects.values_list("signed_file", flat=True) if pk}
    other = Blob.objects.filter(pk__in=signed).exclude(kind=Blob.Kind.SIGNED, content_type="application/pdf")
    for pk in other.order_by("pk").values_list("pk", flat=True):
        yield f"blob:{pk}: it is a signed file, and given out as something else"
    shown = BlobUse.objects.filter(blob__kind=Blob.Kind.SOURCE, drafters_only=False)
    for number in shown.order_by("pk").values_list("pk", flat=True):
        yield f"blobuse:{number}: a Word file as it came is open to all readers"


@check
def pictures() -> Iterator[str]:
    """The pictures of adopted texts are kept under the hash of their bytes."""
    used = Blob.objects.filter(kind=Blob.Kind.IMAGE, uses__edition__state__in=ADOPTED).distinct()
    for blob in used.order_by("pk").iterator():
        try:
            data = blobs.read(blob)
        except (OSError, ValueError):
            yield f"blob:{blob.pk}: the picture is not there"
            continue
        if sha256_of(data) != blob.pk:
            yield f"blob:{blob.pk}: the picture is not the one of the text that was adopted"
        elif sniff(data) != blob.content_type:
            yield f"blob:{blob.pk}: it is no picture of the kind that it is given out as"
