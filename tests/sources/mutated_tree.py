"""Files of all types, damaged in ways that their types have: in members of packages, in tags, in depth.

A number makes a damaged file, the same one each time: `python tests/sources/mutated_tree.py 0 2000` tries two
thousand, with a bound of time for each and one of memory for all, and prints the numbers of those that fail.
"""

from __future__ import annotations

import io
import random
import re
import resource
import sys
import tempfile
import time
import traceback
import zipfile
import zlib
from pathlib import Path

from mutated_files import damaged, indexed
from tree.selection import SELECTION

import office_files
from hang import must_end
from ooxml_files import packed
from searchlib.sources.formats import BY_SUFFIX, suffix_of
from searchlib.sources.unforeseen import UNFORESEEN

MAX_SECONDS = 20.0
"""Of the processor's time for one file: that of an undamaged one is a hundredth of a second."""

MAX_BYTES = 2 << 30
"""Of addresses that a process may have which reads them all."""

_ATTRIBUTE = re.compile(rb'="[^"]*"')
_VALUES = (b"", b"-1", b"999999999", b"1e309", b"x" * 100_000, b"9" * 5_000, b"&#x110000;", b"../../x", b"#")
_OPEN = (
    b"<a>", b"<div>", b"<text:p>", b"<w:p><w:r>", b"<w:tbl><w:tr><w:tc>", b"{\\b ", b"[", b'{"a":', b"> ",
    b"<section>", b"<table:table><table:table-row><table:table-cell>", b"<m:e><m:d>", b"(((", b"**_",
)  # fmt: skip
Files = list[tuple[str, bytes]]


def originals() -> Files:
    """A file of each type that is read, and of some that are not."""
    files = [(path.name, path.read_bytes()) for path in sorted(SELECTION.rglob("*.*"))]
    return files + [(name, sample.data) for name, sample in office_files.samples().items()]


def damaged_file(files: Files, seed: int) -> tuple[str, bytes]:
    """A damaged file: its name and its bytes."""
    draw = random.Random(seed)
    name, data = draw.choice(files)
    for _ in range(draw.choice((1, 1, 1, 2))):
        data = _damaged(data, files, draw)
    if draw.random() < 0.05:
        name += draw.choice(sorted({*BY_SUFFIX} - {".h", ".r"}))
    return f"{seed}-{name}", data


def _damaged(data: bytes, files: Files, draw: random.Random) -> bytes:
    if data.startswith(b"PK") and draw.random() < 0.8:
        try:
            return _repacked(data, files, draw)
        except (zipfile.BadZipFile, zlib.error, RuntimeError, EOFError, OSError, ValueError):
            pass  # it is damaged already
    return _bytes_damaged(data, files, draw)


def _bytes_damaged(data: bytes, files: Files, draw: random.Random) -> bytes:
    ways = (_cut, _attribute, _deep, _repeated, damaged, damaged, damaged)
    return draw.choice(ways)(data, files, draw)


def _repacked(data: bytes, files: Files, draw: random.Random) -> bytes:
    """A package whose members are changed, exchanged, lost or taken from another one; its sums are right."""
    members = _members(data)
    if not members:
        return data
    name, way = draw.choice(list(members)), draw.randrange(5)
    if way == 0:
        del members[name]
    elif way == 1:
        other = draw.choice(list(members))
        members[name], members[other] = members[other], members[name]
    elif way == 2:
        others = _members(draw.choice([other for _, other in files if other.startswith(b"PK")]))
        members[name] = draw.choice(list(others.values()))
    else:
        members[name] = _bytes_damaged(members[name], files, draw)
    return packed(members)


def _members(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def _cut(data: bytes, _: Files, draw: random.Random) -> bytes:
    return data[: draw.randrange(len(data) + 1)]


def _attribute(data: bytes, _: Files, draw: random.Random) -> bytes:
    """Values of attributes, replaced."""
    found = list(_ATTRIBUTE.finditer(data))
    for match in reversed(draw.sample(found, min(len(found), draw.choice((1, 3, 20))))):
        data = data[: match.start() + 2] + draw.choice(_VALUES) + data[match.end() - 1 :]
    return data


def _deep(data: bytes, _: Files, draw: random.Random) -> bytes:
    """Nested far too deep, behind a tag."""
    at = data.find(b">", draw.randrange(len(data) + 1)) + 1 or len(data)
    return data[:at] + draw.choice(_OPEN) * draw.choice((50, 3_000, 30_000)) + data[at:]


def _repeated(data: bytes, _: Files, draw: random.Random) -> bytes:
    """A piece of it over and over."""
    at = draw.randrange(len(data) + 1)
    return data[:at] + data[at : at + draw.choice((1, 5, 40, 300))] * draw.choice((100, 20_000)) + data[at:]


def faults(root: Path, files: Files, seed: int) -> str:
    """What is wrong with how a damaged file is read; "" if nothing is."""
    name, data = damaged_file(files, seed)
    path = root / name
    path.write_bytes(data)
    try:
        with must_end(MAX_SECONDS):
            _, problems = indexed(path)
    except Exception:
        return traceback.format_exc()
    finally:
        path.unlink()
    return "; ".join(problem for problem in problems if UNFORESEEN in problem)


def main(first: int, last: int) -> int:
    """Try the files of these numbers; the number of those that fail."""
    resource.setrlimit(resource.RLIMIT_AS, (MAX_BYTES, MAX_BYTES))
    files, num_failed, slowest = originals(), 0, (0.0, 0)
    with tempfile.TemporaryDirectory() as folder:
        for seed in range(first, last):
            started = time.process_time()
            fault = faults(Path(folder), files, seed)
            slowest = max(slowest, (time.process_time() - started, seed))
            if fault:
                num_failed += 1
                print(seed, damaged_file(files, seed)[0], fault, flush=True)
    kinds = {suffix_of(name) for name, _ in files}
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
    print(f"{last - first:,} files of {len(kinds)} types, {num_failed} failed; {peak:,} MiB at most;")
    print(f"the slowest took {slowest[0]:.1f} s, number {slowest[1]}")
    return num_failed


if __name__ == "__main__":
    sys.exit(min(main(int(sys.argv[1]), int(sys.argv[2])), 100))
