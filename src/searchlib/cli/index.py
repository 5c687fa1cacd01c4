"""searchlib index: files, folders and standard input into an index."""

from __future__ import annotations

from typing import Any

import click

from .errors import REFUSED, SUCCESS
from .options import examples, files_of_shell, index_option, quiet_option, subcommand, writer_options
from .source_options import reading_options, schema_option


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
@reading_options
@schema_option
@click.option(
    "--prune",
    is_flag=True,
    help="Delete the documents of files that are gone from the folders given, or with them.",
)
@click.option(
    "--id", "document_id", metavar="ID", help="Of standard input; the next text of that id replaces it."
)
@click.option(
    "--defaults",
    "anew",
    is_flag=True,
    help="Forget how the paths were read before; else it is done again so.",
)
@click.option("--force", is_flag=True, help="Read unchanged files again.")
@writer_options
@click.option("--verbose", "-v", is_flag=True, help="Name each file that is passed over.")
@click.option("--json", "as_json", is_flag=True, help="Print what was done as one JSON object.")
@quiet_option
def command(
    paths: tuple[str, ...],
    index_path: str,
    told: dict[str, Any],
    schema_path: str | None,
    prune: bool,
    document_id: str | None,
    anew: bool,
    force: bool,
    memory_mb: int,
    threads: int,
    verbose: bool,
    as_json: bool,
    quiet: bool,
) -> int:
    """Read files into an index, which is made if it is not there.

    PATH is a file, a folder (its texts, documents, tables, mail, archives and source code) or - for standard
    input. Hidden files, links, what .gitignore (in a repository) and .ignore name, and files of other types
    are passed over, and counted. Globs are written as in .gitignore. Files that have not changed since the
    last run are passed over, too. A document's id is its path under PATH; that of a row is its own id or
    path#line. Where another document has that id already, a row gets path#id=ID, which is said. A schema that
    was inferred grows by the fields that appear. What standard input holds gets ids by its content, or that
    of --id.

    A later run reads the same paths as this one did (--encoding, --errors, --format, --map, --records,
    --include, --exclude, --hidden, --no-ignore), but for what it is told itself; it says so.

    What cannot be read is named, and the rest goes on; the exit code is then 1. All of it is committed at the
    end, or nothing.
    """
    from .index_report import IndexReport
    from .updating import bring_up_to_date

    report = IndexReport(quiet, as_json=as_json, verbose=verbose)
    done = bring_up_to_date(
        paths,
        index_path,
        report,
        told=told,
        anew=anew,
        schema_path=schema_path,
        document_id=document_id,
        prune=prune,
        force=force,
        memory_mb=memory_mb,
        threads=threads,
    )
    return REFUSED if report.num_refused or done.num_refused_before else SUCCESS
