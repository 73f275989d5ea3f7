"""What several test files of documents/desk begin with: landing."""

from __future__ import annotations

import io

from docx import Document

MK = [
    ("Општи одредби", "Стратегијата важи од 1 јануари 2027 до 31 декември 2030 година."),
    ("Координација", "Националната комисија се состанува четири пати годишно во Скопје."),
    ("Идентификација", "Полицискиот службеник пополнува образец 7 во рок од 24 часа и повикува адвокат."),
    ("Заштита", "Жртвата има право на сместување 90 дена, превод и медицинска помош."),
]


EN = [
    ("General provisions", "The strategy runs from 1 January 2027 to 31 December 2030."),
    ("Identification", "The police officer fills in form 7 within 24 hours and calls a lawyer."),
    (
        "Protection",
        "The victim has the right to accommodation for 90 days, to interpretation and medical help.",
    ),
]


def written(rows: list[tuple[str, str]], title: str = "") -> bytes:
    document = Document()
    document.core_properties.title = title
    for heading, text in rows:
        document.add_heading(heading, 1)
        document.add_paragraph(text)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()
