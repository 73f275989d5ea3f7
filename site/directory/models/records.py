"""What all records of the directory have, and a change of one that waits for a second person."""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Sequence
from decimal import Decimal
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from modelcluster.models import ClusterableModel

from directory.levels import Level
from people.models import Country, Institution, User

Values = dict[str, Any]


def new_seal() -> str:
    return secrets.token_hex(16)


def content_languages() -> list[tuple[str, str]]:
    """The languages in which a record can have texts."""
    return list(settings.LANGUAGES)


def level_field(label: Any, default: Level = Level.PUBLIC) -> models.CharField[str, str]:
    return models.CharField(label, max_length=10, choices=Level.choices, default=default)


class Record(ClusterableModel):
    """``seal`` makes the hashes of confidential values in the audit trail useless for guessing."""

    PLAIN: ClassVar[Sequence[str]] = ()
    """Columns that a change can change, but the texts and those below."""
    MANY: ClassVar[Sequence[str]] = ()
    TEXTS: ClassVar[Sequence[str]] = ()
    """Columns of a text in one language, after the language."""
    LEVELS: ClassVar[Sequence[str]] = ()
    """Columns that say who may read something."""
    SEALED: ClassVar[Sequence[str]] = ()
    """Columns that the guard of the database compares with the trail (directory.guards)."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    seal = models.CharField(max_length=32, default=new_seal, editable=False)
    key = models.SlugField(
        _("key"),
        max_length=40,
        unique=True,
        help_text=_("A short name for editors and addresses of pages. No street, no name of a person."),
    )
    country = models.ForeignKey(Country, models.PROTECT, related_name="+", verbose_name=_("country"))
    is_shown = models.BooleanField(_("shown in the directory"), default=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.country_id.upper()} {self.key}"

    @property
    def thing(self) -> str:
        """How changes and the audit trail name the record."""
        return f"{self._meta.model_name}:{self.pk}"

    @property
    def levels(self) -> set[str]:
        return {getattr(self, name) for name in self.LEVELS}

    def values(self) -> Values:
        """Everything that a change can change, as plain JSON."""
        plain = {name: _plain(getattr(self, self._meta.get_field(name).attname)) for name in self.PLAIN}
        many = {name: sorted(one.pk for one in getattr(self, name).all()) for name in self.MANY}
        names = ("language", *self.TEXTS)
        texts = [{name: getattr(text, name) for name in names} for text in self.texts.all()]
        return plain | many | {"texts": sorted(texts, key=lambda text: text["language"])}

    def take(self, values: Values) -> None:
        """Puts the values of :meth:`values` in, unsaved."""
        for name in (one for one in self.PLAIN if one in values):
            field = self._meta.get_field(name)
            setattr(self, field.attname, field.to_python(values[name]))
        for name in self.MANY:
            model = self._meta.get_field(name).related_model
            setattr(self, name, list(model.objects.filter(pk__in=values[name])))
        model = self._meta.get_field("texts").related_model
        self.texts = [model(**text) for text in values["texts"]]

    @classmethod
    def of(cls, pk: int) -> Self:
        """The stored row, locked."""
        return cls.objects.select_for_update(no_key=True).get(pk=pk)


class Confidential(Record):
    """A record of which somebody may read a part. The named readers read all of it."""

    seen_level: str
    reader_institutions = ParentalManyToManyField(
        Institution, blank=True, related_name="+", verbose_name=_("institutions that may read all")
    )
    reader_people = ParentalManyToManyField(
        User, blank=True, related_name="+", verbose_name=_("people who may read all")
    )

    class Meta:
        abstract = True


class Text(models.Model):
    """The texts of a record in one language."""

    language = models.CharField(_("language"), max_length=10, choices=content_languages)

    class Meta:
        abstract = True
        ordering = ["id"]

    def __str__(self) -> str:
        return self.language


def _plain(value: Any) -> Any:
    return f"{value:.6f}" if isinstance(value, Decimal) else value
