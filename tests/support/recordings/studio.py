"""People who record, and a sound to upload."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from people.actions.groups import sync_groups
from people.models import Institution, User
from people.roles import Role
from recordings.actions.record import publish_recording, upload_recording
from recordings.clean import Clean, clean
from recordings.models import Recording
from recordings.targets import Target
from tests.support.factories import make_institution, make_person
from tests.support.html import PageClient, signed_in
from tests.support.recordings.sounds import sound


@dataclass(frozen=True)
class People:
    """Publishers of North Macedonia (two), Albania and the region, the operator, and somebody who drafts."""

    own: User
    other: User
    region: User
    second: User
    operator: User
    drafter: User

    def browser(self, who: str) -> PageClient:
        return signed_in(getattr(self, who))


@pytest.fixture
def people(db: None) -> People:
    made = People(
        own=make_person(Role.PUBLISHER, make_institution()),
        second=make_person(Role.PUBLISHER, make_institution()),
        other=make_person(Role.PUBLISHER, make_institution("al-interior")),
        region=make_person(Role.PUBLISHER, make_institution("mk-iom", kind=Institution.Kind.INTERNATIONAL)),
        operator=make_person(Role.OPERATOR, make_institution()),
        drafter=make_person(Role.DRAFTER, make_institution()),
    )
    for one in (made.own, made.second, made.other, made.region, made.operator, made.drafter):
        sync_groups(one)
    return made


@pytest.fixture(scope="session")
def sound_once() -> Clean:
    return clean(sound("mp3", seconds=1.5), video=False)


def mp3(**fields: Any) -> SimpleUploadedFile:
    """As a browser sends it; its name says nothing true."""
    return SimpleUploadedFile("voice.txt", sound("mp3", **fields), "text/plain")


def record(by: User | None, target: Target, made: Clean) -> Recording:
    """Uploaded by one, and published by another one."""
    recording = upload_recording(by, target, made, read=target.script.sha256)
    publish_recording(None, recording)
    recording.refresh_from_db()
    return recording
