"""Cursors of a key with a filter: sealed, so that nobody can read or make one.

A cursor names a document and its number. One that is made up would tell whether a document is there that the
key does not see, and the numbers tell how many others there are. The secret is the process's own: cursors end
with the server. Equal cursors are sealed alike, as an answer with an ETag has to be.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import secrets

from ...errors import CursorError
from ...search.cursor import MAX_CHARS

_SECRET = secrets.token_bytes(32)
_TAG_BYTES = 16


def sealed(cursor: str, filter: str) -> str:
    """A cursor that only `unsealed` reads, for the same filter."""
    data = cursor.encode("ascii")
    tag = _tag(data, filter)
    return base64.urlsafe_b64encode(tag + _mixed(data, tag)).rstrip(b"=").decode()


def unsealed(text: object, filter: str) -> str:
    """The cursor that was sealed; CursorError for whatever else."""
    if isinstance(text, str) and len(text) <= 2 * MAX_CHARS:
        try:
            raw = text.encode("ascii")
            packed = base64.b64decode(raw + b"=" * (-len(raw) % 4), altchars=b"-_", validate=True)
            tag, data = packed[:_TAG_BYTES], packed[_TAG_BYTES:]
            data = _mixed(data, tag)
            if hmac.compare_digest(tag, _tag(data, filter)):
                return data.decode("ascii")
        except (binascii.Error, UnicodeError, ValueError):
            pass
    raise CursorError(
        f"expected a cursor that this server gave to a key with this filter since it was started, got "
        f"{text!r:.60}: search from the first page again"
    )


def _tag(data: bytes, filter: str) -> bytes:
    seen_by = hashlib.sha256(filter.encode("utf-8", "surrogatepass")).digest()
    return hmac.digest(_SECRET, seen_by + data, "sha256")[:_TAG_BYTES]


def _mixed(data: bytes, tag: bytes) -> bytes:
    """The same twice is the data again: a stream of keys which depends on the tag is laid over it."""
    stream = hashlib.shake_256(_SECRET + tag).digest(len(data))
    return bytes(one ^ other for one, other in zip(data, stream, strict=True))
