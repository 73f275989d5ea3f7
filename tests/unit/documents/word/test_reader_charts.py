"""Of a chart only what Word draws is read."""

from __future__ import annotations

from lxml import etree

from documents.word.read.inline.drawings import chart_words

NAMES = (
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:c15="http://schemas.microsoft.com/office/drawing/2012/chart"'
)


def cells(words: str) -> str:
    return (
        f'<c:strRef><c:f>A1</c:f><c:strCache><c:pt idx="0"><c:v>{words}</c:v></c:pt></c:strCache></c:strRef>'
    )


def title(words: str) -> str:
    return f"<c:title><c:tx><c:rich><a:p><a:r><a:t>{words}</a:t></a:r></a:p></c:rich></c:tx></c:title>"


def extension(content: str) -> str:
    return f'<c:extLst><c:ext uri="x">{content}</c:ext></c:extLst>'


def words(plot: str) -> list[str]:
    root = etree.fromstring(
        f"<c:chartSpace "
        f"{NAMES}><c:chart>{title('Naslov')}<c:plotArea>{plot}</c:plotArea></c:chart></c:chartSpace>"
    )
    return chart_words(root)


def test_what_was_filtered_out_is_passed_over() -> None:
    hidden = (
        f"<c15:filteredBarSeries><c15:ser><c:tx>{cells('Skrivena')}</c:tx></c15:ser></c15:filteredBarSeries>"
    )
    former = f"<c15:filteredSeriesTitle><c15:tx>{cells('Nekad')}</c15:tx></c15:filteredSeriesTitle>"
    plot = f"<c:barChart><c:ser><c:tx>{cells('Serija')}</c:tx>{extension(former)}</c:ser>{extension(hidden)}</c:barChart>"
    assert words(plot) == ["Naslov", "Serija"]


def test_an_axis_that_is_off_has_no_title() -> None:
    for said, shown in (
        ('<c:delete val="1"/>', False),
        ("<c:delete/>", False),
        ('<c:delete val="0"/>', True),
    ):
        assert words(f"<c:catAx>{said}{title('Osa')}</c:catAx>") == ["Naslov", "Osa"][: 1 + shown]
