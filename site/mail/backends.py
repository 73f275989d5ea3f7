"""E-mail backends: SMTP with an overall time limit, and none for the demonstration."""

from __future__ import annotations

import smtplib
import socket
import threading
from collections.abc import Sequence
from contextlib import suppress

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.smtp import EmailBackend

from mail.models import Message


class OutboxBackend(BaseEmailBackend):
    """Takes every mail as sent; mail.models.Message keeps it, and the outbox page shows it as it left."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for one in email_messages:
            Message.objects.filter(message_id=one.extra_headers.get("Message-ID")).update(text=one.body)
        return len(email_messages)


class BoundedBackend(EmailBackend):
    """Django's with a limit for the whole conversation: after KODEKS_MAIL_SECONDS the line is cut
    (SMTPServerDisconnected). EMAIL_TIMEOUT bounds each wait alone."""

    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        return _BoundedOverTls if self.use_ssl else _Bounded


class _HangsUp:
    """Cuts the line of an smtplib conversation when its time is over."""

    sock: socket.socket | None
    _end: threading.Timer | None = None

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        self._end = threading.Timer(settings.KODEKS_MAIL_SECONDS, self._hang_up)
        self._end.daemon = True
        self._end.start()
        try:
            opened: socket.socket = super()._get_socket(host, port, timeout)  # type: ignore[misc]
        except BaseException:
            self._end.cancel()
            raise
        return opened

    def _hang_up(self) -> None:
        # Over TLS too only the line: what is being read there belongs to the other thread.
        if self.sock is not None:
            with suppress(OSError):
                socket.socket.shutdown(self.sock, socket.SHUT_RDWR)

    def close(self) -> None:
        if self._end is not None:
            self._end.cancel()
        super().close()  # type: ignore[misc]


class _Bounded(_HangsUp, smtplib.SMTP):
    pass


class _BoundedOverTls(_HangsUp, smtplib.SMTP_SSL):
    pass
