"""What a key stroke costs while one types: `index.instant` over a million documents, letter by letter.

The texts that are typed are titles and words of $SEARCHLIB_DATA/text: Russian, English, both together, with a
slip in one word, with the wrong keyboard layout on. Each key stroke is asked for twice: by a process that has
just opened the index, and again when all of them were asked before. The index has a title and a body.
"""

from __future__ import annotations

import argparse
import gzip
import json
import shutil
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import NamedTuple

import searchlib
from searchlib import Index, Schema, Text

from . import corpora, vocabulary
from .generate import SEED
from .percentiles import percentile, summary
from .verdicts import Verdict

MAX_MS = 5.0
"""At the 95th percentile, over all key strokes."""

_EACH = {"Russian": 50, "English": 50, "both": 20, "one word": 40, "a slip": 30, "wrong layout": 20}
_MAX_LETTERS = 40
_WORDS_OF_TITLES = 5
_LATIN = "qwertyuiop[]asdfghjkl;'zxcvbnm,."
_CYRILLIC = "йцукенгшщзхъфывапролджэячсмитьбю"
_SLIPS = {True: "abcdefghijklmnopqrstuvwxyz", False: "абвгдежзийклмнопрстуфхцчшщъыьэюя"}


def main(arguments: list[str] | None = None) -> int:
    """`python -m benchmarks instant [--corpus d1m] [--index FOLDER] [--each]`"""
    parser = argparse.ArgumentParser(prog="python -m benchmarks instant", description=__doc__)
    parser.add_argument("--corpus", default="d1m", choices=sorted(corpora.SIZES), help="see `generate`")
    parser.add_argument("--index", type=Path, help="where its index is, or is made and kept")
    parser.add_argument("--slowest", type=int, default=0, metavar="N", help="name the N slowest key strokes")
    options = parser.parse_args(arguments)
    path = options.index or corpora.DATA / f"{options.corpus}.instant"
    if not path.exists():
        build(options.corpus, path)
    typed = texts()
    with searchlib.open(path) as index:
        stats = index.stats()
        print(f"{stats['num_docs']:,} documents, {stats['num_segments']} segments; {len(typed)} texts")
        index.search("")  # the modules of a search are loaded
        first, again = (list(measured(index, typed)) for _ in range(2))
    met = True
    for name, taken in (("the first time", first), ("again", again)):
        verdict = _verdict(name, taken)
        met = met and verdict.met
        print(verdict)
        for kind in _EACH:
            print(f"         {kind}: {summary([one.ms for one in taken if one.kind == kind])}")
        for one in sorted(taken, key=lambda one: -one.ms)[: options.slowest]:
            print(f"           {one.ms:.1f} ms, {one.processor_ms:.1f} of work, {one.kind}: {one.text!r}")
    return 0 if met else 1


def build(corpus: str, path: Path) -> None:
    """The index of a generated corpus."""
    print(f"{corpus} is indexed into {path}", file=sys.stderr)
    source = corpora.DATA / f"{corpus}.jsonl"
    if not source.exists():
        raise SystemExit(f"{source} is not there: make it with `python -m benchmarks generate {corpus}`")
    unfinished = path.with_name(path.name + ".unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    index = Index.create(unfinished, Schema(title=Text(boost=3.0), body=Text()))
    with index.writer(memory_mb=1024, threads=2) as writer, source.open(encoding="utf-8") as lines:
        writer.add_many(map(json.loads, lines))
    index.close()
    unfinished.replace(path)


def texts() -> dict[str, list[str]]:
    """What is typed, by kind, drawn with a fixed seed."""
    chance = Random(SEED)
    titles = {language: list(_titles(language)) for language in ("ru", "en")}
    words = [
        word.lower()
        for stream in vocabulary.load().streams.values()
        for word in chance.sample(stream.words, 1000)
        if word.isalpha() and 4 <= len(word) <= 14
    ]

    def some(language: str, count: int) -> list[str]:
        return chance.sample(titles[language], count)

    both = [
        f"{russian.rsplit(' ', 2)[0]} {english.split(' ')[0]}"
        for russian, english in zip(some("ru", _EACH["both"]), some("en", _EACH["both"]), strict=True)
    ]
    half = _EACH["a slip"] // 2
    layout = _EACH["wrong layout"] // 2
    return {
        "Russian": some("ru", _EACH["Russian"]),
        "English": some("en", _EACH["English"]),
        "both": both,
        "one word": chance.sample(words, _EACH["one word"]),
        "a slip": [mistyped(text, chance) for text in some("ru", half) + some("en", half)],
        "wrong layout": [on_other_layout(text) for text in some("ru", layout) + some("en", layout)],
    }


def _titles(language: str) -> Iterator[str]:
    for path in sorted((vocabulary.data_folder() / "text").glob(f"{language}_*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                title = " ".join(json.loads(line)["title"].split()[:_WORDS_OF_TITLES])
                if 8 <= len(title) <= _MAX_LETTERS:
                    yield title


def mistyped(text: str, chance: Random) -> str:
    """One letter of its longest word left out, doubled, replaced or swapped with the next."""
    word = max(text.split(), key=len)
    at = chance.randrange(1, max(len(word) - 1, 2))
    other = chance.choice(_SLIPS[word.isascii()])
    slip = chance.choice(
        (
            word[:at] + word[at + 1 :],
            word[:at] + other + word[at:],
            word[:at] + other + word[at + 1 :],
            word[: at - 1] + word[at : at + 1] + word[at - 1] + word[at + 1 :],
        )
    )
    return text.replace(word, slip, 1)


def on_other_layout(text: str) -> str:
    """The same keys, with the other keyboard layout on."""
    keys = dict(zip(_LATIN + _CYRILLIC, _CYRILLIC + _LATIN, strict=True))
    return "".join(keys.get(letter, letter) for letter in text.lower())


class Stroke(NamedTuple):
    """What is typed so far, and the milliseconds that it took: on the clock, and of the processor."""

    kind: str
    text: str
    ms: float
    processor_ms: float


def measured(index: Index, typed: dict[str, list[str]]) -> Iterator[Stroke]:
    """Each key stroke."""
    for kind, some in typed.items():
        for text in some:
            for end in range(1, len(text) + 1):
                started, worked = time.perf_counter(), time.thread_time()
                index.instant(text[:end])
                took, work = time.perf_counter() - started, time.thread_time() - worked
                yield Stroke(kind, text[:end], took * 1000, work * 1000)


def _verdict(name: str, taken: list[Stroke]) -> Verdict:
    times, work = [one.ms for one in taken], [one.processor_ms for one in taken]
    text = (
        f"{len(times):,} key strokes, {name}: {summary(times)}; p95 at most {MAX_MS:g}; "
        f"of the processor {summary(work)}"
    )
    return Verdict(percentile(times, 95) <= MAX_MS, text)
