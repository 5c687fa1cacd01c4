"""The manifest: one commit point, a list of the files that are the index, with its own checksum and version.

A manifest is hostile until it is parsed: every name, number and type in it is checked here. What a schema
means is not known.

The file holds the same text twice, in pages of their own, so that damage to either copy is seen at every open
and `repair` loses nothing.
"""

from __future__ import annotations

from .. import _core
from ..errors import CorruptIndexError, IndexVersionError, NotAnIndexError
from ..lean import TYPE_CHECKING, MappingProxyType, NamedTuple, loads
from ..records import Record
from .files import FORMAT_VERSION, MANIFEST, MANIFEST_OLD, FileEntry, check_version, file_number, parse_entry

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any, TypeVar

    from .directory import Directory

    T = TypeVar("T")


# searchlib-manifest VERSION LENGTH CRC32C\n, then LENGTH bytes of JSON. This line never
# changes, whatever the version.
_WORD = b"searchlib-manifest "
_MAX_LINE_BYTES = len(_WORD) + len("123456789 123456789012 01234567\n")
PAGE_BYTES = 4096
"""What a medium loses at once: the copies do not share a page of this size."""
_MAX_DOCS = 2**31 - 1
_MAX_COUNTER = 2**60


class SegmentEntry(NamedTuple):
    """A segment as of one commit.

    first_ordinal: the ordinal of its first document, counted over all that were ever added.
    without: fields that were removed since the file was written: what it has of them does not count, be there
        a field of that name again or not.
    """

    file: FileEntry
    num_docs: int
    deletes: FileEntry | None = None
    num_deleted: int = 0
    first_ordinal: int = 0
    without: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Plain data, for JSON."""
        data = self._asdict()
        if not self.without:
            del data["without"]
        return data


class Rewritten(NamedTuple):
    """A segment that was written anew for a schema that is not live yet.

    source, deletes: the segment, as it was when it was read. entry: the new one; None: nothing of it lives.
    """

    source: FileEntry
    deletes: FileEntry | None
    entry: SegmentEntry | None

    def is_of(self, segment: SegmentEntry) -> bool:
        """Whether the segment is still what it was."""
        return self.source == segment.file and self.deletes == segment.deletes

    def to_dict(self) -> dict[str, Any]:
        """Plain data, for JSON."""
        entry = None if self.entry is None else self.entry.to_dict()
        return {"source": self.source, "deletes": self.deletes, "entry": entry}


class UnfinishedChange(Record):
    """A change of the schema that was begun: what it will be, and which segments are written for it.

    everything: whether all fields are written anew, be they other ones or not. drops: whether values that do
    not suit a new type go.
    """

    schema: Mapping[str, Any]
    analyzer: Mapping[str, str]
    everything: bool
    drops: bool = False
    done: tuple[Rewritten, ...] = ()

    def of(self, segments: tuple[SegmentEntry, ...]) -> UnfinishedChange:
        """What is of use still where these segments are live."""
        return self.replace(done=tuple(one for one in self.done if any(map(one.is_of, segments))))

    def to_dict(self) -> dict[str, Any]:
        """Plain data, for JSON."""
        return {
            "schema": self.schema,
            "analyzer": dict(self.analyzer),
            "everything": self.everything,
            "drops": self.drops,
            "done": [one.to_dict() for one in self.done],
        }


class Manifest(Record):
    """What one commit says. `replace` makes the next one.

    schema: plain JSON data.
    schema_is_inferred: it was guessed, and may change as long as no documents are there.
    analyzer: the fingerprint that analysed each field.
    generation: 1 for the first commit, one more for each that follows.
    next_file, next_ordinal: the first file number and document ordinal that were never used.
    metadata: a file of JSON that the index keeps for its users, or None.
    change: one of the schema that was begun and not finished; readers do not see it.
    """

    schema: Mapping[str, Any]
    schema_is_inferred: bool = False
    analyzer: Mapping[str, str] = MappingProxyType({})
    generation: int = 0
    next_file: int = 1
    next_ordinal: int = 0
    segments: tuple[SegmentEntry, ...] = ()
    metadata: FileEntry | None = None
    change: UnfinishedChange | None = None

    def files(self) -> list[FileEntry]:
        """All files that this commit needs."""
        listed = [segment.file for segment in self.segments]
        listed += [segment.deletes for segment in self.segments if segment.deletes is not None]
        if self.change is not None:
            listed += [one.entry.file for one in self.change.done if one.entry is not None]
        return listed if self.metadata is None else [*listed, self.metadata]

    @property
    def num_docs(self) -> int:
        """Live documents."""
        return sum(segment.num_docs - segment.num_deleted for segment in self.segments)

    @property
    def schema_is_open(self) -> bool:
        """Whether there are no documents and the schema was guessed, so that it may become another."""
        return self.num_docs == 0 and self.schema_is_inferred

    def to_bytes(self) -> bytes:
        """The manifest file's content; the same values give the same bytes."""
        data = {
            "generation": self.generation,
            "next_file": self.next_file,
            "next_ordinal": self.next_ordinal,
            "schema": self.schema,
            "schema_is_inferred": self.schema_is_inferred,
            "analyzer": dict(self.analyzer),
            "metadata": self.metadata,
            "segments": [segment.to_dict() for segment in self.segments],
        }
        if self.change is not None:
            data["change"] = self.change.to_dict()
        import json  # only what is committed is written

        payload = json.dumps(data, ensure_ascii=True, allow_nan=False, indent=1).encode() + b"\n"
        checked = b"%d %d\n" % (FORMAT_VERSION, len(payload)) + payload
        copy = b"%s%d %d %08x\n%s" % (_WORD, FORMAT_VERSION, len(payload), _core.crc32c(checked), payload)
        manifest = _joined(copy)
        Manifest.from_bytes(manifest)  # what could not be read back is never committed
        return manifest

    @classmethod
    def from_bytes(cls, data: bytes, file: str = MANIFEST) -> Manifest:
        """The inverse of to_bytes.

        Raises CorruptIndexError unless both copies and what is between them are whole, IndexTooOldError or
        IndexTooNewError for other formats, NotAnIndexError if this is some other program's file.
        """
        copies = split_copies(data)
        if not copies and _WORD not in data:
            raise NotAnIndexError(f"the file {file!r} is not searchlib's")
        if copies:
            check_version(_version_of(copies[0]), file)
        if not copies or data != _joined(copies[0]):
            raise CorruptIndexError(
                f"{file} is not what was written (checksum); `searchlib check --repair` may mend it",
                file=file,
            )
        return parse_copy(copies[0], file)


def read_manifest(directory: Directory) -> Manifest:
    """The live manifest; IndexNotFoundError if there is no index, and the errors of Manifest.from_bytes.

    CorruptIndexError, too, if `manifest.old` is of a later commit: then the live one is stale.
    """
    # The old one first: what it holds was live before. So whatever is committed between the two reads, the
    # live one is not older.
    old_generation = _generation_of_old(directory)
    try:
        manifest = Manifest.from_bytes(directory.read_manifest())
    except NotAnIndexError:
        if not directory.names():
            raise
        # The other files are ours: then this one was, too.
        message = "the manifest is no manifest; `searchlib check --repair` may restore an earlier one"
        raise CorruptIndexError(message, file=MANIFEST) from None
    if old_generation > manifest.generation:
        raise CorruptIndexError(
            f"{MANIFEST} is stale: it is of commit {manifest.generation}, and {MANIFEST_OLD}, which should "
            f"be of an earlier one, is of commit {old_generation}. Put all files of the index back from one "
            f"backup, or let `searchlib check --repair` take the newest commit that is whole",
            file=MANIFEST,
        )
    return manifest


def _generation_of_old(directory: Directory) -> int:
    """The generation of `manifest.old`; −1 if no copy is whole. Every open asks: nothing else is parsed."""
    try:
        old = directory.read_old_manifest() or b""
    except CorruptIndexError:
        return -1
    for copy in split_copies(old):
        # The first key that to_bytes writes; the checksum says that it is what was written.
        _, found, rest = copy[: _MAX_LINE_BYTES + 100].partition(b'\n{\n "generation": ')
        number = rest.partition(b",")[0]
        if found and number.isdigit():
            return int(number)
    return -1


def old_manifest(directory: Directory) -> Manifest | None:
    """The manifest before the live one, where a whole copy of it is left."""
    try:
        for copy in split_copies(directory.read_old_manifest() or b""):
            return parse_copy(copy, MANIFEST_OLD)
    except (CorruptIndexError, IndexVersionError):
        return None
    return None


def read_snapshot(directory: Directory, load: Callable[[Manifest], T]) -> tuple[Manifest, T]:
    """The live manifest and load(manifest), which opens its files.

    A commit between the two may remove a file that `load` was about to open. If so the manifest is another by
    then, and both are done again; a file that is missing from the live index stays an error.
    """
    manifest = read_manifest(directory)
    while True:
        try:
            return manifest, load(manifest)
        except CorruptIndexError:
            newer = read_manifest(directory)
            if newer.generation == manifest.generation:
                raise
            manifest = newer


def split_copies(data: bytes) -> list[bytes]:
    """The whole copies of a manifest in the bytes of a manifest file; damaged ones are left out."""
    copies = []
    position = data.find(_WORD)
    while position >= 0:
        copy = _copy_at(data, position)
        if copy is not None:
            copies.append(copy)
        # Never inside a copy: JSON has no raw line break in a string.
        position = data.find(_WORD, position + 1)
    return copies


def _copy_at(data: bytes, begin: int) -> bytes | None:
    line_end = data.find(b"\n", begin, begin + _MAX_LINE_BYTES)
    version, _, rest = data[begin + len(_WORD) : max(line_end, 0)].partition(b" ")
    length, _, checksum = rest.partition(b" ")
    if not (version.isdigit() and len(version) <= 9 and length.isdigit() and len(length) <= 12):
        return None
    end = line_end + 1 + int(length)
    checked = b"%s %s\n" % (version, length) + data[line_end + 1 : end]
    return data[begin:end] if end <= len(data) and b"%08x" % _core.crc32c(checked) == checksum else None


def _joined(copy: bytes) -> bytes:
    """The manifest file of that copy: twice, the second from a page's start on."""
    return copy + b"\n" * (-len(copy) % PAGE_BYTES) + copy


def _version_of(copy: bytes) -> int:
    return int(copy.split(b" ", 2)[1])


def parse_copy(copy: bytes, file: str) -> Manifest:
    """The manifest in one whole copy."""
    payload = copy.partition(b"\n")[2]
    check_version(_version_of(copy), file)
    try:
        return _Parser(file).manifest(loads(payload))
    except (ValueError, RecursionError) as error:
        raise CorruptIndexError(f"{file} is not a manifest: {error}", file=file) from None


class _Parser:
    """Plain data to a Manifest. ValueError for what cannot be."""

    def __init__(self, file: str) -> None:
        self.file = file

    def manifest(self, data: Any) -> Manifest:
        data = self.object(data, "the manifest")
        segments = data.get("segments")
        if not isinstance(segments, list):
            raise ValueError("segments should be a list")
        manifest = Manifest(
            schema=self.object(data.get("schema"), "schema"),
            schema_is_inferred=self.flag(data, "schema_is_inferred"),
            analyzer=self.object(data.get("analyzer"), "analyzer"),
            generation=self.count(data, "generation", _MAX_COUNTER),
            next_file=self.count(data, "next_file", _MAX_COUNTER),
            next_ordinal=self.count(data, "next_ordinal", _MAX_COUNTER),
            segments=tuple(self.segment(segment) for segment in segments),
            metadata=self.optional_entry(data.get("metadata"), "metadata"),
            change=None if data.get("change") is None else self.change(data["change"]),
        )
        self.check_files(manifest)
        return manifest

    def check_files(self, manifest: Manifest) -> None:
        names = [entry.name for entry in manifest.files()]
        if len(set(names)) != len(names):
            raise ValueError("a file is listed twice")
        for name in names:
            if (file_number(name) or 0) >= manifest.next_file:
                raise ValueError(f"{name} has a number that was not given out yet")

    def segment(self, data: Any) -> SegmentEntry:
        data = self.object(data, "a segment")
        num_docs = self.count(data, "num_docs", _MAX_DOCS)
        return SegmentEntry(
            file=parse_entry(data.get("file"), "segment", self.file),
            num_docs=num_docs,
            deletes=self.optional_entry(data.get("deletes"), "deletes"),
            num_deleted=self.count(data, "num_deleted", num_docs),
            first_ordinal=self.count(data, "first_ordinal", _MAX_COUNTER),
            without=self.names(data.get("without", []), "without"),
        )

    def names(self, data: Any, what: str) -> tuple[str, ...]:
        if not isinstance(data, list) or not all(isinstance(name, str) for name in data):
            raise ValueError(f"{what} should be a list of fields, it is {data!r:.100}")
        return tuple(data)

    def change(self, data: Any) -> UnfinishedChange:
        data = self.object(data, "change")
        done = data.get("done")
        if not isinstance(done, list):
            raise ValueError("done should be a list")
        return UnfinishedChange(
            schema=self.object(data.get("schema"), "schema"),
            analyzer=self.object(data.get("analyzer"), "analyzer"),
            everything=self.flag(data, "everything"),
            drops=self.flag(data, "drops"),
            done=tuple(self.rewritten(self.object(one, "a segment")) for one in done),
        )

    def rewritten(self, data: dict[str, Any]) -> Rewritten:
        entry = data.get("entry")
        return Rewritten(
            source=parse_entry(data.get("source"), "segment", self.file),
            deletes=self.optional_entry(data.get("deletes"), "deletes"),
            entry=None if entry is None else self.segment(entry),
        )

    def optional_entry(self, data: Any, kind: str) -> FileEntry | None:
        return None if data is None else parse_entry(data, kind, self.file)

    def object(self, data: Any, what: str) -> dict[str, Any]:
        if not isinstance(data, dict):
            raise ValueError(f"{what} should be an object, it is {data!r:.100}")
        return data

    def flag(self, data: dict[str, Any], key: str) -> bool:
        value = data.get(key)
        if not isinstance(value, bool):
            raise ValueError(f"{key} should be true or false, it is {value!r:.100}")
        return value

    def count(self, data: dict[str, Any], key: str, limit: int) -> int:
        value = data.get(key)
        if type(value) is not int or not 0 <= value <= limit:
            raise ValueError(f"{key} should be an integer from 0 to {limit}, it is {value!r:.100}")
        return value
