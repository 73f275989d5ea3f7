"""An item that moved within its list, as it is shown among the suggestions."""

from __future__ import annotations

from documents.desk.suggested import show
from documents.models import Edition, Suggestion
from documents.suggestions.suggest import suggestions
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
