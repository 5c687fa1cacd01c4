"""One part of the sources → documents with ordinals, in a spool for each shard, and a report.

A part is read as it would be read behind all those before it, if these have taught what it was told; whether
they have is seen later, by what each of them learnt.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from ...errors import DocumentError
from ...indexing.documents import DocumentEncoder
from ...records import Record
from ...schema import ID, Schema
from ...sources.files import SourceFile
from ...sources.known import Known, Learnt
from ...sources.problems import Problem, SourceDocument
from ...sources.sources import Sources
from ...storage.columns import ColumnsWriter
from ...storage.documents import DocumentsWriter
from ...storage.memory import MemoryDirectory
from ...storage.segment_writer import SegmentWriter
from ..ordinals import shard_of
from .claims import ClaimsWriter
from .parts import Part, first_ordinal
from .places import Job, made_whole, write_durable
from .spools import Spooled, SpoolWriter
from .told import Teller

_REPORT = "report.json"


class Origin(Record):
    """A file, or a member of an archive, whose documents begin at a place in their part."""

    place: int
    name: str
    root: str
    key: tuple[str, str]


class PartRead(Record):
    """What a part gave. folder: where its spools are.

    spool_bytes: of each shard, before they were packed. problems, notices: as pairs of where and why.
    """

    folder: str
    num_docs: int
    num_bytes: int
    spool_bytes: tuple[int, ...]
    origins: tuple[Origin, ...]
    learnt: Learnt
    left_out: dict[str, int]
    problems: tuple[Problem, ...]
    notices: tuple[Problem, ...]
    passed_over: dict[str, int]


def part_task(number: int) -> str:
    """What a part's task is called where it tells how far it is."""
    return f"part-{number:07}"


def read_part(job: Job, number: int, part: Part, known: Known) -> PartRead:
    """Read a part, unless that was done. What cannot be read is in what is returned. Raises OSError."""
    folder = job.building / "parts" / f"{number:07}-{_digest(known)}"
    if not folder.is_dir():
        with made_whole(folder) as temporary:
            _Reading(job, number, part, known, temporary).run()
    return _reported(folder)


class _Reading:
    """One pass over a part."""

    def __init__(self, job: Job, number: int, part: Part, known: Known, folder: Path) -> None:
        self._part, self._known, self._folder = part, known, folder
        self._num_shards = job.num_shards
        self._first = first_ordinal(number)
        self._problems: list[Problem] = []
        self._notices: list[Problem] = []
        self._grown: dict[str, Any] = {}
        self._sources = Sources(
            *(file.path for file in part.files),
            **job.reading().options(),
            schema=known.schema,
            grows=job.grows,
            processes=0,
            gone_ok=True,
            on_error=self._problems.append,
            on_notice=self._notices.append,
        )
        began = known if part.stretch is None or not part.stretch.begin else _met(known, part.files[0])
        self._sources.know(began, lambda name, field: self._grown.update({name: field}))
        self._teller = Teller(job.building / "told", part_task(number))

    def run(self) -> None:
        spools = SpoolWriter(self._folder, self._num_shards)
        claims = ClaimsWriter(self._folder, self._num_shards)
        checker = _Checker(self._sources.schema)
        origins: list[dict[str, Any]] = []
        place = num_bytes = 0
        before: SourceFile | None = None
        for file in self._part.files:
            for found in self._documents(file):
                if self._sources.schema is not checker.schema:
                    checker = _Checker(self._sources.schema)
                try:
                    checker.check(found.document)
                except DocumentError as error:
                    where = f"{found.file.shown}:{found.line}" if found.line else found.file.shown
                    self._problems.append(Problem(where, str(error)))
                    continue
                if found.file is not before:
                    before = found.file
                    origins.append(_origin(place, before))
                ordinal, document_id = self._first + place, found.document[ID]
                shard = shard_of(document_id, self._num_shards)
                spools.add(shard, Spooled(ordinal, found.own_id is not None, found.document), checker.dates)
                claims.add(shard, document_id, ordinal)
                place += 1
                self._teller.tell(place, num_bytes)
            num_bytes += file.size_bytes if self._part.stretch is None else self._part.num_bytes
        self._sources.end_workers()
        spools.finish()
        claims.finish()
        report = self._report(place, num_bytes, spools.num_bytes, origins)
        write_durable(self._folder / _REPORT, json.dumps(report).encode())

    def _documents(self, file: SourceFile) -> Iterator[SourceDocument]:
        stretch = self._part.stretch
        return self._sources.read(file) if stretch is None else self._sources.read_stretch(file, stretch)

    def _report(
        self, num_docs: int, num_bytes: int, spool_bytes: list[int], origins: list[dict[str, Any]]
    ) -> dict[str, Any]:
        sources = self._sources
        return {
            "num_docs": num_docs,
            "num_bytes": num_bytes,
            "spool_bytes": spool_bytes,
            "origins": origins,
            "grown": Schema(**self._grown).to_dict() if self._grown else {},
            "names": dict(sources.known.names),
            "left_out": dict(sources.left_out),
            "problems": self._problems,
            "notices": self._notices,
            "passed_over": dict(sources.walk.passed_over),
        }


class _Checker:
    """Refuses what an index of this schema refuses, before it is known which segment it will be in."""

    def __init__(self, schema: Schema) -> None:
        self.schema = schema
        self.dates = tuple(schema.encoded_kinds)
        file = SegmentWriter(MemoryDirectory(), "000000.segment")
        self._documents = DocumentsWriter(file, schema.encoded_kinds)
        self._columns = ColumnsWriter(schema.column_kinds, schema.folded_columns)
        self._encoder = DocumentEncoder(schema)

    def check(self, document: dict[str, Any]) -> None:
        """DocumentError: it does not fit."""
        self._encoder.encode(document, self._documents, self._columns)


def _met(known: Known, file: SourceFile) -> Known:
    """The first rows of a file are met where its first stretch is read."""
    return known.replace(looked_at=known.looked_at | {file.path})


def _origin(place: int, file: SourceFile) -> dict[str, Any]:
    return {"place": place, "name": file.name, "root": file.root, "key": file.key}


def _digest(known: Known) -> str:
    return hashlib.blake2b(json.dumps(known.to_dict()).encode(), digest_size=8).hexdigest()


def _reported(folder: Path) -> PartRead:
    data = json.loads((folder / _REPORT).read_bytes())
    grown = dict(Schema.from_dict(data["grown"])) if data["grown"] else {}
    learnt = Learnt(grown, data["names"], tuple(data["left_out"]), bool(data["problems"]))
    return PartRead(
        folder=str(folder),
        num_docs=data["num_docs"],
        num_bytes=data["num_bytes"],
        spool_bytes=tuple(data["spool_bytes"]),
        origins=tuple(Origin(**{**each, "key": tuple(each["key"])}) for each in data["origins"]),
        learnt=learnt,
        left_out=data["left_out"],
        problems=_problems(data["problems"]),
        notices=_problems(data["notices"]),
        passed_over=data["passed_over"],
    )


def _problems(listed: Iterable[tuple[str, str]]) -> tuple[Problem, ...]:
    return tuple(Problem(where, reason) for where, reason in listed)
