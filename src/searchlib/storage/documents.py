"""Stored fields: documents are written in order and numbered from 0, and read by number, one or many.

A document is a dict of JSON values, and of others that their fields' kinds make JSON of. Blocks of a few
documents are compressed by zstandard; a merge copies whole blocks. What the fields mean is not known here.
"""

from __future__ import annotations

from .. import _core
from ..errors import DocumentError, brief
from ..lean import TYPE_CHECKING, dumps, loads, lru_cache, struct
from .blocks import (
    DICTIONARIES,
    DOCUMENTS,
    DOCUMENTS_INDEX,
    HEADER,
    MAX_DOCUMENT_BYTES,
    RUN,
    Run,
    StoredBlocks,
)
from .segment import SegmentFile

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from typing import Any, NoReturn

    from ..kinds.base import Kind
    from .packing import Sink


def too_big(num_bytes: int, is_lower_bound: bool = False) -> DocumentError:
    """The error of a document beyond the limit."""
    return DocumentError(
        f"a document has at most {MAX_DOCUMENT_BYTES:,} bytes ({MAX_DOCUMENT_BYTES >> 20} MiB), all fields "
        f"together, as JSON in UTF-8; this one has {'at least ' if is_lower_bound else ''}{num_bytes:,}; "
        "split it, for example into its chapters, each a document of its own"
    )


def _refuse(value: Any) -> NoReturn:
    raise DocumentError(
        f"a stored value is a str, int, float, bool, None, a list of them, or a date in a Date field, "
        f"got {type(value).__name__}: {brief(value)}"
    )


# No sorting, no spaces, real letters: the smallest text. NaN and infinities pass, as Python's
# own words for them.
@lru_cache(maxsize=1)
def _encoder() -> Callable[[Any], str]:
    import json  # readers need none

    return json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=_refuse).encode


def encode_line(values: dict[str, Any]) -> bytes:
    """A document as it is stored."""
    try:
        line = _core.json_of_strings(values)
    except UnicodeEncodeError:  # a lone surrogate
        line = None
    return line if line is not None else _encoder()(values).encode("utf-8", "surrogatepass")


def _encoded(kind: Kind, value: Any, field: str) -> Any:
    if isinstance(value, (list, tuple)):
        return [_encoded(kind, item, field) for item in value]
    return None if value is None else kind.to_stored(value, field)


def _decoded(kind: Kind, value: Any) -> Any:
    if isinstance(value, list):
        return [_decoded(kind, item) for item in value]
    return None if value is None else kind.from_stored(value)


def _kinds_of(names: Mapping[str, str]) -> dict[str, Kind]:
    if not names:
        return {}
    from ..kinds import kind_of  # documents of strings and numbers need none, and are shown sooner

    return {field: kind_of(name) for field, name in names.items()}


class DocumentsWriter:
    """Writes the parts "documents" and "documents.index" of one segment, and its dictionaries, if any.

    kinds: those of the fields whose values are no JSON, as Schema.encoded_kinds has them.
    worker: compress on a second thread (the bytes are the same).
    """

    def __init__(self, sink: Sink, kinds: Mapping[str, str] | None = None, worker: bool = True) -> None:
        from .packing import BlockWriter  # readers need none

        self._kinds = _kinds_of(kinds or {})
        self._sink = sink
        sink.begin(DOCUMENTS)
        self._blocks = BlockWriter(sink, worker)

    def __len__(self) -> int:
        return self._blocks.num_docs

    def encode(self, values: dict[str, Any]) -> bytes:
        """The document as it will be stored; DocumentError if it cannot be. Nothing is changed."""
        for field, kind in self._kinds.items():
            if field in values:
                values = {**values, field: _encoded(kind, values[field], field)}
        try:
            line = encode_line(values)
        except (TypeError, ValueError, RecursionError) as error:
            if isinstance(error, DocumentError):
                raise
            raise DocumentError(f"a document that cannot be stored: {error}") from error
        if len(line) > MAX_DOCUMENT_BYTES:
            raise too_big(len(line))
        return line

    def add(self, values: dict[str, Any]) -> None:
        """Append a document."""
        self.add_encoded(self.encode(values))

    def add_encoded(self, line: bytes) -> None:
        """Append what encode() returned."""
        self._blocks.add(line)

    def merge(
        self,
        reader: DocumentsReader,
        deleted: Sequence[int] = (),
        rewritten: Callable[[bytes], bytes] | None = None,
    ) -> None:
        """Append the documents of another segment but for the deleted ones (ascending numbers).

        rewritten: what becomes of a document, as encode() gives it; whatever does not count in the reader is
            left out before.
        """
        from bisect import bisect_left

        from .packing import is_worth_copying

        for blocks, run in reader.runs():
            copied = is_worth_copying(reader.size_of(blocks))
            if copied:
                self._blocks.adopt(run)
            for block in blocks:
                first, end = reader.block_range(block)
                gone = deleted[bisect_left(deleted, first) : bisect_left(deleted, end)]
                frame, raw_length = reader.frame(block)
                lines = None
                if reader.hides or rewritten is not None:
                    before = list(reader.lines(block))
                    lines = list(map(reader.cleaned, before))
                    lines = list(map(rewritten, lines)) if rewritten is not None else lines
                    if lines == before:
                        lines = None
                if copied and not gone and lines is None and self._blocks.takes_frame(raw_length):
                    self._blocks.add_frame(frame, raw_length, end - first)
                    continue
                dead = set(gone)
                for number, line in enumerate(reader.lines(block) if lines is None else lines, first):
                    if number not in dead:
                        self._blocks.add(line)

    def finish(self) -> None:
        """Write what is left and the index; SegmentWriter.finish() makes it durable."""
        blocks = self._blocks
        blocks.finish()
        self._sink.begin(DOCUMENTS_INDEX)
        self._sink.write(HEADER.pack(len(self), len(blocks.raw_lengths)))
        self._sink.write(struct.pack(f"<{len(blocks.offsets)}Q", *blocks.offsets))
        self._sink.write(struct.pack(f"<{len(blocks.first_docs)}I", *blocks.first_docs))
        self._sink.write(struct.pack(f"<{len(blocks.raw_lengths)}I", *blocks.raw_lengths))
        if any(run.dictionary for _, run in blocks.runs):
            self._write_dictionaries(blocks.runs)

    def _write_dictionaries(self, runs: Sequence[tuple[int, Run]]) -> None:
        import zstandard

        frames: list[bytes] = []  # b"": none, or that of the run before
        before = b""
        for _, run in runs:
            is_new = run.dictionary and run.dictionary != before
            frames.append(zstandard.compress(run.dictionary) if is_new else b"")
            before = run.dictionary
        self._sink.begin(DICTIONARIES)
        self._sink.write(struct.pack("<I", len(runs)))
        for (first, run), frame in zip(runs, frames, strict=True):
            self._sink.write(RUN.pack(first, run.size, len(run.dictionary), len(frame)))
        self._sink.write(b"".join(frames))


class LineDecoder:
    """Makes documents of the lines that they are stored in. kinds, without: as DocumentsReader's."""

    def __init__(self, kinds: Mapping[str, str], without: Sequence[str] = ()) -> None:
        self._kinds, self._without = _kinds_of(kinds), tuple(without)

    def decoded(self, line: bytes) -> dict[str, Any]:
        """The document, as it was given; ValueError or RecursionError for what is none."""
        values = loads(line.decode("utf-8", "surrogatepass"))
        if not isinstance(values, dict):
            raise ValueError("not an object")
        for field in self._without:
            values.pop(field, None)
        for field, kind in self._kinds.items():
            if field in values:
                values[field] = _decoded(kind, values[field])
        return values


class DocumentsReader(StoredBlocks):
    """The documents of an open segment. Safe to use from several threads.

    without: fields whose values do not count.
    """

    def __init__(
        self, segment: SegmentFile, kinds: Mapping[str, str] | None = None, without: Sequence[str] = ()
    ) -> None:
        super().__init__(segment)
        self._decoder = LineDecoder(kinds or {}, without)
        self._without = tuple(without)
        # As they stand in a line. Text may hold the same bytes; then the line is parsed in vain.
        self._hidden = [dumps(name, ensure_ascii=False).encode() + b":" for name in without]

    @property
    def hides(self) -> bool:
        """Whether there are fields whose values do not count."""
        return bool(self._hidden)

    def cleaned(self, line: bytes) -> bytes:
        """A document as it is stored, without what does not count."""
        if not any(name in line for name in self._hidden):
            return line
        values = loads(line.decode("utf-8", "surrogatepass"))
        kept = {field: value for field, value in values.items() if field not in self._without}
        return encode_line(kept) if len(kept) < len(values) else line

    def __iter__(self) -> Iterator[dict[str, Any]]:
        for block in range(self.num_blocks):
            for line in self.lines(block):
                yield self.decoded(line)

    def get(self, doc: int) -> dict[str, Any]:
        """The doc-th document (from 0); IndexError if there are not so many."""
        return self.decoded(self.line(doc))

    def decoded(self, line: bytes) -> dict[str, Any]:
        """An encoded document, as it was given."""
        try:
            return self._decoder.decoded(line)
        except (ValueError, RecursionError) as error:
            raise self._corrupt(f"a document that is none ({error})", DOCUMENTS) from None
