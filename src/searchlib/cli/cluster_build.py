"""searchlib cluster build: files and folders into a collection, by several processes or on Ray."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from .declaring import examples, subcommand
from .errors import REFUSED, SUCCESS
from .options import files_of_shell, quiet_option
from .source_options import reading_options, schema_option

if TYPE_CHECKING:
    from searchlib.cluster import Built, Runner

    from .index_report import IndexReport


@subcommand(
    "build",
    short_help="Read files into a collection.",
    epilog=examples(
        "searchlib cluster build ~/Documents --to collections/mine --shards 4",
        "searchlib cluster build dump.jsonl --to /nfs/news --shards 16 --ray auto",
        "searchlib cluster build news.jsonl --to news --shards 2 --map text=body --processes 2",
    ),
)
@click.argument("paths", nargs=-1, required=True, metavar="SOURCES...", shell_complete=files_of_shell)
@click.option(
    "--to", "folder", required=True, metavar="FOLDER|URL", help="Where the collection is made, or published."
)
@click.option(
    "--work", metavar="FOLDER", help="Where it is made that is published to the URL of an object store."
)
@click.option(
    "--shards", required=True, type=click.IntRange(1, 4096), metavar="N", help="How many shards it has."
)
@click.option("--ray", "address", metavar="ADDRESS", help="Run the tasks on Ray: auto, or host:port.")
@click.option(
    "--processes",
    type=click.IntRange(0),
    metavar="N",
    help="Run them in so many processes; by default, as many as there are processors. 0: in this one.",
)
@reading_options
@schema_option
@click.option(
    "--memory",
    "memory_mb",
    default=256,
    show_default=True,
    type=click.IntRange(1),
    metavar="MB",
    help="Documents kept in memory by each task before they are written.",
)
@click.option("--json", "as_json", is_flag=True, help="Print what was done as one JSON object.")
@quiet_option
def build(
    paths: tuple[str, ...],
    folder: str,
    work: str | None,
    shards: int,
    address: str | None,
    processes: int | None,
    told: dict[str, Any],
    schema_path: str | None,
    memory_mb: int,
    as_json: bool,
    quiet: bool,
) -> int:
    """Read files and folders into a collection of N shards, in a folder that is new or empty.

    Documents get the ids and fields that `searchlib index` gives them. If it is interrupted, the same command
    goes on where it was; with --work and a URL it is published in the end. What cannot be read is named, and
    the rest goes on; the exit code is then 1. With --ray all nodes must see SOURCES and FOLDER under these
    paths.
    """
    import searchlib
    from searchlib import cluster

    from .index_report import IndexReport
    from .schema_file import read_schema

    url = folder if "://" in folder else None
    if url is not None and work is None:
        raise click.UsageError(f"to be published to {url} it is made in a folder first: --work FOLDER")
    if address is not None and processes is not None:
        raise click.UsageError("--ray says where tasks run, and so does --processes: one of the two")
    report = IndexReport(quiet, as_json=as_json)
    schema = read_schema(schema_path) if schema_path else None
    with report.building() as line:
        built = cluster.build(
            paths,
            folder if work is None else work,
            shards=shards,
            schema=schema,
            how=searchlib.How(**told),
            runner=_runner(address, processes),
            memory_mb=memory_mb,
            on_error=report.refused,
            on_notice=report.notice,
            progress=line.update,
        )
    if url is not None and work is not None:
        cluster.publish(work, url)
    _say(built, folder, report, as_json, quiet)
    return REFUSED if built.num_refused else SUCCESS


def _runner(address: str | None, processes: int | None) -> Runner | None:
    from searchlib import cluster

    if address is not None:
        return cluster.OnRay(address)
    if processes is None:
        return None
    return cluster.Processes(processes) if processes else cluster.Here()


def _say(built: Built, folder: str, report: IndexReport, as_json: bool, quiet: bool) -> None:
    from .errors import say
    from .index_report import fields_text
    from .output import json_line, one_line, plural, write

    if as_json:
        said = {
            "collection": folder,
            "num_docs": built.num_documents,
            "num_shards": built.manifest.num_shards,
            "renamed": built.num_renamed,
            **report.problems,
            "new_fields": {name: field.kind for name, field in built.grown.items()},
            "left_out": dict(built.left_out),
            "passed_over": dict(sorted(built.passed_over.items())),
            "went_on": built.went_on,
            "seconds": round(built.seconds, 3),
        }
        write(json_line(said))
        return
    report.schema(built.manifest.user_schema(), inferred=built.manifest.schema_is_inferred)
    report.say_left_out(dict(built.left_out))
    if built.grown and not quiet:
        say(f"note: new fields: {fields_text(built.grown)}")
    if built.num_refused:
        say(f"{built.num_refused:,} refused")
    if quiet:
        return
    parts = [f"{plural(built.num_documents, 'document')} indexed in {built.seconds:.1f} s"]
    if built.num_documents and built.seconds > 0.5:
        rate = f"{built.num_documents / built.seconds:,.0f} documents/s"
        parts.append(f"{rate}, {built.num_bytes / 1e6 / built.seconds:.1f} MB/s")
    if built.went_on:
        parts.append("part of it in an earlier run")
    if built.num_renamed:
        parts.append(f"{built.num_renamed:,} with another id than theirs, which was taken")
    if built.passed_over:
        passed = (f"{num:,} {why}" for why, num in sorted(built.passed_over.items()))
        parts.append(f"passed over: {', '.join(passed)}")
    write("; ".join(parts))
    write(
        f"{one_line(folder)}: {plural(built.num_documents, 'document')} in "
        f"{plural(built.manifest.num_shards, 'shard')}"
    )
