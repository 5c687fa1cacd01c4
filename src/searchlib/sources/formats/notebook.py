"""Jupyter notebooks (.ipynb): cell after cell, a form feed between two: text, code, and what it printed.

Cells of Markdown are read as Markdown; pictures and HTML beside a text of the same are left out.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from ...errors import SourceError
from .contract import Content, Row
from .document_fields import document_fields
from .flow import Flow
from .markdown import read_markdown

_MAX_CELLS = 100_000
_COLOURS = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")


def read(content: Content) -> Iterator[Row]:
    """The one row of a file."""
    yield Row(0, read_notebook(content.text(), content.name))


def read_notebook(text: str, name: str) -> dict[str, Any]:
    """The fields of a notebook. Raises SourceError."""
    try:
        value = json.loads(text)
    except RecursionError:
        raise SourceError(
            "is nested too deeply for a notebook; open it in Jupyter and save it anew"
        ) from None
    except ValueError as error:
        raise SourceError(
            f"is not a notebook, which is JSON: {error}; open it in Jupyter and save it anew"
        ) from None
    metadata = _object(_object(value).get("metadata"))
    flow, heading = Flow(), ""
    for number, cell in enumerate(_cells(value)):
        if number:
            flow.page()
        source = _text(cell.get("source", cell.get("input")))
        kind = cell.get("cell_type")
        if kind == "markdown":
            fields = read_markdown(source, "")
            heading = heading or str(fields["title"])
            source = fields["body"]
        elif kind == "heading":  # until version 4
            heading = heading or source.strip()
        flow.text(source.strip("\n"))
        for output in _list(cell.get("outputs")):
            flow.blank()
            flow.text(_output(_object(output)).strip("\n"))
    authors = (_object(author).get("name") for author in _list(metadata.get("authors")))
    said = {
        "title": _text(metadata.get("title")),
        "author": ", ".join(author for author in authors if isinstance(author, str)),
    }
    return document_fields(flow.body(), name, said, heading=heading)


def _cells(value: Any) -> list[dict[str, Any]]:
    cells = _object(value).get("cells")
    if cells is None:  # until version 4 they lay in sheets
        sheets = _list(_object(value).get("worksheets"))
        cells = [cell for sheet in sheets for cell in _list(_object(sheet).get("cells"))] if sheets else None
    if not isinstance(cells, list):
        raise SourceError("is JSON, but not a notebook: it has no list of cells; name it .json")
    if len(cells) > _MAX_CELLS:
        raise SourceError(
            f"has {len(cells):,} cells, and {_MAX_CELLS:,} are the most that are read; split it"
        )
    return [cell for cell in cells if isinstance(cell, dict)]


def _output(output: dict[str, Any]) -> str:
    """What a cell printed, or the text of what it gave."""
    if "ename" in output:
        return f"{_text(output.get('ename'))}: {_text(output.get('evalue'))}"
    data = _object(output.get("data"))
    for found in (output.get("text"), data.get("text/plain"), data.get("text/markdown")):
        if said := _text(found):
            return said
    return ""


def _text(value: Any) -> str:
    """A text, or its lines in a list; without colours, and without form feeds, which part cells."""
    if isinstance(value, list):
        value = "".join(line for line in value if isinstance(line, str))
    if not isinstance(value, str):
        return ""
    value = _COLOURS.sub("", value) if "\x1b" in value else value
    value = value.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n").replace("\0", "")
    mended: str = value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return mended


def _object(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
