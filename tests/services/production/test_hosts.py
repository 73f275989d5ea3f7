"""Kodeks with the production settings, on real servers: what each host answers before anyone signs in."""

from __future__ import annotations

import subprocess
import sys

from tests.support.services.production import ROOT, Production

REQUIRED = [
    "KODEKS_SECRET_KEY",
    "KODEKS_DATABASE_URL",
    "KODEKS_SEARCH_URL",
    "KODEKS_PUBLIC_URL",
    "KODEKS_OFFICE_URL",
    "KODEKS_S3_BUCKET",
    "KODEKS_S3_ACCESS_KEY",
    "KODEKS_S3_SECRET_KEY",
    "KODEKS_SMTP_URL",
    "KODEKS_MAIL_FROM",
]


def check(env: dict[str, str]) -> str:
    """What `manage.py check` prints when it fails."""
    done = subprocess.run(
        [sys.executable, str(ROOT / "manage.py"), "check"],
        cwd=ROOT,
        env=env,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode != 0
    return done.stderr


def test_both_hosts_are_ready(kodeks: Production) -> None:
    for url in (kodeks.public_url, kodeks.office_url):
        answer = kodeks.client().get(f"{url}/readyz", timeout=10)
        assert answer.status_code == 200, answer.text


def test_the_office_leads_to_the_sign_in_whether_a_page_exists_or_not(kodeks: Production) -> None:
    for path in ("/en/search/", "/en/i/mk/no-such-thing/", "/admin/"):
        answer = kodeks.client().get(kodeks.office_url + path, allow_redirects=False, timeout=10)
        assert answer.status_code == 302
        assert "/sign-in/" in answer.headers["Location"]


def test_cookies_of_the_office_travel_over_tls_only(kodeks: Production) -> None:
    answer = kodeks.client().get(f"{kodeks.office_url}/en/sign-in/", timeout=10)
    assert answer.status_code == 200
    assert [cookie.secure for cookie in answer.cookies] == [True]
    assert all(cookie.name.startswith("__Host-") for cookie in answer.cookies)


def test_the_public_host_sets_no_cookie_and_takes_no_post(kodeks: Production) -> None:
    client = kodeks.client()
    answer = client.get(f"{kodeks.public_url}/en/", timeout=10)
    assert "Set-Cookie" not in answer.headers
    assert client.post(f"{kodeks.public_url}/en/", timeout=10).status_code == 405


def test_the_public_host_knows_no_office_page(kodeks: Production) -> None:
    for path in ("/en/sign-in/", "/admin/", "/en/desk/"):
        assert kodeks.client().get(kodeks.public_url + path, timeout=10).status_code == 404


def test_another_host_is_refused(kodeks: Production) -> None:
    answer = kodeks.client().get(
        f"{kodeks.inner_url}/en/sign-in/", headers={"Host": "evil.example"}, timeout=10
    )
    assert answer.status_code == 400


def test_every_missing_variable_is_named_at_once(kodeks: Production) -> None:
    bare = {name: value for name, value in kodeks.env.items() if not name.startswith("KODEKS_")}
    said = check(bare)
    assert [name for name in REQUIRED if name not in said] == []


def test_every_wrong_variable_is_named_at_once(kodeks: Production) -> None:
    wrong = {
        name: "short" if "URL" not in name and name != "KODEKS_S3_ENDPOINT" else "ftp:nowhere"
        for name in (*REQUIRED, "KODEKS_S3_ENDPOINT")
    }
    blank = {"KODEKS_S3_BUCKET", "KODEKS_S3_ACCESS_KEY", "KODEKS_S3_SECRET_KEY", "KODEKS_MAIL_FROM"}
    found = check(kodeks.env | wrong | dict.fromkeys(blank, " "))
    assert [name for name in wrong if f"- {name} is" not in found] == []
