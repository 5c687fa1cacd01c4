"""Files, folders and standard input as documents.

Each document is a dict with an id and the fields of a schema, which is inferred where none is given. What
cannot be read is reported by name and line, and the rest goes on. Nothing is written here, and no index is
known.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from ..errors import SourceError
from ..schema import ID, Field, Schema
from .encodings import check_encoding
from .file_reader import FileReader
from .files import STDIN, SourceFile, Walk, check_paths
from .formats import of_name
from .how import How
from .ignoring import Choice
from .inside import Visit
from .known import Known
from .listing import Listing
from .mapping import RowMapper
from .mending import Errors, check_errors
from .opening import Opener
from .ownership import Owners
from .problems import OnError, Problem, SourceDocument
from .reports import Reports
from .row_documents import RowDocuments
from .schema_of_sources import SchemaOfSources
from .stretches import Stretch, StretchFile, cuts
from .workers.pool import Workers
from .workers.worth import is_worth_it


class Sources:
    """The documents of files and folders, to be iterated over: `writer.add_many(Sources("corpus"))`.

    paths: files; folders, whose files of known formats (.txt, .md, .html, .jsonl, .json, .csv, …) are read in
        the order of their names; "-" for standard input. A document's id is its path under the folder that
        was given, with "/"; a row has its own `id` or else path#line. Where another document has that id
        already, a row gets path#id=ID, and others more of the path; `on_notice` is told.
    encoding: that of every file; None guesses: byte order mark, UTF-8, then by letter statistics.
    errors: what becomes of bytes that are not text in their file's encoding: "mend" reads such lines in the
        encoding that they are in, and what is in none as U+FFFD; "replace" makes U+FFFD of them, "ignore"
        leaves them out, each is a notice; "strict" refuses the file, or the row.
    format: that of standard input and of files named directly, such as "jsonl"; None looks at name and
        content.
    schema: what documents become; None infers one. Fields that it lacks are left out and counted in
        `left_out`.
    grows: fields that the schema lacks come into it, and into the index that update_index writes; the values
        of a field that are none for its type come into another, year_text for year. They are in `grown`.
    rename: source field → schema field, such as {"text": "body", "meta.author": "author"}.
    records: the dotted path of the list of objects in .json files; None finds it, "." takes the object as it
        is. What is found, and what lies beside it, is a notice; rows of other lists are a problem. A map from
        ids to objects that are alike is a list of objects, too. Of a database it names a table or view, of
        XML the elements that are rows; "line" and "block" make entries of logs and texts.
    exclude: folders that are not entered, such as that of the index, and files that are not read.
    choice: a Choice of files: patterns to include and to exclude, whether hidden files are read, and whether
        .gitignore and .ignore are heeded.
    on_passed: a callable that is given the path of each file and folder that is passed over, and why.
    on_error: "raise" (SourceError), "skip", or a callable that is given each Problem.
    on_notice: a callable that is given each Problem that cost no document, such as a guessed encoding.

    id: what standard input is called: its document's id, or that before the # of its rows. None makes ids of
        their content.
    processes: how many read ahead of what is dear to read, such as documents of offices; None: as many as
        there are processors, 4 at most, once there is enough to read; 0: none. Documents and messages are the
        same. Formats that are not safe to read are read by a process of their own in any case.
    gone_ok: paths may be gone; their names are then in `walk.gone`, for update_index(…, prune=True).

    Raises SourceError for a path that does not exist and for an unknown encoding, format or name of errors.
    """

    def __init__(
        self,
        *paths: str | os.PathLike[str],
        encoding: str | None = None,
        format: str | None = None,
        schema: Schema | None = None,
        rename: Mapping[str, str] | None = None,
        records: str | None = None,
        exclude: Sequence[str | os.PathLike[str]] = (),
        on_error: OnError = "raise",
        on_notice: Callable[[Problem], object] | None = None,
        id: str | None = None,
        gone_ok: bool = False,
        choice: Choice | None = None,
        on_passed: Callable[[str, str], object] | None = None,
        grows: bool = False,
        processes: int | None = None,
        errors: Errors = "mend",
    ) -> None:
        self.paths = [os.fspath(path) for path in paths]
        if not gone_ok:
            check_paths(self.paths)
        if id is not None and (not id or STDIN not in self.paths):
            raise SourceError(f"an id is that of standard input (-), which is not read here; got {id!r}")
        if self.paths.count(STDIN) > 1:
            raise SourceError("standard input (-) can be read only once")
        if format is not None:
            of_name(format)
        self.encoding = check_encoding(encoding) if encoding is not None else None
        self.errors = check_errors(errors)
        self.records = records
        self.grows = grows
        self._id = id
        choice = choice or Choice()
        excluded = [os.fspath(folder) for folder in exclude]
        self._mapper = RowMapper(rename)
        self.how = self._how(format, choice, excluded)
        self._reports = Reports(on_error, on_notice)
        self._listing = Listing(
            self.paths,
            format=format,
            exclude=excluded,
            choice=choice,
            stdin_id=id,
            gone_ok=gone_ok,
            on_passed=on_passed,
        )
        self._opener = Opener(self.encoding, records, Workers(processes), self.errors)
        self._schema = SchemaOfSources(
            schema, self._listing, choice, self._opener, self._mapper, self._reports
        )
        documents = RowDocuments(
            self._mapper, self._schema, self._reports, makes_content_ids=self.makes_content_ids
        )
        self._reader = FileReader(
            self._opener, self._mapper, self._schema, documents, choice, self._listing, self._reports
        )

    def _how(self, format: str | None, choice: Choice, exclude: list[str]) -> How:
        """What was told, which an index's record of its files keeps."""
        return How(
            self.encoding,
            format,
            self.records,
            tuple(sorted(self.renamed.items())),
            choice.include,
            choice.exclude,
            choice.hidden,
            choice.ignore,
            tuple(sorted(os.path.abspath(path) for path in exclude)),  # noqa: PTH100
            self.errors,
        )

    @property
    def schema(self) -> Schema:
        """The schema of the documents; inferred from the first rows of the first files if none was given."""
        return self._schema.now()

    @property
    def renamed(self) -> Mapping[str, str]:
        """The renaming that was asked for."""
        return self._mapper.renaming

    @property
    def left_out(self) -> Mapping[str, int]:
        """The fields that the schema lacks, and how many documents had each; "…" is all of many more."""
        return self._mapper.left_out

    @property
    def makes_content_ids(self) -> bool:
        """Whether what standard input holds has ids by its content, because it was given none."""
        return self._id is None

    def __iter__(self) -> Iterator[dict[str, Any]]:
        try:
            yield from self._documents()
        finally:
            self.end_workers()

    def _documents(self) -> Iterator[dict[str, Any]]:
        owners = Owners()
        for file in self.files(lambda _: True):
            for found in self.read(file):
                document_id = owners.free_id(found.file, found.document[ID], found.own_id)
                if document_id != found.document[ID]:
                    shown = found.file.shown
                    where = f"{shown}:{found.line}" if found.line else shown
                    reason = f"its id {found.document[ID]!r} is taken; it gets {document_id!r}"
                    self.notice(Problem(where, reason))
                    found.document[ID] = document_id
                owners.give(file.key, (document_id,))
                yield found.document

    def use_workers_of(self, other: Sources) -> None:
        """Share the processes of others that are read before or after these."""
        if other is not self:
            self.end_workers()
            self._opener.workers = other._opener.workers

    def end_workers(self) -> None:
        """End the processes that read ahead; they are started again when there is something to read."""
        self._opener.workers.close()

    def use_schema(self, schema: Schema) -> None:
        """Make documents of this schema, that of an index that is there already.

        Raises SourceError if a renamed field is not in it.
        """
        self._schema.use(schema)

    def grow_by(self, add: Callable[[str, Field], object]) -> None:
        """Take fields that the schema lacks into it; `add` puts each into the index."""
        self._schema.grow_by(add)

    @property
    def grown(self) -> Mapping[str, Field]:
        """The fields that came into the schema on the way."""
        growing = self._schema.growing
        return growing.grown if growing is not None else {}

    @property
    def known(self) -> Known:
        """What reading has taught so far."""
        return Known(self.schema, self._mapper.names.known(), self._schema.looked_at)

    def know(self, known: Known, add: Callable[[str, Field], object]) -> None:
        """Go on where others are: with what they have learnt. add: as of grow_by, where the schema grows."""
        self._schema.know(known.schema, known.looked_at)
        self._mapper.names.know(known.names)
        if self.grows:
            self.grow_by(add)

    @property
    def put_elsewhere(self) -> Mapping[str, int]:
        """How many values of a field went into the one of text beside it."""
        return self._mapper.put_elsewhere

    def stretches(self, file: SourceFile, num_bytes: int) -> list[tuple[int, int]]:
        """Where a file of lines may be cut into parts of about so many bytes; [] if it cannot be."""
        return cuts(file, num_bytes, self.encoding, self.records)

    def read_stretch(self, file: SourceFile, stretch: Stretch) -> Iterator[SourceDocument]:
        """The documents of a part of a file: those that reading all of it gives."""
        reading = StretchFile(file, stretch, self.errors)
        self._opener.give(file, reading, reading.rows())
        return self.read(file)

    def has_files(self) -> bool:
        """Whether there is any file that would be read."""
        return self._listing.has_files()

    def measure(self) -> tuple[int, int | None]:
        """How many files there are, and their bytes; None where standard input is among them."""
        return self._listing.measure()

    def look(self) -> tuple[Walk, set[str]]:
        """What a walk meets now, and the absolute paths of its files; nothing is reported."""
        return self._listing.look()

    @property
    def walk(self) -> Walk:
        """What the last walk met besides files."""
        return self._listing.walk

    def files(self, will_be_read: Callable[[SourceFile], bool] | None = None) -> Iterator[SourceFile]:
        """The files that hold documents, in order. What could not be listed is reported.

        will_be_read: tells of a file to come whether read() will be called for it, so that it is read ahead.
        """

        def expect(file: SourceFile) -> None:
            if will_be_read is not None and is_worth_it(file) and will_be_read(file):
                self._opener.expect(file)

        yield from self._listing.files(expect if will_be_read else None)
        for path, reason in self.walk.unreadable:
            self.refuse(Problem(path, reason))

    def read(self, file: SourceFile, visit: Visit | None = None) -> Iterator[SourceDocument]:
        """The documents of one file, or of an archive's members; visit is told what is met on the way."""
        return self._reader.read(file, visit or Visit())

    @property
    def num_refused(self) -> int:
        """How many problems there were so far."""
        return self._reports.num_refused

    def refuse(self, problem: Problem) -> None:
        """Count and report a problem, as on_error says."""
        self._reports.refuse(problem)

    def notice(self, problem: Problem) -> None:
        """Report what cost no document."""
        self._reports.notice(problem)
