"""Somebody at a browser without JavaScript: opens pages, fills forms in, sends them."""

from __future__ import annotations

import json
import time
from typing import Any
from urllib.parse import urljoin, urlsplit

import requests
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from lxml import html

from tests.support.services.production import Production

TIMEOUT = 60


def parsed(content: bytes) -> Any:
    """A page as a tree; untyped, because every answer of lxml may be of six types."""
    return html.fromstring(content)


class Visitor:
    """A signed-in person on the office host, or (without ``email``) nobody."""

    def __init__(self, kodeks: Production, email: str = "", password: str = "") -> None:
        self.http = kodeks.client()
        self.base = kodeks.office_url
        self.page: requests.Response
        if email:
            self.get("/en/sign-in/")
            self.send(has="login", data={"login": email, "password": password})
            assert "/sign-in/" not in self.page.url, f"{email} could not sign in"
            if "/account/second-factor/" in self.page.url:
                self.set_app_up()

    def set_app_up(self) -> None:
        """Does what the page asks of whoever may change much, and goes on."""
        self.get("/en/account/second-factor/app/")
        key = "".join(parsed(self.page.content).xpath("//main//code")[0].text_content().split())
        code = format_hotp_value(hotp_value(key, int(time.time()) // 30))
        self.send(has="code", data={"code": code})
        assert "/recovery-codes/" in self.page.url

    def get(self, path: str, status: int = 200) -> str:
        """Opens a page and gives its text."""
        self.page = self.http.get(urljoin(self.base, path), timeout=TIMEOUT)
        assert self.page.status_code == status, f"{path}: {self.page.status_code}\n{self.words()[:1500]}"
        return self.page.text

    def words(self) -> str:
        """What stands on the page."""
        if "html" not in self.page.headers.get("Content-Type", ""):
            return self.page.text
        tree = parsed(self.page.content)
        main = tree.xpath("//main") or [tree]
        return " ".join(main[0].text_content().split())

    def send(
        self,
        *,
        has: str,
        data: dict[str, Any],
        files: dict[str, tuple[str, bytes]] | None = None,
        button: str = "",
        status: int = 200,
    ) -> str:
        """Fills in the form of this page that has a field (or button) named ``has``, and sends it; redirects
        are followed."""
        tree = parsed(self.page.content)
        tree.make_links_absolute(self.page.url)
        # The bar has a form too: to sign out.
        forms = [
            f for f in tree.xpath("//main//form") if has in f.fields or f.xpath(f".//button[@name='{has}']")
        ]
        assert forms, f"no form with {has} on {self.page.url}: {self.words()[:500]}"
        form = forms[0]
        known = [(name, value) for name, value in form.form_values() if name not in data]
        given = [
            (name, one)
            for name, value in data.items()
            for one in (value if isinstance(value, list) else [value])
        ]
        if button:
            given.append((button, form.xpath(f".//button[@name='{button}']/@value")[0]))
        self.page = self.http.post(
            form.action or self.page.url,
            data=known + given,
            files=files,
            headers={"Referer": self.page.url},
            timeout=TIMEOUT,
        )
        assert self.page.status_code == status, (
            f"{self.page.url}: {self.page.status_code}\n{self.words()[:1500]}"
        )
        return self.page.text

    def post(
        self, path: str, data: dict[str, Any] | None = None, *, as_json: bool = False
    ) -> requests.Response:
        """Sends what no page offers: straight to an address, as somebody would who tries what may not be
        done."""
        url = urljoin(self.base, path)
        token = self.http.cookies.get("__Host-csrftoken", domain=urlsplit(url).hostname) or ""
        headers = {"Referer": url, "X-CSRFToken": token}
        if as_json:
            headers["Content-Type"] = "application/json"
            return self.http.post(url, data=json.dumps(data), headers=headers, timeout=TIMEOUT)
        return self.http.post(url, data=data, headers=headers, timeout=TIMEOUT)
