"""searchlib bench: how fast is it on these documents and this machine?"""

from __future__ import annotations

import random
import re
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .errors import FAILED, SUCCESS, say
from .options import examples, json_option, ranking_option, subcommand, writer_options

if TYPE_CHECKING:
    from searchlib import Index, Sources

_WORD = re.compile(r"\w{3,}")
_SAMPLE_DOCUMENTS = 2_000
_PERCENTILES = (50, 90, 99, 100)


@subcommand(
    "bench",
    short_help="Measure speed on your own documents.",
    epilog=examples(
        "searchlib bench corpus",
        "searchlib bench dump.jsonl --queries 5000 --keep indexes/bench",
    ),
)
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option(
    "--queries",
    "num_queries",
    default=1000,
    show_default=True,
    type=click.IntRange(1),
    metavar="N",
    help="Queries timed.",
)
@click.option("--seed", default=1, show_default=True, metavar="N", help="Of the choice of queries.")
@ranking_option("default", "default")
@writer_options
@click.option(
    "--keep", metavar="DIR", help="Write the index there and keep it; otherwise it goes when this ends."
)
@json_option
def command(
    paths: tuple[str, ...],
    num_queries: int,
    seed: int,
    ranking: str,
    memory_mb: int,
    threads: int,
    keep: str | None,
    as_json: bool,
) -> int:
    """Index PATH and search it: documents/s, MB/s, peak memory, index size, and the spread of query times.

    The queries are one to three words that stand together in a document, so they have the frequencies of your
    documents; each is timed once, the ten best hits without their texts.
    """
    from searchlib import Sources

    with tempfile.TemporaryDirectory(prefix="searchlib-bench-") as folder:
        sources = Sources(*paths, exclude=[keep] if keep else [], on_error="skip")
        path = keep or str(Path(folder, "index"))
        index, figures, texts = _index(sources, path, seed, memory_mb=memory_mb, threads=threads)
        if not figures["documents"]:
            say(f"error: no document in {', '.join(paths)}")
            return FAILED
        queries = list(_queries(texts, num_queries, random.Random(seed)))
        figures.update(_time_queries(index, queries, ranking))
    _print(figures, as_json)
    return SUCCESS


def _index(sources: Sources, path: str, seed: int, **options: int) -> tuple[Index, dict[str, Any], list[str]]:
    import searchlib

    texts: list[str] = []
    num_characters = 0
    rng = random.Random(seed)
    index = searchlib.Index.create(path, sources.schema)
    text_fields = index.schema.text_fields
    started = time.perf_counter()
    with index.writer(**options) as writer:
        for number, document in enumerate(sources):
            writer.add(document)
            text = "\n".join(str(document[name]) for name in text_fields if name in document)
            num_characters += len(text)
            # A reservoir: every document is as likely to be among those that queries are taken from.
            place = number if number < _SAMPLE_DOCUMENTS else rng.randrange(number + 1)
            if place < _SAMPLE_DOCUMENTS:
                texts[place : place + 1] = [text[:20_000]]  # appends while it fills
    seconds = time.perf_counter() - started
    stats = index.stats()
    num_bytes = sources.measure()[1] or num_characters
    figures = {
        "documents": stats["num_docs"],
        "source_bytes": num_bytes,
        "characters": num_characters,
        "indexing_seconds": seconds,
        "documents_per_second": stats["num_docs"] / seconds,
        "mb_per_second": num_bytes / 1e6 / seconds,
        "peak_memory_bytes": _peak_memory_bytes(),
        "index_bytes": stats["size_bytes"],
        "segments": stats["num_segments"],
    }
    return index, figures, texts


def _peak_memory_bytes() -> int:
    """Of this process so far, the interpreter and its libraries included."""
    import resource
    import sys

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


def _queries(texts: list[str], count: int, rng: random.Random) -> Iterator[str]:
    words_of = [words for text in texts if (words := _WORD.findall(text))]
    for _ in range(count if words_of else 0):
        words = rng.choice(words_of)
        start = rng.randrange(len(words))
        yield " ".join(words[start : start + rng.choice((1, 2, 2, 3))])


def _time_queries(index: Index, queries: list[str], ranking: str) -> dict[str, Any]:
    """Each query once, after a tenth of them as a warm-up."""
    for query in queries[: max(1, len(queries) // 10)]:
        index.search(query, ranking=ranking)
    times = []
    for query in queries:
        started = time.perf_counter()
        index.search(query, ranking=ranking)
        times.append((time.perf_counter() - started) * 1000)
    times.sort()
    at = {percent: times[min(len(times) - 1, len(times) * percent // 100)] for percent in _PERCENTILES}
    return (
        {"queries": len(times), **{f"query_ms_p{percent}": value for percent, value in at.items()}}
        if times
        else {}
    )


def _print(figures: dict[str, Any], as_json: bool) -> None:
    from .output import bytes_text, json_line, plural, write

    if as_json:
        write(json_line(figures))
        return
    ratio = figures["index_bytes"] / figures["source_bytes"] if figures["source_bytes"] else 0.0
    rows = [
        ("documents", f"{figures['documents']:,}, {bytes_text(figures['source_bytes'])} of files"),
        ("indexing", f"{figures['documents_per_second']:,.0f} documents/s, "
         f"{figures['mb_per_second']:.1f} MB/s"),
        ("", f"{figures['indexing_seconds']:.2f} s with reading and the commit"),
        ("peak memory", bytes_text(figures["peak_memory_bytes"])),
        ("index size", f"{bytes_text(figures['index_bytes'])}, {ratio:.0%} of the files, "
         + plural(figures["segments"], "segment")),
    ]  # fmt: skip
    if "queries" in figures:
        spread = "  ".join(f"p{percent} {figures[f'query_ms_p{percent}']:.2f}" for percent in _PERCENTILES)
        rows.append(("query, ms", f"{spread.replace('p100', 'max')}   ({figures['queries']:,} queries)"))
    for name, value in rows:
        write(f"{name:<12}  {value}")
