"""Repair what can be: keep what is intact, set aside what is not, say what is lost.

All that was done stands in a report. What the core wrote into its parts is not understood here: whoever does
passes an inspection and a settlement along.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

from .check import Inspection, Report, check_files, check_segment, check_small
from .directory import Directory
from .manifest import Manifest, SegmentEntry, old_manifest
from .recovery import recover_manifest
from .surplus import CutFile, cut_surplus

Settlement: TypeAlias = Callable[[Directory, Manifest, Collection[str]], Manifest]
"""Deletes documents again that came back though a later one has their id, in the segments of these names."""


class LostSegment(NamedTuple):
    """A segment that repair() had to drop: how many live documents, and why."""

    file: str
    num_docs: int
    reason: str


class LostDeletes(NamedTuple):
    """A damaged list of deleted documents: how many of them are in the index again, and why."""

    file: str
    num_docs: int
    reason: str


@dataclass
class Repair:
    """What repair() did.

    num_docs: live documents that are left. generation: the number of the commit that is live now.
    recovered_from: "live", "copy" (the manifest's other half: nothing lost) or "old" (an earlier commit: what
        the later one added or deleted is lost).
    changed: whether a commit was made, for something was wrong.
    cut: files to whose end something had appended bytes, which are gone; all that was written is whole.
    lost_deletes: documents that are back, since the list that said they are deleted is damaged.
    """

    num_docs: int
    generation: int
    recovered_from: str = "live"
    changed: bool = False
    lost: list[LostSegment] = field(default_factory=list)
    lost_deletes: list[LostDeletes] = field(default_factory=list)
    lost_metadata: bool = False
    set_aside: list[str] = field(default_factory=list)
    cut: list[CutFile] = field(default_factory=list)


def repair(
    directory: Directory,
    inspect: Inspection | None = None,
    timeout: float = 0.0,
    settle: Settlement | None = None,
) -> Repair:
    """Make a commit of what is intact. Nothing is deleted: damaged files stay, under a name ending in
    ".damaged".

    A file that is longer than it was written is cut to its length, if all of that is intact. A segment is
    dropped whole if a byte of it is damaged. If its list of deleted documents is, the newest
    whole one takes its place, or none, and how many documents come back is said. `settle` deletes those of
    them again that a later document of the same id replaces. Takes the writer's lock.

    Raises LockError; CorruptIndexError if no manifest is left to start from; IndexNotFoundError if there is
    no index.
    """
    recover_manifest(directory)  # before a lock file is made in a folder that is none of ours
    with directory.lock(timeout):
        manifest, source = recover_manifest(directory)
        cut = cut_surplus(directory, manifest)
        report = Report()
        check_files(directory, manifest, inspect, report)
        result = Repair(manifest.num_docs, manifest.generation, source, cut=cut)
        if source != "live" or report.problems:
            live = _commit_intact(directory, manifest, report, result, inspect, settle)
            result.num_docs, result.generation, result.changed = live.num_docs, live.generation, True
        return result


def _with_earlier_deletes(
    directory: Directory, segment: SegmentEntry, inspect: Inspection | None, manifest: Manifest
) -> SegmentEntry:
    """A whole segment whose list of deleted documents is damaged, with the newest such list that is whole."""
    old = old_manifest(directory)
    if old and list(old.schema) != list(manifest.schema):
        old = None  # such a list counts fields as its schema had them
    for entry in old.segments if old else ():
        if entry.file == segment.file and entry.deletes not in (None, segment.deletes):
            assert entry.deletes is not None
            if not check_small(directory, entry.deletes) and not check_segment(
                directory, entry, manifest, inspect
            ):
                return entry
    return segment._replace(deletes=None, num_deleted=0)


def _commit_intact(
    directory: Directory,
    manifest: Manifest,
    report: Report,
    result: Repair,
    inspect: Inspection | None,
    settle: Settlement | None,
) -> Manifest:
    """The manifest that is live then; `result` is told what was lost and set aside."""
    why = {problem.file: problem.message for problem in reversed(report.problems)}
    kept: list[SegmentEntry] = []
    damaged: list[str] = []
    revived: dict[str, SegmentEntry] = {}  # by their files, as the manifest had them
    for segment in manifest.segments:
        if segment.file.name in why:
            num_docs = segment.num_docs - segment.num_deleted
            result.lost.append(LostSegment(segment.file.name, num_docs, why[segment.file.name]))
            damaged += [segment.file.name, *([segment.deletes.name] if segment.deletes else [])]
        elif segment.deletes is not None and segment.deletes.name in why:
            damaged.append(segment.deletes.name)
            kept.append(_with_earlier_deletes(directory, segment, inspect, manifest))
            revived[segment.file.name] = segment
        else:
            kept.append(segment)
    metadata = manifest.metadata
    if metadata is not None and metadata.name in why:
        damaged.append(metadata.name)
        metadata, result.lost_metadata = None, True
    if result.recovered_from == "old":  # what only the lost commit listed is not thrown away
        damaged += report.unlisted
    repaired = manifest.replace(
        generation=manifest.generation + 2,  # after the lost commit's, if there was one
        next_file=directory.first_free_number(manifest.next_file),
        segments=tuple(kept),
        metadata=metadata,
        change=None,
    )
    if revived and settle is not None:
        repaired = settle(directory, repaired, revived)
    num_deleted = {segment.file.name: segment.num_deleted for segment in repaired.segments}
    for name, segment in revived.items():
        assert segment.deletes is not None
        # A segment that is not there any more has all its documents deleted.
        num_revived = segment.num_deleted - num_deleted.get(name, segment.num_docs)
        result.lost_deletes.append(
            LostDeletes(segment.deletes.name, max(num_revived, 0), why[segment.deletes.name])
        )
    # The manifest before it, which may be the only whole one, stays in its place until this one is durable.
    directory.replace_manifest(repaired.to_bytes(), keep_old=False)
    result.set_aside = [name for name in damaged if directory.set_aside(name)]
    return repaired
