"""How good suggestions are: layouts, typos, names, questions in the other language, and how long it takes.

`python -m benchmarks suggest` reads the texts and collections of $SEARCHLIB_DATA and prints a line a measure,
with its target. Random edits are drawn with a fixed seed; words are halved by a hash, so that what was chosen
on one half can be seen on the other.
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
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from searchlib import Index, Schema, Text, _core
from searchlib.suggest.corrections import other_layout
from searchlib.suggest.keyboard import swapped
from searchlib.suggest.names import MIN_SIMILARITY, sounding_like
from searchlib.suggest.vocabulary import Vocabulary

from . import suggest_speed
from .verdicts import Verdict
from .vocabulary import PROJECT

SEED = 20260
_Pairs = list[tuple[str, str]]
_LATIN = "abcdefghijklmnopqrstuvwxyz"
_CYRILLIC = "абвгдежзийклмнопрстуфхцчшщъыьэюя"


def main(arguments: Sequence[str]) -> int:
    """The measures that were asked for, or all; 1 if a target is missed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks suggest", description=__doc__)
    parser.add_argument("measures", nargs="*", help=f"of {', '.join(_MEASURES)}; all by default")
    parser.add_argument("--sample", type=int, default=2000, help="words that are mistyped (default 2000)")
    chosen = parser.parse_args(arguments)
    unknown = [name for name in chosen.measures if name not in _MEASURES]
    if unknown:
        parser.error(f"no measure {unknown[0]!r}; known are {', '.join(_MEASURES)}")
    data = _Data(Path(os.environ.get("SEARCHLIB_DATA") or PROJECT.parent / "shared" / "data"), chosen.sample)
    all_met = True
    for name in chosen.measures or _MEASURES:
        for found in _MEASURES[name](data):
            if isinstance(found, Verdict):
                all_met = all_met and found.met
                print(Verdict(found.met, f"{name}: {found.text}"), flush=True)
            else:
                print(f"       {name}: {found}", flush=True)
    return int(not all_met)


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
        vocabulary = self.index()._searcher.suggester.vocabulary(("text",))
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


def _halves(right: Iterable[tuple[str, bool]]) -> tuple[float, str]:
    """How many are right, in all; and that as text, with either half of the words."""
    marks: tuple[list[bool], list[bool]] = ([], [])
    for word, is_right in right:
        marks[zlib.crc32(word.encode()) & 1].append(is_right)
    every = marks[0] + marks[1]
    shares = (sum(half) / max(len(half), 1) for half in marks)
    by_halves = " and ".join(f"{share:.1%}" for share in shares)
    share = sum(every) / max(len(every), 1)
    return share, f"{share:.1%} ({by_halves} by halves)"


def _layout(data: _Data) -> Iterator[str | Verdict]:
    vocabulary = data.vocabulary()
    words = list(data.words())
    share, right = _halves((word, other_layout(swapped(word) or "", vocabulary) == word) for word in words)
    yield Verdict(
        share >= 0.95, f"{right} of {len(words):,} words typed with the other layout on, at least 95%"
    )
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


def _typos(data: _Data) -> Iterator[str | Verdict]:
    chance = random.Random(SEED)
    words = data.words()
    forms = data.forms()
    drawn = {
        "words alike": chance.sample(list(words), min(data.sample, len(words))),
        "by frequency": chance.choices(list(words), list(words.values()), k=data.sample),
    }
    for name, sample in drawn.items():
        pairs = [(mistyped(word, forms, chance), word) for word in sample]
        started = time.perf_counter()
        found = [data.index().suggest(typed, 1) for typed, _ in pairs]
        each_ms = (time.perf_counter() - started) / len(pairs) * 1000
        meant = [suggestions[0].query if suggestions else "" for suggestions in found]
        lemmas = data.vocabulary().lemmas
        share, same = _halves(
            (word, one.replace("ё", "е") == word.replace("ё", "е"))
            for one, (_, word) in zip(meant, pairs, strict=True)
        )
        alike = sum(
            not set(lemmas(one)).isdisjoint(lemmas(word)) for one, (_, word) in zip(meant, pairs, strict=True)
        )
        yield Verdict(
            share >= 0.85,
            f"{same} first suggestions right, at least 85%; {alike / len(pairs):.1%} with other forms "
            f"of the word; {len(pairs):,} {name}, {each_ms:.1f} ms each",
        )


def mistyped(word: str, forms: dict[str, int], chance: random.Random) -> str:
    """The word with one random edit that makes no other word of the vocabulary."""
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


def _names(data: _Data) -> Iterator[str | Verdict]:
    """Of two sets of pairs, the second held out: words compared, and one searched in a text of the other."""
    tests = PROJECT / "tests" / "suggest"
    split = runpy.run_path(str(tests / "name_pairs.py"))["pairs"]
    for name in ("name_pairs", "held_out_names"):
        lists = runpy.run_path(str(tests / f"{name}.py"))
        same, different = split(lists["SAME"]), split(lists["DIFFERENT"])
        size = f"{len(same)} pairs of one name, {len(different)} of two"
        precision, recall = _judged(same, different, _sound_alike)
        yield Verdict(
            precision >= 0.95 and recall >= 0.90,
            f"{name}, {size}: precision {precision:.3f}, at least .95, recall {recall:.3f}, at least .90",
        )
        precision, recall = _judged(same, different, _is_found)
        yield f"{name}, searched with all their lemmas: precision {precision:.3f}, recall {recall:.3f}"


def _judged(same: _Pairs, different: _Pairs, judge: Callable[[str, str], bool]) -> tuple[float, float]:
    """Precision and recall; both words of each pair look for the other."""
    right = sum(judge(*pair) + judge(*reversed(pair)) for pair in same)
    false = sum(judge(*pair) + judge(*reversed(pair)) for pair in different)
    return right / (right + false), right / (2 * len(same))


def _sound_alike(left: str, right: str) -> bool:
    return _core.name_similarity(left, right) >= MIN_SIMILARITY


def _is_found(query: str, text: str) -> bool:
    index = Index.in_memory(Schema(text=Text(stored=False)))
    with index.writer() as writer:
        writer.add({"text": text})
    index.refresh()
    vocabulary = index._searcher.suggester.vocabulary(("text",))
    assert vocabulary is not None
    return vocabulary.df(query) > 0 or bool(sounding_like(query, vocabulary))


def _cross(data: _Data) -> Iterator[str | Verdict]:
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


_MEASURES: dict[str, Callable[[_Data], Iterator[str | Verdict]]] = {
    "layout": _layout,
    "typos": _typos,
    "names": _names,
    "cross": _cross,
    "speed": lambda data: suggest_speed.measures(data.forms(), mistyped, SEED),
}
