"""What a page of ten hits costs: their stored texts, and their fragments with the matches marked.

The documents have 700 to 1,000 characters, half English, half Russian; a page is asked for once a search, and
nothing is kept from the one before. tantivy's snippets stand beside it where tantivy is installed, by a
searcher that was opened just before, and by one that has unpacked these very documents.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from searchlib import Index, Results, Schema, Text

from . import generate, vocabulary
from .corpora import tokens
from .verdicts import Verdict

_SHORTEST, _LONGEST = 700, 1000
_HITS = 10
_TEXTS_US, _MARKED_US = 150, 250
_QUERIES = 100


def main(arguments: list[str] | None = None) -> int:
    """`python -m benchmarks page [--docs 20000] [--rounds 5]`"""
    parser = argparse.ArgumentParser(prog="python -m benchmarks page", description=__doc__)
    parser.add_argument("--docs", type=int, default=20_000, help="documents in the index")
    parser.add_argument("--rounds", type=int, default=5, help="how often each page is asked for, in turns")
    options = parser.parse_args(arguments)
    met = True
    for line in measures(options.docs, options.rounds):
        print(line, flush=True)
        met = met and not (isinstance(line, Verdict) and not line.met)
    return 0 if met else 1


def texts(num_docs: int, seed: int = generate.SEED) -> list[str]:
    """Pieces of generated documents, put together to the length that is wanted."""
    source = generate.documents(vocabulary.load(), 2 * num_docs, seed)
    found: list[str] = []
    text = ""
    for document in source:
        text = f"{text} {document['body']}".strip()
        if len(text) >= _SHORTEST:
            found.append(text[: _LONGEST - 1])
            text = ""
        if len(found) == num_docs:
            break
    return found


def measures(num_docs: int, rounds: int) -> Iterator[str | Verdict]:
    """The index, then a line for each thing that is asked of a page."""
    documents = texts(num_docs)
    queries = [" ".join(_words(documents[number * 37 % len(documents)])) for number in range(_QUERIES)]
    with tempfile.TemporaryDirectory() as folder:
        index = Index.create(Path(folder) / "searchlib", Schema(body=Text()))
        with index.writer() as writer:
            writer.add_many({"body": text} for text in documents)
            writer.merge()
        index.refresh()
        length = statistics.fmean(map(len, documents))
        yield f"{len(documents):,} documents of {length:.0f} characters, {len(queries)} queries of two words"
        asked: dict[str, Callable[[str], Callable[[], object]]] = {
            "texts": lambda query: _after(index, query, lambda results: results.texts("body")),
            "stored": lambda query: _after(index, query, lambda results: results.stored()),
            "marked": lambda query: _after(index, query, lambda results: results.highlights("body")),
            "hit by hit": lambda query: _after(
                index, query, lambda results: [hit.highlight("body") for hit in results]
            ),
        }
        asked |= _tantivy(Path(folder) / "tantivy", documents)
        taken = _in_turns(asked, queries, rounds)
        for name, times in taken.items():
            quick = sorted(times)[len(times) // 10]
            line = f"{statistics.median(times):6.0f} µs (a tenth in {quick:.0f}) {name}"
            most = {"texts": _TEXTS_US, "marked": _MARKED_US}.get(name)
            if most is None:
                yield line
            else:
                yield Verdict(statistics.median(times) <= most, f"{line}, at most {most}")


def _words(text: str) -> list[str]:
    """Two words that stand in many texts, as people ask for them."""
    return sorted({word for word in tokens(text) if len(word) > 3}, key=lambda word: (len(word), word))[:2]


def _after(index: Index, query: str, page: Callable[[Results], object]) -> Callable[[], object]:
    results = index.search(query, _HITS)
    return lambda: page(results)


def _tantivy(folder: Path, documents: list[str]) -> dict[str, Callable[[str], Callable[[], object]]]:
    try:
        import tantivy
    except ImportError:
        print("tantivy is not installed: pip install -e '.[bench]'", file=sys.stderr)
        return {}
    folder.mkdir()
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("body", stored=True)
    index = tantivy.Index(builder.build(), path=str(folder))
    writer = index.writer(num_threads=1)
    for text in documents:
        writer.add_document(tantivy.Document(body=text))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    schema = index.schema
    kept = index.searcher()  # with the blocks that it unpacked last

    def found(query: str, searcher: Any) -> tuple[Any, list[Any]]:
        parsed = index.parse_query(query, ["body"])
        return parsed, [address for _, address in searcher.search(parsed, _HITS, count=False).hits]

    def new_searcher() -> Any:
        index.reload()
        return index.searcher()

    def stored(query: str) -> Callable[[], object]:
        searcher = new_searcher()
        _, addresses = found(query, searcher)
        return lambda: [searcher.doc(address)["body"][0] for address in addresses]

    def snippets(query: str, searcher: Any) -> Callable[[], object]:
        parsed, addresses = found(query, searcher)

        def page() -> list[str]:
            made = tantivy.SnippetGenerator.create(searcher, parsed, schema, "body")
            return [made.snippet_from_doc(searcher.doc(address)).to_html() for address in addresses]

        return page

    def snippets_again(query: str) -> Callable[[], object]:
        page = snippets(query, kept)
        page()
        return page

    return {
        "tantivy: texts": stored,
        "tantivy: snippets": lambda query: snippets(query, new_searcher()),
        "tantivy: snippets of blocks that it keeps unpacked": snippets_again,
    }


def _in_turns(
    asked: dict[str, Callable[[str], Callable[[], object]]], queries: list[str], rounds: int
) -> dict[str, list[float]]:
    """Microseconds of the processor for each page, one thing after the other, so that load falls on all."""
    taken: dict[str, list[float]] = {name: [] for name in asked}
    for round_ in range(rounds + 1):
        for query in queries:
            for name, prepare in asked.items():
                page = prepare(query)
                started = time.process_time_ns()
                page()
                elapsed = time.process_time_ns() - started
                if round_:  # the first one warms up
                    taken[name].append(elapsed / 1000)
    return taken
