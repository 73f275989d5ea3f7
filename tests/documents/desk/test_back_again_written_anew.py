"""What programs write anew in a file that was only saved is nobody's change; what a person changes there is."""

from __future__ import annotations

from pathlib import Path

import pytest

from documents.actions.bring_back import bring_back
from documents.actions.decide_suggestion import decide_all
from documents.exports.own_file import export_own
from documents.models import Comment, Edition
from documents.text_storage import load_tree
from people.models import User
from tests.documents.desk.returning import taken_in
from tests.documents.desk.test_back_again import BY, edited, p
from tests.documents.desk.test_back_again_headings import drafter
from tests.documents.docx.build import HEADINGS, word_file
from tests.services.office import Office

__all__ = ["drafter"]

pytestmark = pytest.mark.django_db
DATE = "21 јануари 2019"


def run(words: str, look: str = "") -> str:
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{words}</w:t></w:r>'


def char(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


FIELD = (
    f'{char("begin")}<w:r><w:instrText xml:space="preserve"> DATE \\@ "d MMMM yyyy" </w:instrText></w:r>{char("separate")}'
    f"{run(DATE)}{char('end')}"
)
NAMED = f'<w:fldSimple w:instr=" FILENAME ">{run("стар.docx")}</w:fldSimple>'
CONTROL = (
    '<w:sdt><w:sdtPr><w:alias w:val="Број"/><w:id w:val="663814250"/><w:text/></w:sdtPr><w:sdtContent>'
    f"{run('СОП-2026', '<w:i/>')}</w:sdtContent></w:sdt>"
)
SOURCE = word_file(
    p("Надлежности", True)
    + f"<w:p>{run('Состојба на ден ')}{FIELD}{run(', за сите тела.')}</w:p><w:p>{NAMED}</w:p>"
    + f"<w:p>{run('Документ број ', '<w:i/>')}{CONTROL}{run(' на Министерството.', '<w:i/>')}</w:p>"
    + p("Последен став."),
    styles=HEADINGS,
)


@pytest.fixture
def edition(drafter: User) -> Edition:
    return taken_in(drafter, SOURCE)


def own(drafter: User, edition: Edition, folder: Path) -> Path:
    path = folder / "own.docx"
    path.write_bytes(export_own(drafter, edition, "mk").data)
    return path


def found(drafter: User, edition: Edition, data: bytes) -> list[tuple[str, str, str, bool]]:
    back = bring_back(drafter, edition, "mk", data, "b.docx")
    assert not Comment.objects.exists()
    return [(one.kind, one.old, one.new, one.tracked) for one in back.suggestions.order_by("pk")]


def test_libreoffice_saves_it_and_nothing_is_suggested(
    drafter: User, edition: Edition, writer: Office, tmp_path: Path
) -> None:
    saved = writer.convert(own(drafter, edition, tmp_path), "docx")
    text = writer.text(saved)
    assert DATE not in text and "стар.docx" not in text  # It did write them anew.
    assert found(drafter, edition, saved.read_bytes()) == []


def test_what_is_changed_beside_and_in_a_control_is_suggested_alone(
    drafter: User, edition: Edition, writer: Office, tmp_path: Path
) -> None:
    edits = [["replace", "за сите тела", "за сите институции"], ["replace", "СОП-2026", "СОП-2027"]]
    data = writer.edit(own(drafter, edition, tmp_path), edits).read_bytes()
    assert [(old, new) for _, old, new, _ in found(drafter, edition, data)] == [
        ("тела", "институции"),
        ("2026", "2027"),
    ]
    assert not decide_all(drafter, edition.suggestions.all(), "accept")
    (section,) = load_tree(edition, "mk").sections
    assert f"Состојба на ден {DATE}, за сите институции.\nстар.docx" in section.text.plain
    assert "СОП-2027" in section.text.plain


def test_a_date_that_is_typed_in_place_of_the_field_is_suggested(drafter: User, edition: Edition) -> None:
    def typed(text: str) -> str:
        a, b = text.index(char("begin")), text.index(char("end")) + len(char("end"))
        return text[:a] + run("3 мај 2020") + text[b:]

    data = edited(export_own(drafter, edition, "mk").data, typed)
    assert [(old, new) for _, old, new, _ in found(drafter, edition, data)] == [
        ("21 јануари 2019", "3 мај 2020")
    ]


def test_a_change_in_the_field_that_was_tracked_is_suggested(drafter: User, edition: Edition) -> None:
    gone = f'<w:del w:id="901" {BY}><w:r><w:delText>{DATE}</w:delText></w:r></w:del>'
    data = edited(
        export_own(drafter, edition, "mk").data,
        lambda text: text.replace(run(DATE), f'{gone}<w:ins w:id="902" {BY}>{run("3 мај 2020")}</w:ins>'),
    )
    assert [(old, new, tracked) for _, old, new, tracked in found(drafter, edition, data)] == [
        ("21 јануари 2019", "3 мај 2020", True)
    ]


def test_a_field_that_is_taken_out_is_suggested(drafter: User, edition: Edition) -> None:
    data = edited(export_own(drafter, edition, "mk").data, lambda text: text.replace(NAMED, ""))
    assert [(kind, old) for kind, old, _, _ in found(drafter, edition, data)] == [("removed", "стар.docx")]


def test_a_paragraph_of_a_text_without_headings_is_told_once(drafter: User) -> None:
    made = taken_in(drafter, word_file(p("Прв став на текстот.") + p("Втор став.") + p("Трет став.")))
    data = edited(export_own(drafter, made, "mk").data, lambda text: text.replace("Втор став.", "Друго."))
    assert [(old, new) for _, old, new, _ in found(drafter, made, data)] == [
        ("Втор став.", ""),
        ("", "Друго."),
    ]


def test_a_look_that_word_takes_out_of_a_control_is_suggested(drafter: User, edition: Edition) -> None:
    data = edited(
        export_own(drafter, edition, "mk").data,
        lambda text: text.replace(run("СОП-2026", "<w:i/>"), run("СОП-2026")),
    )
    assert [old for _, old, _, _ in found(drafter, edition, data)] == ["СОП-2026"]
