"""Files for the tests of sources, and all that comes of them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from searchlib.sources.content import OpenFile
from searchlib.sources.file_fields import FILE_FIELDS
from searchlib.sources.files import SourceFile
from searchlib.sources.formats import BY_SUFFIX, suffix_of
from searchlib.sources.sources import Sources


def write(root: Path, files: dict[str, str | bytes]) -> Path:
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return root


def lines(*rows: object) -> str:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def collect(*paths: object, **options: Any) -> tuple[list[dict[str, Any]], list[str]]:
    problems: list[str] = []
    sources = Sources(*map(str, paths), on_error=lambda problem: problems.append(str(problem)), **options)
    return list(sources), problems


def content(documents: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Documents without what is known of their files."""
    return [
        {name: value for name, value in document.items() if name not in FILE_FIELDS} for document in documents
    ]


def read_file(folder: Path, name: str, data: bytes) -> dict[str, Any]:
    """The fields of a file of that name and content."""
    path = folder / name
    path.write_bytes(data)
    with OpenFile(SourceFile(name, str(path), str(folder), BY_SUFFIX[suffix_of(name)].name)) as reading:
        (row,) = reading.rows()
    assert row.fields is not None
    return row.fields
