"""Files, folders and standard input as documents.

Each document is a dict with an id and the fields of a schema, which is inferred where none is given. What
cannot be read is reported by name and line, and the rest goes on. Nothing is written here, and no index is
known.
"""

from __future__ import annotations

import hashlib
import itertools
import json
import os
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from ..errors import SourceError
from ..schema import ID, Field, Schema
from .content import OpenFile, unforeseen
from .encodings import check_encoding
from .file_fields import FileFields
from .files import STDIN, SourceFile, Walk, check_paths, find_files
from .foresight import looking_ahead
from .formats import of_name
from .formats.contract import Member, Row
from .growing import Growing
from .how import How
from .ignoring import Choice
from .inside import Passing, Visit, why_too_deep
from .mapping import RowMapper
from .mending import Errors, check_errors
from .naming import field_name
from .opened import Opened, OpenedFile
from .opening import Opener
from .ownership import Owners, path_of
from .problems import OnError, Problem, RefusedRow, SourceDocument
from .sampling import infer_schema
from .workers.pool import Workers, is_worth_it

_MAX_TOLD = 100
_FILES_AHEAD = 64
_FLAWS = (ArithmeticError, AssertionError, AttributeError, LookupError, RecursionError, TypeError)
"""What a flaw of this program would raise at a row, which costs that row alone; all else is the index's."""


class _Raised(SourceError):
    """A problem that ends the run, as the user wants it."""


class Sources:
    """The documents of files and folders, to be iterated over: `writer.add_many(Sources("corpus"))`.

    paths: files; folders, whose files of known formats (.txt, .md, .html, .jsonl, .json, .csv, …) are read in
        the order of their names; "-" for standard input. A document's id is its path under the folder that
        was given, with "/"; a row has its own `id` or else path#line. Where another document has that id
        already, a row gets path#id, and others more of the path; `on_notice` is told.
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
        self._id, self._gone_ok = id, gone_ok
        self._stdin_ids: Counter[str] = Counter()
        if self.paths.count(STDIN) > 1:
            raise SourceError("standard input (-) can be read only once")
        if format is not None:
            of_name(format)
        self.encoding = check_encoding(encoding) if encoding is not None else None
        self.errors = check_errors(errors)
        self._format = format
        self.records = records
        self._exclude = [os.fspath(folder) for folder in exclude]
        self._choice, self._on_passed = choice, on_passed
        self._mapper = RowMapper(rename)
        self._schema = schema
        self.grows = grows
        self._growing: Growing | None = None
        self._file_fields = FileFields()
        self._looked_at: frozenset[str] = frozenset()
        self._on_error = on_error
        self._on_notice = on_notice
        self._opener = Opener(self.encoding, records, Workers(processes), self.errors)
        self.walk = Walk()
        self.num_refused = 0
        self._num_told = 0
        self.how = self._how()
        if schema is not None:
            self._mapper.check(schema)

    def _how(self) -> How:
        """What was told, which an index's record of its files keeps."""
        choice = self._choice or Choice()
        return How(
            self.encoding,
            self._format,
            self.records,
            tuple(sorted(self._mapper.renaming.items())),
            choice.include,
            choice.exclude,
            choice.hidden,
            choice.ignore,
            tuple(sorted(os.path.abspath(path) for path in self._exclude)),  # noqa: PTH100
            self.errors,
        )

    @property
    def schema(self) -> Schema:
        """The schema of the documents; inferred from the first rows of the first files if none was given."""
        if self._growing is not None:
            return self._growing.schema
        if self._schema is None:
            inferred = infer_schema(self._find(Walk()), self._opener, self._mapper, self._choice or Choice())
            self._schema, self._looked_at = inferred.schema, inferred.looked_at
            self._mapper.check(self._schema)
            for said in inferred.notices:
                self.notice(Problem("schema", said))
        return self._schema

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
        self._mapper.check(schema)
        self._schema = schema

    def grow_by(self, add: Callable[[str, Field], object]) -> None:
        """Take fields that the schema lacks into it; `add` puts each into the index."""
        self._growing = Growing(self.schema, self._mapper, self._opener, add, self.notice, self._looked_at)

    @property
    def grown(self) -> Mapping[str, Field]:
        """The fields that came into the schema on the way."""
        return self._growing.grown if self._growing is not None else {}

    def has_files(self) -> bool:
        """Whether there is any file that would be read."""
        return next(self._find(Walk()), None) is not None

    def measure(self) -> tuple[int, int | None]:
        """How many files there are, and their bytes; None where standard input is among them."""
        num_files = num_bytes = 0
        for file in self._find(Walk()):
            num_files += 1
            num_bytes += file.size_bytes
        return num_files, None if STDIN in self.paths else num_bytes

    def look(self) -> tuple[Walk, set[str]]:
        """What a walk meets now, and the absolute paths of its files; nothing is reported."""
        walk = Walk()
        return walk, {path_of((file.root, file.name)) for file in self._find(walk)}

    def files(self, will_be_read: Callable[[SourceFile], bool] | None = None) -> Iterator[SourceFile]:
        """The files that hold documents, in order. What could not be listed is reported.

        will_be_read: tells of a file to come whether read() will be called for it, so that it is read ahead.
        """

        def expect(met: SourceFile | tuple[str, str]) -> None:
            if isinstance(met, SourceFile) and will_be_read and is_worth_it(met) and will_be_read(met):
                self._opener.expect(met)

        for met in looking_ahead(self._met(), expect, _FILES_AHEAD if will_be_read else 0):
            if isinstance(met, SourceFile):
                file = self._as_it_is(met) if will_be_read else met
                if file is not None:
                    yield file
            elif self._on_passed is not None:
                self._on_passed(*met)
        for path, reason in self.walk.unreadable:
            self.refuse(Problem(path, reason))

    def _as_it_is(self, file: SourceFile) -> SourceFile | None:
        """A file that was met some way ahead; None if it is gone from its folder since."""
        try:
            status = os.stat(file.path) if file.path != STDIN else None  # noqa: PTH116 (100,000 times)
        except FileNotFoundError:
            return file if file.path in self.paths else None
        except OSError:
            return file  # which is said when it is read
        if status is None or (status.st_size, status.st_mtime_ns) == (file.size_bytes, file.mtime_ns):
            return file
        return file.replace(size_bytes=status.st_size, mtime_ns=status.st_mtime_ns)

    def _met(self) -> Iterator[SourceFile | tuple[str, str]]:
        """The files, and in its place among them what is passed over, and why."""
        passed: list[tuple[str, str]] = []
        told = None if self._on_passed is None else lambda path, reason: passed.append((path, reason))
        self.walk = Walk(on_passed=told)
        for file in self._find(self.walk):
            yield from passed
            passed.clear()
            yield file
        yield from passed

    def read(self, file: SourceFile, visit: Visit | None = None) -> Iterator[SourceDocument]:
        """The documents of one file, or of an archive's members; visit is told what is met on the way."""
        _ = self.schema  # inferred before the file is opened: standard input cannot be opened twice
        visit = visit or Visit()
        if self._growing is not None:
            self._growing.meet(file)
        try:
            reading, rows = self._opener.open(file)
        except SourceError as error:
            self.refuse(Problem(file.shown, str(error)))
            visit.refused(RefusedRow(0, None, file))
            return
        with reading:
            if self._growing is not None:
                rows = self._growing.met_rows(file, reading, rows)
            visit.opened(reading)
            try:
                if isinstance(reading, OpenFile) and reading.format.has_members:
                    yield from self._read_members(file, reading, visit)
                else:
                    yield from self._read_rows(file, reading, rows, visit)
            except _Raised:
                raise
            except SourceError as error:
                visit.refused(RefusedRow(0, None, file))
                self.refuse(Problem(file.shown, str(error)))
                self._tell(file, reading)
                return
            self._tell(file, reading)
            self._tell_names_apart(file)
            if reading.how in ("guessed", "declared"):
                self.notice(Problem(file.shown, f"read as {reading.encoding} ({reading.how})"))

    def _tell(self, file: SourceFile, reading: Opened) -> None:
        for text in reading.unread:
            self.refuse(Problem(file.shown, text))
        for text in reading.notices:
            self.notice(Problem(file.shown, text))

    def _read_rows(
        self, file: SourceFile, reading: OpenedFile, rows: Iterator[Row], visit: Visit
    ) -> Iterator[SourceDocument]:
        for row in rows:
            found = self._document(file, row, self.schema, reading.format.has_cells)
            if isinstance(found, RefusedRow):
                visit.refused(found)
            else:
                yield found

    def _read_members(self, file: SourceFile, reading: OpenFile, visit: Visit) -> Iterator[SourceDocument]:
        if reason := why_too_deep(file):
            raise SourceError(reason)
        if file.within is None and visit.wants_stamps(file):
            visit.stamped(file, self._opener.stamps(file))
        for inner, member in self._members(file, reading, visit):
            if visit.is_unchanged(inner):
                continue
            with self._opener.lend(inner, reading, member) as lent:
                yield from self.read(inner, visit)
                visit.done(inner, lent.stamp())
            if reading.budget.is_exhausted:
                raise SourceError(reading.budget.why)

    def _members(
        self, file: SourceFile, reading: OpenFile, visit: Visit
    ) -> Iterator[tuple[SourceFile, Member]]:
        """The members that are read."""
        choice = self._choice or Choice()
        passing = Passing(
            file, choice, self.walk, visit, lambda reason: self.refuse(Problem(file.shown, reason))
        )
        return passing.files(reading.members())

    def _tell_names_apart(self, file: SourceFile) -> None:
        """What was renamed since the last file, so that no field is another's."""
        told_apart = self._mapper.told_apart
        for name, became in itertools.islice(told_apart.items(), self._num_told, _MAX_TOLD):
            reason = f"the field {name!r} is read as {became!r}, for another is {field_name(name)!r}"
            self.notice(Problem(file.shown, reason))
        self._num_told = len(told_apart)

    def refuse(self, problem: Problem) -> None:
        """Count and report a problem, as on_error says."""
        self.num_refused += 1
        if callable(self._on_error):
            self._on_error(problem)
        elif self._on_error == "raise":
            raise _Raised(str(problem))

    def notice(self, problem: Problem) -> None:
        """Report what cost no document."""
        if self._on_notice:
            self._on_notice(problem)

    def _find(self, walk: Walk) -> Iterator[SourceFile]:
        """Each file once, also where one path that was given lies within another."""
        if self._gone_ok:
            walk.gone = [path for path in self.paths if path != STDIN and not Path(path).exists()]
        paths = [path for path in self.paths if path not in walk.gone]
        met: set[str] = set()
        for file in find_files(paths, walk, self._format, self._exclude, self._choice):
            path = path_of((file.root, file.name)) if len(paths) > 1 else ""
            if not path or path not in met:
                if path:
                    met.add(path)
                yield file.replace(name=self._id) if file.path == STDIN and self._id is not None else file

    def _document(
        self, file: SourceFile, row: Row, schema: Schema, cells: bool
    ) -> SourceDocument | RefusedRow:
        where = f"{file.shown}{row.key or f':{row.line}' * (row.line > 0)}"
        if row.fields is None:
            self.refuse(Problem(where, row.reason))
            return RefusedRow(row.line, None, file, f"{file.name}{row.key}" if row.key else "")
        if not file.root and self.makes_content_ids:
            default_id = self._content_id(row.fields)
        else:
            default_id = f"{file.name}{row.key or f'#{row.line}' * (row.line > 0)}"
        try:
            document, own_id = self._mapper.document(row.fields, schema, default_id, cells=cells)
        except ValueError as error:
            self.refuse(Problem(where, str(error)))
            return RefusedRow(row.line, self._mapper.own_id(row.fields), file, default_id)
        except _FLAWS as error:
            self.refuse(Problem(where, unforeseen(error)))
            return RefusedRow(row.line, None, file, default_id)
        if not row.line and file.path != STDIN:
            self._file_fields.fill(document, file, self.schema)
        return SourceDocument(document, row.line, own_id, file)

    def _content_id(self, fields: Mapping[str, Any]) -> str:
        """An id that stays the same for the same text, and is another for the next text that is piped in."""
        content = json.dumps(fields, sort_keys=True, default=str).encode("utf-8", "surrogatepass")
        name = f"stdin-{hashlib.blake2b(content, digest_size=6).hexdigest()}"
        self._stdin_ids[name] += 1
        return name if self._stdin_ids[name] == 1 else f"{name}-{self._stdin_ids[name]}"
