"""Who wrote in a text and is asked to answer: which words are theirs, and who answers."""

from __future__ import annotations

from documents.authorship import places_of
from people.models import User
from people.roles import Role
from tests.support.reviews import Cast, client_of, hash_now, open_review, person, say, to
from workflows.actions.answer_comment import accept_suggestion
from workflows.models import Seat


def test_an_author_who_is_asked_reads_where_their_words_stand_and_who_can_answer(cast: Cast) -> None:
    review = open_review(cast)
    cast.change(2, "Толкувачот молчи.", by=cast.drafter)
    comment = say(cast, review)
    accept_suggestion(cast.coordinator, comment, review, hash_now(cast))
    assert places_of(cast.goran.actor, cast.edition) == [(cast.uids[0], "mk")]
    room = to("review:room", review.pk)
    page = client_of(cast.goran).get(room + "?text=mk").content.decode()
    assert "Your words stand in:" in page
    words = page.partition("Your words stand in:")[2].partition("</ul>")[0]
    assert "1 Идентификација" in words and f"view=whole#s-{cast.uids[0]}" in words and "Толкувач" not in words
    whole = client_of(cast.goran).get(f"{room}?text=mk&view=whole").content.decode()
    assert f'id="s-{cast.uids[0]}"' in whole
    # In another language the place is named in that one, with the language in which the words are.
    assert (
        "1 Identification</a> (Македонски)" in client_of(cast.goran).get(room + "?text=en").content.decode()
    )
    assert "asked of you by name" in page and "Elena" in page
    seats = Seat.objects.filter(stage__review=review, institution=cast.interior)
    seats.update(user=None)
    page = client_of(cast.goran).get(room).content.decode()
    assert "Your institution has no other reviewer who could answer. Tell the coordinator, Elena." in page
    person("Vesna", cast.interior, Role.REVIEWER)
    assert "Who can answer for your institution: Vesna." in client_of(cast.goran).get(room).content.decode()
    assert "Your words stand in" not in client_of(cast.biljana).get(room).content.decode()


def test_an_earlier_text_says_whose_words_were_put_in(cast: Cast) -> None:
    review = open_review(cast)
    comment = say(cast, review)
    accept_suggestion(cast.coordinator, comment, review, hash_now(cast))
    cast.change(0, "Сосема друг текст.", by=cast.coordinator)
    page = (
        client_of(cast.drafter)
        .get(to("desk:earlier_texts", cast.edition.pk, cast.uids[0], "mk"))
        .content.decode()
    )
    assert page.count("put in words that Goran suggested") == 1 and page.count("· edited") == 1
    User.objects.filter(pk=cast.goran.pk).update(name="")
    page = (
        client_of(cast.drafter)
        .get(to("desk:earlier_texts", cast.edition.pk, cast.uids[0], "mk"))
        .content.decode()
    )
    assert "Goran" not in page and "put in suggested words" in page
