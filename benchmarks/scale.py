"""How a collection's latency grows with the number of its shards, with and without hedged requests.

The times that a shard works are measured once, on real queries of all kinds over shards of a generated
corpus, and kept beside it; requests that wait for the slowest of N such shards are simulated. docs/scale.md
says what follows for 100 machines.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from . import corpora, machine, scale_figures, service_times, shards
from .generate import SEED
from .percentiles import percentile
from .simulation import Setting, measured, simulate

FAN_OUTS = (1, 4, 16, 64, 100, 256)
_SIZES = (100_000, 300_000, 1_000_000)
_MOST_SHARDS = 4

Times = dict[str, dict[str, list[list[float]]]]


def main(arguments: list[str] | None = None) -> int:
    """`python -m benchmarks scale [--figures] [--documents 100000] [--load 0.3] …`"""
    parser = argparse.ArgumentParser(prog="python -m benchmarks scale", description=__doc__)
    parser.add_argument("--corpus", default="d1m", choices=sorted(corpora.SIZES), help="see `generate`")
    parser.add_argument("--figures", action="store_true", help="measure bytes, memory, messages and growth")
    parser.add_argument("--documents", type=int, default=100_000, help="of each shard")
    parser.add_argument("--anew", action="store_true", help="measure the times again")
    parser.add_argument("--noise", action="store_true", help="add what the clock showed beyond the processor")
    parser.add_argument(
        "--grown", type=float, default=1.0, metavar="F", help="as if each time were F times as long"
    )
    parser.add_argument("--load", type=float, default=0.3, help="the share of threads that is busy")
    parser.add_argument("--replicas", type=int, default=2)
    parser.add_argument("--threads", type=int, default=2, help="of each replica")
    parser.add_argument("--questions", type=int, default=250_000, help="to shards, simulated for each line")
    parser.add_argument("--seed", type=int, default=SEED)
    options = parser.parse_args(arguments)
    lines = figures(options.corpus) if options.figures else simulated(options)
    for line in lines:
        print(line, flush=True)
    return 0


def simulated(options: argparse.Namespace) -> Iterator[str]:
    """A Markdown table: percentiles by fan-out, plain and hedged."""
    sample, times = times_of(options.corpus, options.documents, options.anew)
    rows = [
        [
            seconds * options.grown + (later - seconds if options.noise else 0.0)
            for seconds, later in zip(*row, strict=True)
        ]
        for kind in times.values()
        for row in zip(kind["processor"], kind["clock"], strict=True)
    ]
    work = measured(rows)
    yield (
        f"{sample}: {len(rows):,} queries, × {options.grown:g}{' and noise' * options.noise}, "
        f"mean {work.mean * 1000:.3f} ms"
    )
    yield (
        f"load {options.load:g}, {options.replicas} replicas of {options.threads} threads: "
        f"{options.load * options.replicas * options.threads / work.mean:,.0f} requests/s; "
        f"seed {options.seed}; milliseconds"
    )
    yield "| shards | requests | p50 | p99 | p99.9 | hedged: p50 | p99 | p99.9 | hedges |"
    yield "|---|---|---|---|---|---|---|---|---|"
    for fan_out in FAN_OUTS:
        num_requests = max(2_000, min(20_000, options.questions // fan_out))
        cells = [str(fan_out), f"{num_requests:,}"]
        hedges = 0.0
        for hedged in (False, True):
            setting = Setting(fan_out, options.replicas, options.threads, options.load, hedged)
            found = simulate(work, setting, num_requests, options.seed)
            cells += [f"{part_of(found.seconds, share) * 1000:.2f}" for share in (0.5, 0.99, 0.999)]
            hedges = found.hedges
        yield f"| {' | '.join(cells)} | {hedges:.1%} |"


def part_of(seconds: Sequence[float], share: float) -> float:
    """The least of the times that this share of them does not exceed."""
    ordered = sorted(seconds)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


def times_of(corpus: str, num_docs: int, anew: bool = False) -> tuple[Path, Times]:
    """The kept sample of a size of shards, or a new one; and where it is."""
    path = corpora.DATA / f"{corpus}.service-times-{num_docs}.json"
    if anew or not path.exists():
        count = max(1, min(_MOST_SHARDS, corpora.SIZES[corpus] // num_docs))
        folders = [shards.shard(corpus, num_docs, number * num_docs) for number in range(count)]
        print(f"{count} shards of {num_docs:,} documents are asked", file=sys.stderr)
        rows = {
            kind: service_times.taken(folders, asked) for kind, asked in service_times.queries(corpus).items()
        }
        service_times.saved(path, rows, {**machine.describe(), "documents": num_docs, "shards": count})
    times: Times = json.loads(path.read_text("utf-8"))["times"]
    return path, times


def figures(corpus: str) -> Iterator[str]:
    """What docs/scale.md is computed from."""
    about = machine.describe()
    yield f"{about['cpu']}, {about['cores']} cores, load {about['load_average']}, commit {about['commit']}"
    folders = {size: shards.shard(corpus, size) for size in _SIZES if size <= corpora.SIZES[corpus]}
    for size, folder in folders.items():
        sizes, numbers = scale_figures.bytes_of(folder)
        each = ", ".join(f"{name} {count / size:.1f}" for name, count in sizes.items())
        cost = shards.cost_of(folder)
        yield (
            f"{size:,} documents: {numbers['bytes'] / size:.1f} bytes each ({each}); "
            f"{numbers['words']:,} words in {numbers['segments']} segments; "
            f"{size / cost['processor_seconds']:,.0f} documents a processor second"
        )
        resident = scale_figures.in_new_process("memory_of_worker", str(folder), corpus)
        yield f"  worker: {_megabytes(resident)}; longest answers: {scale_figures.widest(folder)}"
    yield from _growth(corpus, list(folders))
    yield from _messages(corpus, folders[min(folders)])
    yield f"a word remembered: {scale_figures.remembered(folders[min(folders)]):.0f} bytes"
    for fan_out in FAN_OUTS:
        merging = scale_figures.router_seconds(folders[min(folders)], corpus, fan_out)
        asking = scale_figures.transport_seconds(fan_out)
        yield (
            f"router, {fan_out} shards: {merging * 1000:.2f} ms of planning and merging, "
            f"{asking * 1000:.2f} of sockets"
        )


def _megabytes(sizes: Mapping[str, int]) -> str:
    return ", ".join(f"{name} {size / 1e6:.0f} MB" for name, size in sizes.items())


def _growth(corpus: str, sizes: list[int]) -> Iterator[str]:
    """The processor's milliseconds by kind and size, and the exponent of their growth."""
    samples = {size: times_of(corpus, size)[1] for size in sizes}
    yield "| kind | " + " | ".join(f"{size:,}: mean | p50 | p99" for size in sizes) + " | exponent |"
    yield "|---" * (2 + 3 * len(sizes)) + "|"
    for kind in samples[sizes[0]]:
        cells, means = [], []
        for size in sizes:
            all_times = [seconds for row in samples[size][kind]["processor"] for seconds in row]
            means.append(sum(all_times) / len(all_times))
            three = (means[-1], percentile(all_times, 50), percentile(all_times, 99))
            cells += [f"{seconds * 1000:.3f}" for seconds in three]
        exponent = math.log(means[-1] / means[0]) / math.log(sizes[-1] / sizes[0]) if len(sizes) > 1 else 0.0
        yield f"| {kind} | {' | '.join(cells)} | {exponent:.2f} |"


def _messages(corpus: str, folder: Path) -> Iterator[str]:
    """Messages and bytes of one shard, the first time and again."""
    kinds = {**service_times.queries(corpus), "ten texts": service_times.texts_fetched(corpus)}
    for kind, asked in kinds.items():
        first, again = map(scale_figures.Exchanged.of, service_times.rounds(folder, asked))
        told = "; ".join(
            f"{name}: {one.messages:g} messages, {one.sent:,.0f} bytes there, {one.received:,.0f} back"
            for name, one in (("first", first), ("again", again))
        )
        yield f"{kind}: {told}"
