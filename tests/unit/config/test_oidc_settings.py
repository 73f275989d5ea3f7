"""Governments' identity providers from the environment."""

from __future__ import annotations

from config.settings.env import Environment
from config.settings.oidc import providers

GIVEN = {
    "KODEKS_OIDC_MK_URL": "https://id.gov.mk",
    "KODEKS_OIDC_MK_CLIENT": "kodeks",
    "KODEKS_OIDC_MK_SECRET": "s",
    "KODEKS_OIDC_MK_DOMAINS": "MVR.gov.mk=mk-interior, pravda.gov.mk = mk-justice",
    "KODEKS_OIDC_MK_CLAIM": "org",
    "KODEKS_OIDC_MK_VALUES": "MVR=mk-interior",
    "KODEKS_OIDC_RS_URL": "",
}


def test_a_provider_a_country() -> None:
    env = Environment(GIVEN)
    (app,) = providers(env)["openid_connect"]["APPS"]
    assert not env.problems and (app["provider_id"], app["name"]) == ("mk", "MK")
    assert app["settings"]["domains"] == [("mvr.gov.mk", "mk-interior"), ("pravda.gov.mk", "mk-justice")]
    assert app["settings"]["values"] == [("MVR", "mk-interior")]
    assert providers(Environment({})) == {}


def test_what_is_wrong_is_named() -> None:
    env = Environment(
        {
            "KODEKS_OIDC_RS_URL": "http://id.gov.rs",
            "KODEKS_OIDC_RS_CLIENT": "k",
            "KODEKS_OIDC_RS_CLAIM": "org",
        }
    )
    providers(env)
    told = " ".join(env.problems)
    for name in ("SECRET", "DOMAINS", "URL is no address", "CLAIM and KODEKS_OIDC_RS_VALUES belong together"):
        assert name in told
