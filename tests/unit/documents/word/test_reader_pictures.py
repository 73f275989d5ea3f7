"""Pictures as Word shows them: what was cropped away is not handed on, nor where the file once lay."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from documents.word import Severity
from documents.word.file.ns import A, parse
from documents.word.pictures import Edges, clean_picture
from documents.word.pictures.edges import edges_of_blip, edges_of_vml
from documents.word.read.inline.images import described
from documents.word.read.result import ReadResult
from tests.support.documents.word.reader_pictures import BLUE, EMF, halves
from tests.support.documents.word.reading import IMAGE_REL, C, doc, picture_run

V = 'xmlns:v="urn:schemas-microsoft-com:vml"'


def with_picture(data: bytes, rect: str) -> ReadResult:
    run = picture_run("r:embed", "rImg").replace("</a:graphicData>", f"{rect}</a:graphicData>")
    return doc(f"<w:p>{run}</w:p>", relations=IMAGE_REL, parts={"word/media/i.png": data})


def shown(result: ReadResult) -> Image.Image:
    (blob,) = (blob for blob in result.blobs.values() if blob.content_type.startswith("image/"))
    return Image.open(io.BytesIO(blob.data)).convert("RGB")


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "BMP"])
def test_what_was_cropped_away_is_in_no_byte_that_is_kept(kind: str) -> None:
    result = with_picture(halves(kind), '<a:srcRect l="50000"/>')
    made = shown(result)
    assert made.size == (5, 6)
    assert all(red < blue for red, _green, blue in (made.getpixel((x, 3)) for x in range(1, 5)))  # type: ignore[misc]
    assert not result.report.count(C.IMAGE_CROPPED)
    assert shown(with_picture(halves(kind), '<a:srcRect t="50%" b="-3000"/>')).size == (10, 3)
    assert shown(with_picture(halves(kind), '<a:srcRect l="0"/>')).size == (10, 6)


def test_what_is_stretched_beyond_the_frame_is_cut_away_too() -> None:
    # Twice as wide as the frame, half of it to the left of that.
    made = shown(with_picture(halves(), '<a:stretch><a:fillRect l="-100000"/></a:stretch>'))
    assert made.size == (5, 6) and made.getpixel((1, 3)) == BLUE
    whole = '<a:stretch><a:fillRect l="10000" r="-5%" t="x"/></a:stretch>'
    assert edges_of_blip(parse(f'<a xmlns:a="{A}"><a:blip/>{whole}</a>'.encode())[0]).left == 0
    both = '<a:srcRect r="50000"/><a:stretch><a:fillRect t="-50000" b="-50000"/></a:stretch>'
    assert shown(with_picture(halves(), both)).size == (5, 2)
    assert shown(with_picture(halves(), "<a:stretch><a:fillRect/></a:stretch>")).size == (10, 6)


WMF = b"\xd7\xcd\xc6\x9a" + b"Skriveni deo" + bytes(40)


@pytest.mark.parametrize("data", [EMF, WMF, halves()[:60]])
def test_a_picture_in_part_that_cannot_be_cut_is_left_out_and_the_report_says_so(data: bytes) -> None:
    result = with_picture(data, '<a:srcRect l="50000"/>')
    assert result.report.count(C.IMAGE_NOT_CUT) == 1 and not result.report.count(C.IMAGES)
    assert result.report.of(Severity.LEFT_OUT)[0].places == ("A map",)
    assert not [blob for blob in result.blobs.values() if blob.kind == "image"]


def test_what_rounding_leaves_at_an_edge_hides_nothing_and_a_picture_without_any_rest_is_left_out() -> None:
    result = with_picture(halves(), '<a:srcRect l="150" r="-20"/>')
    assert result.report.count(C.IMAGES) == 1 and not result.report.count(C.IMAGE_NOT_CUT)
    assert with_picture(EMF, "").report.count(C.IMAGE_FORMAT) == 1
    nothing = with_picture(halves(), '<a:srcRect l="60000" r="50000"/>')
    assert nothing.report.count(C.IMAGE_NOT_CUT) == 1


def test_edges_of_old_drawings() -> None:
    image = parse(
        f'<v:imagedata {V} cropleft="32768f" croptop=".25" cropright="x" cropbottom="-5f"/>'.encode()
    )
    assert edges_of_vml(image) == Edges(0.5, 0.25, 0, 0)
    assert clean_picture(halves(), Edges(left=0.5))[1] == "image/png"


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        (r"C:\Users\ana.petrova\Pictures\karta.jpg", "karta.jpg"),
        (r"\\server\odeljenje\karta.jpg", "karta.jpg"),
        ("file:///C:/Documents and Settings/Ana/karta.jpg", "karta.jpg"),
        ("/home/ana/karta.jpg", "karta.jpg"),
        ("Карта на  прифатните\nцентри", "Карта на прифатните центри"),
        ("https://example.org/karta", "https://example.org/karta"),
        ("и/или", "и/или"),
    ],
)
def test_a_path_is_no_description_and_tells_nobody_whose_it_was(said: str, kept: str) -> None:
    assert described(said) == kept


GROUP = 'xmlns:wpg="http://schemas.microsoft.com/office/word/2010/wordprocessingGroup"'
WPS = 'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'


@pytest.mark.parametrize(("hidden", "count"), [('hidden="1"', 0), ('hidden="0"', 1)])
def test_what_the_selection_pane_hides_is_not_read(hidden: str, count: int) -> None:
    inside = "<w:txbxContent><w:p><w:r><w:t>Тајна</w:t></w:r></w:p></w:txbxContent>"
    box = f"<wps:wsp {WPS}><wps:cNvPr id='5' name='x' {{}}/><wps:txbx>{inside}</wps:txbx></wps:wsp>"
    seen = box.format("").replace("Тајна", "Видливо")

    def drawing(content: str, said: str = "") -> str:
        return (
            f"<w:r><w:drawing><wp:anchor><wp:docPr id='7' name='x' descr='Опис' "
            f"{said}/><a:graphic><a:graphicData>"
            f"{content}</a:graphicData></a:graphic></wp:anchor></w:drawing></w:r>"
        )

    style = "visibility:hidden" if not count else "visibility:visible"
    picture = picture_run("r:embed", "rImg").replace("<wp:docPr ", f"<wp:docPr {hidden} ")
    for run in (
        picture,
        drawing(box.format(""), hidden),
        drawing(f"<wpg:wgp {GROUP}>{box.format(hidden)}{seen}</wpg:wgp>"),
        f"<w:r><w:pict><v:shape {V} style='{style}' alt='Опис'><v:imagedata "
        f"r:id='rImg'/></v:shape></w:pict></w:r>",
        f"<w:r><w:pict><v:shape {V} style='{style}'><v:textbox>{inside}</v:textbox></v:shape></w:pict></w:r>",
    ):
        result = doc(f"<w:p>{run}</w:p>", relations=IMAGE_REL, parts={"word/media/i.png": halves()})
        said = str([section.text.body for section in result.tree])
        assert ("Тајна" in said or result.report.count(C.IMAGES) == 1) is bool(count), run
        assert result.report.count(C.HIDDEN_TEXT) == 1 - count, run
        assert ("Видливо" in said) is ("wgp" in run) and not result.report.count(C.SHAPES)
        assert bool([blob for blob in result.blobs.values() if blob.kind == "image"]) is (
            "rImg" in run and bool(count)
        )
