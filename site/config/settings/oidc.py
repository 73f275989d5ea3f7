"""Governments' identity providers, from variables such as KODEKS_OIDC_MK_URL (docs/operators.md)."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

from config.settings.env import Environment

PARTS = {
    "URL": "the issuer of the identity provider",
    "CLIENT": "the name of Kodeks there",
    "SECRET": "the secret that belongs to it",
    "NAME": "what stands on the button",
    "DOMAINS": "domains of addresses and their institutions, e.g. mvr.gov.mk=mk-interior",
    "CLAIM": "the claim that names the institution",
    "VALUES": "its values and their institutions, e.g. MVR=mk-interior",
}
NEEDED = ("CLIENT", "SECRET", "DOMAINS")
LISTED = re.compile(r"([^\s=,]+)\s*=\s*([a-z0-9-]+)")


def providers(env: Environment) -> dict[str, Any]:
    """SOCIALACCOUNT_PROVIDERS: one provider for each country that names its issuer. Notes what is wrong."""
    found = (re.fullmatch(r"KODEKS_OIDC_([A-Z]{2})_URL", name) for name in sorted(env.values))
    apps = [_app(env, one[1]) for one in found if one and env.values[one[0]].strip()]
    return {"openid_connect": {"APPS": apps}} if apps else {}


def _app(env: Environment, country: str) -> dict[str, Any]:
    key = f"KODEKS_OIDC_{country}_"
    given = {part: env.values.get(key + part, "").strip() for part in PARTS}
    env.problems += [f"{key}{part} is not set: {PARTS[part]}" for part in NEEDED if not given[part]]
    place = urlsplit(given["URL"])
    if place.scheme != "https" and place.hostname != "127.0.0.1":
        env.problems.append(f"{key}URL is no address that starts with https://: {PARTS['URL']}")
    if bool(given["CLAIM"]) != bool(given["VALUES"]):
        env.problems.append(f"{key}CLAIM and {key}VALUES belong together: {PARTS['VALUES']}")
    return {
        "provider_id": country.lower(),
        "name": given["NAME"] or country,
        "client_id": given["CLIENT"],
        "secret": given["SECRET"],
        "settings": {
            "server_url": given["URL"],
            "oauth_pkce_enabled": True,
            "domains": LISTED.findall(given["DOMAINS"].lower()),
            "claim": given["CLAIM"],
            "values": LISTED.findall(given["VALUES"]),
        },
    }
