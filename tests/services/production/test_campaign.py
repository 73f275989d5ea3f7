"""A campaign in production: its style within the page, and its picture from the bucket by our own host."""

from __future__ import annotations

import re

from tests.support.services.production import Production

LOAD = """
import io
from django.core.files.base import ContentFile
from PIL import Image
from people.models import Country
from public.demo import load_campaigns
from public.models import Picture
for code in ("al", "ba", "me", "mk", "rs", "xk"):
    Country.objects.get_or_create(code=code, defaults={"name_en": code.upper()})
pages = load_campaigns(["work-abroad"], ["en", "ar"])
data = io.BytesIO()
Image.new("RGB", (1200, 800), "#0a3641").save(data, "PNG")
page = next(page for page in pages if page.tag == "ar")
page.picture = Picture.objects.create(title="Door", file=ContentFile(data.getvalue(), name="door.png"))
page.save_revision().publish()
"""


def test_a_campaign_stands_on_real_servers(kodeks: Production) -> None:
    kodeks.manage("shell", "-c", LOAD)
    client = kodeks.client()
    answer = client.get(f"{kodeks.public_url}/ar/work-abroad/", timeout=20)
    assert answer.status_code == 200, kodeks.output()
    assert answer.headers["Content-Encoding"] == "gzip"
    assert "Set-Cookie" not in answer.headers
    assert '<html lang="ar" dir="rtl"' in answer.text
    # A public page brings its style along; the office fetches its own, packed.
    assert "<style" in answer.text and 'rel="stylesheet"' not in answer.text
    office = client.get(f"{kodeks.office_url}/en/sign-in/", timeout=20)
    styles = re.findall(r'<link rel="stylesheet" href="(/static/[^"]+)"', office.text)
    assert styles
    for address in styles:
        packed = client.get(kodeks.office_url + address, timeout=20)
        assert packed.headers["Content-Encoding"] in ("br", "gzip")
        assert "immutable" in packed.headers["Cache-Control"]
    picture = re.search(r'src="(/pictures/[^"]+)"', answer.text)
    assert picture
    shown = client.get(kodeks.public_url + picture[1], timeout=20)
    assert shown.status_code == 200
    assert shown.headers["Content-Type"].startswith("image/")
    assert len(shown.content) > 100
