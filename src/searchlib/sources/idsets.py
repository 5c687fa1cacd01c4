"""Sets of ids as small JSON, for the record of files in an index's metadata.

A set is packed as plain data and unpacked from it. Most ids count: those made of a file's name and a line,
those of tables that are numbered, and these behind the file's name; such runs become two numbers. The rest is
compressed, so that a million rows with ids of their own can be remembered and no row of theirs is ever left
behind.
"""

from __future__ import annotations

import base64
import itertools
import json
import zlib
from collections.abc import Iterable
from typing import Any

from . import row_names

_MAX_PLAIN = 100  # so many may be read in the metadata by people
_MAX_DIGITS = 15


def pack_ids(ids: Iterable[str], stem: str) -> dict[str, Any]:
    """The ids as JSON; stem: the file's name, with which its rows' names begin."""
    lines: list[int] = []
    taken: list[int] = []
    numbers: list[int] = []
    others: list[str] = []
    prefix, by_id = f"{stem}#", row_names.by_id(stem, "")
    for key in ids:
        if _is_number(key):
            numbers.append(int(key))
        elif key.startswith(prefix) and _is_number(key[len(prefix) :]):
            lines.append(int(key[len(prefix) :]))
        elif key.startswith(by_id) and _is_number(key[len(by_id) :]):
            taken.append(int(key[len(by_id) :]))
        else:
            others.append(key)
    others.sort()
    packed: dict[str, Any] = {}
    if lines:
        packed["lines"] = _runs(lines)
    if taken:
        packed["taken"] = _runs(taken)
    if numbers:
        packed["numbers"] = _runs(numbers)
    if len(others) > _MAX_PLAIN:
        packed["packed"] = base64.b64encode(zlib.compress(json.dumps(others).encode(), 1)).decode()
    elif others:
        packed["others"] = others
    return packed


def unpack_ids(packed: dict[str, Any], stem: str) -> set[str]:
    """What pack_ids() was given."""
    ids = set(packed.get("others", ()))
    if "packed" in packed:
        ids.update(json.loads(zlib.decompress(base64.b64decode(packed["packed"]))))
    ids.update(f"{stem}#{number}" for number in _unpacked(packed.get("lines", [])))
    ids.update(row_names.by_id(stem, str(number)) for number in _unpacked(packed.get("taken", [])))
    ids.update(str(number) for number in _unpacked(packed.get("numbers", [])))
    return ids


def _is_number(text: str) -> bool:
    """Whether it is a number as str() writes it: "7", and not "07"."""
    return (
        text.isascii() and text.isdigit() and len(text) <= _MAX_DIGITS and (text[0] != "0" or len(text) == 1)
    )


def _runs(numbers: list[int]) -> list[int]:
    """1, 2, 3, 7 → 1, 3, 7, 1: first and length of each run."""
    runs: list[int] = []
    for number in sorted(numbers):
        if runs and runs[-2] + runs[-1] == number:
            runs[-1] += 1
        else:
            runs += [number, 1]
    return runs


def _unpacked(runs: list[int]) -> Iterable[int]:
    pairs = zip(runs[::2], runs[1::2], strict=True)
    return itertools.chain.from_iterable(range(first, first + length) for first, length in pairs)
