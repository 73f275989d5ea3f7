"""What signatures of papers are checked against, and what came of it."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class TrustList(models.Model):
    """A list that an operator imported. ``content``: what :mod:`documents.signatures.read_list` read."""

    class Kind(models.TextChoices):
        SERVICES = "services", _("Trusted list")
        CERTIFICATES = "certificates", _("Certificates")
        REVOCATIONS = "revocations", _("Revoked certificates")

    kind = models.CharField(max_length=20, choices=Kind.choices)
    name = models.CharField(max_length=300)
    territory = models.CharField(max_length=10, blank=True)
    number = models.PositiveIntegerField(null=True)
    issued = models.DateTimeField(null=True)
    until = models.DateTimeField(null=True)
    signed_by = models.CharField(max_length=300, blank=True)
    sha256 = models.CharField(max_length=64, unique=True)
    content = models.JSONField()
    imported = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["kind", "territory", "name"]

    def __str__(self) -> str:
        return f"{self.territory} {self.name}".strip()

    @property
    def services(self) -> int:
        """How many services it grants, or how many certificates or lists it holds."""
        granted = [one for one in self.content.get("services", ()) if one["status"] == "granted"]
        return len(granted or self.content.get("certificates") or self.content.get("revocation_lists") or ())

    @property
    def is_old(self) -> bool:
        return self.until is not None and self.until < timezone.now()


class PaperCheck(models.Model):
    """What the signatures of a PDF were found to be worth, by its hash and that of the lists in use.

    It is no evidence: it can be made again. ``seal``: that Kodeks itself found it
    (documents.actions.check_papers). ``path``: where an uploaded file waits until it is recorded."""

    sha256 = models.CharField(primary_key=True, max_length=64)
    path = models.CharField(max_length=200, blank=True)
    wanted = models.DateTimeField(null=True, default=timezone.now)
    result = models.JSONField(null=True)
    seal = models.CharField(max_length=64, blank=True, default="", db_default="")
    trust_sha256 = models.CharField(max_length=64, blank=True)
    checked = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"check of {self.sha256[:12]}"
