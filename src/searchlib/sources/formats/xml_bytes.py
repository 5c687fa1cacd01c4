"""The bytes of an XML document as UTF-8, whatever encoding it is in, says that it is in, or is given."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

from ..encodings import detect
from .contract import Content

_PIECE_BYTES = 1 << 16
_DECLARED = re.compile(rb"""\A\s*<\?xml\b[^>]{0,200}?\bencoding\s*=\s*["']([\w.:-]+)""")


def utf8_pieces(content: Content) -> Iterator[bytes]:
    """The document, piece by piece. What is no text in its encoding is U+FFFD, which is said."""
    stream = content.stream()
    piece = stream.read(_PIECE_BYTES) or b""
    decoder = codecs.getincrementaldecoder(_encoding_of(piece, content.forced_encoding))(errors="replace")
    num_broken = 0
    while piece:
        text = decoder.decode(piece)
        num_broken += text.count("\ufffd")
        yield text.encode()
        piece = stream.read(_PIECE_BYTES) or b""
    yield decoder.decode(b"", final=True).encode()
    if num_broken:
        content.say(f"holds bytes that are no text in its encoding: {num_broken:,} are read as \ufffd")


def _encoding_of(start: bytes, forced: str | None) -> str:
    """What the user says, else what the document says if that can be, else what it looks like."""
    declared = _DECLARED.search(start[:1000])
    said = "" if declared is None else declared[1].decode("ascii", "replace").lower()
    for name in (forced, said):
        if name and not name.startswith(("utf-16", "utf-32", "ucs")):
            try:
                codecs.getincrementaldecoder(name)().decode(start)
                return "utf-8-sig" if name in ("utf-8", "utf8") else name
            except (LookupError, ValueError):
                continue  # the document is wrong about itself
    found = detect(start, complete=len(start) < _PIECE_BYTES, by_row=True)[0] if start else "utf-8"
    return "utf-8-sig" if found == "utf-8" else found
