"""LaTeX to the text that it is set to: commands go, and what they stand for or enclose stays.

The title, the author and the date are fields, the first heading is the title of a file without one. Nothing
is included and no macro of the author's is expanded. How commands are read is latex_reader.py's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from .contract import Content, Row
from .document_fields import document_fields
from .latex_reader import LatexReader
from .text import normalise_line_ends

_DECLARED = re.compile(rb"^[^%\n]*\\usepackage\s*\[([\w-]+)\]\s*\{inputenc\}", re.MULTILINE)
_CODECS = {
    "ansinew": "cp1252",
    "applemac": "mac_roman",
    "maccyr": "mac_cyrillic",
    "latin9": "iso8859-15",
    "iso88595": "iso8859-5",
    "cp866nav": "cp866",
    "utf8x": "utf-8",
}


def read(content: Content) -> Iterator[Row]:
    """The one row of a file."""
    yield Row(0, read_latex(content.text(declared_encoding), content.name))


def declared_encoding(data: bytes) -> str | None:
    """The encoding that a document says it is in (\\usepackage[cp1251]{inputenc}), if Python knows it."""
    match = _DECLARED.search(data[:100_000])
    if not match:
        return None
    said = match[1].decode("ascii").lower()
    name = _CODECS.get(said, said)
    try:
        "".encode(name)
    except LookupError:
        return None
    return name


def read_latex(text: str, name: str) -> dict[str, Any]:
    """The fields of a .tex file. Raises SourceError if its text is longer than a document may be."""
    reader = LatexReader(normalise_line_ends(text))
    body = reader.body()
    return document_fields(body, name, reader.said, heading=reader.heading, shows_date=True)
