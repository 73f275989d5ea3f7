"""Why a file is refused, in a code for programs and in words for people."""

from __future__ import annotations

from enum import StrEnum


def gettext_noop(text: str) -> str:
    """Marks a text for the message catalogues; the page that shows it translates it."""
    return text


class RefusalCode(StrEnum):
    NOT_DOCX = "not_docx"
    EMPTY = "empty"
    OLD_DOC = "old_doc"
    ENCRYPTED = "encrypted"
    BROKEN = "broken"
    MACROS = "macros"
    TOO_BIG = "too_big"
    TOO_MANY_PARTS = "too_many_parts"
    BOMB = "bomb"
    TOO_DEEP = "too_deep"
    ENTITIES = "entities"
    TWO_DOCUMENTS = "two_documents"
    BAD_NAMES = "bad_names"
    EXTERNAL = "external"
    TOO_LONG = "too_long"
    TOO_SLOW = "too_slow"
    TOO_MUCH_MEMORY = "too_much_memory"
    LINKS_OUTSIDE = "links_outside"
    NO_STYLES = "no_styles"


MESSAGES: dict[RefusalCode, str] = {
    RefusalCode.NOT_DOCX: gettext_noop(
        "This is not a Word document. Open it in Word and save it as “Word Document (.docx)”."
    ),
    RefusalCode.EMPTY: gettext_noop("This file is empty. Choose another file."),
    RefusalCode.OLD_DOC: gettext_noop(
        "This is an old Word document (.doc). Open it in Word and save it as “Word Document (.docx)”."
    ),
    RefusalCode.ENCRYPTED: gettext_noop(
        "This document is protected by a password. Remove the password in Word and save it again."
    ),
    RefusalCode.BROKEN: gettext_noop(
        "This document is damaged and can't be read. Open it in Word, allow Word to repair it, "
        "and save it again."
    ),
    RefusalCode.MACROS: gettext_noop(
        "This document contains macros (small programs). Save it as “Word Document (.docx)”, without macros."
    ),
    RefusalCode.TOO_BIG: gettext_noop("The file is too large. The limit is %(limit)s MB."),
    RefusalCode.TOO_MANY_PARTS: gettext_noop(
        "This document has too many parts: %(found)s. The limit is %(limit)s."
    ),
    RefusalCode.BOMB: gettext_noop(
        "Unpacked, this document is much larger than its size suggests (more than %(limit)s MB)."
    ),
    RefusalCode.TOO_DEEP: gettext_noop(
        "Something in this document is nested too deeply, such as tables within tables within tables."
    ),
    RefusalCode.ENTITIES: gettext_noop(
        "This document contains declarations that Word never writes and that can cause harm."
    ),
    RefusalCode.TWO_DOCUMENTS: gettext_noop("This file contains more than one document text."),
    RefusalCode.BAD_NAMES: gettext_noop("This file refers to parts outside it."),
    RefusalCode.EXTERNAL: gettext_noop("The text of this document is not in the file but in another place."),
    RefusalCode.TOO_LONG: gettext_noop(
        "This document has too many paragraphs or table cells. The limit is %(limit)s."
    ),
    RefusalCode.TOO_SLOW: gettext_noop(
        "Reading this document took too long, so it was stopped after %(limit)s seconds."
    ),
    RefusalCode.TOO_MUCH_MEMORY: gettext_noop(
        "Reading this document needs too much memory, so it was stopped."
    ),
    RefusalCode.LINKS_OUTSIDE: gettext_noop(
        "This template takes a picture or text from another file or from the network. Put it "
        "into the file itself (in Word: Edit Links to Files, Break Link) and save it again."
    ),
    RefusalCode.NO_STYLES: gettext_noop("This file has no styles, so it can't be a template."),
}
"""English texts, which are the message ids; ``%(limit)s`` and ``%(found)s`` come from the refusal's
details."""


class Refused(Exception):
    """A file that is not read. ``code`` is the reason, ``message_en`` its text. ``details`` fill the message
    (``limit``, ``found``) or name the part of the file (``part``) or its real format (``format``)."""

    def __init__(self, code: RefusalCode, message_en: str = "", **details: str | int) -> None:
        self.code = code
        self.details = details
        self.message_en = message_en or message(code, details)
        super().__init__(self.message_en)

    def __reduce__(self) -> tuple[object, ...]:
        return (_again, (self.code, self.message_en, self.details))


def message(code: RefusalCode, details: dict[str, str | int]) -> str:
    """The English words for a refusal."""
    values = {"limit": "?", "found": "?"} | {key: str(value) for key, value in details.items()}
    return MESSAGES[code] % values


def _again(code: RefusalCode, message_en: str, details: dict[str, str | int]) -> Refused:
    return Refused(code, message_en, **details)
