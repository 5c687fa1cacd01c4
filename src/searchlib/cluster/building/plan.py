"""The plan of a build: its parts, and what they were cut from, so that a build that was interrupted goes on.

What was planned for other sources, fields or options is of no use, and goes.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from ... import __version__
from ...analyzers import field_analyzers, fingerprints
from ...sources.files import SourceFile
from ...sources.known import Known
from ...sources.stretches import Surveyed, survey
from ...storage.commit import replace_small
from ...storage.files import FORMAT_VERSION
from ...storage.filesystem import FileSystem
from ..shard_folders import SHARDS
from .parts import MAX_PARTS, Cut, Part, stretched
from .places import Job, remove_unfinished

_PLAN = "plan.json"
Group = "list[SourceFile] | list[Cut]"
Survey = Callable[[Sequence[Cut]], "list[Surveyed]"]


def planned(job: Job, known: Known, groups: Sequence[Any], surveyed: Survey) -> tuple[list[Part], bool]:
    """The parts, and whether an earlier build had begun with them.

    groups: as parts.cut gives them. surveyed: reads stretches, for the numbers of their lines.
    """
    told = _identity(job, known, groups)
    kept = _kept(job)
    if kept.get("identity") == told:
        remove_unfinished(job.building / "parts")
        remove_unfinished(job.building)
        return [Part.from_dict(each) for each in kept["parts"]], True
    for made in (job.building, Path(job.folder) / SHARDS):
        shutil.rmtree(made, ignore_errors=True)
    job.building.mkdir(parents=True)
    parts = _parts(groups, surveyed)
    if len(parts) > MAX_PARTS:
        raise ValueError(
            f"a build has at most {MAX_PARTS:,} parts, got {len(parts):,}; give a larger part_mb"
        )
    data = json.dumps({"identity": told, "parts": [part.to_dict() for part in parts]}).encode()
    replace_small(FileSystem(), job.building, _PLAN, data)
    return parts, False


def _parts(groups: Sequence[Any], surveyed: Survey) -> list[Part]:
    cuts: list[Cut] = [each for group in groups if _is_cut(group) for each in group]
    found = iter(surveyed(cuts) if cuts else [])
    parts: list[Part] = []
    for group in groups:
        if not _is_cut(group):
            parts.append(Part(tuple(group)))
            continue
        stretches = [next(found) for _ in group]
        if all(each.is_plain for each in stretches):
            parts += stretched(group, [each.num_lines for each in stretches])
        else:
            parts.append(Part((group[0][0],)))
    return parts


def survey_task(file: SourceFile, begin: int, end: int) -> Surveyed:
    """Survey a stretch: a task."""
    return survey(file, begin, end)


def _is_cut(group: Sequence[Any]) -> bool:
    return isinstance(group[0], tuple)


def _identity(job: Job, known: Known, groups: Sequence[Any]) -> str:
    """What the bytes of a collection follow from; the content of files is known by their times."""
    schema = known.schema
    told = {
        "version": [__version__, FORMAT_VERSION],
        "analyzers": dict(fingerprints(schema, field_analyzers(schema))),
        "known": known.to_dict(),
        "job": {name: value for name, value in job.as_dict().items() if name != "folder"},
        "groups": [[_plain(each) for each in group] for group in groups],
    }
    return hashlib.blake2b(json.dumps(told).encode(), digest_size=16).hexdigest()


def _plain(each: SourceFile | Cut) -> Any:
    return each.as_dict() if isinstance(each, SourceFile) else [each[0].as_dict(), *each[1:]]


def _kept(job: Job) -> dict[str, Any]:
    try:
        kept = json.loads((job.building / _PLAN).read_bytes())
    except (OSError, ValueError):
        return {}
    return kept if isinstance(kept, dict) else {}
