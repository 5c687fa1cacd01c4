"""Small segments and snapshots made with the core alone, for tests of what it does with them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from searchlib import Analyzer, _core
from searchlib.plan import Word, WordField

FIELDS = 2
WORD = Word([WordField(0, 1.0, ["word"])])


class Parts(dict[str, bytearray]):
    """A sink that keeps the parts; each is at an offset of its own in the bytes of all."""

    def begin(self, part: str) -> None:
        self[part] = self.last = bytearray()

    def write(self, data: bytes) -> None:
        self.last += data

    def segment(self, num_docs: int, fields: list[str]) -> _core.Segment:
        ranges, offset = {}, 0
        for name, data in self.items():
            ranges[name] = (offset, len(data))
            offset += len(data) + 8  # a reader may load eight bytes at a part's last
        whole = b"".join(data + bytes(8) for data in self.values())
        checksums = b"".join(
            _core.crc32c(whole[start : start + _core.CHUNK_BYTES]).to_bytes(4, "little")
            for start in range(0, len(whole), _core.CHUNK_BYTES)
        )
        return _core.Segment(_core.CheckedBuffer(whole, checksums, "parts"), ranges, fields, num_docs)


def config(k1: float = 1.2, b: float = 0.75) -> list[Any]:
    return [("body", Analyzer(()).core, k1, b, False, False), ("tag", None, k1, b, False, False)]


def built(num_docs: int) -> _core.Segment:
    """Documents of two fields; each holds "word" and its number."""
    return segment_of([[f"word w{n}", "x"] for n in range(num_docs)])


TEXTS = [(name, Analyzer(()).core, 1.2, 0.75, False, False) for name in ("title", "body")]
"""Two fields of text, for segment_of."""


def segment_of(documents: Sequence[Sequence[str]], fields: Sequence[Any] = ()) -> _core.Segment:
    """(body, tag) of each document, or its values of these fields; its key is "id" and its number."""
    builder = _core.SegmentBuilder(list(fields) or config())
    builder.add(0, [f"id{n}" for n in range(len(documents))], list(map(list, documents)))
    parts = Parts()
    builder.write(parts)
    return parts.segment(len(documents), [name for name, *_ in fields or config()])


def emptied(num_docs: int) -> tuple[_core.Segment, _core.Deletes]:
    """built(), and all of its documents deleted."""
    segment = built(num_docs)
    return segment, deletes_of(segment, {n: [f"word w{n}", "x"] for n in range(num_docs)})


def deletes_of(
    segment: _core.Segment, documents: dict[int, Sequence[str]], fields: Sequence[Any] = ()
) -> _core.Deletes:
    """Deletes of some documents, by their numbers and values."""
    deletes = _core.Deletes(segment)
    deleter = _core.Deleter(segment, [analyzer for _, analyzer, *_ in fields or config()])
    for number, texts in documents.items():
        assert deleter.remove(deletes, number, list(texts))
    return deletes


def snapshot_of(*segments: _core.Segment | tuple[_core.Segment, _core.Deletes | None]) -> _core.Snapshot:
    """Of segments, with their deletes or without."""
    pairs = [one if isinstance(one, tuple) else (one, None) for one in segments]
    return _core.Snapshot(pairs, [(1.2, 0.75)] * FIELDS)
