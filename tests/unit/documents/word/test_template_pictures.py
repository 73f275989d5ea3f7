"""The pictures of a template: as Word shows them, and those that have a drawing beside them too."""

from __future__ import annotations

import io

from PIL import Image

from documents.word.template import open_template, write_on_template
from tests.support.documents.word.build import OFFICE, parts_of
from tests.support.documents.word.reader_pictures import EMF, halves
from tests.support.documents.word.template import BROUGHT, document, p, template

SVG = "http://schemas.microsoft.com/office/drawing/2016/SVG/main"
RELATIONS = (
    f'<Relationship Id="rImg" Type="{OFFICE}image" Target="media/i.png"/>'
    f'<Relationship Id="rSvg" Type="{OFFICE}image" Target="media/i.svg"/>'
)


def logo(blip: str = "", rect: str = "") -> str:
    return (
        '<w:p><w:r><w:drawing><wp:inline><wp:extent cx="9525" cy="9525"/><wp:docPr id="1" '
        'name="x"/><a:graphic>'
        '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
        f"<pic:pic "
        f'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:blipFill><a:blip '
        f'r:embed="rImg">{blip}</a:blip>{rect}</pic:blipFill></pic:pic>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
    )


def made_with(drawing: str, picture: bytes | None = None) -> dict[str, bytes]:
    parts = {
        "word/media/i.png": picture or halves(),
        "word/media/i.svg": b"<svg xmlns='http://www.w3.org/2000/svg'/>",
    }
    opened = open_template(template(drawing + p("{{title}}"), relations=RELATIONS, parts=parts))
    return parts_of(write_on_template(document(), opened, opened.facts().proposal.styles, BROUGHT))


def pictures(parts: dict[str, bytes]) -> list[Image.Image]:
    return [Image.open(io.BytesIO(data)) for name, data in parts.items() if name.startswith("word/media/")]


def test_what_was_cropped_away_of_a_logo_is_in_no_readers_file() -> None:
    parts = made_with(logo(rect='<a:srcRect l="50000" t="-1000"/>'))
    assert [picture.size for picture in pictures(parts)] == [(5, 6)]
    text = parts["word/document.xml"].decode()
    assert "srcRect" in text and ' l="' not in text and 't="-1000"' in text
    assert [picture.size for picture in pictures(made_with(logo()))] == [(10, 6)]
    parts = made_with(logo(rect='<a:stretch><a:fillRect l="-100000" t="1000"/></a:stretch>'))
    assert [picture.size for picture in pictures(parts)] == [(5, 6)]
    text = parts["word/document.xml"].decode()
    assert ' l="' not in text and 't="1000"' in text


def test_a_logo_that_is_a_drawing_too_stays() -> None:
    extension = (
        f'<a:extLst><a:ext uri="{{96DAC541}}"><asvg:svgBlip xmlns:asvg="{SVG}" '
        f'r:embed="rSvg"/></a:ext></a:extLst>'
    )
    parts = made_with(logo(blip=extension))
    assert [picture.size for picture in pictures(parts)] == [(10, 6)]
    text = parts["word/document.xml"].decode()
    assert "<a:blip" in text and "svgBlip" not in text


def test_a_logo_in_part_that_cannot_be_cut_is_left_out_and_the_template_says_so() -> None:
    rect = logo(rect='<a:srcRect l="50000"/>')
    parts = made_with(rect, EMF)
    assert not pictures(parts) and b"<w:drawing" not in parts["word/document.xml"]
    for picture, count in ((EMF, 1), (halves(), 0)):
        opened = open_template(
            template(
                rect + p("{{title}}"),
                relations=RELATIONS,
                parts={"word/media/i.png": picture, "word/media/i.svg": b""},
            )
        )
        assert opened.facts().lost_pictures == count


BOX = (
    '<w:p><w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
    '<mc:Choice xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'Requires="wps"><w:drawing>'
    '<wp:inline><wp:extent cx="9525" cy="9525"/><wp:docPr id="7" name="x" '
    'hidden="1"/><a:graphic><a:graphicData uri="x">'
    "<wps:wsp><wps:txbx><w:txbxContent><w:p><w:r><w:t>Тајна</w:t></w:r></w:p></w:txbxContent></wps:txbx></wps:wsp>"
    "</a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice><mc:Fallback><w:pict>"
    '<v:shape xmlns:v="urn:schemas-microsoft-com:vml" '
    'style="width:9pt;visibility:hidden"><v:textbox><w:txbxContent><w:p><w:r>'
    "<w:t>Тајна</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
)


def test_what_the_selection_pane_hides_is_in_no_readers_file() -> None:
    parts = made_with(logo().replace('name="x"', 'name="x" hidden="1"') + BOX)
    assert not pictures(parts)
    text = parts["word/document.xml"].decode()
    assert "<w:drawing" not in text and "Тајна" not in text
    old = made_with(
        BOX[: BOX.index("<mc:Alt")] + BOX[BOX.index("<w:pict") : BOX.index("</mc:Fall")] + "</w:r></w:p>"
    )
    assert "Тајна" not in old["word/document.xml"].decode()
