"""The list of people, with filters, and the page of one of them."""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from django import forms
from django.core.paginator import Paginator
from django.db.models import OuterRef, Prefetch, Q, QuerySet, Subquery
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from people.access import has_role
from people.actions.take_app_back import may_take_back
from people.fields import InstitutionChoiceField, NamedChoiceField
from people.models import Country, Institution, Invitation, Membership, User
from people.requests import OfficeRequest
from people.roles import Role
from people.views.directory import institutions_of

A_PAGE = 50
SINCE = Subquery(
    Authenticator.objects.filter(user=OuterRef("pk"))
    .exclude(type=Authenticator.Type.RECOVERY_CODES)
    .order_by("created_at")
    .values("created_at")[:1]
)
"""Since when somebody has a second factor."""


class FilterForm(forms.Form):
    """Which people are listed; everything optional."""

    only_asks = True

    q = forms.CharField(label=_("Name or e-mail address"), required=False, max_length=120)
    country: forms.ModelChoiceField[Country] = NamedChoiceField(
        Country.objects.none(), label=_("Country"), required=False, empty_label=_("All countries")
    )
    institution: forms.ModelChoiceField[Institution] = InstitutionChoiceField(
        Institution.objects.none(), label=_("Institution"), required=False, empty_label=_("All institutions")
    )
    role = forms.ChoiceField(label=_("Role"), required=False, choices=[("", _("All roles")), *Role.choices])
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[
            ("", _("Has a role")),
            ("no_factor", _("Without two-factor authentication")),
            ("never", _("Has never signed in")),
            ("ends", _("Role with an end date")),
            ("ended", _("Role has ended")),
        ],
    )

    def __init__(self, *args: Any, institutions: list[Institution], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        countries = {one.country_id for one in institutions}
        if len(countries) < 2:
            del self.fields["country"]
        else:
            self.fields["country"].queryset = Country.objects.filter(pk__in=countries)
        wanted = [one.pk for one in institutions]
        self.fields["institution"].queryset = (
            Institution.objects.filter(pk__in=wanted).select_related("country").order_by("country", "pk")
        )


def _people(wanted: dict[str, Any], institutions: list[Institution]) -> QuerySet[User]:
    """Those with a role in one of the institutions that fits, by name."""
    active = Membership.objects.active()
    roles = active.filter(institution__in=institutions)
    if wanted.get("state") == "ended":
        past = Membership.objects.filter(institution__in=institutions, ends__isnull=False)
        roles = past.exclude(pk__in=active.values("pk"))
    if wanted.get("state") == "ends":
        roles = roles.filter(ends__isnull=False)
    if wanted.get("country"):
        roles = roles.filter(institution__country=wanted["country"])
    if wanted.get("institution"):
        roles = roles.filter(institution=wanted["institution"])
    if wanted.get("role"):
        roles = roles.filter(role=wanted["role"])
    people = User.objects.filter(pk__in=roles.values("user"))
    if wanted.get("q"):
        people = people.filter(Q(name__icontains=wanted["q"]) | Q(email__icontains=wanted["q"]))
    if wanted.get("state") == "no_factor":
        people = people.alias(since=SINCE).filter(since=None)
    if wanted.get("state") == "never":
        people = people.filter(last_login=None)
    shown = roles if wanted.get("state") == "ended" else active.filter(institution__in=institutions)
    return (
        people.annotate(factor_since=SINCE)
        .prefetch_related(
            Prefetch("memberships", shown.select_related("institution__country"), to_attr="roles")
        )
        .order_by("name", "pk")
    )


@require_safe
def directory(request: OfficeRequest) -> HttpResponse:
    """Who has which role, since when they were here; what waits for the reader is first."""
    institutions = institutions_of(request.user)
    form = FilterForm(request.GET, institutions=institutions)
    wanted = form.cleaned_data if form.is_valid() else {}
    page = Paginator(_people(wanted, institutions), A_PAGE).get_page(request.GET.get("page"))
    invitations = Invitation.objects.filter(institution__in=institutions, accepted=None)
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "form": form,
        "page": page,
        "filtered": any(query.values()),
        "waiting": Membership.objects.waiting()
        .filter(institution__in=institutions)
        .select_related("user", "institution__country"),
        "invitations": [one for one in invitations.select_related("institution__country") if one.open],
    }
    return render(request, "people/directory.html", context, status=400 if form.errors else 200)


@require_safe
def person(request: OfficeRequest, pk: int) -> HttpResponse:
    """One person with their roles, and what can be done. Roles in other countries are not shown."""
    institutions = institutions_of(request.user)
    found = get_object_or_404(User.objects.annotate(factor_since=SINCE), pk=pk)
    roles = (
        Membership.objects.filter(user=found, institution__in=institutions)
        .select_related("institution__country")
        .order_by("ends", "-starts")
    )
    active = {one.pk for one in Membership.objects.active().filter(pk__in=[one.pk for one in roles])}
    if not roles:
        raise Http404
    resets = [one for one in roles if one.pk in active and may_take_back(request.user, one)]
    context = {
        "person": found,
        "reset": resets[0] if resets and found.factor_since else None,
        "roles": [one for one in roles if one.pk in active],
        "waiting": [one for one in roles if one.confirmed is None and one.ends is None],
        "past": [one for one in roles if one.pk not in active and one.ends is not None],
        "operates": has_role(request.user, Role.OPERATOR),
    }
    return render(request, "people/person.html", context)
