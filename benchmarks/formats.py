"""How fast files are read, format by format, and how long a tree of them takes to be indexed, beside recoll.

Every format has the same texts. Reading is timed in one process, without the index. Trees are indexed with
processes that read ahead and without, and by recollindex where it is installed: each in a process of its own,
with the index made, in turns, and once more over the unchanged files.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from searchlib.sources.content import OpenFile
from searchlib.sources.files import SourceFile
from searchlib.sources.formats import BY_SUFFIX

from . import file_tree, machine
from .environments import interpreter
from .processes import Took, run

_OFFICE = ("docx", "odt", "xlsx", "pptx", "epub")
_INDEX = """
import sys, pathlib, searchlib
tree, place = sys.argv[1:]
sources = searchlib.Sources(tree, grows=True, processes={processes})
if not pathlib.Path(place).exists():
    searchlib.Index.create(place, sources.schema, inferred=True)
index = searchlib.open(place)
sources.use_schema(index.schema)
with index.writer() as writer:
    searchlib.update_index(sources, writer)
"""


class Read(NamedTuple):
    """What reading the files of a format took, in seconds of the processor, and how much there is of them."""

    seconds: float
    num_files: int
    num_bytes: int
    num_characters: int


def main(arguments: list[str] | None = None) -> int:
    """`python -m benchmarks formats [--files 100] [--runs 5] [--only docx,md]`"""
    parser = argparse.ArgumentParser(prog="python -m benchmarks formats", description=__doc__)
    parser.add_argument("--files", type=int, default=100, help="of each format; default: %(default)s")
    parser.add_argument("--runs", type=int, default=5, help="turns; default: %(default)s")
    parser.add_argument("--only", default=",".join(file_tree.MAKERS), help="formats; default: all")
    options = parser.parse_args(arguments)
    formats = options.only.split(",")
    on = machine.describe()
    print(f"{on['cpu']}, {on['cores']} cores, Python {on['python']}, {on['date']}, load {on['load_average']}")
    print(f"{options.files} files of each format, medians of {options.runs} runs\n")
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        sizes = file_tree.write(root / "all", formats, options.files)
        print("| format | KB a file | ms a file | MB/s | million characters/s |\n|---|---|---|---|---|")
        for name in formats:
            print(reading_row(name, [read_all(root / "all" / name) for _ in range(options.runs)]), flush=True)
        trees = {"all of them": root / "all"}
        for name, chosen in (("office documents and books", _OFFICE), ("plain text", ("txt",))):
            if {*chosen} <= {*formats} and len(formats) > len(chosen):
                trees[name] = linked(root / f"tree{len(trees)}", root / "all", chosen)
        print("\n| tree | engine | s | s of processors | s again, unchanged |\n|---|---|---|---|---|")
        for name, tree in trees.items():
            size = sum(sizes[each] for each in formats if (tree / each).exists()) / 1e6
            for row in indexing_rows(f"{name}, {size:.1f} MB", tree, root / "made", options.runs):
                print(row, flush=True)
    if "recoll" not in engines():
        print("\nabsent: recoll (apt-get install recollcmd)")
    return 0


def linked(folder: Path, tree: Path, formats: tuple[str, ...]) -> Path:
    """A tree of some of the files; hard links, so that they are the same on disk."""
    for name in formats:
        shutil.copytree(tree / name, folder / name, copy_function=os.link)
    return folder


def read_all(folder: Path) -> Read:
    """Each file of a folder read once."""
    num_bytes = num_characters = 0
    paths = sorted(folder.iterdir())
    start = time.process_time()
    for path in paths:
        file = SourceFile(path.name, str(path), str(folder), BY_SUFFIX[path.suffix].name)
        with OpenFile(file) as reading:
            for row in reading.rows():
                assert row.fields is not None, row.reason
                num_characters += len(row.fields["body"])
            num_bytes += reading.num_bytes
    return Read(time.process_time() - start, len(paths), num_bytes, num_characters)


def reading_row(name: str, runs: list[Read]) -> str:
    """A line of the table."""
    seconds = statistics.median(run.seconds for run in runs)
    one = runs[0]
    return (
        f"| {name} | {one.num_bytes / one.num_files / 1e3:.0f} | {seconds / one.num_files * 1e3:.2f} "
        f"| {one.num_bytes / 1e6 / seconds:.1f} | {one.num_characters / 1e6 / seconds:.1f} |"
    )


def indexing_rows(title: str, tree: Path, made: Path, runs: int) -> Iterator[str]:
    """The engines in turns, after one turn that fills the page cache."""
    spent: dict[str, list[tuple[Took, Took]]] = {}
    for turn in range(runs + 1):
        for name, command in engines().items():
            shutil.rmtree(made, ignore_errors=True)
            made.mkdir()
            arguments = command(tree, made)
            took = run(arguments), run(arguments)
            if turn:
                spent.setdefault(name, []).append(took)
    for name, taken in spent.items():
        elapsed, cpu, again = (
            statistics.median(values)
            for values in zip(
                *((first.elapsed, first.cpu, again.elapsed) for first, again in taken), strict=True
            )
        )
        yield f"| {title} | {name} | {elapsed:.2f} | {cpu:.2f} | {again:.2f} |"


def engines() -> dict[str, Callable[[Path, Path], list[str]]]:
    """What indexes a tree, by name: the command for a tree and a folder for the index."""

    def searchlib(processes: int | None) -> Callable[[Path, Path], list[str]]:
        code = _INDEX.format(processes=processes)
        return lambda tree, made: [str(interpreter("")), "-c", code, str(tree), str(made / "index")]

    found = {"searchlib": searchlib(None), "searchlib, reading in one process": searchlib(0)}
    if shutil.which("recollindex"):
        found["recoll"] = recoll
    return found


def recoll(tree: Path, made: Path) -> list[str]:
    """Its command, with settings of its own."""
    settings = made / "recoll"
    if not settings.exists():
        settings.mkdir()
        (settings / "recoll.conf").write_text(
            f"topdirs = {tree}\nindexstemminglanguages = english russian\nnoaspell = 1\nloglevel = 1\n"
        )
    return ["recollindex", "-c", str(settings)]
