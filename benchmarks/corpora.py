"""A generated corpus as the benchmarks read it: documents, and queries already cut into terms.

Every engine of a comparison is given the same token stream: case-folded words, ё as е, joined by spaces.
Only the runs with morphology are given the text as written.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from .vocabulary import PROJECT, WORD

DATA_VARIABLE = "SEARCHLIB_BENCHMARK_DATA"
DATA = Path(os.environ.get(DATA_VARIABLE) or PROJECT / "benchmarks" / "data")
"""Where corpora are written and read; a large disk elsewhere, or a test's own folder, by the variable."""
SIZES = {"d10k": 10_000, "d20k": 20_000, "d100k": 100_000, "d1m": 1_000_000}


class Document(NamedTuple):
    """What an engine indexes: its key and one text, the title and the body together."""

    id: str
    text: str


def tokens(text: str) -> list[str]:
    """The words of `text`, lower-cased, ё as е: the one tokenizer of all comparisons."""
    return WORD.findall(text.lower().replace("ё", "е"))


def documents(name: str, *, raw: bool = False, folder: Path | None = None) -> Iterator[Document]:
    """The corpus as token streams, or with raw=True as written."""
    path = (folder or DATA) / f"{name}.jsonl"
    if not path.exists():
        raise SystemExit(f"{path} is not there: make it with `python -m benchmarks generate {name}`")
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            fields = json.loads(line)
            text = fields["title"] + "\n" + fields["body"]
            yield Document(fields["id"], text if raw else " ".join(tokens(text)))


def queries(name: str, kind: str = "queries", folder: Path | None = None) -> list[str]:
    """The texts of NAME.queries.jsonl, or of NAME.phrases.jsonl for kind="phrases"."""
    lines = ((folder or DATA) / f"{name}.{kind}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line)["text"] for line in lines]


def meta(name: str, folder: Path | None = None) -> dict[str, object]:
    """What generate.py wrote about the corpus: number of documents, bytes, hash, seed, sources."""
    path = (folder or DATA) / f"{name}.meta.json"
    described: dict[str, object] = json.loads(path.read_text(encoding="utf-8"))
    return described
