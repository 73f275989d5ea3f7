"""An act of the original that is recorded after a redacted edition was approved."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from documents.actions import classify, publish_redaction, redact
from documents.actions.adopt_language import adopt_language
from documents.models import Section
from people.roles import Role
from tests.support.documents.following import Cast, approved, read, write
from tests.support.documents.following import cast as cast
from tests.support.documents.following import no_review as no_review
from tests.support.factories import make_act, make_person
from tests.support.public.fixtures import reader as reader

SECRET = "Secret Council"


@pytest.mark.django_db
def test_it_waits_for_another_redacted_edition(cast: Cast, reader: Client) -> None:
    """Nobody who approved it has seen that act."""
    edition, first = cast["edition"], cast["coordinator"]
    second = make_person(Role.COORDINATOR, edition.instrument.owner)
    classify.change_classification(first, edition.instrument, "official", "why")
    redaction = redact.start(first, edition)
    uid = str(Section.objects.filter(edition=edition)[0].uid)
    redact.mark_part(first, redaction, uid, "mk", [], "safety", "why")
    publish_redaction.propose_redaction(first, redaction)
    redaction.refresh_from_db()
    public = publish_redaction.approve(second, redaction, redaction.source_sha256, redaction.sha256)
    redaction.refresh_from_db()
    assert not publish_redaction.is_outdated(redaction)

    write(cast, "sq", "Fjali")
    adopt_language(first, approved(cast, "sq"), [make_act(body=SECRET, number="99/26")])
    assert publish_redaction.is_outdated(redaction)
    place = {"country": "mk", "slug": public.instrument.slug, "number": 1}
    address = reverse("documents:edition", settings.PUBLIC_URLCONF, kwargs=place)
    page = reader.get(address)
    assert page.status_code == 200 and SECRET not in page.content.decode()
    desk = reverse("desk:redaction", "config.urls_office", args=[edition.pk])
    assert SECRET not in read(first, desk) and "publish it again." in read(first, desk)
    redact.start(first, edition)
    assert SECRET in read(first, desk)
