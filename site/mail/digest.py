"""One mail a day instead of one for each event, for those who want it so."""

from __future__ import annotations

from datetime import date, datetime
from functools import partial
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation

from mail.delivery import as_html, deliver_message, new_message_id, revalidate
from mail.models import DigestReader, Message

HOUR = 7
ZONE = ZoneInfo("Europe/Belgrade")
"""All countries of the region keep this time."""


def local_now(now: datetime | None = None) -> datetime:
    """The moment as clocks of the region show it."""
    return (now or timezone.now()).astimezone(ZONE)


def wants_digest(email: str) -> bool:
    return DigestReader.objects.filter(email=email.lower()).exists()


def choose(email: str, language: str, *, digest: bool) -> None:
    """Keeps what somebody wants. Who wants each mail on its own again gets the waiting ones at once."""
    address = email.lower()
    with transaction.atomic():
        if digest:
            DigestReader.objects.update_or_create(email=address, defaults={"language": language})
            return
        DigestReader.objects.filter(email=address).delete()
        for pk in list(Message.objects.filter(to__iexact=address, held=True).values_list("pk", flat=True)):
            Message.objects.filter(pk=pk).update(held=False)
            transaction.on_commit(partial(deliver_message.enqueue, pk))


def write_digests(now: datetime | None = None) -> list[Message]:
    """After seven in the morning, one mail a day for each who wants it, with all that waits for them. Gives
    the digests. ``now`` is for tests."""
    local = local_now(now)
    if local.hour < HOUR:
        return []
    found = []
    for reader in DigestReader.objects.exclude(sent=local.date()).order_by("pk"):
        with transaction.atomic():
            digest = _write(reader.pk, local.date())
            if digest is not None:
                found.append(digest)
    return found


def _write(pk: int, day: date) -> Message | None:
    reader = DigestReader.objects.select_for_update(no_key=True).filter(pk=pk).exclude(sent=day).first()
    if reader is None:
        return None
    moment = timezone.now()
    waiting = Message.objects.filter(to__iexact=reader.email, held=True).order_by("id")
    parts = [part for part in waiting if revalidate(part, moment)]
    if not parts:
        return None
    with translation.override(reader.language):
        context = {"parts": parts, "n": len(parts), "office": settings.OFFICE_BASE_URL}
        rendered = render_to_string("mail/digest.txt", context).strip()
    subject, _, text = rendered.partition("\n")
    digest = Message.objects.create(
        to=reader.email,
        subject=(subject := " ".join(subject.split())[:250]),
        text=text.strip() + "\n",
        html=as_html(subject, text.strip(), reader.language),
        language=reader.language,
        template="digest",
        message_id=new_message_id(),
    )
    Message.objects.filter(pk__in=[part.pk for part in parts]).update(held=False, digest=digest)
    DigestReader.objects.filter(pk=reader.pk).update(sent=day)
    transaction.on_commit(partial(deliver_message.enqueue, digest.pk))
    return digest
