"""What one person proposed and a second one decides."""

from __future__ import annotations

import hashlib
import json
import secrets
from datetime import UTC
from typing import Self

from django.db import models
from django.utils import timezone

from audit.trail import thing_name
from people.models import User


def new_seal() -> str:
    return secrets.token_hex(16)


class ProposalQuerySet(models.QuerySet["Proposal"]):
    def about(self, thing: models.Model | str) -> Self:
        """Those about an object, or about one that the trail would name so."""
        return self.filter(thing=thing_name(thing))

    def waiting(self) -> Self:
        return self.filter(decided=None)


class Proposal(models.Model):
    """``thing``: what it is about, as the trail names it ("instrument:4"). ``values``: what that is to
    become, as plain JSON; the kind knows how to read them (proposals.kinds).

    ``sha256`` covers all of it with the ``seal``. The trail has this hash; the seal makes it useless for
    guessing what is confidential.
    """

    kind = models.CharField(max_length=20)
    thing = models.CharField(max_length=80)
    values = models.JSONField(default=dict)
    reason = models.TextField(blank=True)
    seal = models.CharField(max_length=32, default=new_seal)
    sha256 = models.CharField(max_length=64)
    proposed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    proposed = models.DateTimeField(default=timezone.now)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    decided = models.DateTimeField(null=True, blank=True)
    confirmed = models.BooleanField(default=False)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["thing", "kind"])]
        constraints = [
            models.UniqueConstraint(
                fields=["thing", "kind"], condition=models.Q(decided=None), name="one_proposal_waits"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.thing}"

    @property
    def key(self) -> str:
        """The number of the thing it is about."""
        return self.thing.partition(":")[2]

    def hash(self) -> str:
        """Of what is proposed, by whom and when."""
        content = {
            "kind": self.kind,
            "thing": self.thing,
            "values": self.values,
            "reason": self.reason,
            "seal": self.seal,
            "proposed_by": str(self.proposed_by.actor),
            "proposed": self.proposed.astimezone(UTC).isoformat(),
        }
        text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()
