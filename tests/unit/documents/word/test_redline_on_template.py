"""A file on a template beside one without: each state of the redline reads as its file, with all of its
sections."""

from __future__ import annotations

from documents.text import Section, SectionText, SectionTree, normalise_body
from documents.word.file.guard import open_package
from documents.word.read.read import read_package
from documents.word.redline import redline
from documents.word.resolve import resolve
from documents.word.template import OnTemplate, open_template, write_on_template
from documents.word.write.document_file import DocumentFile
from documents.word.write.write import write_docx
from tests.support.documents.word.build import p, word_file

STYLES = (
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/></w:style>'
)


def document(first: int, *words: str) -> DocumentFile:
    def inline(text: str) -> list[dict[str, str]]:
        return [{"type": "text", "text": text}]

    sections = tuple(
        Section(
            f"00000000-0000-4000-8000-{first + number:012d}", 1, "section",
            SectionText("", normalise_body({"heading": inline(word.title()), "blocks": [{"type": "paragraph", "content": inline(f"{word} {word[::-1]} {word[1:]} {word[2:]}")}]})),
        )
        for number, word in enumerate(words)
    )  # fmt: skip
    return DocumentFile(SectionTree("mk", words[0], sections), words[0], "mk")


def test_refused_has_the_sections_of_the_old_file_and_accepted_those_of_the_new() -> None:
    old = write_docx(document(1, "шуми", "реки", "планини"))
    template = open_template(word_file(p("Корица") + p("{{text}}"), styles=STYLES))
    styles = template.facts().proposal.styles
    new = write_on_template(document(50, "прилив", "одлив"), template, styles, OnTemplate({}))
    made = open_package(redline(open_package(old), open_package(new)))
    for accept, file in ((False, old), (True, new)):
        found, wanted = (
            [(s.text.heading, s.text.plain) for s in read_package(open_package(data), language="mk").tree if s.text.heading]
            for data in (resolve(made, accept=accept), file)
        )  # fmt: skip
        assert found == wanted and len(wanted) > 1
