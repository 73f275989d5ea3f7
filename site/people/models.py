"""Who works with Kodeks: countries, their institutions, people and what they do there."""

from __future__ import annotations

import secrets
import uuid
from datetime import date, datetime

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.roles import Role, Verb
from people.tokens import hash_token
from theme.localized_names import localized_name, then_and_today


class Country(models.Model):
    """A country of the region. ``footnote`` travels with the name wherever it is shown (Kosovo*)."""

    code = models.CharField(_("code"), max_length=2, primary_key=True)
    name = models.CharField(_("name"), max_length=120)
    footnote = models.TextField(_("footnote"), blank=True)
    time_zone = models.CharField(_("time zone"), max_length=40, default="Europe/Belgrade")
    languages = models.JSONField(_("official languages"), default=list)

    class Meta:
        ordering = ["code"]
        verbose_name = _("country")
        verbose_name_plural = _("countries")

    def __str__(self) -> str:
        return self.name or self.name_en or self.code


class Institution(models.Model):
    """A ministry, agency, court, organisation: what people belong to and what reviews are asked of."""

    class Kind(models.TextChoices):
        COORDINATION = "coordination", _("National coordination")
        MINISTRY = "ministry", _("Ministry")
        AGENCY = "agency", _("Agency")
        COURT = "court", _("Court or prosecution")
        NGO = "ngo", _("Non-governmental organisation")
        INTERNATIONAL = "international", _("International organisation")

    key = models.SlugField(_("key"), max_length=60, unique=True)
    country = models.ForeignKey(
        Country, models.PROTECT, related_name="institutions", verbose_name=_("country")
    )
    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices, default=Kind.MINISTRY)

    class Meta:
        ordering = ["country", "key"]
        verbose_name = _("institution")
        verbose_name_plural = _("institutions")

    def __str__(self) -> str:
        if self.name:
            return self.name
        return next(
            (n for n in (getattr(self, f"name_{code}") for code in [*self.country.languages, "en"]) if n),
            self.key,
        )


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: object) -> User:
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save()
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: object) -> User:
        return self.create_user(email, password, is_superuser=True, **fields)

    def get_by_natural_key(self, email: str | None) -> User:
        return self.get(email=(email or "").lower())


def new_salt() -> str:
    return secrets.token_hex(16)


class User(AbstractBaseUser, PermissionsMixin):
    """A person. ``actor`` stands for them in the audit trail; people are deactivated, never deleted."""

    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=120)
    actor = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    language = models.CharField(_("language of e-mails and pages"), max_length=10, default="en")
    is_active = models.BooleanField(_("can sign in"), default=True)
    joined = models.DateTimeField(default=timezone.now, editable=False)
    address_salt = models.CharField(max_length=32, default=new_salt, db_default="", editable=False)
    """It goes with the name: the hash of the address in the trail then says nothing."""
    dismissed = models.JSONField(default=list, editable=False)
    """What the person closed or read for good: first-use hints, what is new in a release (people.hints)."""

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]
    objects = UserManager()

    class Meta:
        ordering = ["name"]
        verbose_name = _("person")
        verbose_name_plural = _("people")

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name

    @property
    def address_sha256(self) -> str:
        """The address as the trail has it."""
        return hash_token(self.address_salt + self.email)

    def name_sha256(self, name: str) -> str:
        """A name of the person as the trail has it."""
        return hash_token(self.address_salt + name)

    def name_at(self, moment: datetime) -> str:
        """What the person was called at that moment: their signature bears that name."""
        later = [former for former in self.former_names.all() if former.until > moment]
        return min(later, key=lambda former: former.until).name if later else self.name

    def called_at(self, moment: datetime) -> str:
        """That name, and the one of today where it is another."""
        return then_and_today(localized_name(self.name_at(moment)), localized_name(self.name))

    @property
    def is_staff(self) -> bool:
        return self.is_superuser

    @property
    def first_name(self) -> str:  # Wagtail's admin asks for these two
        return self.name

    @property
    def last_name(self) -> str:
        return ""


class FormerName(models.Model):
    """What a person was called ``until`` a moment. It goes when their name is removed."""

    user = models.ForeignKey(User, models.CASCADE, related_name="former_names")
    name = models.CharField(max_length=120)
    until = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["until"]

    def __str__(self) -> str:
        return f"{self.name} ({self.user_id})"


class ActiveQuerySet(models.QuerySet):
    """Rows that hold for a time: from (inclusive) until (exclusive)."""

    def active(self, on: date | None = None) -> ActiveQuerySet:
        day = on or timezone.localdate()
        return self.filter(Q(starts__lte=day), Q(ends__isnull=True) | Q(ends__gt=day))


class MembershipQuerySet(ActiveQuerySet):
    """Memberships that are current and confirmed where the role needs it."""

    def active(self, on: date | None = None) -> MembershipQuerySet:
        return super().active(on).filter(confirmed__isnull=False)  # type: ignore[return-value]

    def waiting(self) -> MembershipQuerySet:
        """Those that a second person has yet to confirm."""
        return self.filter(confirmed__isnull=True, ends__isnull=True)


class Membership(models.Model):
    """A person's role in an institution. ``languages`` says into which a translator translates.

    ``confirmed`` is empty until somebody other than the giver of the role confirms it
    (people.actions.confirm). Until then it opens and counts nothing.
    """

    user = models.ForeignKey(User, models.CASCADE, related_name="memberships", verbose_name=_("person"))
    institution = models.ForeignKey(
        Institution, models.PROTECT, related_name="memberships", verbose_name=_("institution")
    )
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    languages = models.JSONField(_("languages"), default=list, blank=True)
    starts = models.DateField(_("from"), default=timezone.localdate)
    ends = models.DateField(_("until"), null=True, blank=True)
    given_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    confirmed = models.DateTimeField(null=True, default=timezone.now, editable=False)
    confirmed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ["institution", "role", "user"]
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")

    def __str__(self) -> str:
        return f"{self.user}, {self.get_role_display()}, {self.institution}"


class Grant(models.Model):
    """A right to one object for a person or an institution, from a stage, an assignment or a delegation.

    ``key`` names the object as the index does ("ed:12"): editions are in a room above this one. With
    ``for_role`` and ``for_institution`` it holds only while the person has that role there.
    """

    user = models.ForeignKey(User, models.CASCADE, null=True, blank=True, related_name="grants")
    institution = models.ForeignKey(Institution, models.CASCADE, null=True, blank=True, related_name="grants")
    key = models.CharField(max_length=60)
    verb = models.CharField(max_length=20, choices=Verb.choices)
    languages = models.JSONField(default=list, blank=True)
    reason = models.CharField(max_length=200)
    for_role = models.CharField(max_length=20, choices=Role.choices, blank=True)
    for_institution = models.ForeignKey(Institution, models.CASCADE, null=True, blank=True, related_name="+")
    starts = models.DateField(default=timezone.localdate)
    ends = models.DateField(null=True, blank=True)

    objects = ActiveQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["key", "verb"])]
        constraints = [
            models.CheckConstraint(
                name="grant_to_one",
                condition=Q(user__isnull=False, institution__isnull=True)
                | Q(user__isnull=True, institution__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.user or self.institution}: {self.verb} {self.key}"


class Invitation(models.Model):
    """A mail with a link by which a person joins an institution; the link works once and for a time."""

    email = models.EmailField(_("e-mail address"))
    institution = models.ForeignKey(Institution, models.CASCADE, verbose_name=_("institution"))
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    languages = models.JSONField(_("languages"), default=list, blank=True)
    language = models.CharField(_("language of the e-mail"), max_length=10, default="en")
    token_sha256 = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    expires = models.DateTimeField()
    accepted = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-expires"]

    def __str__(self) -> str:
        return f"{self.email}, {self.get_role_display()}, {self.institution}"

    @staticmethod
    def new_token() -> tuple[str, str]:
        """A fresh token and the hash under which it is stored."""
        token = secrets.token_urlsafe(32)
        return token, hash_token(token)

    @property
    def open(self) -> bool:
        return self.accepted is None and self.expires > timezone.now()


class SignInTry(models.Model):
    """A sign-in that failed or succeeded, by keyed hashes of the address and the network (people.throttle).
    It stays only as long as a limit counts it."""

    who = models.CharField(max_length=64)
    where = models.CharField(max_length=64)
    failed = models.BooleanField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [
            models.Index(fields=["who", "at"]),
            models.Index(fields=["where", "at"]),
            models.Index(fields=["at"]),
        ]

    def __str__(self) -> str:
        return f"{self.who[:8]} {self.at:%H:%M}"


class MailLink(models.Model):
    """A sign-in link for a reviewer: once, for one address and institution, for a short time.

    ``onward`` is the page that it opens. ``about`` names what it was sent for ("review:12"). Without that
    the link stops working. It is empty where the reader asked for the link.
    """

    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    email = models.EmailField()
    institution = models.ForeignKey(Institution, models.CASCADE, related_name="+")
    token_sha256 = models.CharField(max_length=64, unique=True)
    onward = models.CharField(max_length=300, blank=True)
    about = models.CharField(max_length=120, blank=True)
    made = models.DateTimeField(default=timezone.now)
    expires = models.DateTimeField()
    used = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["email", "made"])]

    def __str__(self) -> str:
        return f"{self.user_id} {self.made:%Y-%m-%d %H:%M}"
