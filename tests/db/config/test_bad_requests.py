"""What can't be read is answered by a page in the reader's language, never by a fault."""

from __future__ import annotations

import pytest

from tests.support.html import PageClient

pytestmark = pytest.mark.django_db
FORM = "application/x-www-form-urlencoded"


@pytest.mark.parametrize("charset", ["idna", "hex", "utf-16", "rot13", "undefined", "utf-7", "base64"])
@pytest.mark.parametrize("kind", [FORM, "multipart/form-data; boundary=x", "text/plain"])
def test_an_exotic_charset_is_told_so(charset: str, kind: str) -> None:
    client = PageClient(raise_request_exception=False)
    answer = client.generic(
        "POST", "/sq/sign-in/", b"--x\r\n\r\n--x--", content_type=f"{kind}; charset={charset}"
    )
    assert answer.status_code == 400
    page = answer.content.decode()
    assert '<html lang="sq"' in page and "default-src 'none'" in answer.headers["Content-Security-Policy"]


def test_so_on_the_public_host_and_right_to_left() -> None:
    client = PageClient(headers={"host": "public.test"}, raise_request_exception=False)
    answer = client.get("/ar/?q=1", CONTENT_TYPE=f"{FORM}; charset=idna")
    assert answer.status_code == 400 and 'lang="ar" dir="rtl"' in answer.content.decode()
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("charset", ["utf-8", "UTF-8", "us-ascii", '"utf-8"'])
def test_plain_ones_are_read(charset: str) -> None:
    answer = PageClient().generic(
        "POST", "/en/sign-in/", b"login=a", content_type=f"{FORM}; charset={charset}"
    )
    assert answer.status_code in (200, 400) and (answer.status_code == 200 or charset == "us-ascii")


def test_too_many_fields_are_told_so() -> None:
    body = "&".join(f"a{n}=1" for n in range(5001))
    answer = PageClient(raise_request_exception=False).post("/mk/sign-in/", body, content_type=FORM)
    assert answer.status_code == 413 and '<html lang="mk"' in answer.content.decode()
