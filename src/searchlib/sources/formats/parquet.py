"""Parquet, Feather and Arrow files, by pyarrow where that is installed: a row is a document.

They are read batch by batch. Nested columns are as nested JSON is; binary ones are named and not read. What a
batch claims is checked before its values are asked for, for pyarrow itself trusts it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from typing import TYPE_CHECKING, Any

from ...errors import SourceError, brief
from ...schema import ID
from .arrow_values import is_binary, values_of
from .contract import Content, Row

if TYPE_CHECKING:
    import pyarrow

_BATCH_ROWS = 1_000
_MAX_PIPED_BYTES = 1 << 30
_MAX_STRING_BYTES = 100 << 20
_MAX_PARTS = 10_000_000
"""Of what a file says of itself: bytes of one string, and members of one list."""

_STRINGS = frozenset({"STRING", "ENUM", "JSON", "DECIMAL", "UUID"})
_MAX_NAMED = 8


def read(content: Content) -> Iterator[Row]:
    """The rows of a .parquet file."""
    return _read(content, _parquet)


def read_arrow(content: Content) -> Iterator[Row]:
    """The rows of a .feather or .arrow file."""
    return _read(content, _arrow)


def _read(
    content: Content, batches_of: Callable[[Any, Content], Iterator[pyarrow.RecordBatch]]
) -> Iterator[Row]:
    try:
        import pyarrow
    except ImportError:
        raise SourceError(
            "is read by pyarrow, which is not installed: pip install 'searchlib[tables]'"
        ) from None
    number = 0
    try:
        path = content.path()
        source = pyarrow.OSFile(path) if path else pyarrow.BufferReader(content.data(_MAX_PIPED_BYTES))
        with closing(source):
            for batch in batches_of(source, content):
                for start in range(0, batch.num_rows, _BATCH_ROWS):
                    for fields in _rows(batch.slice(start, _BATCH_ROWS)):
                        number += 1
                        yield Row(number, fields)
    except (pyarrow.ArrowException, OSError, ValueError, TypeError, OverflowError, KeyError) as error:
        reason = f"is damaged: {brief(str(error))}; write it anew"
        if not number:
            raise SourceError(reason) from None
        yield Row(0, None, f"{reason} (the first {number:,} rows are read)")


def _parquet(source: Any, content: Content) -> Iterator[pyarrow.RecordBatch]:
    from pyarrow.parquet import ParquetFile

    file = ParquetFile(
        source,
        coerce_int96_timestamp_unit="us",
        thrift_string_size_limit=_MAX_STRING_BYTES,
        thrift_container_size_limit=_MAX_PARTS,
    )
    leaves = [file.schema.column(at) for at in range(len(file.schema))]
    binary = [
        leaf.path
        for leaf in leaves
        if leaf.physical_type in ("BYTE_ARRAY", "FIXED_LEN_BYTE_ARRAY")
        and leaf.logical_type.type not in _STRINGS
    ]
    _say_binary(binary, content)
    columns = [leaf.path for leaf in leaves if leaf.path not in set(binary)] if binary else None
    yield from file.iter_batches(_BATCH_ROWS, columns=columns, use_threads=False)


def _arrow(source: Any, content: Content) -> Iterator[pyarrow.RecordBatch]:
    import pyarrow

    file = pyarrow.ipc.open_file(source)
    binary = [field.name for field in file.schema if is_binary(field.type)]
    _say_binary(binary, content)
    for at in range(file.num_record_batches):
        batch = file.get_batch(at)
        kept = [place for place, field in enumerate(file.schema) if not is_binary(field.type)]
        yield batch.select(kept) if binary else batch


def _say_binary(names: list[str], content: Content) -> None:
    if names:
        more = f" and {len(names) - _MAX_NAMED:,} more" if len(names) > _MAX_NAMED else ""
        content.say(f"binary, and not read: {', '.join(names[:_MAX_NAMED])}{more}")


def _rows(batch: pyarrow.RecordBatch) -> Iterator[dict[str, Any]]:
    """The rows of a few; of two columns of one name the second has a number."""
    batch.validate(full=True)
    names: list[str] = []
    for name in batch.schema.names:
        number = 1
        found = name
        while found in names:
            number += 1
            found = f"{name}_{number}"
        names.append(found)
    columns = [values_of(column) for column in batch.columns]
    for name, column in zip(names, columns, strict=True):
        if name.lower() == ID:  # a whole number beside missing ones is written as 7.0
            column[:] = [int(one) if isinstance(one, float) and one.is_integer() else one for one in column]
    for values in zip(*columns, strict=True):
        yield {name: value for name, value in zip(names, values, strict=True) if value is not None}
