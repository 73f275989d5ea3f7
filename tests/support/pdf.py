"""Small PDF files that a program can read."""

from __future__ import annotations


def pdf_of(catalog: str = "", *objects: str, text: str = "signed") -> bytes:
    """One page, with entries of the catalogue and further objects, numbered from 5."""
    content = f"BT /F1 12 Tf 9 9 Td ({text}) Tj ET"
    parts = (
        f"<< /Type /Catalog /Pages 2 0 R {catalog} >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 99 99] /Contents 4 0 R >>",
        f"<< /Length {len(content)} >>\nstream\n{content}\nendstream",
        *objects,
    )
    data, places = b"%PDF-1.7\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(data))
        data += f"{number} 0 obj\n{part}\nendobj\n".encode()
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    head = f"xref\n0 {len(parts) + 1}\n0000000000 65535 f \n"
    tail = f"trailer\n<< /Size {len(parts) + 1} /Root 1 0 R >>\nstartxref\n{len(data)}\n%%EOF\n"
    return data + (head + table + tail).encode()


PDF = pdf_of()
