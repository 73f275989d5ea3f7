"""The PDF of some 300 pages: time and memory, beside LibreOffice making a PDF of the same text's Word file in
one run.

The goal on a quiet machine is 5 seconds and 700 MB.
"""

from __future__ import annotations

import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from bench.pdf_figures import measured
from documents.exports.pdf import as_data
from documents.word.write.document_file import DocumentFile
from documents.word.write.write import write_docx
from tests.support.documents.exports.edition_file import edition_file
from tests.support.documents.exports.files import pdf_text
from tests.support.documents.word.long_tree import long_tree
from tests.support.services.office import Office


def test_a_pdf_of_many_pages(soffice: Office, tmp_path: Path) -> None:
    file = edition_file(long_tree(150, 700))  # 105,000 words
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        data, took, processor, memory = pool.submit(measured, as_data(file, {})).result()
    pages = pdf_text(data, tmp_path).count("\f")
    source = tmp_path / "same.docx"
    source.write_bytes(write_docx(DocumentFile(file.tree)))
    start = time.perf_counter()
    soffice.convert(source, "pdf")
    peer = time.perf_counter() - start
    print(
        f"PDF of {pages} pages: {took:.1f} s by the clock, {processor:.1f} s of the processor, {memory:.0f} "
        f"MB, "
        f"{took / peer:.2f} x LibreOffice"
    )
    assert b"pdfaid:part" in data and b"pdfuaid:part" in data, "not PDF/A and PDF/UA"
    assert took < peer * 2, "some times the figure on a quiet machine"
    assert memory < 1400, "twice the goal"
