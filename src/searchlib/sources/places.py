"""Where in a document something stands, as people call it: slide 3, sheet 2, chapter 5, page 7, line 12.

Between the pages, slides, sheets, chapters or cells of a document its body has a form feed (U+000C), and no
other one; of plain text the lines are those of the file. So a place is counted, and nothing of it is stored.
No file is read here.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
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
    last = name.rpartition("/")[2].lower()
    stem, _, ending = last.rpartition(".")
    if ending in _COMPRESSED and "." in stem:
        last, ending = stem, stem.rpartition(".")[2]
    if ending[-1:].isdigit() and (rotated := _ROTATED.search(last)):
        ending = rotated[1]
    unit = _UNITS.get(ending) or ("chapter" if last.endswith(".fb2.zip") or last == "fb2.zip" else None)
    if unit is not None:
        return f"{unit} {text.count(FORM_FEED, 0, offset) + 1:,}"
    if ending in _LINES and ("." in last or last == ending):
        return f"line {text.count(chr(10), 0, offset) + 1:,}"
    return ""


def place_of_hit(hit: Hit, offset: int) -> str:
    """Where in its file a character of a hit's body stands: slide 3; "" where that is not known.

    offset: code points of `hit.text("body")`. A row of a table may be called like a file, or by an address on
    the web: where the index knows files by their extensions, it has none, and "://" is in no file's name.
    """
    if "." not in hit.id or "://" in hit.id:
        return ""
    schema = hit._results._searcher.schema
    known = next((name for name in ("file_extension", "extension") if name in schema), None)
    if known is not None and not hit.fields.get(known):
        return ""
    return place_of(hit.id, hit.text(BODY), offset)
