"""Makes d10k to d1m: documents of about 100 words, half English, half Russian, and their query sets.

A document is pieces of one to three words: some from its topic, one source text, the rest from anywhere in
its language, so frequencies are Zipfian, bigrams natural and documents about something. A coined word each
keeps the vocabulary growing as real text's does. The same seed and sources give the same bytes on every
machine and Python version: only random.Random.random is drawn from, and no transcendental function is used.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from random import Random

from . import corpora, vocabulary
from .corpora import SIZES, tokens
from .vocabulary import Sources, Stream

SEED = 20_240_229
NUM_QUERIES = 1000
NUM_PHRASES = 200
_FROM_TOPIC = 0.45
_COINED_POOL = 10_000_000


@dataclass(frozen=True)
class Generated:
    """What was written: kept beside the corpus as its .meta.json, and in every result."""

    name: str
    num_docs: int
    text_bytes: int
    sha256: str
    seed: int
    source: str
    source_fingerprint: str


def documents(sources: Sources, num_docs: int, seed: int = SEED) -> Iterator[dict[str, str]]:
    """The corpus, one document after the other; a smaller corpus is the beginning of a larger one."""
    rng = Random(seed)
    for pair in range(0, num_docs, 2):
        languages = ("en", "ru") if rng.random() < 0.5 else ("ru", "en")
        for number, language in enumerate(languages, pair + 1):
            document = _document(rng, sources.streams[language], f"{language}-{number:07d}")
            if number <= num_docs:
                yield document


def _document(rng: Random, stream: Stream, identifier: str) -> dict[str, str]:
    topic = stream.topics[int(rng.random() * len(stream.topics))]
    # A skewed length of mean 100: most documents are near 60 words, few have 250.
    length = 19 + int(300 * rng.random() * rng.random())
    words = _sample(rng, stream, topic, length)
    _insert_coined(rng, stream, words)
    title = _sample(rng, stream, (topic[0], min(topic[1], 40)), 2 + int(rng.random() * 4))
    return {"id": identifier, "title": _capitalised(title), "body": _sentences(rng, words)}


def _sample(rng: Random, stream: Stream, topic: tuple[int, int], length: int) -> list[str]:
    random, words, total = rng.random, stream.words, len(stream.words)
    first, topic_length = topic
    out: list[str] = []
    while len(out) < length:
        start = first + int(random() * topic_length) if random() < _FROM_TOPIC else int(random() * total)
        out += words[start : start + 1 + int(random() * 3)]
    return out


def _insert_coined(rng: Random, stream: Stream, words: list[str]) -> None:
    """One word that the sources lack, as real text has its names, misspellings and compounds."""
    vocabulary = stream.vocabulary
    # The product makes low numbers frequent: a coined word comes back in other documents.
    number = int(rng.random() * rng.random() * rng.random() * _COINED_POOL)
    row, column = divmod(number, len(vocabulary))
    head = vocabulary[number * 2_654_435_761 % len(vocabulary)]
    tail = vocabulary[(column * 40_503 + row * 7_919) % len(vocabulary)]
    word = head[: (len(head) + 1) // 2] + tail[len(tail) // 2 :]
    if number % 2:
        word = word[0].upper() + word[1:]
    for _ in range(1 + int(rng.random() * 1.5)):
        words.insert(int(rng.random() * len(words)), word)


def _sentences(rng: Random, words: list[str]) -> str:
    sentences = []
    start = 0
    while start < len(words):
        end = start + 8 + int(rng.random() * 10)
        sentences.append(_capitalised(words[start:end]) + ".")
        start = end
    return " ".join(sentences)


def _capitalised(words: list[str]) -> str:
    text = " ".join(words)
    return text[:1].upper() + text[1:]


@dataclass
class QuerySampler:
    """Chooses documents beforehand and makes one query of each as the corpus streams by."""

    num_docs: int
    seed: int

    def __post_init__(self) -> None:
        self._rng = Random(self.seed + 1)
        self._wanted: dict[int, list[str]] = {}
        for kind, count in (("terms", NUM_QUERIES), ("phrase", NUM_PHRASES)):
            for _ in range(count):
                self._wanted.setdefault(int(self._rng.random() * self.num_docs), []).append(kind)
        self.terms: list[str] = []
        self.phrases: list[str] = []

    def see(self, ordinal: int, document: dict[str, str]) -> None:
        for kind in self._wanted.get(ordinal, ()):
            words = tokens(document["body"])
            if kind == "terms":
                self.terms.append(" ".join(self._distinct(words)))
            else:
                self.phrases.append(self._bigram(words))

    def _distinct(self, words: list[str]) -> list[str]:
        """Two to five different words of three letters or more, each of them as likely as the next."""
        choice = [word for word in dict.fromkeys(words) if len(word) > 2]
        wanted = 2 + int(self._rng.random() * 4)
        return [choice.pop(int(self._rng.random() * len(choice))) for _ in range(min(wanted, len(choice)))]

    def _bigram(self, words: list[str]) -> str:
        """Two neighbours of the document, both of three letters or more where it has such a pair."""
        pairs = [pair for pair in pairwise(words) if min(map(len, pair)) > 2 and pair[0] != pair[1]]
        pair = pairs[int(self._rng.random() * len(pairs))] if pairs else (words[0], words[1])
        return " ".join(pair)


def write(
    name: str, sources: Sources, folder: Path | None = None, seed: int = SEED, num_docs: int = 0
) -> Generated:
    """Writes NAME.jsonl, NAME.queries.jsonl, NAME.phrases.jsonl and NAME.meta.json into `folder`."""
    num_docs, folder = num_docs or SIZES[name], folder or corpora.DATA
    folder.mkdir(parents=True, exist_ok=True)
    sampler = QuerySampler(num_docs, seed)
    digest = hashlib.sha256()
    text_bytes = 0
    corpora.forget_cut(name, folder)
    unfinished = folder / f"{name}.jsonl.unfinished"
    with unfinished.open("wb") as out:
        for ordinal, document in enumerate(documents(sources, num_docs, seed)):
            line = json.dumps(document, ensure_ascii=False).encode() + b"\n"
            digest.update(line)
            out.write(line)
            text_bytes += len((document["title"] + document["body"]).encode()) + 1
            sampler.see(ordinal, document)
    unfinished.replace(folder / f"{name}.jsonl")
    _write_queries(folder / f"{name}.queries.jsonl", sampler.terms)
    _write_queries(folder / f"{name}.phrases.jsonl", sampler.phrases)
    made = Generated(name, num_docs, text_bytes, digest.hexdigest(), seed, sources.name, sources.fingerprint)
    (folder / f"{name}.meta.json").write_text(json.dumps(made.__dict__, indent=1) + "\n", encoding="utf-8")
    return made


def _write_queries(path: Path, queries: list[str]) -> None:
    lines = (
        json.dumps({"id": f"q{n}", "text": text}, ensure_ascii=False) for n, text in enumerate(queries, 1)
    )
    path.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


def main(arguments: list[str] | None = None) -> int:
    """`python -m benchmarks generate d10k d20k d100k d1m [--force]`"""
    parser = argparse.ArgumentParser(prog="python -m benchmarks generate", description=__doc__)
    parser.add_argument("names", nargs="*", default=["d20k", "d100k"], help=f"of {', '.join(SIZES)}")
    parser.add_argument("--force", action="store_true", help="make anew what is there already")
    options = parser.parse_args(arguments)
    if unknown := [name for name in options.names if name not in SIZES]:
        parser.error(f"no corpus {', '.join(unknown)}; there are {', '.join(SIZES)}")
    wanted = [n for n in options.names if options.force or not (corpora.DATA / f"{n}.meta.json").exists()]
    sources = vocabulary.load() if wanted else None
    for name in wanted:
        assert sources is not None
        start = time.perf_counter()
        made = write(name, sources)
        seconds = time.perf_counter() - start
        print(
            f"{name}: {made.num_docs:,} documents, {made.text_bytes / 1e6:.0f} MB, {seconds:.0f} s",
            file=sys.stderr,
        )
    for name in options.names:
        corpora.cut(name)
    return 0
