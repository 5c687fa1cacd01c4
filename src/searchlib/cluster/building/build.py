"""build: sources → a collection of shards, by tasks that may run anywhere and be done again.

The documents, their ids, the schema and their order are those of one index that `searchlib index` makes of
the same sources. This says what comes after what; where tasks run is a Runner's to say.
"""

from __future__ import annotations

import os
import shutil
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TypeAlias

from ...arguments import checked_number
from ...errors import SchemaError, SourceError
from ...indexing.effort import effort
from ...records import Record
from ...schema import Field, Schema
from ...sources.how import How
from ...sources.known import Known
from ...sources.problems import OnError, Problem
from ...sources.sources import Sources
from ...storage.files import LOCK
from ...storage.filesystem import FileSystem
from ...storage.lock import WriterLock
from ..creating import require_free
from ..manifest import MAX_SHARDS, CollectionManifest, replace_collection
from ..ordinals import check_user_schema
from ..shard_folders import SHARDS
from .claims import later_of
from .parts import cut, first_ordinal
from .places import BUILDING, Job, remove_unfinished
from .plan import planned, survey_task
from .processes import default_runner
from .progress import BuildProgress, Following
from .reading import PartRead, read_part
from .renaming import Renamed, rename
from .runners import Runner
from .shards import index_shard
from .waves import read_in_waves

Paths: TypeAlias = "str | os.PathLike[str] | Sequence[str | os.PathLike[str]]"


class Built(Record):
    """What a build made. Counts are of this collection, whoever did the tasks.

    num_refused: files and rows that could not be read. num_renamed: documents whose id was taken, so that
    they got another. grown: fields that came while sources were read. left_out: fields that the schema lacks,
    and how many documents had each. passed_over: why, or which type, and how many files. went_on: whether an
    earlier build had begun.
    """

    manifest: CollectionManifest
    num_documents: int
    num_bytes: int
    num_refused: int
    num_renamed: int
    grown: Mapping[str, Field]
    left_out: Mapping[str, int]
    passed_over: Mapping[str, int]
    went_on: bool
    seconds: float


def build(
    sources: Paths,
    target: str | os.PathLike[str],
    *,
    shards: int,
    schema: Schema | None = None,
    how: How | None = None,
    runner: Runner | None = None,
    memory_mb: float = 256,
    part_mb: float = 64,
    on_error: OnError = "raise",
    on_notice: Callable[[Problem], object] | None = None,
    progress: Callable[[BuildProgress], object] | None = None,
) -> Built:
    """Make a collection of files and folders, in a folder that is new, empty, or holds a build that was
    interrupted.

    sources, how: paths, and how they are read, as of Sources. A document has the id and the fields that
        `searchlib index` would give it.
    shards: how many, 1 to 4,096. They have about as many documents each.
    schema: what documents become; None infers one from the first files, and it takes in fields that appear.
    runner: where tasks run: OnRay(), Processes(4), Here(); None: processes beside this one, as many as there
        are processors. They all see the sources and the target under the same paths.
    memory_mb: of each shard's writer. part_mb: megabytes of sources that one task reads; a .jsonl file that
        is larger is read by several.
    on_error: "raise" ends it at the first thing that cannot be read, when all was looked at; "skip" goes on;
        or a callable. on_notice: is told what cost no document. progress: is told how far it is.

    A build that is interrupted goes on where it was, if sources and options are the same; else it begins
    anew. The same sources give the same bytes in every shard, whatever was killed or done twice on the way.

    Raises SourceError, SchemaError, IndexExistsError, NotAnIndexError, LockError, BuildError, OSError.
    """
    return _Build(target, shards, memory_mb, part_mb, on_error, on_notice, progress).run(
        sources, schema, how or How(), runner
    )


class _Build:
    def __init__(
        self,
        target: str | os.PathLike[str],
        shards: int,
        memory_mb: float,
        part_mb: float,
        on_error: OnError,
        on_notice: Callable[[Problem], object] | None,
        progress: Callable[[BuildProgress], object] | None,
    ) -> None:
        if type(shards) is not int or not 1 <= shards <= MAX_SHARDS:
            raise ValueError(f"shards is a number from 1 to {MAX_SHARDS:,}, got {shards!r}")
        checked_number("part_mb", part_mb)
        if not part_mb > 0:
            raise ValueError(f"part_mb is a number of megabytes above 0, got {part_mb!r}")
        effort(memory_mb, 1)
        self._folder = os.path.abspath(target)  # noqa: PTH100
        self._shards, self._memory_mb, self._part_bytes = shards, memory_mb, max(1, int(part_mb * 1e6))
        self._on_error, self._on_notice = on_error, on_notice or (lambda _: None)
        self._progress = progress or (lambda _: None)
        self._num_refused = 0
        self._first_problem: Problem | None = None

    def run(self, sources: Paths, schema: Schema | None, how: How, runner: Runner | None) -> Built:
        """See build."""
        started = time.perf_counter()
        paths = [sources] if isinstance(sources, (str, os.PathLike)) else list(sources)
        read = Sources(
            *paths,
            **how.options(),
            exclude=[*how.without, self._folder],
            schema=schema,
            grows=schema is None,
            on_error=self._refuse,
            on_notice=self._on_notice,
        )
        require_free(Path(self._folder), BUILDING)
        Path(self._folder).mkdir(parents=True, exist_ok=True)
        lock = WriterLock(str(Path(self._folder) / LOCK))
        try:
            with lock, runner or default_runner() as tasks:
                require_free(Path(self._folder), BUILDING)
                return self._built(read, schema is None, tasks, started)
        finally:
            read.end_workers()

    def _built(self, sources: Sources, grows: bool, runner: Runner, started: float) -> Built:
        self._progress(BuildProgress("looking"))
        known = sources.known
        check_user_schema(known.schema)
        job = Job(
            self._folder, self._shards, self._memory_mb, sources.how.replace(without=()).as_kept(), grows
        )
        groups = list(cut(sources, self._part_bytes))
        if not groups and not self._num_refused:
            raise SourceError(f"nothing to index in {', '.join(sources.paths)}")
        follow = Following(job, runner, self._progress)
        parts, went_on = planned(job, known, groups, lambda cuts: follow.values(survey_task, cuts))
        results, at_end = read_in_waves(
            len(parts),
            known,
            lambda numbers, begin: follow.reading(
                read_part, [(job, number, parts[number], begin) for number in numbers], parts
            ),
        )
        self._report(results)
        renamed = self._renamed(job, follow, results, at_end)
        manifest = self._indexed(job, follow, results, renamed, at_end)
        shutil.rmtree(job.building, ignore_errors=True)
        left_out: Counter[str] = Counter()
        passed_over: Counter[str] = Counter(sources.walk.passed_over)
        for part in results:
            left_out.update(part.left_out)
            passed_over.update(part.passed_over)
        grown = {name: field for name, field in at_end.schema.items() if name not in known.schema}
        return Built(
            manifest=manifest,
            num_documents=manifest.num_docs,
            num_bytes=sum(part.num_bytes for part in results),
            num_refused=self._num_refused,
            num_renamed=renamed.num_renamed,
            grown=grown,
            left_out=dict(left_out),
            passed_over=dict(passed_over),
            went_on=went_on,
            seconds=time.perf_counter() - started,
        )

    def _renamed(self, job: Job, follow: Following, parts: Sequence[PartRead], known: Known) -> Renamed:
        folders = [part.folder for part in parts]
        later = follow.values(later_of, [(folders, shard) for shard in range(self._shards)])
        renamed = rename(job, parts, later, tuple(known.schema.encoded_kinds))
        self._say(renamed.problems, renamed.notices)
        return renamed

    def _indexed(
        self, job: Job, follow: Following, parts: Sequence[PartRead], renamed: Renamed, known: Known
    ) -> CollectionManifest:
        try:
            check_user_schema(known.schema)
        except SchemaError as error:
            raise SchemaError(
                f"{error}; give a schema, which does not take in the fields that appear"
            ) from None
        folders = [part.folder for part in parts]
        schema = known.schema.to_dict()
        made = Path(self._folder) / SHARDS
        remove_unfinished(made)
        tasks = [
            (job, shard, schema, folders, renamed.folder, renamed.gone[shard], 1)
            for shard in range(self._shards)
        ]
        entries = follow.indexing(index_shard, tasks, parts)
        remove_unfinished(made)
        manifest = CollectionManifest(
            version=1,
            schema=schema,
            shards=tuple(entries),
            next_ordinal=first_ordinal(len(parts)),
            schema_is_inferred=job.grows,
        )
        FileSystem().sync_directory(str(Path(self._folder).parent))
        replace_collection(self._folder, manifest)
        return manifest

    # ---- what is said

    def _refuse(self, problem: Problem) -> None:
        self._num_refused += 1
        self._first_problem = self._first_problem or problem
        if callable(self._on_error):
            self._on_error(problem)

    def _say(self, problems: Sequence[Problem], notices: Sequence[Problem]) -> None:
        for problem in problems:
            self._refuse(problem)
        for notice in notices:
            self._on_notice(notice)
        if self._first_problem is not None and self._on_error == "raise":
            more = f" (and {self._num_refused - 1:,} more)" if self._num_refused > 1 else ""
            raise SourceError(f"{self._first_problem}{more}")

    def _report(self, parts: Sequence[PartRead]) -> None:
        self._say(
            [problem for part in parts for problem in part.problems],
            [notice for part in parts for notice in part.notices],
        )
