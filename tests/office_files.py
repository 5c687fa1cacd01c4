"""Documents of office programs, made by hand: a small one of each type, with what such documents have.

Each has one word that no other has, a table, Cyrillic, Hebrew, a soft hyphen, and things that must not be
read. Bytes are the same on each run. `python tests/office_files.py FOLDER` writes them.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import NamedTuple

from book_files import (
    epub,
    epub_sample,
    fb2,
    fb2_sample,
    notebook,
    notebook_sample,
    rtf,
    rtf_sample,
    rtf_text,
)
from odf_files import HIDDEN_STYLE, ODF, odf_table, odp_sample, ods_sample, odt_sample, opendocument
from ooxml_files import (
    HEBREW,
    OOXML,
    ROAD,
    W,
    docx,
    packed,
    paragraph,
    pptx,
    relations,
    repacked,
    run,
    shape,
    sheets_sample,
    slide_table,
    slides_sample,
    text_box,
    with_members,
    word_sample,
    word_table,
    xlsx,
)
from pdf_files import pdf_sample

__all__ = [
    "HEBREW", "HIDDEN_STYLE", "ODF", "OOXML", "ROAD", "Sample", "W", "docx", "epub", "fb2", "notebook",
    "odf_table", "opendocument", "packed", "paragraph", "pptx", "relations", "repacked", "rtf",
    "rtf_text", "run", "samples", "shape", "slide_table", "text_box", "with_members", "word_table",
    "xlsx",
]  # fmt: skip


class Sample(NamedTuple):
    """A file, the word that only it holds, and the place of the word."""

    data: bytes
    word: str
    place: str


def samples() -> dict[str, Sample]:
    """A document of each type, by its file's name."""
    made = {
        "договор.docx": (word_sample, "аккредитив", ""),
        "договор.odt": (odt_sample, "бергамот", ""),
        "продажи.pptx": (slides_sample, "виадук", "slide 3"),
        "продажи.odp": (odp_sample, "гобелен", "slide 3"),
        "смета.xlsx": (sheets_sample, "дирижабль", "sheet 2"),
        "смета.ods": (ods_sample, "ежевика", "sheet 2"),
        "души.epub": (epub_sample, "жимолость", "chapter 2"),
        "война.fb2": (fb2_sample, "зиккурат", "chapter 2"),
        "мир.fb2": (lambda word: fb2_sample(word, "windows-1251"), "ипподром", "chapter 2"),
        "война.fb2.zip": (lambda word: packed({"война.fb2": fb2_sample(word)}), "кастаньеты", "chapter 2"),
        "опыт.ipynb": (notebook_sample, "лабиринт", "cell 2"),
        "договор.pdf": (pdf_sample, "норвежец", "page 2"),
        "договор.rtf": (lambda word: rtf_sample(rtf_text(word)), "мандолина", ""),
    }
    return {name: Sample(make(word), word, place) for name, (make, word, place) in made.items()}


if __name__ == "__main__":
    for name, sample in samples().items():
        (Path(sys.argv[1]) / name).write_bytes(sample.data)
