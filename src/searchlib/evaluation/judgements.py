"""Who judged what, and what was ranked where: qrels and runs, line by line.

Files go in, dictionaries by query and document come out. A line that contradicts an earlier one is refused,
as trec_eval refuses it; nothing is known of texts.
"""

from __future__ import annotations

import math
from typing import TypeAlias

from .lines import PathLike, numbered_lines, source_error

Qrels: TypeAlias = dict[str, dict[str, int]]
"""Relevance judgements: by query, then by document; 0 and less is judged and not relevant."""

Run: TypeAlias = dict[str, dict[str, float]]
"""Scores: by query, then by document, the best first."""


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
        try:
            relevance = int(columns[-1])
        except ValueError:
            message = f"expected an integer as relevance, got {columns[-1]!r}"
            raise source_error(path, number, message) from None
        judged = qrels.setdefault(query_id, {})
        if judged.setdefault(document_id, relevance) != relevance:
            before = f"{judged[document_id]} on line {seen[query_id, document_id]}"
            message = f"query {query_id}, document {document_id}: relevance {relevance} here, {before}"
            raise source_error(path, number, message)
        seen.setdefault((query_id, document_id), number)
    return qrels


def read_run(path: PathLike) -> Run:
    """A TREC run: query, Q0, document, rank, score, tag.

    Ranks are not believed: scores order the documents, as in trec_eval, and where two are equal in 32 bits
    the greater document id comes first. Raises SourceError, also for a document that comes twice, OSError.
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
    return run


def _score(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return math.nan


def _is_heading(columns: list[str]) -> bool:
    """query-id corpus-id score: words without any digit, and no relevance at the end."""
    return len(columns) in (3, 4) and not any(character.isdigit() for character in "".join(columns))
