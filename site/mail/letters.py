"""Writing and delivering mails."""

from __future__ import annotations

import re
import uuid
from functools import partial
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import models, transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.html import escape

from mail.models import Message
from mail.tasks import deliver_message

MOST_ATTEMPTS = 10
URL = re.compile(r"(https?://[^\s<]+)")


def send(
    template: str, *, to: str, language: str, context: dict[str, Any], about: models.Model | str = ""
) -> Message:
    """Writes a mail and has it sent once the transaction around it holds.

    ``template`` names ``mail/<template>.txt``; its first line is the subject. ``about`` is the thing that the mail is
    about. Gives the kept message.
    """
    with translation.override(language):
        rendered = render_to_string(
            f"mail/{template}.txt", context | {"office": settings.OFFICE_BASE_URL}
        ).strip()
    subject, _, text = rendered.partition("\n")
    # A template is plain text, so that what stands in it must not come out escaped as in a page.
    message = Message.objects.create(
        to=to,
        subject=" ".join(subject.split())[:250],
        text=text.strip() + "\n",
        html=as_html(text.strip()),
        language=language,
        template=template,
        about=about if isinstance(about, str) else f"{about._meta.model_name}:{about.pk}",
        message_id=f"<{uuid.uuid4()}@kodeks>",
    )
    transaction.on_commit(partial(deliver_message.enqueue, message.pk))
    return message


def as_html(text: str) -> str:
    """The same words as a plain page: paragraphs, and addresses that can be clicked."""
    paragraphs = [escape(p).replace("\n", "<br>") for p in re.split(r"\n\s*\n", text)]
    return "\n".join("<p>" + URL.sub(r'<a href="\1">\1</a>', p) + "</p>" for p in paragraphs)


def deliver(pk: int) -> bool:
    """Sends one kept mail, if it has not left yet. A mail server that refuses or is away: kept, to be tried again.

    Gives whether it has left. The Message-ID is the same at every attempt.
    """
    with transaction.atomic():
        message = Message.objects.select_for_update().filter(pk=pk, sent__isnull=True).first()
        if message is None:
            return True
        mail = EmailMultiAlternatives(
            message.subject,
            message.text,
            settings.DEFAULT_FROM_EMAIL,
            [message.to],
            headers={"Message-ID": message.message_id},
        )
        mail.attach_alternative(message.html, "text/html")
        message.attempts += 1
        try:
            mail.send()
        except OSError as problem:  # smtplib's errors are OSErrors too
            message.problem = str(problem)[:250]
        else:
            message.sent, message.problem = timezone.now(), ""
        message.save(update_fields=["attempts", "problem", "sent"])
        return message.sent is not None


def waiting() -> models.QuerySet[Message]:
    """Mails that have not left and may be tried again."""
    return Message.objects.filter(sent__isnull=True, attempts__lt=MOST_ATTEMPTS).order_by("id")
