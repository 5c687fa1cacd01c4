"""Cursors: a place in an order of hits, as a string that any program may keep and bring back.

It holds its version, the order, the keys of the last hit and which document that was. Whatever string comes
back is checked: it gives a place, or a CursorError. It is no secret and no promise; what holds while an index
changes is written in docs/sorting-and-facets.md.
"""

from __future__ import annotations

import base64
import binascii
import json
import zlib
from collections.abc import Sequence
from typing import TypeAlias

from ..errors import CursorError, brief
from ..records import Record

VERSION = 1
MAX_CHARS = 64_000
"""Of a cursor: keys of strings, an id of the longest, and what base64 and JSON make of them at worst."""
MAX_KEY_BYTES = 1_000
"""Strings that are longer together are not carried: their document is asked for them."""

_MAX_DOC = 2**80
"""Of a collection of several shards: it numbers documents by their ordinals."""

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode

_MAX_INT = 2**63
_MAX_ID_BYTES = 4096

Key: TypeAlias = int | str | None


class Place(Record):
    """order: its description, "" for that of scores. keys: of the last hit; None: they were too long.

    doc, document_id: the last hit's number in its snapshot, and its id.
    """

    order: str
    keys: tuple[Key, ...] | None
    doc: int
    document_id: str


def written(place: Place) -> str:
    """The cursor of a place."""
    keys = place.keys
    if keys is not None and sum(len(key.encode()) for key in keys if isinstance(key, str)) > MAX_KEY_BYTES:
        keys = None
    data = _encode([VERSION, place.order, keys, place.doc, place.document_id]).encode()
    packed = zlib.crc32(data).to_bytes(4, "big") + data
    return base64.urlsafe_b64encode(packed).rstrip(b"=").decode()


def read(cursor: object, order: str, num_keys: int) -> Place:
    """The place of a cursor; CursorError for any string that is none of this order."""
    if not isinstance(cursor, str):
        raise CursorError(f"after is a cursor, the string that results.cursor gave, got {brief(cursor)}")
    if len(cursor) > MAX_CHARS:
        raise CursorError(f"a cursor has at most {MAX_CHARS:,} characters, got {len(cursor):,}")
    version, *rest = _unpacked(cursor)
    if version != VERSION:
        raise CursorError(
            f"the cursor is of version {brief(version)}, and this searchlib reads version {VERSION}: "
            f"search from the first page again"
        )
    place = _place(rest)
    if place.order != order:
        raise CursorError(
            f"the cursor is a place in the order {place.order or '_score'!r}, and the search is sorted by "
            f"{order or '_score'!r}: ask for the same order, or for the first page"
        )
    if place.keys is not None and len(place.keys) != num_keys:
        raise _no_cursor(cursor)
    return place


def _no_cursor(cursor: object) -> CursorError:
    return CursorError(f"expected a cursor as results.cursor gives it, got {brief(cursor, 60)}")


def _unpacked(cursor: str) -> list[object]:
    try:
        raw = cursor.encode("ascii")
        packed = base64.b64decode(raw + b"=" * (-len(raw) % 4), altchars=b"-_", validate=True)
        data = packed[4:]
        if len(packed) < 4 or zlib.crc32(data) != int.from_bytes(packed[:4], "big"):
            raise _no_cursor(cursor)
        values = json.loads(data.decode())
    except (binascii.Error, UnicodeError, ValueError, RecursionError):
        raise _no_cursor(cursor) from None
    if not isinstance(values, list) or len(values) != 5:
        raise _no_cursor(cursor)
    return values


def _place(values: Sequence[object]) -> Place:
    order, keys, doc, document_id = values
    if not isinstance(order, str) or not _is_text(order):
        raise CursorError("the cursor names no order")
    if type(doc) is not int or not 0 <= doc <= _MAX_DOC:
        raise CursorError("the cursor names no document's number")
    if not isinstance(document_id, str) or not _is_text(document_id):
        raise CursorError("the cursor names no document")
    if keys is None:
        return Place(order, None, doc, document_id)
    if not isinstance(keys, list) or not all(map(_is_key, keys)):
        raise CursorError("the keys of the cursor are no whole numbers, strings or null")
    return Place(order, tuple(keys), doc, document_id)


def _is_key(key: object) -> bool:
    if key is None:
        return True
    if isinstance(key, str):
        return _is_text(key)
    return type(key) is int and -_MAX_INT <= key < _MAX_INT


def _is_text(text: str) -> bool:
    """Whether the core takes it: UTF-8, and no longer than what an index holds."""
    try:
        return len(text.encode()) <= _MAX_ID_BYTES
    except UnicodeEncodeError:
        return False
