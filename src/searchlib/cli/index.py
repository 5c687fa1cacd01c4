"""searchlib index: files, folders and standard input into an index."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .errors import REFUSED, SUCCESS, say
from .options import examples, index_option

if TYPE_CHECKING:
    from searchlib import Index, Schema, Sources
    from searchlib.indexing.sources import Problem
    from searchlib.indexing.update import Progress

    from .progress import ProgressLine

_MAX_SHOWN = 20


@click.command(
    "index",
    short_help="Read files into an index.",
    epilog=examples(
        "searchlib index corpus",
        "searchlib index notes more.jsonl --index indexes/notes --prune",
        "searchlib index old.txt --encoding cp866",
        "searchlib index news.jsonl --map text=body --map meta.author=author",
        "zcat dump.jsonl.gz | searchlib index - --format jsonl",
    ),
)
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@index_option
@click.option("--encoding", metavar="NAME", help="The files' text encoding; otherwise it is guessed.")
@click.option("--format", "format_name", metavar="NAME", help="Of standard input and of files named directly.")
@click.option("--schema", "schema_path", metavar="FILE", help="The fields, as JSON; otherwise they are inferred.")
@click.option("--map", "renames", multiple=True, metavar="FROM=TO", help="Take a source's field as another (repeatable).")
@click.option("--prune", is_flag=True, help="Delete the documents of files that are gone from the folders given.")
@click.option("--force", is_flag=True, help="Read unchanged files again.")
@click.option("--memory", "memory_mb", default=256, show_default=True, type=click.IntRange(1), metavar="MB", help="Documents kept in memory.")
@click.option("--quiet", "-q", is_flag=True, help="Print nothing but errors.")
def command(
    paths: tuple[str, ...],
    index_path: str,
    encoding: str | None,
    format_name: str | None,
    schema_path: str | None,
    renames: tuple[str, ...],
    prune: bool,
    force: bool,
    memory_mb: int,
    quiet: bool,
) -> int:
    """Read files into an index, which is made if it is not there.

    PATH is a file, a folder (its .txt, .md, .html, .jsonl, .json, .csv and .tsv files) or - for standard input. Files
    that have not changed since the last run are passed over. A document's id is its path under PATH; that of a row is
    its own id or path#line.

    What cannot be read is named, and the rest goes on; the exit code is then 1. All of it is committed at the end, or
    nothing.
    """
    import searchlib

    printer = _Printer(quiet)
    sources = searchlib.Sources(
        *paths,
        encoding=encoding,
        format=format_name,
        rename=_renaming(renames),
        exclude=[index_path],
        on_error=printer.refused,
        on_notice=printer.notice,
        schema=_schema(schema_path) if schema_path else None,
    )
    num_files, num_bytes = sources.measure()
    if num_files == 0:
        raise click.UsageError(
            f"nothing to index in {', '.join(paths)}: looked for .txt, .md, .html, .jsonl, .json, .csv and .tsv files"
        )
    index = _open_or_create(sources, index_path, schema_path, printer)
    started = time.perf_counter()
    with printer.progress(num_bytes), index.writer(memory_mb=memory_mb) as writer:
        done = searchlib.update_index(sources, writer, prune=prune, force=force, progress=printer.update)
        printer.committing()
    index.refresh()
    printer.summary(sources, done, index, index_path, time.perf_counter() - started)
    return REFUSED if printer.num_refused or done.num_refused_before else SUCCESS


def _renaming(renames: tuple[str, ...]) -> dict[str, str]:
    result = {}
    for rename in renames:
        source, equals, target = rename.partition("=")
        if not (source and equals and target):
            raise click.BadParameter(f"FROM=TO, for example text=body, got {rename!r}", param_hint="--map")
        result[source] = target
    return result


def _schema(path: str) -> Schema:
    import searchlib

    try:
        data = json.loads(Path(path).read_text(encoding="utf-8"))
    except ValueError as error:
        raise click.BadParameter(f"{path} is not JSON: {error}", param_hint="--schema") from None
    if not isinstance(data, dict):
        raise click.BadParameter(f'{path} is not an object like {{"body": {{"kind": "text"}}}}', param_hint="--schema")
    return searchlib.Schema.from_dict(data)


def _open_or_create(sources: Sources, index_path: str, schema_path: str | None, printer: _Printer) -> Index:
    """An index that is there keeps its schema; a new one gets that of the sources."""
    import searchlib

    try:
        index = searchlib.open(index_path)
    except searchlib.errors.IndexNotFoundError:
        printer.schema(sources.schema, inferred=schema_path is None)
        return searchlib.Index.create(index_path, sources.schema, exist_ok=True)
    if schema_path is not None and sources.schema != index.schema:
        raise click.UsageError(
            f"the index {index_path} has another schema than {schema_path}; make a new one: --index DIR"
        )
    sources.use_schema(index.schema)
    return index


class _Printer:
    """What is said on the way (on stderr) and at the end (on stdout)."""

    def __init__(self, quiet: bool) -> None:
        self._quiet = quiet
        self._line: ProgressLine | None = None
        self._limit = _MAX_SHOWN if sys.stderr.isatty() else None
        self.num_refused = 0

    def progress(self, num_bytes: int | None) -> ProgressLine:
        from .progress import ProgressLine

        self._line = ProgressLine(num_bytes, enabled=not self._quiet)
        return self._line

    def update(self, done: Progress) -> None:
        assert self._line is not None
        self._line.update(done.num_bytes, done.num_documents)

    def committing(self) -> None:
        assert self._line is not None
        self._line.note("committing …")

    def refused(self, problem: Problem) -> None:
        self.num_refused += 1
        if self._limit is None or self.num_refused <= self._limit:
            self._say(f"refused: {problem}")
        elif self.num_refused == self._limit + 1:
            self._say("refused: more; all of them are named in a file: 2> refused.txt")

    def notice(self, problem: Problem) -> None:
        if not self._quiet:
            self._say(f"note: {problem}")

    def schema(self, schema: Schema, *, inferred: bool) -> None:
        if not self._quiet:
            self._say(f"schema{' (inferred)' if inferred else ''}: {schema_text(schema)}")

    def _say(self, line: str) -> None:
        if self._line is not None:
            self._line.clear()
        say(line)

    def summary(self, sources: Sources, done: Progress, index: Index, index_path: str, seconds: float) -> None:
        from .output import bytes_text, one_line, plural, write

        for name, count in sources.left_out.items():
            self.notice_left_out(name, count)
        refused = self.num_refused + done.num_refused_before
        if refused:
            before = f" ({done.num_refused_before:,} of them in an earlier run)" if done.num_refused_before else ""
            say(f"{refused:,} refused{before}")
        if self._quiet:
            return
        parts = [f"{plural(done.num_documents, 'document')} indexed in {seconds:.1f} s"]
        if done.num_documents and seconds > 0.5:
            rate = f"{done.num_documents / seconds:,.0f} documents/s"
            parts.append(f"{rate}, {done.num_bytes_read / 1e6 / seconds:.1f} MB/s")
        if done.num_files_unchanged:
            parts.append(f"{plural(done.num_files_unchanged, 'file')} unchanged")
        if done.num_removed:
            parts.append(f"{done.num_removed:,} removed")
        passed_over = [f"{count:,} {why}" for why, count in sorted(sources.walk.passed_over.items())]
        if passed_over:
            parts.append(f"passed over: {', '.join(passed_over)}")
        write("; ".join(parts))
        stats = index.stats()
        write(f"{one_line(index_path)}: {plural(stats['num_docs'], 'document')}, {bytes_text(stats['size_bytes'])}")

    def notice_left_out(self, name: str, count: int) -> None:
        if not self._quiet:
            say(f"note: the field {name!r} of {count:,} documents is not in the schema and was left out")


def schema_text(schema: Schema) -> str:
    """The fields in a line: title (text, boost 2), body (text), year (number)."""
    fields = []
    for name, field in schema.items():
        boost = getattr(field, "boost", 1.0)
        fields.append(f"{name} ({field.kind}{f', boost {boost:g}' if boost != 1 else ''})")
    return ", ".join(fields)
