"""What `searchlib index` and `searchlib watch` do: an index brought up to date with paths.

Each path is read as it was read before, unless something else is told; which is said. Options are read and
results are printed elsewhere.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import click

from .index_report import counts_of
from .schema_file import read_schema

if TYPE_CHECKING:
    from searchlib import Index, Progress, Reading, Sources

    from .index_report import IndexReport


def bring_up_to_date(
    paths: tuple[str, ...],
    index_path: str,
    report: IndexReport,
    *,
    told: dict[str, Any] | None = None,
    anew: bool = False,
    schema_path: str | None = None,
    document_id: str | None = None,
    prune: bool = False,
    force: bool = False,
    memory_mb: int = 256,
    threads: int = 1,
) -> Progress:
    """One run over the paths, with what is said of it. told, anew: as of searchlib.readings."""
    import searchlib

    started = time.perf_counter()
    kept = _opened(index_path)
    found = searchlib.readings(kept, *paths, anew=anew, **(told or {}))
    _say_how(found, told or {}, report)
    schema = read_schema(schema_path) if schema_path else None
    several = [
        reading.sources(
            exclude=[index_path],
            on_error=report.refused,
            on_notice=report.notice,
            schema=schema,
            id=document_id if "-" in reading.paths or "-" not in paths else None,
            gone_ok=prune,
            on_passed=report.passed,
        )
        for reading in found
    ]
    with report.looking():
        num_bytes = _num_bytes(several) if report.shows_progress else None
        if not any(sources.has_files() for sources in several) and not (prune and kept is not None):
            raise click.UsageError(
                f"nothing to index in {', '.join(paths)}: "
                "looked for .txt, .md, .html, .docx, .pdf, .jsonl, .csv, .eml, .zip, source code …"
                f"{_passed_over(several)}"
            )
        index = _open_or_create(several, index_path, schema_path, report)
    num_docs_before = len(index)
    with report.progress(num_bytes), index.writer(memory_mb=memory_mb, threads=threads) as writer:
        done = searchlib.update_index(several, writer, prune=prune, force=force, progress=report.update)
        report.committing()
    index.refresh()
    seconds = time.perf_counter() - started
    report.summary(several, done, index, index_path, num_docs_before, seconds)
    return done


def _say_how(found: list[Reading], told: dict[str, Any], report: IndexReport) -> None:
    """What the last run was told, and this one was not."""
    import searchlib

    plain = searchlib.How().as_dict()
    for reading in found:
        before = reading.how.replace(**{name: plain[name] for name in told})
        if before != searchlib.How():
            report.read_as_before(reading.paths, before)


def _opened(path: str) -> Index | None:
    """The index that is there, if there is one: it knows how files were read, and has what may be pruned."""
    import searchlib
    from searchlib.errors import IndexNotFoundError

    try:
        return searchlib.open(path)
    except IndexNotFoundError:
        return None


def _num_bytes(several: list[Sources]) -> int | None:
    sizes = [sources.measure()[1] for sources in several]
    return None if None in sizes else sum(size or 0 for size in sizes)


def _passed_over(several: list[Sources]) -> str:
    counts = counts_of(sources.look()[0] for sources in several)
    return f"; passed over: {', '.join(counts)}" if counts else ""


def _open_or_create(
    several: list[Sources], index_path: str, schema_path: str | None, report: IndexReport
) -> Index:
    """An index keeps a schema that was chosen, or that documents have; else it gets that of the sources."""
    import searchlib
    from searchlib.errors import IndexNotFoundError

    sources, inferred = several[0], schema_path is None
    try:
        index = searchlib.open(index_path)
    except IndexNotFoundError:
        index = searchlib.Index.create(index_path, sources.schema, exist_ok=True, inferred=inferred)
        report.schema(index.schema, inferred=inferred)
        for each in several:
            each.grows = inferred
        return index
    # A first run that was refused or interrupted has guessed from files that may not even be given again.
    if index.schema_is_open and (sources.schema != index.schema or not inferred):
        index.replace_schema(sources.schema, inferred=inferred)
        report.schema(index.schema, inferred=inferred)
    if schema_path is not None and sources.schema != index.schema:
        raise click.UsageError(
            f"the index {index_path} has another schema than {schema_path}; make a new one: --index DIR"
        )
    for each in several:
        each.use_schema(index.schema)
        each.grows = index.schema_is_inferred
    return index
