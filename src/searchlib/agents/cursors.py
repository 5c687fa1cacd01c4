"""Cursors: where an answer goes on, as a short word that an agent brings back.

One of a search has the commit that was searched, a digest of what was asked, and the library's own cursor;
one of a reading has documents, fields and offsets. Whatever comes back is checked.
"""

from __future__ import annotations

import base64
import binascii
import json
import zlib
from hashlib import blake2b
from typing import Any, NamedTuple

from .refusals import Refusal

_AGAIN = "repeat the call without a cursor"
_MAX_CHARS = 100_000


class Page(NamedTuple):
    """generation: the commit that was searched. after: the library's cursor."""

    generation: int
    after: str


def digest_of(asked: Any) -> str:
    """A word for what was asked, so that a cursor is not taken to another question."""
    text = json.dumps(asked, ensure_ascii=True, sort_keys=True)
    return blake2b(text.encode(), digest_size=3).hexdigest()


def page_cursor(page: Page, asked: Any) -> str:
    """The cursor of a page's end."""
    return f"{page.generation:x}.{digest_of(asked)}.{page.after}"


def read_page(cursor: str, asked: Any) -> Page:
    """What such a cursor says; Refusal."""
    parts = cursor.split(".") if len(cursor) <= _MAX_CHARS else []
    try:
        generation, digest, after = parts
        page = Page(int(generation, 16), after)
    except ValueError:
        raise Refusal("bad_cursor", f"the cursor is none that search gave; {_AGAIN}") from None
    if digest != digest_of(asked):
        raise Refusal(
            "bad_cursor",
            "the cursor belongs to another search: with it, repeat query, index, fields, filter, sort and "
            "cross_script as they were; limit, budget and what is shown may change",
        )
    return page


class Rest(NamedTuple):
    """What is left to be read of a document. check: tells whether its text is still the same."""

    id: str
    field: str
    offset: int
    check: int


def check_of(text: str) -> int:
    """A number for a text."""
    return zlib.crc32(text.encode("utf-8", "surrogatepass")) & 0xFFFF


def rest_cursor(index: str, rests: list[Rest]) -> str:
    """The cursor of what is left of some documents of an index."""
    data = json.dumps([index, *(list(rest) for rest in rests)], ensure_ascii=False, separators=(",", ":"))
    packed = data.encode("utf-8", "surrogatepass")
    return base64.urlsafe_b64encode(zlib.crc32(packed).to_bytes(4, "big") + packed).rstrip(b"=").decode()


def read_rests(cursor: str) -> tuple[str, list[Rest]]:
    """What such a cursor says: an index and what is left; Refusal."""
    try:
        raw = cursor.encode("ascii")
        packed = base64.b64decode(raw + b"=" * (-len(raw) % 4), altchars=b"-_", validate=True)
        data = packed[4:]
        if len(packed) < 4 or zlib.crc32(data) != int.from_bytes(packed[:4], "big"):
            raise ValueError
        index, *rows = json.loads(data.decode("utf-8", "surrogatepass"))
        rests = [Rest(*one) for one in rows]
    except (binascii.Error, UnicodeError, ValueError, TypeError):
        raise Refusal("bad_cursor", f"the cursor is none that read gave; {_AGAIN}") from None
    if not isinstance(index, str) or not all(
        isinstance(one.id, str)
        and isinstance(one.field, str)
        and type(one.offset) is int
        and one.offset >= 0
        and type(one.check) is int
        for one in rests
    ):
        raise Refusal("bad_cursor", f"the cursor is none that read gave; {_AGAIN}")
    return index, rests
