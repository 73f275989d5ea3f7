"""The public site while its PostgreSQL is stopped, and after it is back."""

from __future__ import annotations

import time

from public.models import CampaignPage
from tests.support.public.fixtures import load_one, make_countries
from tests.support.public.served import served


def test_pages_are_served_while_the_database_is_stopped(transactional_db: None) -> None:
    make_countries()
    load_one()
    with served(2.0) as site:
        read = ["/mk/work-abroad/", "/ar/help/?in=mk", "/en/", "/en/help/", "/en/n/2/"]
        live = {path: site.get(path) for path in read}
        assert {one.status_code for one in live.values()} == {200}
        site.stop_database()
        time.sleep(5.1)  # what each of the two processes found of its needs it says again for five seconds
        assert site.get("/readyz").status_code == 503
        for path in read:
            page = site.get(path)
            assert page.status_code == 200 and page.text.count("note standin") == 1, path
            assert page.text.partition("<main")[2] == live[path].text.partition("<main")[2], path
        other = site.get("/en/library/search/?q=passport&home=mk")
        assert other.status_code == 503 and "tel:0800000000" in other.text
        start = time.monotonic()
        for _ in range(20):
            assert site.get("/en/help/").status_code == 200
        assert time.monotonic() - start < 5
        assert site.get("/").status_code == 302
        site.start_database()
        time.sleep(5.1)
        assert "note standin" not in site.get("/en/help/").text
        assert site.get("/en/library/search/?q=passport").status_code == 200
    assert CampaignPage.objects.count() == 4
