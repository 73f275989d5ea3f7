"""Links to the drafting desk, for suggested words that no click inserts."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.urls import reverse

from documents.access.rights import assignments_of, writable_languages, writes_all
from documents.choices import State
from documents.models import Comment, Edition


class DeskLinks:
    """Of one reader and one text; a query for those alone who write in a part of it."""

    def __init__(self, user: Any, edition: Edition) -> None:
        self.user = user
        self.edition = edition

    @cached_property
    def languages(self) -> list[str]:
        """Those that the reader may write in now."""
        return writable_languages(self.user, self.edition)

    def desk_url(self, comment: Comment) -> str:
        """The section on the drafting desk; empty where the reader may not write there now."""
        if self.edition.state != State.DRAFT or comment.language not in self.languages:
            return ""
        if (
            not self._writes_all[comment.language]
            and (comment.language, str(comment.uid)) not in self._own_sections
        ):
            return ""
        return reverse("desk:section", args=[self.edition.pk, comment.uid, comment.language])

    def url(self, comment: Comment, section: str) -> str:
        """The same; the full text there, where its ``section`` was removed."""
        there = self.desk_url(comment)
        return there if section or not there else reverse("desk:draft", args=[self.edition.pk])

    @cached_property
    def _writes_all(self) -> dict[str, bool]:
        return {one: writes_all(self.user, self.edition, one) for one in self.languages}

    @cached_property
    def _own_sections(self) -> set[tuple[str, str]]:
        """The sections that they were asked for by themselves, each with its language."""
        own = assignments_of(self.user).filter(edition=self.edition).exclude(uid=None)
        return {(language, str(uid)) for language, uid in own.values_list("language", "uid")}
