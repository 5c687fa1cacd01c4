"""One long stream of words for each language, from real texts: what the generated corpora are sampled from.

The texts are those of SEARCHLIB_DATA/text, or the project's own corpus/ where that folder is absent. A word
is a run of one script's letters, so every engine that splits on spaces sees the same terms.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
RESULTS = "benchmarks/results/README.md"
"""Where the tables stand, under PROJECT."""

# Explicit ranges, not \w: the corpora must not depend on a Python version's Unicode tables.
WORD = re.compile(r"[A-Za-z][A-Za-z0-9]*|[А-Яа-яЁё]+|[0-9]+")
_LETTERS = {"en": re.compile(r"[a-z]{5,14}\Z"), "ru": re.compile(r"[а-яё]{5,14}\Z")}
_CYRILLIC = re.compile(r"[а-яё]", re.IGNORECASE)
_LONGEST_WORD = 30
_SHORTEST_TOPIC = 40


@dataclass
class Stream:
    """The words of all source texts of one language, in order, and where the possible topics lie."""

    words: list[str] = field(default_factory=list)
    topics: list[tuple[int, int]] = field(default_factory=list)
    """(start, length) of each text of at least 40 words."""
    vocabulary: list[str] = field(default_factory=list)
    """Distinct lower-cased plain words of 5 to 14 letters, by first occurrence."""

    def append(self, text: str) -> None:
        start = len(self.words)
        self.words.extend(sys.intern(word) for word in WORD.findall(text) if len(word) <= _LONGEST_WORD)
        length = len(self.words) - start
        if length >= _SHORTEST_TOPIC:
            self.topics.append((start, length))

    def finish(self, language: str) -> None:
        plain = _LETTERS[language]
        distinct = dict.fromkeys(word.lower() for word in dict.fromkeys(self.words))
        self.vocabulary = [word for word in distinct if plain.match(word)]
        if not self.topics or not self.vocabulary:
            raise SystemExit(f"no {language} text of {_SHORTEST_TOPIC} words or more to sample from")


@dataclass(frozen=True)
class Sources:
    """Both languages' streams; `name` and `fingerprint` tell corpora of different sources apart."""

    name: str
    fingerprint: str
    streams: dict[str, Stream]


def data_folder() -> Path:
    """SEARCHLIB_DATA, or ../shared/data beside the project."""
    return Path(os.environ.get("SEARCHLIB_DATA") or PROJECT.parent / "shared" / "data")


def load(folder: Path | None = None) -> Sources:
    """Reads the texts of `folder`/text, or corpus/ where that is absent."""
    texts = sorted(((folder or data_folder()) / "text").glob("*.jsonl.gz"))
    if texts:
        return _collect("real text", chain.from_iterable(map(_gzip_texts, texts)))
    return _collect("corpus/", _corpus_texts(PROJECT / "corpus"))


def from_texts(name: str, texts: Iterable[str]) -> Sources:
    """Sources made of any texts, each put to the language whose letters prevail: for tests."""
    return _collect(name, texts)


def _collect(name: str, texts: Iterable[str]) -> Sources:
    streams = {"en": Stream(), "ru": Stream()}
    digest = hashlib.sha256()
    for text in texts:
        digest.update(text.encode("utf-8", "surrogatepass"))
        streams[_language(text)].append(text)
    for language, stream in streams.items():
        stream.finish(language)
    return Sources(name, digest.hexdigest()[:16], streams)


def _language(text: str) -> str:
    head = text[:2000]
    return "ru" if 4 * len(_CYRILLIC.findall(head)) >= len(head) else "en"


def _gzip_texts(path: Path) -> Iterator[str]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)["text"]


def _corpus_texts(folder: Path) -> Iterator[str]:
    for path in sorted(folder.rglob("*"), key=lambda path: path.as_posix()):
        if path.suffix == ".jsonl":
            for line in path.read_text(encoding="utf-8").splitlines():
                if line.strip():
                    yield " ".join(str(value) for value in json.loads(line).values())
        elif path.suffix in {".txt", ".md"}:
            yield path.read_text(encoding="utf-8")
