"""Changes for the index, the glossary, and searches that people saved."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class OutboxRow(models.Model):
    """An edition, or one section of it, that the index does not hold as the database does.

    Written in the transaction of the change itself, and removed when the index is up to date. Where it fails
    between, the row is left behind, and the work is done again. ``edition`` is no foreign key, because the
    index also has to hear of an edition that is gone.
    """

    edition = models.BigIntegerField()
    uid = models.UUIDField(null=True, help_text="One section; empty for the whole edition.")
    deny = models.BooleanField(
        default=False,
        help_text="Somebody may no longer read it: no query finds the edition until the index has caught up.",
    )
    drained = models.BooleanField(
        default=False, help_text="In the index in use, but perhaps not in the one that is being built."
    )
    tries = models.PositiveSmallIntegerField(default=0)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]
        verbose_name = "change for the search index"
        verbose_name_plural = "changes for the search index"
        indexes = [
            models.Index(fields=["drained", "tries", "id"], name="outbox_waiting"),
            models.Index(
                fields=["edition"], name="outbox_denied", condition=models.Q(deny=True, drained=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.edition}/{self.uid or 'all'}"


class GlossaryTerm(models.Model):
    """A term of the field in seven languages, shown on the page of the glossary. Searches across languages
    use it.

    A cell holds the ways to say it, parted by semicolons, the official one first. ``edited``: a person has
    changed it, and the file that ships with Kodeks has no say any more.
    """

    key = models.SlugField(_("key"), max_length=120, unique=True)
    en = models.CharField("English", max_length=400)
    sq = models.CharField("Shqip", max_length=400, blank=True)
    sr = models.CharField("Српски (ћирилица)", max_length=400, blank=True)
    bs = models.CharField("Bosanski", max_length=400, blank=True)
    hr = models.CharField("Hrvatski", max_length=400, blank=True)
    cnr = models.CharField("Crnogorski", max_length=400, blank=True)
    mk = models.CharField("Македонски", max_length=400, blank=True)
    definition = models.TextField(_("what it means, in English"), blank=True, max_length=2000)
    shown = models.BooleanField(_("shown and used in search"), default=True)
    edited = models.BooleanField(_("edited"), default=False, editable=False)
    changed = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["en"]
        verbose_name = _("term of the glossary")
        verbose_name_plural = _("terms of the glossary")

    def __str__(self) -> str:
        return self.en.split(";")[0]


class SynonymGroup(models.Model):
    """What people say for one thing, for searches in their own language. A cell holds the ways to say it,
    separated by semicolons. One with a ``~`` leads to the others and is not looked for. ``hbs``: Bosnian,
    Croatian, Montenegrin, Serbian. ``edited``: as of a term of the glossary."""

    key = models.SlugField(_("key"), max_length=120, unique=True)
    en = models.CharField("English", max_length=600, blank=True)
    sq = models.CharField("Shqip", max_length=600, blank=True)
    hbs = models.CharField("Bosanski, hrvatski, crnogorski, srpski", max_length=600, blank=True)
    mk = models.CharField("Македонски", max_length=600, blank=True)
    shown = models.BooleanField(_("used in search"), default=True)
    edited = models.BooleanField(_("edited"), default=False, editable=False)
    changed = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["key"]
        verbose_name = _("group of synonyms")
        verbose_name_plural = _("groups of synonyms")

    def __str__(self) -> str:
        return self.en or self.sq or self.hbs or self.mk


class Learned(models.Model):
    """What the published translations say which word translates which; one row. ``waiting``: something was
    published since it was made, and the worker is to learn again."""

    table = models.JSONField(default=dict)
    passages = models.PositiveIntegerField(default=0)
    waiting = models.BooleanField(default=True)
    made = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "table of translations"

    def __str__(self) -> str:
        return f"{self.passages} passages"


class Often(models.TextChoices):
    """How often a mail tells what is new in a saved search."""

    NEVER = "never", _("No e-mails")
    DAILY = "daily", _("Every day")
    WEEKLY = "weekly", _("Every week")


class SavedSearch(models.Model):
    """A search that somebody keeps, seen by nobody else.

    ``query``: as it is in the address of the search page. ``known``: the editions that were found when it was
    saved or that a mail has named. None where that is not computed yet. ``looked``: the day of the last look.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_searches")
    name = models.CharField(_("name"), max_length=100)
    query = models.TextField()
    often = models.CharField(_("e-mail alerts"), max_length=10, choices=Often.choices, default=Often.NEVER)
    known = models.JSONField(null=True)
    looked = models.DateField(null=True)
    made = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("saved search")
        verbose_name_plural = _("saved searches")

    def __str__(self) -> str:
        return f"saved search {self.pk}"


class Unanswered(models.Model):
    """For how many people some words found nothing on one day. Who they were, and when on that day, is
    nowhere."""

    words = models.CharField(max_length=80)
    day = models.DateField()
    times = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = "search without results"
        verbose_name_plural = "searches without results"
        constraints = [models.UniqueConstraint(fields=["words", "day"], name="unanswered_once_a_day")]
        indexes = [models.Index(fields=["day"], name="unanswered_day")]

    def __str__(self) -> str:
        return f"{self.day}: {self.times}"


class AskedToday(models.Model):
    """That somebody has asked a question in vain: a keyed hash of day, words and asker. Deleted after the
    ``day``."""

    digest = models.CharField(max_length=32, unique=True)
    day = models.DateField()

    class Meta:
        verbose_name = "question of today"
        verbose_name_plural = "questions of today"

    def __str__(self) -> str:
        return str(self.day)
