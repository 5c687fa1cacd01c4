"""Verify an index byte by byte.

All that is wrong stands in one report. What the core wrote into its parts is not understood here: whoever
does passes an inspection along.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeAlias

from ..errors import CorruptIndexError, IndexVersionError, NotAnIndexError
from ..schema import FIELD_TYPES, Field
from .blocks import DOCUMENTS_INDEX
from .columns import ColumnReader
from .directory import Directory
from .documents import DocumentsReader
from .files import MANIFEST, FileEntry
from .manifest import Manifest, SegmentEntry, old_manifest, read_manifest
from .parts import column_part
from .recovery import recover_manifest
from .segment import CHUNK, SegmentFile


class Damage(NamedTuple):
    """What is wrong, where. `part` is "" for a whole file."""

    file: str
    part: str
    message: str


Inspection: TypeAlias = Callable[[SegmentFile, SegmentEntry, Manifest], Iterable[Damage]]
"""Looks into a segment whose bytes are verified; may raise CorruptIndexError for a problem that ends it."""


@dataclass
class Report:
    """What check() found.

    num_files, num_bytes: what was read. num_docs: live documents, as the manifest has it.
    unlisted: files of ours that no commit needs: harmless, and removed by the next one.
    """

    problems: list[Damage] = field(default_factory=list)
    num_files: int = 0
    num_bytes: int = 0
    num_docs: int = 0
    unlisted: list[str] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong."""
        return not self.problems


def check(directory: Directory, inspect: Inspection | None = None) -> Report:
    """Read and verify every byte of every file that the index needs.

    Raises IndexNotFoundError if there is none, NotAnIndexError if all that is there is another program's.
    """
    report = Report()
    try:
        manifest = read_manifest(directory)
    except CorruptIndexError as error:
        report.problems.append(Damage(MANIFEST, "", str(error)))
        try:
            manifest = recover_manifest(directory)[0]
        except (CorruptIndexError, NotAnIndexError):
            return report
    check_files(directory, manifest, inspect, report)
    return report


def check_files(directory: Directory, manifest: Manifest, inspect: Inspection | None, report: Report) -> None:
    """Add to the report what is wrong with the files that a manifest lists, and which others there are."""
    report.num_docs = manifest.num_docs
    for segment in manifest.segments:
        report.problems += check_segment(directory, segment, manifest, inspect)
    if manifest.change is not None:  # what a change has written already
        changed = manifest.replace(schema=manifest.change.schema)
        for rewritten in manifest.change.done:
            if rewritten.entry is not None:
                report.problems += check_segment(directory, rewritten.entry, changed, inspect)
    small = [segment.deletes for segment in manifest.segments] + [manifest.metadata]
    for entry in small:
        if entry is not None:
            report.problems += check_small(directory, entry)
    listed = manifest.files()
    report.num_files = len(listed)
    report.num_bytes = sum(entry.length for entry in listed)
    old = old_manifest(directory)  # its files stay for a repair
    needed = {entry.name for entry in [*listed, *(old.files() if old else ())]}
    report.unlisted = sorted(set(directory.names()) - needed)


def check_small(directory: Directory, entry: FileEntry) -> list[Damage]:
    """What is wrong with a small file; its checksum is all that is looked at."""
    try:
        directory.read_file(entry)
    except (CorruptIndexError, IndexVersionError) as error:
        return [_problem(entry.name, error)]
    return []


def check_segment(
    directory: Directory, entry: SegmentEntry, manifest: Manifest, inspect: Inspection | None
) -> list[Damage]:
    """What is wrong with a segment: first its bytes, and where these are whole, what stands in them."""
    try:
        directory.read_through(
            entry.file
        )  # before it is mapped: there a medium that fails would end the process
        segment = SegmentFile.open(directory, entry.file)
    except (CorruptIndexError, IndexVersionError) as error:
        return [_problem(entry.file.name, error)]
    problems = list(damaged_parts(segment))
    if problems:
        return problems  # what stands on damaged bytes says nothing
    for look in (_inspect_documents, _inspect_columns, inspect):
        if look is not None:
            try:
                problems += look(segment, entry, manifest)
            except CorruptIndexError as error:
                problems.append(_problem(segment.name, error))
    return problems


def damaged_parts(segment: SegmentFile) -> Iterator[Damage]:
    """The parts of a segment of whose bytes some are not what was written."""
    damaged: dict[str, list[int]] = {}
    for start in range(0, len(segment.checked), CHUNK):
        end = min(start + CHUNK, len(segment.checked))
        try:
            segment.checked.view(start, end - start)
        except CorruptIndexError:
            for part in segment.parts_between(start, end):
                damaged.setdefault(part, []).append(start)
    for part, starts in damaged.items():
        yield Damage(
            segment.name,
            part,
            f"{len(starts)} chunks that hold it are not what was written, the first at byte {starts[0]}",
        )


def _inspect_documents(segment: SegmentFile, entry: SegmentEntry, manifest: Manifest) -> Iterator[Damage]:
    if DOCUMENTS_INDEX not in segment.parts:
        return
    reader = DocumentsReader(segment, _kinds(manifest, lambda cls: not cls.is_json), entry.without)
    if len(reader) != entry.num_docs:
        message = f"there are {len(reader)} documents where {entry.num_docs} should be"
        yield Damage(segment.name, DOCUMENTS_INDEX, message)
    for _ in reader:
        pass  # decoding is the test


def _inspect_columns(segment: SegmentFile, entry: SegmentEntry, manifest: Manifest) -> Iterator[Damage]:
    for name, kind in _kinds(manifest, lambda cls: bool(cls.code)).items():
        if column_part(name) not in segment.parts or name in entry.without:
            continue
        try:
            ColumnReader(segment, name, kind, entry.num_docs).check()
        except CorruptIndexError as error:
            yield _problem(segment.name, error)


def _kinds(manifest: Manifest, is_wanted: Callable[[type[Field]], bool]) -> dict[str, str]:
    """The fields of some types, with their kinds, as far as a manifest that may be damaged tells them."""

    def kind_of(options: Any) -> str:
        kind = options.get("kind") if isinstance(options, dict) else None
        return kind if isinstance(kind, str) and kind in FIELD_TYPES else ""

    kinds = {name: kind_of(options) for name, options in manifest.schema.items()}
    return {name: kind for name, kind in kinds.items() if kind and is_wanted(FIELD_TYPES[kind])}


def _problem(file: str, error: Exception) -> Damage:
    return Damage(getattr(error, "file", "") or file, getattr(error, "part", ""), str(error))
