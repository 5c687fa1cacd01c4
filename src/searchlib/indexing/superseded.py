"""After a list of deleted documents was lost: which of those that came back has a later document replaced?

The documents of the named segments that have a later one of their id are deleted again, so that each id is
one document's. What was deleted without a successor cannot be told, and stays.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from ..analyzers import field_analyzers, fold_mismatch, mismatch
from ..schema import Schema
from ..storage.directory import Directory
from ..storage.files import file_name
from ..storage.manifest import Manifest
from ..storage.opened import OpenSegment
from .working import WorkingSegment


def without_superseded(directory: Directory, manifest: Manifest, revived: Collection[str]) -> Manifest:
    """The manifest with the replaced documents of the segments in `revived` deleted; writes files for it.

    Where other dictionaries or rules made the index than those installed here it comes back unchanged: what a
    document takes from the statistics cannot be computed, and no writer would open the index either.
    """
    schema = Schema.from_dict(manifest.schema)
    analyzers = field_analyzers(schema)
    recorded = dict(manifest.analyzer)
    if mismatch(recorded, analyzers) or fold_mismatch(recorded, schema):
        return manifest
    segments = [
        WorkingSegment(OpenSegment(directory, entry, schema), analyzers) for entry in manifest.segments
    ]
    next_file, entries = manifest.next_file, []
    for place, segment in enumerate(segments):
        if segment.opened.entry.file.name in revived:
            for doc in _superseded(segment, segments[place + 1 :]):
                segment.delete(doc)
        if segment.num_live > 0:
            entries.append(segment.commit(directory, file_name(next_file, "deletes")))
            next_file += 1
    return manifest.replace(segments=tuple(entries), next_file=next_file)


def _superseded(segment: WorkingSegment, later: Sequence[WorkingSegment]) -> list[int]:
    """Live documents whose id a later document has or had: an id is given again only once it is free."""
    core = segment.opened.core
    live = [doc for doc in range(segment.opened.entry.num_docs) if not segment.is_deleted(doc)]
    ids = [core.id_of(doc) for doc in live]
    newest = core.find_ids(ids)  # of several with one id, the latest
    found = {doc for doc, latest in zip(live, newest, strict=True) if latest != doc}
    for other in later:
        places = other.opened.core.find_ids(ids)
        found.update(doc for doc, place in zip(live, places, strict=True) if place is not None)
    return sorted(found)
