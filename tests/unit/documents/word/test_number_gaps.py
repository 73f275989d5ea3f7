import pytest

from documents.word.read.outline.number_gaps import number_gaps


@pytest.mark.parametrize(
    ("labels", "gaps"),
    [
        ("1 1.1 1.2 2 2.1 3", []),
        ("1. 2. >3.1 4.", ["2 → 3.1"]),
        ("1 2 4", ["2 → 4"]),
        ("1 1.1 1.3", ["1.1 → 1.3"]),
        ("1 2 1 2 3", []),
        ("1 >1 >2 2 >1 >2 >3 3", []),
        ("5 6 6.1", []),
        ("I II A.1 1 2", []),
        ("1 1.1.1", ["1 → 1.1.1"]),
        ("", []),
    ],
)
def test_gaps_in_the_numbers_of_headings(labels: str, gaps: list[str]) -> None:
    found = number_gaps((1 + one.count(">"), one.strip(">"), "") for one in labels.split())
    assert found == gaps
