"""How long suggestions and completions take on a million forms: the first time in a process, and afterwards.

The forms are those of real text. It prints a line for each case, with its target.
"""

from __future__ import annotations

import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from searchlib import Index, Schema, Text

from .verdicts import Verdict

_NUM_FORMS = 1_000_000
_REPEATS = 15
_PROCESSES = 5
_CALLS = {
    "suggest, a typo of two edits": "index.suggest('documentaton')",
    "suggest, a typo of one edit": "index.suggest('систеа')",
    "suggest, a name": "index.suggest('Lukashenka')",
    "complete, one letter": "index.complete('s')",
    "complete, three letters": "index.complete('пре')",
}
_COLD = """
import sys, time
import searchlib
index = searchlib.open(sys.argv[1])
index.search("system")
started = time.perf_counter()
{call}
print((time.perf_counter() - started) * 1000)
"""


def measures(
    forms: Mapping[str, int], mistyped: Callable[[str, dict[str, int], random.Random], str], seed: int
) -> Iterator[str | Verdict]:
    """A million forms in one segment: real ones, and neighbours of them."""
    chance = random.Random(seed)
    real = [form for form in forms if form.isalpha()]
    seen = dict.fromkeys(real)
    while len(seen) < _NUM_FORMS:
        seen.setdefault(mistyped(chance.choice(real) + chance.choice(("", "o", "ин", "er")), {}, chance))
    words = list(seen)
    chance.shuffle(words)
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "index")
        index = Index.create(path, Schema(text=Text(stored=False, languages=())))
        with index.writer(memory_mb=2048) as writer:
            writer.add_many({"text": " ".join(words[at : at + 500])} for at in range(0, len(words), 500))
            # Real words in real proportions: completions look for the frequent ones.
            common = chance.choices(real, [forms[form] for form in real], k=500_000)
            writer.add_many({"text": " ".join(common[at : at + 100])} for at in range(0, len(common), 100))
            writer.merge()
        index.refresh()
        yield from _cases(index, path, [*map(_first_letters(words), range(1, 9))])


def _cases(index: Index, path: str, prefixes: list[list[str]]) -> Iterator[str | Verdict]:
    stats = index.stats()
    yield f"{stats['fields']['text']['num_forms']:,} forms in {stats['num_segments']} segment"
    for name, call in _CALLS.items():
        cold = [_cold_ms(path, call) for _ in range(_PROCESSES + 1)][1:]  # the first one compiles
        warm = _ms(lambda call=call: eval(call, {"index": index}))  # type: ignore[misc]
        most = 1 if "complete" in name else 20
        first = statistics.median(cold)
        yield Verdict(
            warm <= most, f"{warm:.3f} ms {name}, at most {most}; {first:.1f} ms the first time in a process"
        )
    each = [max(_ms(lambda prefix=prefix: index.complete(prefix)) for prefix in some) for some in prefixes]  # type: ignore[misc]
    longest = ", ".join(f"{ms:.3f}" for ms in each)
    text = f"{longest} ms complete, the slowest prefix of 1 to {len(each)} letters, at most 1"
    yield Verdict(max(each) <= 1, text)
    vocabulary = index._searcher.suggester.vocabulary(("text",)).native  # type: ignore[union-attr]
    for name, ms in (
        ("near forms, one edit", _ms(lambda: vocabulary.near("систеа", 1))),
        ("near forms, two edits", _ms(lambda: vocabulary.near("documentaton", 2))),
        ("names", _ms(lambda: vocabulary.names("лукашенко", 0.8))),
    ):
        yield f"{ms:.3f} ms in the core: {name}"


def _first_letters(words: list[str]) -> Callable[[int], list[str]]:
    """The prefixes of that length with which most words begin."""

    def most_common(length: int) -> list[str]:
        counts: dict[str, int] = {}
        for word in words:
            if len(word) >= length:
                counts[word[:length]] = counts.get(word[:length], 0) + 1
        return sorted(counts, key=lambda prefix: -counts[prefix])[:5]

    return most_common


def _ms(call: Callable[[], object]) -> float:
    """The median of several calls after a first one."""
    call()
    times = []
    for _ in range(_REPEATS):
        started = time.perf_counter()
        call()
        times.append(time.perf_counter() - started)
    return statistics.median(times) * 1000


def _cold_ms(path: str, call: str) -> float:
    """The call as the first one of a new process, with all modules that it loads, compiled."""
    environment = {**os.environ, "PYTHONPYCACHEPREFIX": str(Path(path).parent / "compiled")}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    command = [sys.executable, "-c", _COLD.format(call=call), path]
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=environment)
    return float(done.stdout)
