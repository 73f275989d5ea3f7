"""The admin in the language of the account, in Kodeks's own words (Wagtail's: test_wagtails_words)."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from django.conf import settings
from django.test import Client
from django.utils import translation
from django.utils.translation import gettext
from wagtail.users.models import UserProfile

from people.roles import Role

SignIn = Callable[..., Client]


@pytest.mark.parametrize("language", ["mk", "sq", "sr-cyrl", "hr"])
def test_it_speaks_the_language_of_the_account_whatever_the_browser_asks_for(
    sign_in: SignIn, language: str
) -> None:
    client = sign_in(Role.COORDINATOR, language=language)
    home = client.get("/admin/", headers={"accept-language": "en"})
    page = home.content.decode()
    assert f'<html lang="{language}"' in page and home["Content-Language"] == language
    report = client.get("/admin/reports/kodeks-reviews/", headers={"accept-language": "en"}).content.decode()
    with translation.override(language):
        assert f"- {gettext('Kodeks')}</title>" in " ".join(page.split()).replace(" </title>", "</title>")
        assert (
            json.dumps(gettext("Back to Kodeks"))[1:-1] in page
            and gettext("Reviews that you coordinate") in page
        )
        assert all(gettext(word) in report for word in ("Reviews", "waiting", "late", "Answered"))
    assert "Back to Kodeks" not in page and "Dashboard" not in page


def test_whoever_chose_another_one_in_the_admin_has_that(sign_in: SignIn) -> None:
    client = sign_in(Role.COORDINATOR, language="mk")
    own = UserProfile.get_for_user(client.person)  # type: ignore[attr-defined]
    own.preferred_language = "hr"
    own.save()
    assert '<html lang="hr"' in client.get("/admin/").content.decode()
    page = client.get("/admin/account/").content.decode()
    assert all(f'value="{tag}"' in page for tag in settings.KODEKS_OFFICE_LANGUAGES)
