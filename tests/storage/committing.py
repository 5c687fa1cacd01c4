"""A commit in one call, for the tests of what comes before and after one."""

from __future__ import annotations

from searchlib.storage.directory import Directory
from searchlib.storage.files import file_name
from searchlib.storage.manifest import Manifest, SegmentEntry, read_manifest
from searchlib.storage.segment_writer import SegmentWriter


def commit_segment(
    directory: Directory, parts: dict[str, bytes], num_docs: int = 1, deletes: bytes | None = None
) -> Manifest:
    """Write a segment of these parts, and perhaps a deletes file, and commit them beside what is there."""
    manifest = read_manifest(directory) if directory.exists() else Manifest(schema={})
    number = directory.first_free_number(manifest.next_file)
    with SegmentWriter(directory, file_name(number, "segment")) as writer:
        for part, data in parts.items():
            writer.begin(part)
            writer.write(data)
        entry = writer.finish()
    tombstones = None if deletes is None else directory.write_file(file_name(number + 1, "deletes"), deletes)
    manifest = manifest.replace(
        generation=manifest.generation + 1,
        next_file=number + 2,
        segments=(*manifest.segments, SegmentEntry(entry, num_docs, tombstones, 0 if deletes is None else 1)),
    )
    directory.replace_manifest(manifest.to_bytes())
    return manifest
