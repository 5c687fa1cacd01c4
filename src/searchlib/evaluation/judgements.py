"""Who judged what, and what was ranked where: qrels and runs, line by line.

They are read into dictionaries by query and document. A line that contradicts an earlier one is refused, as
trec_eval refuses it; nothing is known of texts.
"""

from __future__ import annotations

import math
import struct
from itertools import chain
from pathlib import Path
from typing import TypeAlias

from ..errors import SourceError
from .lines import PathLike, numbered_lines, source_error

Qrels: TypeAlias = dict[str, dict[str, int]]
"""Relevance judgements: by query, then by document; 0 and less is judged and not relevant."""

Run: TypeAlias = dict[str, dict[str, float]]
"""Scores: by query, then by document, the best first. Their order is the ranking."""

MAX_RELEVANCE = 10_000
_FLOAT, _INTEGER = struct.Struct("<f"), struct.Struct("<i")


def read_qrels(path: PathLike) -> Qrels:
    """Judgements: TREC's query, iteration, document, relevance; or query, document, relevance (a heading may
    stand above, as in BEIR). Columns end at tabs if the line has any, else at white space.

    The same judgement may come twice. Raises SourceError for two that differ, OSError.
    """
    qrels: Qrels = {}
    seen: dict[tuple[str, str], int] = {}
    heading_allowed = True
    for number, line in numbered_lines(path):
        if not line.strip():
            continue
        columns = [column.strip() for column in (line.split("\t") if "\t" in line else line.split())]
        if heading_allowed and _is_heading(columns):
            heading_allowed = False
            continue
        heading_allowed = False
        if len(columns) not in (3, 4) or "" in columns:
            expected = "query, document and relevance, or TREC's query, iteration, document and relevance"
            raise source_error(path, number, f"expected {expected}, got {len(columns)} columns")
        query_id, document_id = columns[0], columns[-2]
        relevance = _relevance(columns[-1])
        if relevance is None:
            message = f"expected an integer, at most {MAX_RELEVANCE}, as relevance, got {columns[-1]!r}"
            raise source_error(path, number, message)
        judged = qrels.setdefault(query_id, {})
        if judged.setdefault(document_id, relevance) != relevance:
            before = f"{judged[document_id]} on line {seen[query_id, document_id]}"
            message = f"query {query_id}, document {document_id}: relevance {relevance} here, {before}"
            raise source_error(path, number, message)
        seen.setdefault((query_id, document_id), number)
    return qrels


def read_run(path: PathLike) -> Run:
    """A TREC run: query, Q0, document, rank, score, tag.

    Ranks are not believed: the documents get the order that trec_eval gives them, by score in 32
    bits, and the greater id first where two are equal. Raises SourceError, also for a document that comes
    twice, OSError.
    """
    run: Run = {}
    for number, line in numbered_lines(path):
        if not line.strip():
            continue
        columns = line.split()
        if len(columns) != 6:
            message = f"expected six columns, query Q0 document rank score tag, got {len(columns)}"
            raise source_error(path, number, message)
        query_id, _, document_id, _, score, _ = columns
        ranked = run.setdefault(query_id, {})
        if document_id in ranked:
            raise source_error(path, number, f"query {query_id}: document {document_id} came before")
        ranked[document_id] = _score(score)
        if not math.isfinite(ranked[document_id]):
            raise source_error(path, number, f"expected a number as score, got {score!r}")
    return {query_id: _in_order(ranked) for query_id, ranked in run.items()}


def write_run(path: PathLike, run: Run, tag: str = "searchlib") -> None:
    """A TREC run: query Q0 document rank score tag, in the order of the run.

    Each tool breaks ties in a way of its own, trec_eval by ids downwards, MS MARCO's script upwards. So none
    is written: a score that in 32 bits is not below the one before is written a bit lower, and all tools
    give the measures of this very order (J. Lin and P. Yang, "The Impact of Score Ties on Repeatability in
    Document Ranking", 2019). Raises SourceError for an id with white space, which the format has no place
    for, OSError.
    """
    for name in chain(run, *run.values()):
        if len(name.split()) != 1:
            raise SourceError(f"the id {name!r} cannot stand in a TREC run: it has white space")
    with Path(path).open("w", encoding="utf-8", newline="\n") as lines:
        for query_id, scores in run.items():
            previous = math.inf
            for rank, (document_id, score) in enumerate(scores.items(), 1):
                score = _single(score)
                previous = score if score < previous else _below(previous)
                lines.write(f"{query_id} Q0 {document_id} {rank} {previous:.9g} {tag}\n")


def _in_order(scores: dict[str, float]) -> dict[str, float]:
    ranked = sorted(scores.items(), key=lambda entry: (_single(entry[1]), entry[0]), reverse=True)
    return dict(ranked)


def _single(score: float) -> float:
    """In 32 bits, as trec_eval keeps it."""
    value: float = _FLOAT.unpack(_FLOAT.pack(score))[0]
    return value


def _below(score: float) -> float:
    """The next lower number of 32 bits."""
    (bits,) = _INTEGER.unpack(_FLOAT.pack(score or -0.0))
    value: float = _FLOAT.unpack(_INTEGER.pack(bits - 1 if score > 0 else bits + 1))[0]
    return value


def _score(text: str) -> float:
    """NaN for what is no number, or too large for 32 bits."""
    try:
        score = float(text)
        _single(score)
    except (ValueError, OverflowError):
        return math.nan
    return score


def _relevance(text: str) -> int | None:
    try:
        value = int(text)
    except ValueError:
        return None
    return value if abs(value) <= MAX_RELEVANCE else None


def _is_heading(columns: list[str]) -> bool:
    """query-id corpus-id score: words without any digit, and no relevance at the end."""
    return len(columns) in (3, 4) and not any(character.isdigit() for character in "".join(columns))
