"""What a search returns: light until it is read.

Matches are counted, stored fields fetched and fragments made only when they are asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Literal, overload

from .. import _core
from ..forks import cached_property
from ..highlight import (
    Ansi,
    Formatter,
    Fragment,
    Html,
    Mark,
    Plain,
    Span,
    WordMatch,
    fragments,
    join,
    mark,
    spans,
)
from ..schema import ID

if TYPE_CHECKING:
    from ..errors import QueryError
    from ..plan import PlanNode
    from .field_places import Explanation
    from .marks import Plan
    from .pinned import Pinned

FormatName = Literal["html", "ansi", "plain"]
_FORMATTERS: dict[str, Callable[[], Formatter]] = {"html": Html, "ansi": Ansi, "plain": Plain}


def checked_page(limit: int | None, offset: int) -> None:
    """ValueError for numbers that are none of a page."""
    if (limit is not None and limit < 0) or offset < 0:
        raise ValueError(f"limit and offset are at least 0, got limit={limit!r}, offset={offset!r}")


class Results(Sequence["Hit"]):
    """The hits of one search, the best first: a sequence of Hit.

    query: what was searched for, as it was given.
    elapsed_ms: milliseconds from the query string to the ranked documents.
    timeout: the seconds that the search was given, and that counting `total` is given; None: no limit.
    error: why a query of `search_many` was not searched for; None: it was.
    """

    def __init__(
        self,
        searcher: Pinned,
        query: object,
        plan: Plan,
        prepared: _core.Plan | PlanNode,
        ranked: list[tuple[float, int]],
        elapsed_ms: float,
        timeout: float | None = None,
        error: QueryError | None = None,
        total: int | None = None,
    ) -> None:
        self._searcher, self.query, self.plan, self._prepared = searcher, query, plan, prepared
        self.error = error
        self._ranked, self.elapsed_ms, self.timeout = ranked, elapsed_ms, timeout
        self._marks: dict[str, list[Mark]] = {}
        if total is not None:
            vars(self)["total"] = total

    def __len__(self) -> int:
        return len(self._ranked)

    @overload
    def __getitem__(self, index: int) -> Hit: ...
    @overload
    def __getitem__(self, index: slice) -> list[Hit]: ...
    def __getitem__(self, index: int | slice) -> Hit | list[Hit]:
        if isinstance(index, slice):
            return [Hit(self._searcher, self, score, doc) for score, doc in self._ranked[index]]
        score, doc = self._ranked[index]
        return Hit(self._searcher, self, score, doc)

    def __iter__(self) -> Iterator[Hit]:
        for score, doc in self._ranked:
            yield Hit(self._searcher, self, score, doc)

    @cached_property
    def total(self) -> int:
        """How many documents match in all, exactly. Counted with the search, if that was asked for
        (`count=True`) or costs nothing, else on first use; SearchTimeout after `timeout`."""
        return self._searcher.count(self.query, self._prepared, self.timeout)

    @property
    def total_lower_bound(self) -> int:
        """At least so many documents match: those that are here. Free."""
        return len(self._ranked)

    @property
    def dropped(self) -> list[str]:
        """The stopwords of the query that were left out."""
        return self.plan.dropped

    @property
    def notes(self) -> tuple[str, ...]:
        """What of the query was not understood, and what it was read as: a sentence each."""
        return self.plan.notes

    @property
    def expanded(self) -> dict[str, float]:
        """The words that `expand` added to the query, each with the factor of its score, the best first."""
        return {word: factor for word, factor, _ in self.plan.expanded}

    @property
    def has_missing_words(self) -> bool:
        """Whether a word of the query is in hardly any document, so that `index.suggest` may know better."""
        from ..suggest.missing import has_missing_word

        return has_missing_word(self._searcher.core, self.plan.asked or self.plan.core)

    def explain(self, document_id: str) -> Explanation | None:
        """What the query's score of that document is made of, whether or not it is among these hits.

        0 if it does not match; None if the index has no such document.
        """
        from .explanation import explain

        doc = self._searcher.find(document_id)
        return None if doc is None else explain(self._searcher, self.plan.core, doc)

    def marks_of(self, field: str) -> list[Mark]:
        """What the query marks in a field."""
        if field not in self._marks:
            self._marks[field] = self._searcher.marks(self.plan, field)
        return self._marks[field]

    def __repr__(self) -> str:
        return f"<Results: {len(self)} hits in {self.elapsed_ms:.1f} ms>"


class Hit:
    """One document found. `hit["title"]` is a stored field; fields that the document lacks are None.

    score: its BM25 score, higher is better; it compares only within one query.
    """

    __slots__ = ("__dict__", "_doc", "_results", "_searcher", "score")

    def __init__(self, searcher: Pinned, results: Results, score: float, doc: int) -> None:
        self._searcher, self._results, self._doc = searcher, results, doc
        self.score = score

    @cached_property
    def id(self) -> str:
        """The document's id."""
        return self._searcher.document_id(self._doc)

    @cached_property
    def fields(self) -> dict[str, Any]:
        """The stored fields that the document has."""
        return self._searcher.stored(self._doc)

    def __getitem__(self, field: str) -> Any:
        if field == ID:
            return self.id
        self._searcher.schema.field(field)
        return self.fields.get(field)

    def text(self, field: str) -> str:
        """The field's text as it is highlighted: a list's values joined by line breaks; "" if none."""
        return "\n".join(self._values(field))

    def spans(self, field: str) -> list[Span]:
        """Where the text matches: sorted, disjoint (start, end, mark) in code points of `hit.text(field)`."""
        marks = self._results.marks_of(field)
        found: list[Span] = []
        at = 0
        for value in self._values(field) if marks else ():  # one by one: no phrase spans two values
            for span in self._spans_in(field, value, marks):
                found.append(Span(at + span.start, at + span.end, span.mark))
            at += len(value) + 1
        return found

    def _values(self, field: str) -> list[str]:
        value = self[field]
        if value is None:
            return []
        return list(map(str, value)) if isinstance(value, (list, tuple)) else [str(value)]

    def _spans_in(self, field: str, value: str, marks: list[Mark]) -> list[Span]:
        analyzer = self._searcher.analyzers.get(field)
        if analyzer is not None:
            return spans(value, marks, analyzer)
        # A keyword matches whole, or not at all.
        whole = _core.match_key(value) if getattr(self._searcher.schema[field], "fold", False) else value
        words = (
            number
            for number, mark in enumerate(marks)
            if isinstance(mark, WordMatch) and whole in mark.lemmas
        )
        return [Span(0, len(value), number) for number in list(words)[:1] if value]

    def fragments(self, field: str, count: int = 3, size: int = 160) -> list[Fragment]:
        """The best fragments of the field's text: at most `count`, of at most `size` code points each."""
        return fragments(self.text(field), self.spans(field), count, size)

    def highlight(
        self,
        field: str,
        formatter: FormatName | Formatter = "html",
        *,
        fragments: int | None = 3,
        size: int = 160,
    ) -> str:
        """The field's best fragments with the matches marked, as one string.

        formatter: "html" (escaped, `<mark>`), "ansi" (for terminals), "plain", or an object of your own.
        fragments: how many at most; None marks the whole field. size: code points of a fragment, at most.
        """
        chosen = _formatter(formatter) if isinstance(formatter, str) else formatter
        if fragments is None:
            return mark(self.text(field), self.spans(field), chosen)
        return join(self.fragments(field, fragments, size), chosen)

    def explain(self) -> Explanation:
        """What the score is made of, down to tf, df and lengths; `print` it."""
        from .explanation import explain

        return explain(self._searcher, self._results.plan.core, self._doc)

    def __repr__(self) -> str:
        return f"<Hit {self.id!r} {self.score:.3f}>"


def _formatter(name: str) -> Formatter:
    if name not in _FORMATTERS:
        raise ValueError(f"formatter is one of {', '.join(_FORMATTERS)}, or an object, got {name!r}")
    return _FORMATTERS[name]()
