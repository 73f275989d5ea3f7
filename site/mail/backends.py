"""The mail backend of the demonstration: nothing leaves the machine."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend


class KeptBackend(BaseEmailBackend):
    """Takes every mail as sent; mail.models.Message keeps it, and the outbox page shows it."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        return len(email_messages)
