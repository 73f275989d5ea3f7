"""Parts that name one another wrongly, and links and pictures that lead elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from bench.hostile_build import MAIN, document, images, links
from tests.support.documents.word.build import OFFICE, WORD, p, png, relationships, word_file


def parts() -> Iterator[tuple[str, Callable[[], bytes]]]:
    """Each file by what is wrong with it."""
    yield (
        "two texts",
        lambda: word_file(
            p("x"),
            root_relations=f'<Relationship Id="r2" Type="{OFFICE}officeDocument" Target="word/b.xml"/>',
            parts={"word/b.xml": document(p("y"))},
        ),
    )
    yield (
        "text elsewhere",
        lambda: word_file(
            p("x"),
            parts={
                "_rels/.rels": relationships(
                    f'<Relationship Id="r1" Type="{OFFICE}officeDocument" Target="http://127.0.0.1:9/d.xml" '
                    f'TargetMode="External"/>'
                )
            },
        ),
    )
    yield (
        "text is its own styles",
        lambda: word_file(
            p("x"), relations=f'<Relationship Id="r9" Type="{OFFICE}styles" Target="document.xml"/>'
        ),
    )
    yield (
        "notes are the text",
        lambda: word_file(
            '<w:p><w:r><w:footnoteReference w:id="1"/></w:r></w:p>',
            relations=f'<Relationship Id="r9" Type="{OFFICE}footnotes" Target="document.xml"/>',
        ),
    )
    yield (
        "a note in itself",
        lambda: word_file(
            '<w:p><w:r><w:footnoteReference w:id="1"/></w:r></w:p>',
            footnotes='<w:footnote w:id="1"><w:p><w:r><w:t>n</w:t><w:footnoteReference '
            'w:id="1"/></w:r></w:p></w:footnote>',
        ),
    )
    yield (
        "one note a thousand times",
        lambda: word_file(
            "<w:p>" + '<w:r><w:footnoteReference w:id="1"/></w:r>' * 3_000 + "</w:p>",
            footnotes='<w:footnote w:id="1">' + p("n" * 100) * 100 + "</w:footnote>",
        ),
    )
    yield "picture elsewhere", lambda: images("http://127.0.0.1:9/x.png")
    yield "picture on a share", lambda: images("file://127.0.0.1/share/x.png")
    yield "picture outside", lambda: images("../../../../etc/passwd", "Internal")
    yield "javascript link", lambda: links("javascript:alert(1)")
    yield "data link", lambda: links("data:text/html,x")
    yield "vbscript link", lambda: links(" VBScript:x")
    yield "file link", lambda: links("file:///etc/passwd")
    yield "macros", lambda: word_file(p("x"), parts={"word/vbaProject.bin": b"x"})
    yield (
        "template attached",
        lambda: word_file(
            p("x"),
            relations=f'<Relationship Id="rT" Type="{OFFICE}attachedTemplate" Target="http://127.0.0.1:9/t.dotm" '
            f'TargetMode="External"/>',
        ),
    )
    yield (
        "inserted file",
        lambda: word_file(
            p("x") + '<w:altChunk r:id="rA"/>',
            relations=f'<Relationship Id="rA" Type="{OFFICE}aFChunk" Target="a.html"/>',
            parts={"word/a.html": "<script>x</script>"},
        ),
    )
    yield (
        "sub-document",
        lambda: word_file(
            p("x") + '<w:subDoc r:id="rA"/>',
            relations=f'<Relationship Id="rA" Type="{OFFICE}subDocument" Target="http://127.0.0.1:9/a.docx" '
            f'TargetMode="External"/>',
        ),
    )
    yield "broken styles", lambda: word_file(p("x"), styles="<w:style>")
    yield (
        "broken relations",
        lambda: word_file(p("x"), parts={"word/_rels/document.xml.rels": "<Relationships"}),
    )
    yield (
        "relations of one id",
        lambda: word_file(
            p("x"), relations=f'<Relationship Id="r" Type="{OFFICE}styles" Target="a"/>' * 50_000
        ),
    )
    yield "types of no document", lambda: word_file(p("x"), types={MAIN: WORD + "settings+xml"})
    yield (
        "a picture that is none",
        lambda: word_file(
            '<w:p><w:r><w:drawing><a:blip r:embed="rI"/></w:drawing></w:r></w:p>',
            relations=f'<Relationship Id="rI" Type="{OFFICE}image" Target="media/i.png"/>',
            parts={"word/media/i.png": b"<svg onload='x'/>"},
        ),
    )
    yield (
        "one picture ten thousand times",
        lambda: word_file(
            '<w:p><w:r><w:drawing><wp:inline><a:blip r:embed="rI"/></wp:inline></w:drawing></w:r></w:p>'
            * 10_000,
            relations=f'<Relationship Id="rI" Type="{OFFICE}image" Target="media/i.png"/>',
            parts={"word/media/i.png": png(2000, 1000)},
        ),
    )
    yield (
        "uid twice",
        lambda: word_file(
            ('<w:p><w:bookmarkStart w:id="1" w:name="kodeks_' + "0" * 32 + '"/><w:r><w:t>x</w:t></w:r></w:p>')
            * 2_000
        ),
    )
