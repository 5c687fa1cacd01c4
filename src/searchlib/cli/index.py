"""searchlib index: files, folders and standard input into an index."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import click

from .errors import REFUSED, SUCCESS
from .options import examples, files_of_shell, index_option, quiet_option, subcommand, writer_options
from .schema_file import read_schema

if TYPE_CHECKING:
    from searchlib import Index, Sources

    from .index_report import IndexReport


@subcommand(
    "index",
    short_help="Read files into an index.",
    epilog=examples(
        "searchlib index corpus",
        "searchlib index notes more.jsonl --index indexes/notes --prune",
        "searchlib index old.txt --encoding cp866",
        "searchlib index news.jsonl --map text=body --map meta.author=author",
        "searchlib index export.json --records chats.list.messages",
        "searchlib index ~/Documents --exclude drafts --include '*.md' --include '*.csv'",
        "zcat dump.jsonl.gz | searchlib index - --format jsonl",
    ),
)
@click.argument("paths", nargs=-1, required=True, metavar="PATH...", shell_complete=files_of_shell)
@index_option
@click.option("--encoding", metavar="NAME", help="The files' text encoding; otherwise it is guessed.")
@click.option(
    "--format", "format_name", metavar="NAME", help="Of standard input and of files named directly."
)
@click.option(
    "--schema", "schema_path", metavar="FILE", help="The fields, as JSON; otherwise they are inferred."
)
@click.option(
    "--map",
    "renames",
    multiple=True,
    metavar="FROM=TO",
    help="Take a source's field as another (repeatable).",
)
@click.option(
    "--records",
    metavar="PATH",
    help="The list of objects in .json files, as in chats.list; otherwise it is found.",
)
@click.option(
    "--prune",
    is_flag=True,
    help="Delete the documents of files that are gone from the folders given, or with them.",
)
@click.option(
    "--id", "document_id", metavar="ID", help="Of standard input; the next text of that id replaces it."
)
@click.option(
    "--include",
    multiple=True,
    metavar="GLOB",
    help="Read these files alone, whatever their type (repeatable).",
)
@click.option(
    "--exclude", multiple=True, metavar="GLOB", help="Pass these files and folders over (repeatable)."
)
@click.option("--hidden", is_flag=True, help="Read hidden files and folders, too, but for .git.")
@click.option("--no-ignore", is_flag=True, help="Read what .gitignore and .ignore files name.")
@click.option("--force", is_flag=True, help="Read unchanged files again.")
@writer_options
@click.option("--verbose", "-v", is_flag=True, help="Name each file that is passed over.")
@click.option("--json", "as_json", is_flag=True, help="Print what was done as one JSON object.")
@quiet_option
def command(
    paths: tuple[str, ...],
    index_path: str,
    encoding: str | None,
    format_name: str | None,
    schema_path: str | None,
    renames: tuple[str, ...],
    records: str | None,
    prune: bool,
    document_id: str | None,
    include: tuple[str, ...],
    exclude: tuple[str, ...],
    hidden: bool,
    no_ignore: bool,
    force: bool,
    memory_mb: int,
    threads: int,
    verbose: bool,
    as_json: bool,
    quiet: bool,
) -> int:
    """Read files into an index, which is made if it is not there.

    PATH is a file, a folder (its texts, pages, tables, mail, subtitles and source code) or - for standard
    input. Hidden files, links, what .gitignore (in a repository) and .ignore name, and files of other types
    are passed over, and counted. Globs are written as in .gitignore. Files that have not changed since the
    last run are passed over, too. A document's id is its path under PATH; that of a row is its own id or
    path#line. Where another document has that id already, a row gets path#id, which is said. A schema that
    was inferred grows by the fields that appear. What standard input holds gets ids by its content, or that
    of --id.

    What cannot be read is named, and the rest goes on; the exit code is then 1. All of it is committed at the
    end, or nothing.
    """
    from searchlib import Choice, Sources, update_index

    from .index_report import IndexReport

    report = IndexReport(quiet, as_json=as_json, verbose=verbose)
    sources = Sources(
        *paths,
        encoding=encoding,
        format=format_name,
        rename=_renaming(renames),
        records=records,
        exclude=[index_path],
        on_error=report.refused,
        on_notice=report.notice,
        schema=read_schema(schema_path) if schema_path else None,
        id=document_id,
        gone_ok=prune,
        choice=Choice(include, exclude, hidden=hidden, ignore=not no_ignore),
        on_passed=report.passed,
    )
    num_bytes = sources.measure()[1] if report.shows_progress else None
    if not sources.has_files() and not (prune and _is_index(index_path)):
        raise click.UsageError(
            f"nothing to index in {', '.join(paths)}: "
            "looked for .txt, .md, .html, .jsonl, .json, .csv, .eml, .srt, source code …"
            f"{_passed_over(sources)}"
        )
    index = _open_or_create(sources, index_path, schema_path, report)
    num_docs_before, started = len(index), time.perf_counter()
    with report.progress(num_bytes), index.writer(memory_mb=memory_mb, threads=threads) as writer:
        done = update_index(sources, writer, prune=prune, force=force, progress=report.update)
        report.committing()
    index.refresh()
    seconds = time.perf_counter() - started
    report.summary(sources, done, index, index_path, num_docs_before, seconds)
    return REFUSED if report.num_refused or done.num_refused_before else SUCCESS


def _is_index(path: str) -> bool:
    """Whether an index is there, so that something may be pruned."""
    import searchlib
    from searchlib.errors import IndexNotFoundError

    try:
        searchlib.open(path)
    except IndexNotFoundError:
        return False
    return True


def _passed_over(sources: Sources) -> str:
    passed, _ = sources.look()
    found = [f"{count:,} {why}" for why, count in sorted(passed.passed_over.items())]
    return f"; passed over: {', '.join(found)}" if found else ""


def _renaming(renames: tuple[str, ...]) -> dict[str, str]:
    result = {}
    for rename in renames:
        source, equals, target = rename.partition("=")
        if not (source and equals and target):
            raise click.BadParameter(f"FROM=TO, for example text=body, got {rename!r}", param_hint="--map")
        result[source] = target
    return result


def _open_or_create(sources: Sources, index_path: str, schema_path: str | None, report: IndexReport) -> Index:
    """An index keeps a schema that was chosen, or that documents have; else it gets that of the sources."""
    import searchlib
    from searchlib.errors import IndexNotFoundError

    inferred = schema_path is None
    try:
        index = searchlib.open(index_path)
    except IndexNotFoundError:
        index = searchlib.Index.create(index_path, sources.schema, exist_ok=True, inferred=inferred)
        report.schema(index.schema, inferred=inferred)
        sources.grows = inferred
        return index
    # A first run that was refused or interrupted has guessed from files that may not even be given again.
    if index.schema_is_open and (sources.schema != index.schema or not inferred):
        index.replace_schema(sources.schema, inferred=inferred)
        report.schema(index.schema, inferred=inferred)
    if schema_path is not None and sources.schema != index.schema:
        raise click.UsageError(
            f"the index {index_path} has another schema than {schema_path}; make a new one: --index DIR"
        )
    sources.use_schema(index.schema)
    sources.grows = index.schema_is_inferred
    return index
