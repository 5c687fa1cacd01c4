"""Where in a document something stands, as people call it: slide 3, sheet 2, chapter 5, page 7, line 12.

Between the pages, slides, sheets, chapters or cells of a document its body has a form feed (U+000C), and no
other one; of plain text the lines are those of the file. So a place is counted, and nothing of it is stored.
No file is read here.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..schema import ID

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from ..schema import Schema
    from ..search.hit import Hit

BODY = "body"
"""The text of a document that is a whole file."""

_ROTATED = re.compile(r".\.(log)(?:[.-]\d+)+\Z", re.ASCII)
FORM_FEED = "\f"
PAGE_BORDER = "\n\f\n"
"""What stands between two slides, sheets or chapters: a sentence ends at an empty line. Between the pages of
a text that flows on the form feed stands alone, which is white space."""

_PARTS = {
    "page": "pdf djvu ps xps",
    "slide": "pptx pptm ppsx ppsm potx odp otp fodp",
    "sheet": "xls xlsx xlsm xltx xltm ods ots fods",
    "chapter": "epub fb2 fb2.zip fbz",
    "cell": "ipynb",
}
_LINE = "line"
_COMPRESSED = ("gz", "bz2", "xz", "zst")
_UNITS = {ending: unit for unit, endings in _PARTS.items() for ending in endings.split()}
_LINES_OF = (
    "txt text log ini cfg conf toml yaml yml properties sql sh bash zsh fish ps1 bat py"
    " pyi pyx ipy js mjs cjs jsx ts tsx vue css scss less c h cc cpp cxx hh hpp hxx ino cs java kt kts scala"
    " groovy go rs rb php pl pm lua r jl m mm swift dart hs ml ex exs erl clj lisp el f90 pas vb asm proto"
    " graphql cmake mk gradle tf code"
)
_LINES = frozenset(_LINES_OF.split())
"""The types whose text is the file's own, line by line."""


def place_of(name: str, text: str, offset: int) -> str:
    """The place of a character of a document's body; "" where its type has no places.

    name: the file's name, its extension or the name of its format: notes/talk.pptx, .pptx, pptx. Of a name
    without an extension nothing is known.
    """
    unit = _unit_of(name)
    return f"{unit} {text.count(border_of(unit), 0, offset) + 1:,}" if unit else ""


def border_of(unit: str) -> str:
    """The character that stands between two pages, slides, … or lines of a body."""
    return "\n" if unit == _LINE else FORM_FEED


def _unit_of(name: str) -> str:
    last = name.rpartition("/")[2].lower()
    stem, _, ending = last.rpartition(".")
    if ending in _COMPRESSED and "." in stem:
        last, ending = stem, stem.rpartition(".")[2]
    if ending[-1:].isdigit() and (rotated := _ROTATED.search(last)):
        ending = rotated[1]
    unit = _UNITS.get(ending) or ("chapter" if last.endswith(".fb2.zip") or last == "fb2.zip" else None)
    if unit is None and ending in _LINES and ("." in last or last == ending):
        return _LINE
    return unit or ""


def place_of_document(document: Mapping[str, Any], schema: Schema, text: str, offset: int) -> str:
    """Where in its file a character of a document's body stands: slide 3; "" where that is not known.

    document: as an index has it, with its id. text: its body, in which `offset` counts code points. A row of
    a table may be called like a file, or by an address on the web: where the index knows files by their
    extensions, it has none, and "://" is in no file's name.
    """
    name = document.get(ID) or ""
    if "." not in name or "://" in name:
        return ""
    known = next((field for field in ("file_extension", "extension") if field in schema), None)
    return "" if known is not None and not document.get(known) else place_of(name, text, offset)


def place_of_hit(hit: Hit, offset: int) -> str:
    """Where in its file a character of a hit's body stands: slide 3; "" where that is not known.

    offset: code points of `hit.text("body")`.
    """
    if "." not in hit.id:  # no file's: its text is not read
        return ""
    return place_of_document(hit, hit._results._searcher.schema, hit.text(BODY), offset)
