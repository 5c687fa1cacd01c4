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
    path, cut = (folder or DATA) / f"{name}.jsonl", _cut_path(name, folder)
    if not path.exists():
        raise SystemExit(f"{path} is not there: make it with `python -m benchmarks generate {name}`")
    if cut.exists() and not raw:
        with cut.open(encoding="utf-8", newline="\n") as lines:
            for line in lines:
                yield Document(*line.rstrip("\n").split("\t"))
        return
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            fields = json.loads(line)
            text = fields["title"] + "\n" + fields["body"]
            yield Document(fields["id"], text if raw else " ".join(tokens(text)))


def cut(name: str, folder: Path | None = None) -> None:
    """Keeps the token streams beside the corpus, where they are not yet: a run reads them a dozen times."""
    path = _cut_path(name, folder)
    if path.exists():
        return
    unfinished = path.with_name(path.name + ".unfinished")
    with unfinished.open("w", encoding="utf-8", newline="\n") as out:
        out.writelines(f"{document.id}\t{document.text}\n" for document in documents(name, folder=folder))
    unfinished.replace(path)


def forget_cut(name: str, folder: Path | None = None) -> None:
    """For a corpus that is made anew."""
    _cut_path(name, folder).unlink(missing_ok=True)


def _cut_path(name: str, folder: Path | None) -> Path:
    return (folder or DATA) / f"{name}.tokens.tsv"


def queries(name: str, kind: str = "queries", folder: Path | None = None) -> list[str]:
    """The texts of NAME.queries.jsonl, or of NAME.phrases.jsonl for kind="phrases"."""
    lines = ((folder or DATA) / f"{name}.{kind}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line)["text"] for line in lines]


def meta(name: str, folder: Path | None = None) -> dict[str, object]:
    """What generate.py wrote about the corpus: number of documents, bytes, hash, seed, sources."""
    path = (folder or DATA) / f"{name}.meta.json"
    described: dict[str, object] = json.loads(path.read_text(encoding="utf-8"))
    return described
