"""Check the signatures of papers. The worker does it, in a confined process, outside of any request."""

from __future__ import annotations

import time
from collections.abc import Collection
from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.core.files.storage import default_storage
from django.utils import timezone

from documents.models import Blob, PaperCheck, TrustList
from documents.signatures.files import judge_file
from documents.signatures.verdicts import Paper
from documents.text.canonical import sha256_of

SEAL = signing.Signer(salt="documents.papercheck")
AGAIN_AFTER = timedelta(minutes=1)
"""A click asks for another check no sooner."""


def want(sha256: str, path: str) -> None:
    """Has an uploaded paper checked that is not recorded yet; once, whoever uploads it again."""
    PaperCheck.objects.update_or_create(sha256=sha256, defaults={"path": path})


def want_again(sha256: str) -> None:
    """Has a paper checked again."""
    before = timezone.now() - AGAIN_AFTER
    waiting = PaperCheck.objects.filter(sha256=sha256, wanted=None)
    waiting.exclude(checked__gt=before).update(wanted=timezone.now())


def want_all() -> None:
    """Has all papers checked again: what they are checked against has changed."""
    PaperCheck.objects.update(wanted=timezone.now())


def want_missing() -> None:
    """Has signed papers checked that never were, or of which somebody else wrote the result; forgets checks
    of papers that were never recorded."""
    forged = [one.pk for one in PaperCheck.objects.filter(wanted=None) if not is_sealed(one)]
    PaperCheck.objects.filter(pk__in=forged).update(wanted=timezone.now())
    signed = Blob.objects.filter(kind=Blob.Kind.SIGNED)
    known = PaperCheck.objects.values("sha256")
    PaperCheck.objects.bulk_create(
        [PaperCheck(sha256=one) for one in signed.exclude(pk__in=known).values_list("pk", flat=True)],
        ignore_conflicts=True,
    )
    before = timezone.now() - timedelta(days=settings.KODEKS_UPLOAD_DAYS)
    gone = PaperCheck.objects.filter(checked__lt=before).exclude(sha256__in=signed.values("pk"))
    gone.delete()


def lists_in_use() -> tuple[str, list[TrustList]]:
    """The lists that were imported, and the hash of them all."""
    lists = list(TrustList.objects.order_by("sha256"))
    return sha256_of({"lists": [[one.sha256, bool(one.signed_by)] for one in lists]}), lists


def check_waiting() -> bool:
    """Checks the paper that has waited longest; gives whether there was one."""
    row = PaperCheck.objects.exclude(wanted=None).order_by("wanted").first()
    if row is None:
        return False
    trust_sha256, lists = lists_in_use()
    this = PaperCheck.objects.filter(pk=row.pk, wanted=row.wanted)
    try:
        data = _bytes(row)
    except OSError:  # the storage is away, or the upload was dropped: the others first
        this.update(wanted=timezone.now())
        return True
    if data is None:
        this.delete()
        return True
    paper = judge_file(data, [one.content for one in lists], timezone.now())
    now = timezone.now()
    row.result, row.trust_sha256, row.checked = paper.as_json(), trust_sha256, now
    seal(row)
    changed = {name: getattr(row, name) for name in ("result", "trust_sha256", "checked", "seal")}
    if not this.update(wanted=None, **changed):  # wanted again meanwhile
        PaperCheck.objects.filter(pk=row.pk).update(**changed)
    return True


def _bytes(row: PaperCheck) -> bytes | None:
    """None where the file is neither recorded nor waiting any longer."""
    blob = Blob.objects.filter(pk=row.pk).first()
    path = str(blob.file.name) if blob else row.path
    if not path or (blob is None and not default_storage.exists(path)):
        return None
    with default_storage.open(path, "rb") as stream:
        return stream.read()


def results(papers: Collection[str]) -> dict[str, PaperCheck]:
    """The checks of papers, by their hash."""
    return {one.pk: one for one in PaperCheck.objects.filter(pk__in=papers)}


def paper_of(check: PaperCheck | None) -> Paper | None:
    """What was found; None while the first check waits, or where somebody else wrote the result."""
    if check is None or not check.result or not is_sealed(check):
        return None
    return Paper.from_json(check.result)


def seal(check: PaperCheck) -> None:
    """Says that Kodeks wrote this result of this paper, with a key that the database does not have."""
    check.seal = SEAL.signature(_sealed(check))


def is_sealed(check: PaperCheck) -> bool:
    try:
        SEAL.unsign(f"{_sealed(check)}:{check.seal}")
    except signing.BadSignature:
        return False
    return True


def _sealed(check: PaperCheck) -> str:
    return sha256_of({"paper": check.pk, "lists": check.trust_sha256, "result": check.result})


def wait_for(sha256: str) -> PaperCheck | None:
    """The check of a paper that was just uploaded. It waits a little for the worker."""
    until = time.monotonic() + settings.KODEKS_PAPER_WAIT
    while True:
        check = PaperCheck.objects.filter(pk=sha256).first()
        if check is None or check.result or time.monotonic() >= until:
            return check
        time.sleep(0.2)
