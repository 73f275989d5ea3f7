"""The answer of somebody who was asked until a moment ago."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

import audit
from documents.models.instruments import let_in
from people.access import has_role
from people.models import Grant
from people.roles import Role, Verb
from theme.localized_names import localized_name
from workflows.models import Seat


def answered_by_another(request: HttpRequest, seat_pk: int) -> HttpResponse | None:
    """To their reviews, with a sentence: for who sends an answer for a seat that was asked of them and is
    somebody else's now, and may open the review no longer; told in the trail. None for anybody else: they
    learn nothing of a review that was never theirs."""
    # Asked for anew: it became somebody else's while the answer was on its way.
    known = Seat.objects.select_related("stage__review__edition__instrument", "user")
    seat = known.filter(pk=seat_pk).first()
    if seat is None or seat.user is None or not seat.stage.review.running:
        return None
    review, user = seat.stage.review, request.user
    was_asked = Grant.objects.filter(
        user=user.pk,
        verb=Verb.SIGN_OFF,
        of_stage__stage=seat.stage,
        for_institution=seat.institution_id,
    ).exists()
    reviews = has_role(user, Role.REVIEWER, seat.institution_id)
    if not (was_asked and reviews and let_in(user, review.edition.instrument)):
        return None
    asked = _("This answer is asked of %(whom)s. You can't answer for them.")
    said = asked % {"whom": localized_name(seat.user.name)}
    audit.refused("sign_off", seat, user, why="not_asked")
    messages.error(request, f"{_('Your answer was not recorded.')} {said}")
    return HttpResponseRedirect(reverse("review:list"))
