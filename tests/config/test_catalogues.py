"""Messages on their way from the source into the catalogues, and from there to the reader."""

from __future__ import annotations

import gettext
from collections.abc import Callable
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po, write_po

from config import catalogues
from config.catalogues import Problem

TRANSLATIONS: dict[str | tuple[str, ...], str | tuple[str, ...]] = {
    "Save": "Сачувај",
    "From %(day)s": "Од %(day)s",
    "Read <b>this</b> & that": "Прочитајте <b>ово</b> и оно",
    "In force": "На снази",
    "It's the reader's": "Припада читаоцу",
    ("%(n)s day", "%(n)s days"): ("%(n)s дан", "%(n)s дана", "%(n)s дана"),
    "Leave": "Изађите",
    "%(percent)s%% done": "%(percent)s%% урађено",
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A small project: a Python file, an office template, a public template, and files that hold no messages."""
    files = {
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
            {% blocktranslate with percent=p %}{{ percent }}% done{% endblocktranslate %}
        """,
        "site/public/templates/leave.html": '{% translate "Leave" %}',
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    (tmp_path / "search").mkdir()
    return tmp_path


@pytest.fixture
def locale(root: Path) -> Path:
    """Catalogues of that project, complete: every language says it in Serbian."""
    locale = root / "locale"
    catalogues.update(root, locale, ("documents", "site"))
    for path in locale.rglob("*.po"):
        change(path, lambda message: setattr(message, "string", serbian(message)))
    return locale


def serbian(message: Message) -> str | tuple[str, ...]:
    found = TRANSLATIONS[message.id if isinstance(message.id, str) else tuple(message.id)]
    return found if isinstance(found, str) else tuple(found[: len(message.string or ())])


def change(path: Path, edit: Callable[[Message], object]) -> None:
    with path.open("rb") as file:
        catalog = read_po(file)
    for message in catalog:
        if message.id:
            edit(message)
    with path.open("wb") as file:
        write_po(file, catalog)


def problems(root: Path, locale: Path) -> list[Problem]:
    return catalogues.missing(root, locale, ("documents", "site"))


def test_messages_are_found_in_python_and_in_templates(root: Path) -> None:
    found = [message.id for message in catalogues.extract(root, ("documents", "site")) if message.id]
    assert {one if isinstance(one, str) else tuple(one) for one in found} == set(TRANSLATIONS)


def test_the_context_of_a_message_is_kept(root: Path) -> None:
    catalog = catalogues.extract(root, ("documents", "site"))
    assert catalog.get("In force", "text") is not None
    assert catalog.get("In force") is None


def test_complete_catalogues_have_no_problem(root: Path, locale: Path) -> None:
    assert problems(root, locale) == []


def test_only_public_messages_are_asked_of_the_public_catalogue(root: Path, locale: Path) -> None:
    assert "Leave" in catalogues.catalogue_path("ar", locale).read_text()
    assert "Save" not in catalogues.catalogue_path("ar", locale).read_text()


def test_a_new_message_is_missing_everywhere(root: Path, locale: Path) -> None:
    (root / "documents/new.py").write_text('_("Discard")')
    assert problems(root, locale) == [
        Problem(name, "not in the catalogue", "Discard") for name in catalogues.PLURALS
    ]


def test_a_missing_catalogue_is_named(root: Path, locale: Path) -> None:
    catalogues.catalogue_path("bs", locale).unlink()
    assert problems(root, locale) == [Problem("bs", "there is no catalogue")]


@pytest.mark.parametrize(
    ("message", "string", "what"),
    [
        ("Save", "", "not translated"),
        ("Save", "  ", "not translated"),
        ("From %(day)s", "Од", "placeholders differ (%(day)s)"),
        ("From %(day)s", "Од %(dan)s", "placeholders differ (%(dan)s, %(day)s)"),
        ("%(n)s day", ("%(n)s дан", "дана", ""), "not translated"),
        ("%(n)s day", ("%(n)s дан", "%(m)s дана", "%(n)s дана"), "placeholders differ (%(m)s, %(n)s)"),
        ("Read <b>this</b> & that", "Прочитајте ово и оно", "tags differ"),
    ],
)
def test_a_faulty_translation_is_named(
    root: Path, locale: Path, message: str, string: str | tuple[str, ...], what: str
) -> None:
    def edit(one: Message) -> None:
        if (one.id if isinstance(one.id, str) else one.id[0]) == message:
            one.string = string

    change(catalogues.catalogue_path("sr_Cyrl", locale), edit)
    assert Problem("sr_Cyrl", what, message) in problems(root, locale)


def test_a_fuzzy_message_is_named(root: Path, locale: Path) -> None:
    path = catalogues.catalogue_path("mk", locale)
    change(path, lambda one: one.flags.add("fuzzy") if one.id == "Save" else None)
    assert problems(root, locale) == [Problem("mk", "marked as fuzzy", "Save")]


def test_a_wrong_rule_for_plurals_is_named(root: Path, locale: Path) -> None:
    path = catalogues.catalogue_path("hr", locale)
    path.write_text(path.read_text().replace("n%100!=11", "n%100!=12"))
    assert [problem.what.split(" is ")[0] for problem in problems(root, locale)] == ["Plural-Forms"]


def test_updating_keeps_translations_and_drops_nothing_silently(root: Path, locale: Path) -> None:
    (root / "documents/save.py").write_text('_("Keep")')
    catalogues.update(root, locale, ("documents", "site"))
    text = catalogues.catalogue_path("sr_Cyrl", locale).read_text()
    assert 'msgid "Keep"\nmsgstr ""' in text
    assert '#~ msgid "Save"\n#~ msgstr "Сачувај"' in text
    assert "На снази" in text


def test_updating_twice_changes_nothing(root: Path, locale: Path) -> None:
    catalogues.update(root, locale, ("documents", "site"))
    before = {path: path.read_bytes() for path in locale.rglob("*.po")}
    catalogues.update(root, locale, ("documents", "site"))
    assert {path: path.read_bytes() for path in locale.rglob("*.po")} == before


def test_serbian_in_latin_is_made_from_cyrillic(locale: Path) -> None:
    catalogues.compile_all(locale)
    latin = compiled(locale, "sr_Latn")
    assert latin.gettext("Save") == "Sačuvaj"
    assert latin.gettext("From %(day)s") == "Od %(day)s"
    assert compiled(locale, "sr_Cyrl").gettext("Save") == "Сачувај"


def test_djangos_own_messages_come_from_the_nearest_language(locale: Path) -> None:
    catalogues.compile_all(locale)
    assert compiled(locale, "sr_Cyrl").gettext("This field is required.") == "Ово поље се мора попунити."
    assert compiled(locale, "cnr").gettext("This field is required.") == "Ovo polje se mora popuniti."


def test_only_what_changed_is_compiled_again(locale: Path) -> None:
    languages = len(catalogues.PLURALS) + len(catalogues.PUBLIC_PLURALS) + 1
    assert len(catalogues.compile_all(locale)) == 2 * languages, "each with what scripts ask for beside it"
    assert catalogues.compile_all(locale) == []


@pytest.mark.parametrize(
    ("name", "forms"),
    [
        ("sr_Cyrl", [0, 1, 1, 2, 2, 2, 0, 1, 2, 2, 0]),
        ("sr_Latn", [0, 1, 1, 2, 2, 2, 0, 1, 2, 2, 0]),
        ("bs", [0, 1, 1, 2, 2, 2, 0, 1, 2, 2, 0]),
        ("hr", [0, 1, 1, 2, 2, 2, 0, 1, 2, 2, 0]),
        ("cnr", [0, 1, 1, 2, 2, 2, 0, 1, 2, 2, 0]),
        ("sq", [0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]),
        ("mk", [0, 1, 1, 1, 1, 1, 0, 1, 1, 1, 0]),
    ],
)
def test_the_form_of_a_number(locale: Path, name: str, forms: list[int]) -> None:
    path = catalogues.catalogue_path("sr_Cyrl" if name == "sr_Latn" else name, locale)

    def number(one: Message) -> None:
        if isinstance(one.id, tuple):
            one.string = tuple(str(form) for form in range(len(one.string or ())))

    change(path, number)
    catalogues.compile_all(locale)
    translation = compiled(locale, name)
    numbers = (1, 2, 4, 5, 11, 12, 21, 22, 25, 111, 101)
    assert [int(translation.ngettext("%(n)s day", "%(n)s days", n)) for n in numbers] == forms


def compiled(locale: Path, name: str) -> gettext.GNUTranslations:
    with catalogues.catalogue_path(name, locale).with_suffix(".mo").open("rb") as file:
        return gettext.GNUTranslations(file)


@pytest.mark.parametrize("language", ["mk", "sr_Cyrl"])
def test_kodeks_is_written_in_the_letters_of_the_language(language: str) -> None:
    with (catalogues.LOCALE / language / "LC_MESSAGES" / "django.po").open("rb") as file:
        said = [message.string for message in read_po(file) if message.id]
    assert [text for text in said if "Kodeks" in str(text)] == []
