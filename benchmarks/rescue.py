"""How well words are rescued: layouts, typos, names, questions in the other language, and how long it takes.

`python -m benchmarks rescue` reads the texts and collections of $SEARCHLIB_DATA and prints one line a measure
with its target. Random edits are drawn with a fixed seed.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import os
import random
import runpy
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from searchlib import Index, Schema, Text, _core
from searchlib.rescue.corrections import MIN_SIMILARITY, other_layout
from searchlib.rescue.keyboard import swapped
from searchlib.rescue.vocabulary import Vocabulary

from .vocabulary import PROJECT

SEED = 20260
_LATIN = "abcdefghijklmnopqrstuvwxyz"
_CYRILLIC = "абвгдежзийклмнопрстуфхцчшщъыьэюя"


def main(arguments: Sequence[str]) -> int:
    """The measures that were asked for, or all."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks rescue", description=__doc__)
    parser.add_argument("measures", nargs="*", help=f"of {', '.join(_MEASURES)}; all by default")
    parser.add_argument("--sample", type=int, default=2000, help="words that are mistyped (default 2000)")
    chosen = parser.parse_args(arguments)
    unknown = [name for name in chosen.measures if name not in _MEASURES]
    if unknown:
        parser.error(f"no measure {unknown[0]!r}; known are {', '.join(_MEASURES)}")
    data = _Data(Path(os.environ.get("SEARCHLIB_DATA") or PROJECT.parent / "shared" / "data"), chosen.sample)
    for name in chosen.measures or _MEASURES:
        for line in _MEASURES[name](data):
            print(f"{name:9}{line}", flush=True)
    return 0


class _Data:
    """The folder of the data, and the index of its texts, made when first needed."""

    def __init__(self, folder: Path, sample: int) -> None:
        self.folder, self.sample = folder, sample
        self._index: Index | None = None

    def index(self) -> Index:
        if self._index is None:
            files = sorted((self.folder / "text").glob("*.jsonl.gz"))
            if not files:
                raise SystemExit(f"no texts in {self.folder / 'text'}: set SEARCHLIB_DATA")
            self._index = Index.in_memory(Schema(text=Text(stored=False)))
            with self._index.writer() as writer:
                for file in files:
                    writer.add_many({"text": f"{row['title']}\n{row['text']}"} for row in _rows(file))
            self._index.refresh()
        return self._index

    def vocabulary(self) -> Vocabulary:
        vocabulary = self.index()._searcher.rescuer.vocabulary(("text",))
        assert vocabulary is not None
        return vocabulary

    def forms(self) -> dict[str, int]:
        """Every surface form with the number of documents that hold it."""
        forms: dict[str, int] = defaultdict(int)
        for segment in self.index()._searcher.segments:
            for form, df in segment.core.forms(0):
                forms[form] += df
        return forms

    def words(self, least: int = 3) -> dict[str, int]:
        """Those of the forms that a dictionary knows: what people meant to type."""
        known = self.vocabulary().is_word
        forms = self.forms().items()
        return {form: df for form, df in forms if df >= least and _is_plain(form) and known(form)}


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    data = path.read_bytes()
    for line in (gzip.decompress(data) if path.suffix == ".gz" else data).splitlines():
        yield json.loads(line)


def _is_plain(form: str) -> bool:
    return form.isalpha() and form.islower() and 4 <= len(form) <= 20


def _layout(data: _Data) -> Iterator[str]:
    vocabulary = data.vocabulary()
    words = list(data.words())
    right = sum(other_layout(swapped(word) or "", vocabulary) == word for word in words)
    yield f"{right / len(words):.1%} of {len(words):,} words typed with the other layout on (target 95%)"
    strange = {
        word
        for file in sorted((data.folder / "collections").glob("*/queries.jsonl"))
        for row in _rows(file)
        for word in vocabulary.words(row["text"])
        if len(word) > 1
    }
    false = sorted(word for word in strange if other_layout(word, vocabulary) is not None)
    shown = ", ".join(false[:8])
    yield f"{len(false)} of {len(strange):,} right words of queries taken for the other layout: {shown}"


def _typos(data: _Data) -> Iterator[str]:
    chance = random.Random(SEED)
    words = data.words()
    forms = data.forms()
    drawn = {
        "words alike": chance.sample(list(words), min(data.sample, len(words))),
        "by frequency": chance.choices(list(words), list(words.values()), k=data.sample),
    }
    for name, sample in drawn.items():
        pairs = [(_mistyped(word, forms, chance), word) for word in sample]
        started = time.perf_counter()
        found = [data.index().suggest(typed, 1) for typed, _ in pairs]
        each_ms = (time.perf_counter() - started) / len(pairs) * 1000
        meant = [suggestions[0].query if suggestions else "" for suggestions in found]
        lemmas = data.vocabulary().lemmas
        same = sum(one == word.replace("ё", "е") for one, (_, word) in zip(meant, pairs, strict=True))
        alike = sum(
            not set(lemmas(one)).isdisjoint(lemmas(word)) for one, (_, word) in zip(meant, pairs, strict=True)
        )
        yield (
            f"{same / len(pairs):.1%} first suggestions right, {alike / len(pairs):.1%} with other forms "
            f"of the word, {len(pairs):,} {name}, {each_ms:.1f} ms each (target 85%)"
        )


def _mistyped(word: str, forms: dict[str, int], chance: random.Random) -> str:
    """The word with one random edit that makes no other word of the lexicon."""
    alphabet = _LATIN if word[0] <= "z" else _CYRILLIC
    while True:
        at, kind, letter = chance.randrange(len(word)), chance.randrange(4), chance.choice(alphabet)
        typed = (
            word[:at] + word[at + 1 :],
            word[:at] + letter + word[at:],
            word[:at] + letter + word[at + 1 :],
            word[:at] + word[at + 1 : at + 2] + word[at] + word[at + 2 :],
        )[kind]
        if typed != word and typed not in forms:
            return typed


def _names(data: _Data) -> Iterator[str]:
    pairs = runpy.run_path(str(PROJECT / "tests" / "rescue" / "name_pairs.py"))
    same, different = (
        [_core.name_similarity(left, right) >= MIN_SIMILARITY for left, right in pairs["pairs"](pairs[name])]
        for name in ("SAME", "DIFFERENT")
    )
    precision = sum(same) / (sum(same) + sum(different))
    yield (
        f"precision {precision:.3f} (target .95), recall {sum(same) / len(same):.3f} (target .90), "
        f"{len(same)} pairs of one name, {len(different)} of two"
    )


def _cross(data: _Data) -> Iterator[str]:
    folder = data.folder / "collections" / "xquad_cross"
    if not folder.is_dir():
        yield f"skipped: no collection at {folder}"
        return
    documents = list(_rows(folder / "docs.jsonl.gz"))
    queries = list(_rows(folder / "queries.jsonl"))
    relevant: dict[str, dict[str, int]] = defaultdict(dict)
    for line in (folder / "qrels.tsv").read_text("utf-8").splitlines():
        query, document, grade = line.split("\t")
        relevant[query][document] = int(grade)
    for language, other in (("en", "ru"), ("ru", "en")):
        asked = [query for query in queries if query["lang"] == language]
        for name, wanted in ((f"{other} paragraphs", {other}), ("paragraphs of both", {"en", "ru"})):
            index = Index.in_memory(Schema(text=Text(stored=False)))
            with index.writer() as writer:
                writer.add_many({"id": d["id"], "text": d["text"]} for d in documents if d["lang"] in wanted)
            index.refresh()
            values = [
                sum(
                    _ndcg([hit.id for hit in index.search(q["text"], 10, cross_script=on)], relevant[q["id"]])
                    for q in asked
                )
                / len(asked)
                for on in (False, True)
            ]
            yield f"{language} questions, {name}: nDCG@10 {values[0]:.3f}, with cross_script {values[1]:.3f}"


def _ndcg(found: Sequence[str], grades: dict[str, int]) -> float:
    gain = sum(grades.get(document, 0) / math.log2(rank + 2) for rank, document in enumerate(found))
    ideal = sum(
        grade / math.log2(rank + 2) for rank, grade in enumerate(sorted(grades.values(), reverse=True)[:10])
    )
    return gain / ideal if ideal else 0.0


def _speed(data: _Data) -> Iterator[str]:
    """A million forms in one segment: real ones, and neighbours of them."""
    chance = random.Random(SEED)
    forms = [form for form in data.forms() if form.isalpha()]
    seen = dict.fromkeys(forms)
    while len(seen) < 1_000_000:
        seen.setdefault(_mistyped(chance.choice(forms) + chance.choice(("", "o", "ин", "er")), {}, chance))
    words = list(seen)
    chance.shuffle(words)
    index = Index.in_memory(Schema(text=Text(stored=False, languages=())))
    with index.writer(memory_mb=2048) as writer:
        writer.add_many({"text": " ".join(words[at : at + 500])} for at in range(0, len(words), 500))
        writer.merge()
    index.refresh()
    stats = index.stats()
    searcher = index._searcher
    lexicon = searcher.rescuer.vocabulary(("text",)).lexicon  # type: ignore[union-attr]
    yield f"{stats['fields']['text']['num_forms']:,} forms in {stats['num_segments']} segment"
    cases: list[tuple[str, Callable[[], object]]] = [
        ("names, the first time", lambda: lexicon.names("лукашенко", 0.8)),
        ("names", lambda: lexicon.names("лукашенко", 0.8)),
        ("typos, one edit (target 20 ms)", lambda: lexicon.near("систеа", 1)),
        ("typos, two edits (target 20 ms)", lambda: lexicon.near("documentaton", 2)),
        ("index.suggest of a word", lambda: index.suggest("documentaton")),
        ("completion of one letter (target 1 ms)", lambda: index.complete("s")),
        ("completion of five (target 1 ms)", lambda: index.complete("прези")),
    ]
    for name, call in cases:
        repeats = 1 if "first" in name else 15
        yield f"{_best_ms(call, repeats):.3f} ms {name}"


def _best_ms(call: Callable[[], object], repeats: int) -> float:
    best = math.inf
    for _ in range(repeats):
        started = time.perf_counter()
        call()
        best = min(best, time.perf_counter() - started)
    return best * 1000


_MEASURES: dict[str, Callable[[_Data], Iterator[str]]] = {
    "layout": _layout,
    "typos": _typos,
    "names": _names,
    "cross": _cross,
    "speed": _speed,
}
