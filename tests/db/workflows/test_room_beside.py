"""Two languages of the text under review beside each other, section by section."""

from __future__ import annotations

import re

from documents.models import Comment, Section
from tests.support.reviews import Cast, client_of, to
from workflows.models import Review


def test_two_languages_stand_beside_each_other(cast: Cast, review: Review) -> None:
    client = client_of(cast.goran)
    room = to("review:room", review.pk)
    alone = client.get(room).content.decode()
    assert "beside=mk" in alone and "two both" not in alone
    page = client.get(f"{room}?beside=mk").content.decode()
    cards = re.findall(r'<article class="chg.*?</article>', page, re.DOTALL)
    assert len(cards) == 3
    # The language menu's class lays every list under it over the text.
    assert not re.search(r'class="[^"]*\blangs\b', "".join(cards))
    assert "assesses the danger within 24 hours" in cards[0]
    assert 'data-text="mk"' in cards[0] and "ја проценува опасноста" in cards[0]
    # What one does on the page leads back to both languages; a comment on the second one is kept in that
    # language.
    assert "beside=mk" in re.search(r'action="([^"]*read[^"]*)"', page)[1]  # type: ignore[index]
    address = re.search(r'href="([^"]*text=mk&amp;beside=en&amp;uid=[^"]*)"', cards[0])[1]  # type: ignore[index]
    address = address.replace("&amp;", "&")
    assert client.get(address).status_code == 200
    data = {"uid": cast.uids[0], "text": "Зошто 24?", "quote": "во рок од 24 часа"}
    answer = client.post(address.partition("&uid")[0], data)
    assert "text=mk" in answer["Location"] and "beside=en" in answer["Location"]
    assert Comment.objects.get().language == "mk"


def test_a_language_that_there_is_not_is_not_put_beside(cast: Cast, review: Review) -> None:
    room = to("review:room", review.pk)
    for wanted in ("en", "hr", "xx", "../..", "%00"):
        page = client_of(cast.goran).get(f"{room}?beside={wanted}")
        assert page.status_code == 200 and "two both" not in page.content.decode(), wanted


def test_a_section_without_translation_says_so(cast: Cast) -> None:
    Section.objects.filter(edition=cast.edition, uid=cast.uids[1]).update(body_en=None, text_hash_en="")
    cast.change(0, "Социјалниот работник ја проценува опасноста во рок од 2 часа.")
    review = cast.start()
    page = client_of(cast.goran).get(to("review:room", review.pk) + "?text=mk&beside=en").content.decode()
    cards = re.findall(r'<article class="chg.*?</article>', page, re.DOTALL)
    assert "older than the original" in cards[0] and "within 24 hours" in cards[0]
    assert "not translated into this language" in cards[1]
    assert "signs a declaration" in cards[2] and "older than" not in cards[2]
