"""Old binary Word documents (.doc), by antiword or catdoc where one of them is installed.

Else they are named with the tools, as other files that are not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...errors import SourceError
from . import unreadable
from .contract import Content, Row
from .document_fields import document_fields
from .flow import CELL
from .programs import installed, output_of
from .titles import MAX_TITLE
from .zip_package import MAX_PACKAGE_BYTES

_SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PROGRAMS = (("antiword", ("-m", "UTF-8.txt", "-w", "0")), ("catdoc", ("-d", "utf-8", "-w")))
_ROW = re.compile(r"^\|(.*)\|\s*$", re.M)
_PICTURE = re.compile(r"^\[pic\]\s*$", re.M)
_BLANKS = re.compile(r"\n{3,}")


def read(content: Content) -> Iterator[Row]:
    """The one row of a file."""
    data = content.data(MAX_PACKAGE_BYTES)
    why = ""
    for name, options in _PROGRAMS if data.startswith(_SIGNATURE) else ():
        if program := installed(name):
            try:
                text = output_of([program, *options], data, ".doc")
            except SourceError as error:
                why = f" ({error})"
                continue
            if any(map(str.isalnum, text)):
                body = _body(text)
                heading = next((line for line in body.splitlines() if line.strip()), "").replace(CELL, " ")
                if len(heading) > MAX_TITLE:
                    heading = ""
                yield Row(0, document_fields(body, content.name, {}, heading=heading))
                return
            why = f" ({name} finds no text in it)"
    raise SourceError(f"{unreadable.refusal(content.name)}{why}")


def _body(text: str) -> str:
    """The text, with a row of a table a line of cells, and without what stands for pictures."""
    text = _ROW.sub(lambda row: CELL.join(" ".join(cell.split()) for cell in row[1].split("|")), text)
    text = _PICTURE.sub("", text).replace("\f", "\n")
    return _BLANKS.sub("\n\n", text).strip() + "\n"
