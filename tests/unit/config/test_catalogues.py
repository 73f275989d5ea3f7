"""Messages on their way from the source into the catalogues, and from there to the reader."""

from __future__ import annotations

import gettext
import re
import shutil
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po

from config import catalogues
from config.catalogues import LANGUAGES, LATIN, PUBLIC_LANGUAGES, catalogue_path

TAG = re.compile(r"</?[a-z][a-z0-9]*")
needs_gettext = pytest.mark.skipif(shutil.which("msgfmt") is None, reason="gettext is missing (apt: gettext)")

SOURCES = {
    "documents/save.py": 'from x import gettext as _\nLABEL = _("Save")\n',
    "documents/migrations/0001.py": '_("Not a message")\n',
    "documents/demo/text.txt": '{% translate "Not a template" %}',
    "documents/templates/page.html": """
        {% if a %}
            <p title='it'>{% blocktranslate with day=a|date:"j. n. Y." %}From {{ day }}{% endblocktranslate %}</p>
          {% else %}
        {% blocktranslate trimmed %}
            Read <b>this</b>
            & that
        {% endblocktranslate %}
            {% endif %}(an open bracket
        {% translate "In force" context "text" as state %}{{ _("It's the reader's")|upper }}
        {% blocktranslate count n=days trimmed %}{{ n }} day{% plural %}{{ n }} days{% endblocktranslate %}
    """,
    "site/public/templates/leave.html": '{% translate "Leave" %}',
}
OURS = {
    "Save",
    "From %(day)s",
    "Read <b>this</b> & that",
    "In force",
    "It's the reader's",
    "%(n)s day",
    "Leave",
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A small project: a Python file, an office template, a public template, and files that hold no messages."""
    for name, text in SOURCES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    return tmp_path


@pytest.fixture
def locale(tmp_path: Path) -> Path:
    """The real catalogues, to be changed."""
    folder = tmp_path / "locale"
    for name in (*LANGUAGES, *PUBLIC_LANGUAGES):
        catalogue_path(name, folder).parent.mkdir(parents=True)
        shutil.copy(catalogue_path(name), catalogue_path(name, folder))
    return folder


def messages(name: str, locale: Path = catalogues.LOCALE) -> list[Message]:
    with catalogue_path(name, locale).open("rb") as file:
        return [message for message in read_po(file) if message.id]


def first(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


@needs_gettext
def test_extraction_follows_the_source(root: Path, locale: Path) -> None:
    catalogues.extract(root, locale)
    found = {(first(message), message.context) for message in messages("sr_Cyrl", locale)}
    upstream = {
        first(message)
        for path in catalogues.WAGTAIL_MESSAGES.glob("*.pot")
        for message in read_po(path.open("rb"))
        if message.id
    }
    assert {text for text, _context in found} - upstream == OURS - upstream
    assert ("In force", "text") in found and ("In force", None) not in found
    assert [first(message) for message in messages("ar", locale)] == ["Leave"]
    assert "#~" not in catalogue_path("bs", locale).read_text()
    [saved] = [message for message in messages("sr_Cyrl", locale) if first(message) == "Save"]
    assert saved.string == "Сачувај"
    before = catalogue_path("bs", locale).read_bytes()
    catalogues.extract(root, locale)
    assert catalogue_path("bs", locale).read_bytes() == before


@needs_gettext
@pytest.mark.parametrize(
    ("before", "after", "what"),
    [
        ('msgid "Save"', 'msgid "Safe"', "used but not defined"),
        ('msgstr "Сачувај"', 'msgstr ""', "untranslated"),
        ('msgid "Save"', '#, fuzzy\nmsgid "Save"', "needs to be reviewed"),
        ("%(day)s", "%(dan)s", "doesn't exist"),
    ],
)
def test_a_faulty_catalogue_is_named(
    root: Path, locale: Path, before: str, after: str, what: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = catalogue_path("sr_Cyrl", locale)
    text = path.read_text()
    assert before in text
    head, found, tail = text.rpartition(before) if before.startswith("%") else text.partition(before)
    path.write_text(head + after + tail if found else text)
    assert re.search(what, "\n".join(catalogues.check(root, locale)))


@pytest.mark.parametrize("name", [*LANGUAGES, *PUBLIC_LANGUAGES])
def test_translations_keep_the_tags_of_their_message(name: str) -> None:
    wrong = []
    for message in messages(name):
        ids = [message.id] if isinstance(message.id, str) else list(message.id)
        texts = [message.string] if isinstance(message.string, str) else list(message.string or ())
        wanted = [sorted(TAG.findall(one)) for one in ids]
        wrong += [text for text in texts if sorted(TAG.findall(text)) not in wanted]
    assert wrong == []


def compiled(locale: Path, name: str) -> gettext.GNUTranslations:
    with catalogue_path(name, locale).with_suffix(".mo").open("rb") as file:
        return gettext.GNUTranslations(file)


def test_catalogues_are_compiled_once_with_djangos_own_messages_and_serbian_in_latin(locale: Path) -> None:
    count = len(LANGUAGES) + len(PUBLIC_LANGUAGES) + 1
    assert len(catalogues.compile_all(locale)) == 2 * count, "each with what scripts ask for beside it"
    assert catalogues.compile_all(locale) == []
    assert compiled(locale, "sr_Cyrl").gettext("Save") == "Сачувај"
    assert compiled(locale, LATIN).gettext("Save") == "Sačuvaj"
    assert compiled(locale, "sr_Cyrl").gettext("Enter a number.") == "Унесите број."
    assert compiled(locale, "cnr").gettext("Enter a number.") == "Unesite broj."


THREE_FORMS = [0, 1, 1, 2, 2, 2, 0, 1, 2, 2, 0]


@pytest.mark.parametrize(
    ("name", "forms"),
    [
        *((name, THREE_FORMS) for name in ("sr_Cyrl", LATIN, "bs", "hr", "cnr")),
        ("sq", [0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]),
        ("mk", [0, 1, 1, 1, 1, 1, 0, 1, 1, 1, 0]),
    ],
)
def test_the_form_of_a_number(locale: Path, name: str, forms: list[int]) -> None:
    path = catalogue_path("sr_Cyrl" if name == LATIN else name, locale)
    path.write_text(
        path.read_text()
        + '\nmsgid "one"\nmsgid_plural "many"\n'
        + "".join(f'msgstr[{form}] "{form}"\n' for form in range(max(forms) + 1))
    )
    catalogues.compile_all(locale)
    translation = compiled(locale, name)
    assert [
        int(translation.ngettext("one", "many", n)) for n in (1, 2, 4, 5, 11, 12, 21, 22, 25, 111, 101)
    ] == forms


@pytest.mark.parametrize("language", ["mk", "sr_Cyrl"])
def test_kodeks_is_written_in_the_letters_of_the_language(language: str) -> None:
    assert [message.string for message in messages(language) if "Kodeks" in str(message.string)] == []
