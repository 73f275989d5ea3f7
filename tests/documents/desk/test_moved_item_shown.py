"""An item that moved within its list, as it is shown among the suggestions."""

from __future__ import annotations

import re

from django.template.loader import render_to_string

from documents.models import Edition, Suggestion
from documents.pages.desk.suggested import show
from documents.suggestions.suggest import suggestions
from tests.documents.docx.build import item, listing, para
from tests.documents.suggestions.test_suggestions_one_by_one import body, numbered


def test_an_item_that_moved_is_shown_where_it_was_and_where_it_goes() -> None:
    old = body(numbered("центарот дава превод", "органот носи одлука веднаш", "тимот прима пријава"))
    new = body(numbered("органот носи одлука веднаш", "тимот прима пријава", "центарот дава превод"))
    (found,) = suggestions(old, new)
    row = Suggestion(pk=1, language="mk", **vars(found))
    shown = show(Edition(), row)
    assert shown.place == "тимот прима пријава"
    assert str(shown.text).count("центарот дава превод") == 2
    assert "органот носи одлука веднаш" in shown.text


def test_the_item_that_is_named_is_the_one_that_is_drawn() -> None:
    """Two neighbours that changed places: either could have moved."""
    for inside in (False, True):
        old = numbered("обука службеника", "приступ правди", "помоћ преводиоца", "надзор")
        new = numbered("обука службеника", "помоћ преводиоца", "приступ правди", "надзор")
        if inside:
            old, new = (
                listing(True, item("1.", para("Мере:"), one), item("2.", para("Рокови.")))
                for one in (old, new)
            )
        (found,) = suggestions(body(old), body(new))
        shown = show(Edition(), Suggestion(pk=1, language="sr", **vars(found)))
        assert shown.what == found.new
        text = str(shown.text)
        assert re.findall(r"<(ins|del)[^>]*>([^<]{3,})<", text) in (
            [("ins", found.new), ("del", found.new)],
            [("del", found.new), ("ins", found.new)],
        )
        assert "<small" not in text, "that the others' numbers follow is no change to decide about"
        page = render_to_string(
            "documents/desk/_suggestion.html", {"s": shown, "html_lang": "sr", "decides": False}
        )
        assert f'What moves: <b lang="sr">{found.new}</b>' in page
