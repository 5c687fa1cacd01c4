"""What stands in one file of a test collection: TREC's elements, JSON objects, or columns between tabs.

The caller says what to make of each kind, and gets it with its line's number. The first character of the file
tells which kind it is. Nothing is known of what the things mean.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from typing import Any, TypeAlias, TypeVar

from ..errors import SourceError
from .lines import PathLike, numbered_lines, source_error
from .trec import Element, TrecError, elements

_Lines: TypeAlias = Iterator[tuple[int, str]]
_T = TypeVar("_T")


def parsed(
    path: PathLike,
    encoding: str | None,
    tags: Sequence[str],
    of_element: Callable[[Element], _T],
    of_row: Callable[[dict[str, Any]], _T],
    of_columns: Callable[[list[str]], _T],
) -> Iterator[tuple[int, _T]]:
    """What each element, or else each line that is not blank, says, and the line where it begins."""
    number = 1
    try:
        start, lines = _begun(numbered_lines(path, encoding))
        if start == "<":
            for found in elements(lines, tags):
                number = found.line
                yield number, of_element(found)
            return
        for number, line in lines:
            if line.strip():
                yield number, of_row(_json_object(line)) if start == "{" else of_columns(_columns(line, tags))
    except SourceError:
        raise
    except TrecError as error:
        raise source_error(path, error.line, str(error)) from None
    except ValueError as error:
        raise source_error(path, number, str(error)) from None


def _begun(lines: _Lines) -> tuple[str, _Lines]:
    """The first character that is not blank, and the lines from there on."""
    for number, line in lines:
        if line.strip():
            return line.lstrip()[0], chain([(number, line)], lines)
    return "", iter(())


def _columns(line: str, tags: Sequence[str]) -> list[str]:
    columns = [column.strip() for column in line.split("\t")]
    if len(columns) < 2 or not columns[0]:
        raise ValueError(f"expected JSON lines, <{tags[0]}> elements, or an id, a tab and a text")
    return columns


def _json_object(line: str) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except json.JSONDecodeError as error:
        raise ValueError(f"not JSON: {error.msg}, column {error.colno}") from None
    except RecursionError:
        raise ValueError("JSON that is nested too deeply") from None
    if not isinstance(row, dict):
        raise ValueError("expected a JSON object")
    return row
