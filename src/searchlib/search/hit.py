"""One document found: a mapping of its fields, and its text with the matches marked.

A hit is light: it knows its place in its results and asks them when it is read.
"""

from __future__ import annotations

from ..forks import cached_property
from ..highlight import Formatter, Fragment, Span
from ..lean import TYPE_CHECKING, Mapping
from ..schema import ID
from .pages import Page, formatter_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any, Literal, Protocol, TypeAlias, overload

    from .pinned import Pinned
    from .score import Explanation

    class OfHits(Protocol):
        """What a hit asks of the results that it is one of."""

        _searcher: Pinned
        _ranked: list[tuple[float, int]]

        def _page_of(self, number: int) -> tuple[Page, int]: ...
        def _explained(self, doc: int) -> Explanation: ...


FormatName: TypeAlias = "Literal['html', 'ansi', 'plain']"


class Hit(Mapping[str, "Any"]):
    """One document found: a mapping of its id and the stored fields that it has, so that `dict(hit)` is the
    document.

    `hit["title"]` is None where the document lacks the field, and UnknownFieldError where the schema does;
    `"title" in hit` and `hit.get("title", "no title")` ask the document. Hits are equal if their documents
    are. A pickle stands by itself: what is read of it, marks and fragments too, needs no index.

    score: its BM25 score, higher is better; it compares only within one query.
    """

    __slots__ = ("__dict__", "_doc", "_number", "_results", "score")
    _results: OfHits
    score: float

    def __init__(self, results: OfHits, number: int) -> None:
        self._results, self._number = results, number
        self.score, self._doc = results._ranked[number]

    @cached_property
    def id(self) -> str:
        """The document's id."""
        return self._results._searcher.document_id(self._doc)

    @cached_property
    def fields(self) -> dict[str, Any]:
        """The stored fields that the document has."""
        page, number = self._place
        return page.stored(number)

    @cached_property
    def _place(self) -> tuple[Page, int]:
        return self._results._page_of(self._number)

    def __getitem__(self, field: str) -> Any:
        if field == ID:
            return self.id
        self._results._searcher.schema.field(field)
        return self.fields.get(field)

    if TYPE_CHECKING:

        @overload
        def get(self, key: str, /) -> Any: ...
        @overload
        def get(self, key: str, /, default: Any) -> Any: ...

    def get(self, key: str, /, default: Any = None) -> Any:
        """A stored field of the document; the default where it has none, or the schema has no such field."""
        return self[key] if key in self else default  # noqa: SIM401 (it is this very method)

    def __contains__(self, field: object) -> bool:
        return isinstance(field, str) and (field == ID or field in self.fields)

    def __iter__(self) -> Iterator[str]:
        yield ID
        yield from self.fields

    def __len__(self) -> int:
        return 1 + len(self.fields)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Mapping):
            return NotImplemented
        return dict(self) == dict(other)

    def __hash__(self) -> int:
        return hash(self.id)

    def __copy__(self) -> Hit:
        return Hit(self._results, self._number)  # its fields are read anew

    def __deepcopy__(self, memo: object) -> Hit:
        return self.__copy__()

    def to_dict(self) -> dict[str, Any]:
        """The document as JSON has it, with its `_score`: dates are strings of ISO 8601.

        A field named `_score` stands in place of the score.
        """
        plain = {name: _json(value) for name, value in self.fields.items()}
        return {ID: self.id, "_score": self.score, **plain}

    def text(self, field: str) -> str:
        """The field's text as it is highlighted: a list's values joined by line breaks; "" if none."""
        page, number = self._place
        return page.texts(field).text(number)

    def spans(self, field: str) -> list[Span]:
        """Where the text matches: sorted, disjoint (start, end, mark) in code points of `hit.text(field)`."""
        page, number = self._place
        return page.spans(field, number)[0]

    def fragments(self, field: str, count: int = 3, size: int = 160) -> list[Fragment]:
        """The best fragments of the field's text: at most `count`, of at most `size` code points each.

        A fragment is chosen by how many different matches it holds, then by how many, and ends where
        sentences or words do. Without a match it is the beginning.
        """
        page, number = self._place
        return page.fragments(field, count, size, number)[0]

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
        page, number = self._place
        return page.highlights(field, formatter_of(formatter), fragments, size, number)[0]

    def explain(self) -> Explanation:
        """What the score is made of, down to tf, df and lengths; `print` it."""
        return self._results._explained(self._doc)

    def __repr__(self) -> str:
        return f"<Hit {self.id!r} {self.score:.3f}>"


def _json(value: Any) -> Any:
    """A stored value as JSON has it."""
    if isinstance(value, list):
        return [_json(one) for one in value]
    return value.isoformat() if hasattr(value, "isoformat") else value
