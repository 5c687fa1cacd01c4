"""A file of deleted documents counts fields as its schema did: here they are put in the order of another one.

The core reads and writes what is in it (core/postings/deletes.hpp); FORMAT.md draws it.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence

_HEAD = struct.Struct("<II")
_FIELD = struct.Struct("<IQI")
_PAIR_BYTES = 8
_NOTHING = _FIELD.pack(0, 0, 0)


def rearranged(encoded: bytes, fields: Sequence[str], wanted: Sequence[str]) -> bytes:
    """The deletes with what they take from each of the wanted fields, in that order: nothing from new ones.

    encoded: as the core gives them. fields: the searched fields that it counted.
    """
    num_docs, _ = _HEAD.unpack_from(encoded)
    position = _HEAD.size + 8 * -(-num_docs // 64)
    head = encoded[:position]
    (count,) = struct.unpack_from("<I", encoded, position)
    position += 4
    found: dict[str, bytes] = {}
    for name in fields[:count]:
        *_, num_terms = _FIELD.unpack_from(encoded, position)
        end = position + _FIELD.size + _PAIR_BYTES * num_terms
        found[name] = encoded[position:end]
        position = end
    parts = [found.get(name, _NOTHING) for name in wanted]
    return b"".join([head, struct.pack("<I", len(parts)), *parts])
