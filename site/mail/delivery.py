"""Write and deliver mails."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import partial
from smtplib import SMTPConnectError, SMTPException, SMTPServerDisconnected
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import models, transaction
from django.db.models import F, Q
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.encoding import punycode
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django_tasks import task

from mail.models import DigestReader, Message
from mail.validity import Validity, check_validity, without_names
from people.actions.mail_link import link_to
from theme.localized_names import localized_name

FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=1)
"""After a failure the next attempt waits twice as long as the last one did, up to an hour."""
GIVEN_UP_AFTER = timedelta(days=14)
NOBODY_THERE = (SMTPServerDisconnected, SMTPConnectError)
NO_SERVER = "No mail server: "
IN_HAND = timedelta(minutes=2)
"""A worker without a report on its mail for so long has died with it."""
LONGEST_ADDRESS = 254
"""RFC 5321, 4.5.3.1.3: a path has 256 characters, its two angle brackets among them."""
LINK = re.compile(r"(/(?:invitation|password|mail-link)/)[^/\s]+(?:/[^/\s]+)*")
SECRETS = {
    "invitation": LINK,
    "mail_link": LINK,
    "new_password": LINK,
    "sign_in_code": re.compile(r"()^[A-Z0-9-]{6,}$", re.MULTILINE),
}
"""What of a mail lets somebody in, by template; the stored mail is without it once it left."""
URL = re.compile(r"(https?://[^\s<]+)")


def can_be_mailed(address: str) -> bool:
    """Whether mail can be sent to an address: it may look right and have an impossible domain."""
    name, _at, domain = address.strip().rpartition("@")
    try:
        written = punycode(domain)
    except UnicodeError:
        return False
    return bool(name) and name.isascii() and len(name) + 1 + len(written) <= LONGEST_ADDRESS


def send(
    template: str,
    *,
    to: str,
    language: str,
    context: dict[str, Any],
    about: models.Model | str = "",
    may_wait: bool = False,
    unsubscribe: str = "",
    opens: str = "",
    opens_for: str = "",
) -> Message:
    """Writes a mail and has it sent once the transaction around it holds.

    ``template`` names ``mail/<template>.txt``; its first line is the subject. ``about`` is the object that
    the mail is about. ``may_wait``: a reader who wants one mail a day gets it with that one. ``unsubscribe``:
    the address at which a POST alone ends mails of this kind; the template names it too. ``opens``: the
    address in it that signs a reviewer of ``opens_for`` in. Only the mail that leaves signs in, not the
    stored one. Gives the stored message.
    """
    with translation.override(language):
        rendered = render_to_string(
            f"mail/{template}.txt", context | {"office": settings.OFFICE_BASE_URL}
        ).strip()
    subject, _, text = rendered.partition("\n")
    # A template is plain text, so that what stands in it must not come out escaped as in a page.
    message = Message.objects.create(
        to=to,
        subject=(subject := " ".join(subject.split())[:250]),
        text=text.strip() + "\n",
        html=as_html(subject, text.strip(), language),
        language=language,
        template=template,
        about=about if isinstance(about, str) else f"{about._meta.model_name}:{about.pk}",
        message_id=new_message_id(),
        unsubscribe=unsubscribe,
        opens=opens,
        opens_for=opens_for,
        held=may_wait and DigestReader.objects.filter(email=to.lower()).exists(),
    )
    if not message.held:
        transaction.on_commit(partial(deliver_message.enqueue, message.pk))
    return message


def new_message_id() -> str:
    return f"<{uuid.uuid4()}@kodeks>"


def as_html(subject: str, text: str, language: str) -> str:
    """The text as HTML with Kodeks's bar: paragraphs and links. It loads nothing."""
    paragraphs = [escape(p).replace("\n", "<br>") for p in re.split(r"\n\s*\n", text)]
    body = "\n".join("<p>" + URL.sub(r'<a href="\1">\1</a>', p) + "</p>" for p in paragraphs)
    with translation.override(language):
        return render_to_string("mail/letter.html", {"subject": subject, "body": SafeString(body)})


def deliver(pk: int, now: datetime | None = None) -> bool:
    """Sends one mail that has not left yet, and gives whether it has left.

    What may no longer be named is removed first (:mod:`mail.validity`). A failure is tried again. It is
    locked in one transaction and marked in another: nothing in the database waits for the mail server. A
    worker that dies between leaves one mail that is sent twice under one Message-ID. ``now`` is for tests.
    """
    moment = now or timezone.now()
    mine = Message.objects.filter(pk=pk, sent__isnull=True, withdrawn__isnull=True, held=False).filter(
        Q(taken__isnull=True) | Q(taken__lt=moment - IN_HAND)
    )
    if not mine.update(taken=moment, attempts=F("attempts") + 1):
        return Message.objects.filter(pk=pk, sent__isnull=False).exists()
    message = Message.objects.get(pk=pk)
    if not revalidate(message, moment):
        return False
    text, html = as_it_leaves(message)
    mail = EmailMultiAlternatives(
        message.subject,
        text,
        settings.DEFAULT_FROM_EMAIL,
        [message.to],
        headers={"Message-ID": message.message_id} | _ways_out(message),
    )
    mail.attach_alternative(html, "text/html")
    try:
        mail.send()
    except (
        OSError,
        ValueError,
    ) as problem:  # smtplib's errors are OSErrors too; ValueError: an address that is none
        server = isinstance(problem, OSError)
        away = server and (not isinstance(problem, SMTPException) or isinstance(problem, NOBODY_THERE))
        message.problem = f"{NO_SERVER if away else ''}{problem}"[:250]
        message.next_try = moment + pause_after(message.attempts)
    else:
        message.sent, message.problem, message.next_try = moment, "", None
        Message.objects.filter(digest=message).update(sent=moment)
        # The outbox of the demonstration is all that its readers have: it shows each mail as it left.
        message.text, message.html = (text, html) if settings.KODEKS_DEMO else without_secret(message)
    message.taken = None
    message.save(update_fields=["problem", "sent", "next_try", "taken", "text", "html"])
    return message.sent is not None


def as_it_leaves(message: Message) -> tuple[str, str]:
    """Text and HTML of a mail with the links that sign its reader in. Each is made now and never stored, so
    that it works for a day. Nobody who reads the database or its copies can use it."""
    text = message.text
    for part in message.parts.all() or [message]:
        line = re.compile(rf"^{re.escape(part.opens)}$", re.MULTILINE)
        if not part.opens or not line.search(text):
            continue
        link = link_to(message.to, part.opens, part.opens_for, part.about)
        if link == part.opens:
            continue
        with translation.override(message.language):
            note = _(
                "The link signs you in without a password. It works once, within one day. Do not forward it."
            )
        text = line.sub(f"{link}\n{note}", text)
    if text == message.text:
        return message.text, message.html
    return text, as_html(message.subject, text.strip(), message.language)


def without_secret(message: Message) -> tuple[str, str]:
    """Text and HTML of a mail without what lets somebody in: nobody who reads the database can use it."""
    secret = SECRETS.get(message.template)
    if secret is None:
        return message.text, message.html
    text = secret.sub(r"\1…", message.text)
    return text, as_html(message.subject, text.strip(), message.language)


@task()
def deliver_message(pk: int) -> bool:
    """Sends one stored mail in the background, and gives whether it has left. Where the mail server did not
    answer a moment ago, it waits for the next try. Else each mail would wait for the same server."""
    return not server_away() and deliver(pk)


def revalidate(message: Message, moment: datetime) -> bool:
    """Changes a mail that may not go as it was written, and gives whether it goes at all."""
    how = check_validity(message)
    if how == Validity.NOT_AT_ALL:
        message.withdrawn, message.problem, message.taken, message.held = moment, "", None, False
        message.save(update_fields=["withdrawn", "problem", "taken", "held"])
        return False
    if how == Validity.WITHOUT_NAMES:
        message.subject, message.text = without_names(message)
        message.html = as_html(message.subject, message.text, message.language)
        message.save(update_fields=["subject", "text", "html"])
    return True


def forget_address(address: str, instead: str) -> None:
    """Replaces an address in the mails to it and removes what was written to its reader. Those not yet sent
    are never sent."""
    DigestReader.objects.filter(email__iexact=address).delete()
    mails = Message.objects.filter(to__iexact=address)
    mails.filter(sent__isnull=True, withdrawn__isnull=True).update(withdrawn=timezone.now(), held=False)
    mails.update(to=instead, text="", html="")


def forget_name(names: Iterable[str], instead: str) -> None:
    """Replaces names of a person in the mails to others."""
    for name in {form for one in names if one.strip() for form in _spellings(one)}:
        found = Message.objects.filter(Q(subject__icontains=name) | Q(text__icontains=name))
        pattern = re.compile(rf"(?<!\w)(?:{re.escape(escape(name))}|{re.escape(name)})(?!\w)", re.IGNORECASE)
        for message in found:
            for column in ("subject", "text", "html", "problem"):
                setattr(message, column, pattern.sub(instead, getattr(message, column)))
            message.save(update_fields=["subject", "text", "html", "problem"])


def _spellings(name: str) -> set[str]:
    with translation.override("sr-latn"):
        return {name, localized_name(name)}


def _ways_out(message: Message) -> dict[str, str]:
    """What a mail program makes its own "unsubscribe" of (RFC 2369, RFC 8058)."""
    if not message.unsubscribe:
        return {}
    return {
        "List-Unsubscribe": f"<{message.unsubscribe}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


def pause_after(attempts: int) -> timedelta:
    """How long to wait after so many attempts that failed."""
    return min(FIRST_PAUSE * 2 ** min(max(attempts - 1, 0), 10), LONGEST_PAUSE)


def server_away(now: datetime | None = None) -> bool:
    """Whether the mail server was unreachable within the last minute, and nothing left since."""
    moment = now or timezone.now()
    tried = Message.objects.filter(
        sent__isnull=True, problem__startswith=NO_SERVER, next_try__gt=moment, withdrawn__isnull=True
    )
    failed = [
        at - pause_after(attempts)
        for at, attempts in tried.values_list("next_try", "attempts")
        if at is not None
    ]
    last = max(failed, default=None)
    if last is None or last < moment - FIRST_PAUSE:
        return False
    return not Message.objects.filter(sent__gte=last).exists()


def waiting(now: datetime | None = None) -> models.QuerySet[Message]:
    """Mails that have not left and are to be tried now: for two weeks, whatever the mail server says."""
    moment = now or timezone.now()
    return (
        Message.objects.filter(
            sent__isnull=True,
            withdrawn__isnull=True,
            held=False,
            digest__isnull=True,
            written__gt=moment - GIVEN_UP_AFTER,
        )
        .filter(Q(next_try__isnull=True) | Q(next_try__lte=moment))
        .filter(Q(taken__isnull=True) | Q(taken__lt=moment - IN_HAND))
        .order_by("id")
    )
