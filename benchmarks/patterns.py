"""How long prefixes, wildcards and fuzzy words take, beside tantivy on the same forms, in one run.

`python -m benchmarks patterns` cuts the texts of $SEARCHLIB_DATA into passages, indexes their token stream
with both engines (and the same text with lemmas), and asks each for the ten best of the same patterns, in
turns. It prints a line for each kind of pattern, with its target: not slower than tantivy. Patterns are drawn
from the passages' words with a fixed seed; the numbers of documents that match are compared first.
"""

from __future__ import annotations

import argparse
import random
import re
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from searchlib.query.nodes import Fuzzy, Node, Prefix, Wildcard

from . import peers, vocabulary
from .corpora import Document, tokens
from .verdicts import Verdict

SEED = 20_261
_WORDS_A_PASSAGE = 100
_OURS = ("searchlib", "searchlib_lemmas")
_LETTERS = {"en": "abcdefghijklmnopqrstuvwxyz", "ru": "абвгдежзийклмнопрстуфхцчшщъыьэюя"}


@dataclass(frozen=True)
class Pattern:
    """kind: prefix, wildcard or fuzzy, as searchlib calls them; distance: of a fuzzy one, in edits."""

    kind: str
    text: str
    distance: int = 0

    def node(self) -> Node:
        """What searchlib's parser makes of it."""
        if self.kind == "fuzzy":
            return Fuzzy(self.text, None, self.distance)
        return Prefix(self.text, None) if self.kind == "prefix" else Wildcard(self.text, None)

    def regex(self) -> str:
        """What tantivy calls a prefix or a wildcard."""
        body = re.escape(self.text).replace(r"\*", ".*").replace(r"\?", ".")
        return body + ".*" if self.kind == "prefix" else body


def passages(sources: vocabulary.Sources, count: int) -> Iterator[Document]:
    """So many runs of 100 words of real text, of both languages in turns."""
    at = dict.fromkeys(sources.streams, 0)
    number = 0
    while number < count:
        left = number
        for language, stream in sources.streams.items():
            words = stream.words[at[language] : at[language] + _WORDS_A_PASSAGE]
            at[language] += _WORDS_A_PASSAGE
            if words and number < count:
                yield Document(f"{language}{number}", " ".join(words))
                number += 1
        if left == number:
            return  # there is no more text


def patterns(forms: Mapping[str, int], each: int) -> dict[str, list[Pattern]]:
    """`each` patterns of each kind, made of words that three passages or more hold."""
    chance = random.Random(SEED)
    common = sorted(form for form, df in forms.items() if df >= 3 and form.isalpha() and 6 <= len(form) <= 14)
    chosen = chance.sample(common, each)

    def mistyped(word: str) -> str:
        at = chance.randrange(1, len(word))
        letter = chance.choice(_LETTERS["en" if word.isascii() else "ru"])
        return word[:at] + letter + word[at + chance.randrange(2) :]

    return {
        "one edit": [Pattern("fuzzy", mistyped(word), 1) for word in chosen],
        "two edits": [Pattern("fuzzy", mistyped(word), 2) for word in chosen],
        "prefix of 4": [Pattern("prefix", word[:4]) for word in chosen],
        "prefix of 2": [Pattern("prefix", word[:2]) for word in chosen],
        "wildcard t?shk*nt": [Pattern("wildcard", f"{word[0]}?{word[2:-3]}*{word[-2:]}") for word in chosen],
        "wildcard *kent*": [Pattern("wildcard", f"*{word[2:6]}*") for word in chosen],
    }


def main(arguments: Sequence[str]) -> int:
    """One line a kind; 1 if a target is missed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks patterns", description=__doc__)
    parser.add_argument("--passages", type=int, default=100_000, help="of 100 words (default 100000)")
    parser.add_argument("--each", type=int, default=40, help="patterns of each kind (default 40)")
    parser.add_argument("--repeats", type=int, default=7, help="rounds; the median counts (default 7)")
    chosen = parser.parse_args(arguments)
    engines = {name: peers.engine(name) for name in (*_OURS, "tantivy")}
    for name, engine in engines.items():
        if reason := engine.unavailable():
            print(f"{name} is absent: {reason}", file=sys.stderr)
            return 2
    with tempfile.TemporaryDirectory() as folder:
        forms = _build(engines, Path(folder), chosen.passages)
        print(f"       {chosen.passages:,} passages, {len(forms):,} forms")
        calls = {name: _caller(engine, name) for name, engine in engines.items()}
        all_met = True
        for name, some in patterns(forms, chosen.each).items():
            verdict = _compare(name, some, calls, chosen.repeats)
            all_met = all_met and verdict.met
            print(verdict, flush=True)
    return int(not all_met)


def _build(engines: Mapping[str, peers.Engine], folder: Path, count: int) -> Counter[str]:
    """Every engine's index, opened; how many passages hold each form."""
    sources = vocabulary.load()
    forms: Counter[str] = Counter()
    for document in passages(sources, count):
        forms.update(set(tokens(document.text)))
    for name, engine in engines.items():
        own = folder / name
        own.mkdir()
        raw = (Document(key, text) for key, text in passages(sources, count))
        cut = (Document(key, " ".join(tokens(text))) for key, text in passages(sources, count))
        engine.build(own, raw if engine.raw_text else cut)
        engine.settle()
        engine.open(own)
    return forms


Call = Callable[[Pattern, bool], Any]
"""The ids of the ten best, or with True the number of all that match."""


def _caller(engine: Any, name: str) -> Call:
    if name in _OURS:
        search = engine._index.search
        return lambda pattern, counts: (
            search(pattern.node()).total if counts else [hit.id for hit in search(pattern.node())]
        )
    from tantivy import Query

    schema, searcher, ids = engine._schema, engine._searcher, engine._ids

    def ask(pattern: Pattern, counts: bool) -> Any:
        if pattern.kind == "fuzzy":
            query = Query.fuzzy_term_query(schema, "text", pattern.text, distance=pattern.distance)
        else:
            query = Query.regex_query(schema, "text", pattern.regex())
        if counts:
            return searcher.search(query, 1, count=True).count
        hits = searcher.search(query, 10, count=False).hits
        numbers = searcher.fast_field_values("number", [address for _, address in hits])
        return [ids[number] for number in numbers]

    return ask


def _compare(name: str, some: Sequence[Pattern], calls: Mapping[str, Call], repeats: int) -> Verdict:
    """The medians over the patterns, each pattern's time the median of its rounds."""
    counts = {engine: [ask(pattern, True) for pattern in some] for engine, ask in calls.items()}
    differing = sum(a != b for a, b in zip(counts["searchlib"], counts["tantivy"], strict=True))
    times: dict[str, list[list[float]]] = {engine: [[] for _ in some] for engine in calls}
    for _ in range(repeats):
        for number, pattern in enumerate(some):
            for engine, ask in calls.items():
                started = time.perf_counter()
                ask(pattern, False)
                times[engine][number].append(time.perf_counter() - started)
    each = {engine: [statistics.median(rounds) for rounds in found] for engine, found in times.items()}
    median = {engine: statistics.median(found) * 1000 for engine, found in each.items()}
    ratio = {
        engine: statistics.median(
            ours / theirs for ours, theirs in zip(each[engine], each["tantivy"], strict=True)
        )
        for engine in _OURS
    }
    matches = statistics.median(counts["tantivy"])
    text = (
        f"{name}: {median['searchlib']:.3f} ms, {median['searchlib_lemmas']:.3f} with lemmas, tantivy "
        f"{median['tantivy']:.3f}; the median of the ratios {ratio['searchlib']:.2f}, with lemmas "
        f"{ratio['searchlib_lemmas']:.2f}, at most 1; {matches:g} documents match"
    )
    if differing:
        text += f"; of {len(some)} patterns {differing} match another number of documents"
    return Verdict(max(ratio.values()) <= 1 and not differing, text)
