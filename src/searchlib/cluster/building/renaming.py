"""Documents whose id another one has: which id each gets, as one index would give it, and into which shard it
moves.

In one index documents come one after the other, and each takes the first of its names that is free. So it is
here, for those alone that want an id which an earlier document wants, and for those that lose theirs to one
of these. They are few, as a rule; all of it is done in one process.
"""

from __future__ import annotations

import heapq
import json
from bisect import bisect_right
from collections.abc import Callable, Sequence
from pathlib import Path

from ...errors import DocumentError
from ...indexing.documents import checked_id
from ...records import Record
from ...schema import ID
from ...sources.files import SourceFile
from ...sources.ownership import Key, Owners
from ...sources.problems import Problem
from ..ordinals import shard_of
from .claims import Claims
from .parts import first_ordinal, part_of
from .places import Job, made_whole, write_durable
from .reading import Origin, PartRead
from .spools import Spooled, SpoolWriter, spooled

_REPORT = "report.json"


class Renamed(Record):
    """What became of them. folder: has a spool of those that each shard gets, b"" if there are none.

    gone: of each shard, the ordinals of documents that it does not have under the ids that they wanted.
    """

    folder: str
    gone: tuple[tuple[int, ...], ...]
    num_renamed: int
    problems: tuple[Problem, ...]
    notices: tuple[Problem, ...]


def rename(
    job: Job, parts: Sequence[PartRead], later: Sequence[Sequence[int]], dates: Sequence[str]
) -> Renamed:
    """Settle it, unless that was done. later: of each shard, documents that are not the first of their id."""
    if not any(later):
        return Renamed("", tuple(() for _ in later), 0, (), ())
    folder = job.building / "renamed"
    if not folder.is_dir():
        with made_whole(folder) as temporary:
            report = _Renaming(job, parts, dates).run(later, temporary)
            write_durable(temporary / _REPORT, json.dumps(report).encode())
    data = json.loads((folder / _REPORT).read_bytes())
    return Renamed(
        str(folder),
        tuple(map(tuple, data["gone"])),
        data["num_renamed"],
        tuple(Problem(*each) for each in data["problems"]),
        tuple(Problem(*each) for each in data["notices"]),
    )


class _Renaming:
    def __init__(self, job: Job, parts: Sequence[PartRead], dates: Sequence[str]) -> None:
        self._num_shards, self._parts, self._dates = job.num_shards, parts, dates
        self._folders = [part.folder for part in parts]
        self._claims: dict[int, Claims] = {}
        self._places = [[origin.place for origin in part.origins] for part in parts]
        self._given: dict[str, int] = {}
        """The ids that were given here, and to which documents."""
        self._now = 0  # the ordinal of the document whose turn it is
        self._owners = _Holders(self._holder)

    def run(self, later: Sequence[Sequence[int]], folder: Path) -> dict[str, object]:
        """Write the documents under their new ids; what is to be remembered."""
        queue = [ordinal for ordinals in later for ordinal in ordinals]
        heapq.heapify(queue)
        wanted = self._documents(queue)
        moved: list[list[Spooled]] = [[] for _ in later]
        gone: list[list[int]] = [[] for _ in later]
        problems: list[Problem] = []
        examples: dict[Key, list[str]] = {}
        while queue:
            self._now = ordinal = heapq.heappop(queue)
            document = wanted.pop(ordinal, None) or self._documents([ordinal])[ordinal]
            before: str = document.document[ID]
            origin = self._origin(ordinal)
            file = SourceFile(origin.name, "", origin.root, "", within=_within(origin))
            found = self._owners.free_id(file, before, before if document.own_id else None)
            gone[shard_of(before, self._num_shards)].append(ordinal)
            try:
                checked_id(found)
            except DocumentError as error:
                problems.append(Problem(_shown(origin), str(error)))
                continue
            displaced = self._first(found)
            if displaced is not None and found not in self._given:
                heapq.heappush(queue, displaced)  # it comes later, and finds its id taken
            self._given[found] = ordinal
            document.document[ID] = found
            moved[shard_of(found, self._num_shards)].append(document)
            examples.setdefault(origin.key, []).append(found)
        spools = SpoolWriter(folder, self._num_shards)
        for shard, documents in enumerate(moved):
            for document in documents:
                spools.add(shard, document, self._dates)
        spools.finish()
        return {
            "gone": [sorted(ordinals) for ordinals in gone],
            "num_renamed": sum(map(len, moved)),
            "problems": problems,
            "notices": [_notice(key, ids) for key, ids in examples.items()],
        }

    def _holder(self, document_id: str) -> Key | None:
        """The file of the document that has this id at that time; None if it is free."""
        if document_id in self._given:
            return self._origin(self._given[document_id]).key
        first = self._first(document_id)
        return None if first is None or first >= self._now else self._origin(first).key

    def _first(self, document_id: str) -> int | None:
        shard = shard_of(document_id, self._num_shards)
        if shard not in self._claims:
            self._claims[shard] = Claims(self._folders, shard)
        return self._claims[shard].first(document_id)

    def _origin(self, ordinal: int) -> Origin:
        part = part_of(ordinal)
        place = ordinal - first_ordinal(part)
        return self._parts[part].origins[bisect_right(self._places[part], place) - 1]

    def _documents(self, ordinals: Sequence[int]) -> dict[int, Spooled]:
        """Those documents, from their spools."""
        wanted = set(ordinals)
        found = {}
        for part in sorted({part_of(ordinal) for ordinal in wanted}):
            for shard in range(self._num_shards):
                for document in spooled(Path(self._folders[part]), shard, self._dates):
                    if document.ordinal in wanted:
                        found[document.ordinal] = document
        return found


class _Holders(Owners):
    """Owners that ask who has an id."""

    def __init__(self, holder: Callable[[str], Key | None]) -> None:
        super().__init__()
        self._owners = _Asking(holder)


class _Asking(dict[str, Key]):
    def __init__(self, holder: Callable[[str], Key | None]) -> None:
        super().__init__()
        self._holder = holder

    def __contains__(self, document_id: object) -> bool:
        return self._holder(str(document_id)) is not None

    def __getitem__(self, document_id: str) -> Key:
        key = self._holder(document_id)
        if key is None:
            raise KeyError(document_id)
        return key


def _within(origin: Origin) -> SourceFile | None:
    """The archive of a member: whose key the member has."""
    if origin.key == (origin.root, origin.name):
        return None
    return SourceFile(origin.key[1], "", origin.key[0], "")


def _shown(origin: Origin) -> str:
    return f"{origin.root}/{origin.name}"


def _notice(key: Key, ids: Sequence[str]) -> Problem:
    what = "1 document has an id" if len(ids) == 1 else f"{len(ids):,} documents have ids"
    got = "it got another" if len(ids) == 1 else "they got others"
    return Problem("/".join(key), f"{what} of other documents; {got}, such as {ids[0]!r}")
