"""Answers of a server as Results, which read, mark and cut the documents that came with them here.

What needs the index itself, an explanation or a total that was not counted, is asked of the server then.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ..analyzers import field_analyzers, mismatch
from ..detached import DetachedSearcher
from ..errors import AnalyzerMismatchWarning, ServerError
from ..forks import cached_property
from ..highlight import Mark
from ..schema import Schema
from ..search.results import Results
from ..search.score import Explanation
from ..wire.records import explanation_of
from ..wire.standing import HAVING_ALL, documents_of, marks_of, results_of_json
from .problems import query_error

if TYPE_CHECKING:
    from .. import _core
    from ..analysis.analyzer import Analyzer
    from ..plan import PlanNode
    from ..search.marks import Plan

Body = dict[str, Any]
Ask = Callable[[Body], Body]
"""A request's body to the answer's."""

_RESTARTS = 3
_NO_RULES: Mapping[str, str] = {}


class RemoteSearcher(DetachedSearcher):
    """What results ask of their searcher.

    again: asks the same with some changes, for no hits. rules: the fingerprints of the server's analyzers, by
    field; where those here are others, a warning says that some words may not be marked.
    """

    def __init__(
        self,
        schema: Schema,
        documents: Sequence[dict[str, Any]],
        marks: dict[str, list[Mark]],
        again: Callable[[Body], Body],
        misses: bool,
        rules: Mapping[str, str],
    ) -> None:
        super().__init__(schema, documents, marks)
        self._again, self._misses, self._rules = again, misses, rules

    @cached_property
    def analyzers(self) -> Mapping[str, Analyzer | None]:
        found = field_analyzers(self.schema)
        if difference := mismatch(self._rules, found):
            warnings.warn(
                f"{difference}; some words may not be marked", AnalyzerMismatchWarning, stacklevel=2
            )
        return found

    def explained(self, plan: Plan, document_id: str) -> Explanation | None:
        found = self._again({"explain": [document_id]})["explanations"][document_id]
        return None if found is None else explanation_of(found)

    def misses_words(self, plan: Plan) -> bool:
        return self._misses

    def count(self, query: object, prepared: _core.Plan | PlanNode, timeout: float | None) -> int:
        name = "total_with_all" if prepared is HAVING_ALL else "total"
        return int(self._again({"count": True})[name])


class Question:
    """One search as it is sent.

    ask: sends it; keep: what of its body is sent again for no hits; timeout: its own.
    """

    def __init__(self, ask: Ask, body: Body, keep: Collection[str], timeout: float | None) -> None:
        self._ask, self.body, self.timeout = ask, body, timeout
        self._bare = {name: value for name, value in body.items() if name in keep}

    def again(self, changes: Body) -> Body:
        """The answer to the same, without hits."""
        return self._ask({**self._bare, **changes, "limit": 0})

    def whole(self, first: Body | None = None) -> Body:
        """The answer with all hits that were asked for, in as many requests as that takes."""
        for _ in range(_RESTARTS):
            found = self._ask(self.body) if first is None else first
            first = None
            pages = [found]
            while pages[-1]["cut"] and (rest := self._rest(pages)) is not None:
                pages.append(self._ask(rest))
                if not pages[-1]["hits"]:
                    break
            generations = {page["generation"] for page in pages}
            if len(pages) == 1 or (len(generations) == 1 and None not in generations):
                return _joined(pages)
        raise ServerError(
            "the index changed while its hits were read, again and again; ask for fewer, or later"
        )

    def _rest(self, pages: Sequence[Body]) -> Body | None:
        """The request for what the pages lack."""
        have = sum(map(_size, pages))
        limit = self.body["limit"]
        if limit is not None and have >= limit:
            return None
        left = None if limit is None else limit - have
        body = {**self.body, "limit": left, "count": False}
        if "facets" in body:
            body["facets"] = None
        cursor = pages[-1]["cursor"]
        if "after" in self.body and cursor is not None:
            return {**body, "after": cursor, "offset": 0}
        return {**body, "offset": self.body["offset"] + have}


def _size(page: Body) -> int:
    found = page["found"]
    return len(page["hits"] if found is None or found["groups"] is None else found["groups"])


def _joined(pages: Sequence[Body]) -> Body:
    """Pages as one."""
    if len(pages) == 1:
        return pages[0]
    whole = {**pages[0], "cursor": pages[-2 if not pages[-1]["hits"] else -1]["cursor"]}
    for name in ("ids", "documents"):
        whole[name] = [one for page in pages for one in page[name]]
    whole["hits"], groups, at = [], [], 0
    for page in pages:
        whole["hits"] += _moved(page["hits"], at)
        if page["found"] is not None:
            groups += [
                [value, total, _moved(hits, at)] for value, total, hits in page["found"]["groups"] or ()
            ]
        at += len(page["ids"])
    if whole["found"] is not None and whole["found"]["groups"] is not None:
        whole["found"] = {**whole["found"], "groups": groups}
    return whole


def _moved(hits: Sequence[Sequence[Any]], by: int) -> list[Any]:
    return [(score, doc + by) for score, doc in hits]


def results(
    answer: Body,
    schema: Schema,
    query: object,
    question: Question,
    facets: Any = (),
    rules: Mapping[str, str] = _NO_RULES,
) -> Results:
    """Results of an answer. KeyError and the like for one that is none."""
    searcher = RemoteSearcher(
        schema,
        documents_of(answer, schema),
        marks_of(answer),
        question.again,
        bool(answer["misses_words"]),
        rules,
    )
    found = results_of_json(answer, query, question.timeout, searcher, facets)
    if answer.get("error") is not None:
        found.error = query_error(answer["error"])
    return found


def unreadable(error: Exception) -> ServerError:
    """What an answer that is none means."""
    return ServerError(
        f"the server's answer cannot be read: {type(error).__name__}: {error}; is it of another version?"
    )
