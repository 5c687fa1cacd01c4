"""What a search returns: light until it is read.

Matches are counted, stored fields fetched and fragments made only when they are asked for.
"""

from __future__ import annotations

from .. import _core
from ..arguments import checked_count
from ..errors import SearchTimeout
from ..forks import cached_property
from ..highlight import Formatter, Fragment, Mark
from ..lean import TYPE_CHECKING, Sequence
from ..records import Record
from ..schema import ID, DocumentId, id_of
from .hit import FormatName, Hit
from .pages import MAX_PAGE, Page, formatter_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any, TypeVar, overload

    import pandas
    import polars
    import pyarrow

    from ..errors import QueryError
    from ..plan import PlanNode
    from ..suggest.suggestions import Suggestion
    from .counting import Found
    from .facets import FacetResults
    from .marks import Plan
    from .pinned import Pinned
    from .score import Explanation

    _T = TypeVar("_T")


def checked_page(limit: int | None, offset: int) -> None:
    """TypeError or ValueError for numbers that are none of a page."""
    checked_count("limit", limit, or_none=True)
    checked_count("offset", offset)


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
        found: Found | None = None,
        total: int | None = None,
    ) -> None:
        self._searcher, self.query, self.plan, self._prepared = searcher, query, plan, prepared
        self.error = error
        self._ranked, self.elapsed_ms, self.timeout = ranked, elapsed_ms, timeout
        self._found = found
        self._marks: dict[str, list[Mark]] = {}
        self._pages: list[Page] = []
        if total is not None:
            vars(self)["total"] = total
        if plan.having_all is not None:
            vars(self)["cursor"] = None

    def __len__(self) -> int:
        return len(self._ranked)

    if TYPE_CHECKING:

        @overload
        def __getitem__(self, index: int) -> Hit: ...
        @overload
        def __getitem__(self, index: slice) -> list[Hit]: ...

    def __getitem__(self, index: int | slice) -> Hit | list[Hit]:
        numbers = range(len(self._ranked))[index]
        if isinstance(numbers, range):
            return [Hit(self, number) for number in numbers]
        return Hit(self, numbers)

    def __iter__(self) -> Iterator[Hit]:
        for number in range(len(self._ranked)):
            yield Hit(self, number)

    # ---- a page of hits: as each hit has it, all of them in one go

    def stored(self) -> list[dict[str, Any]]:
        """The stored fields of each hit, as `hit.fields` has them."""
        return self._of_pages(lambda page: [page.stored(number) for number in range(len(page))])

    def stored_bytes(self, most: int) -> int:
        """Bytes of the stored fields of all hits, for who has only so many to give; beyond `most` the rest is
        not looked at."""
        self._make_pages()
        found = 0
        for page in self._pages:
            if found <= most:
                found += page.num_bytes
        return found

    def _as_json(self) -> list[bytes | None]:
        """The same as JSON in UTF-8, where they are kept so, for who sends them on; None for other hits."""
        return self._of_pages(Page.as_json)

    def _json_fragments(self, field: str, count: int, size: int) -> list[bytes | None]:
        """As `fragments`, those that have matches: see Page."""
        return self._of_pages(lambda page: page.json_fragments(field, count, size))

    def texts(self, field: str) -> list[str]:
        """The text of a field of each hit, as `hit.text` has it."""
        return self._of_pages(lambda page: page.texts(field).texts())

    def fragments(self, field: str, count: int = 3, size: int = 160) -> list[list[Fragment]]:
        """The best fragments of a field of each hit, as `hit.fragments` has them."""
        return self._of_pages(lambda page: page.fragments(field, count, size))

    def highlights(
        self,
        field: str,
        formatter: FormatName | Formatter = "html",
        *,
        fragments: int | None = 3,
        size: int = 160,
    ) -> list[str]:
        """A field of each hit with the matches marked, as `hit.highlight` has it, quicker than one by one."""
        chosen = formatter_of(formatter)
        return self._of_pages(lambda page: page.highlights(field, chosen, fragments, size))

    def _make_pages(self) -> None:
        if not self._pages:
            docs = [doc for _, doc in self._ranked]
            chunks = (docs[at : at + MAX_PAGE] for at in range(0, len(docs), MAX_PAGE))
            self._pages = [Page(self._searcher, chunk, self.marks_of) for chunk in chunks]

    def _of_pages(self, of_page: Callable[[Page], list[_T]]) -> list[_T]:
        self._make_pages()
        return [found for page in self._pages for found in of_page(page)]

    def _page_of(self, number: int) -> tuple[Page, int]:
        """The page of a hit and its place there: one of its own, unless all were asked for together."""
        if self._pages and self._pages[number // MAX_PAGE].is_kept:
            return self._pages[number // MAX_PAGE], number % MAX_PAGE
        return Page(self._searcher, [self._ranked[number][1]], self.marks_of), 0

    @cached_property
    def total(self) -> int:
        """How many documents match in all, exactly. Counted with the search, if that was asked for
        (`count=True`) or costs nothing, else on first use; SearchTimeout after `timeout`."""
        if self._found is not None and self._found.total is not None:
            return self._found.total
        return self._searcher.count(self.query, self._prepared, self.timeout)

    @cached_property
    def total_with_all(self) -> int | None:
        """How many documents have all the words, of which `total` is the number with some of them; one that
        somebody has begun with a letter or two is not among these. Counted on first use, as `total` is. None
        if these are no results of `index.instant`."""
        if self.plan.having_all is None:
            return None
        if self.plan.having_all is self.plan.core:
            return self.total
        return self._searcher.count(self.query, self.plan.having_all, self.timeout)

    @property
    def known_total(self) -> int | None:
        """`total` if it is known, and None if it would have to be counted."""
        known: int | None = vars(self).get("total")
        return known if known is not None or self._found is None else self._found.total

    @property
    def total_lower_bound(self) -> int:
        """At least so many documents match: those that are here. Free."""
        return len(self._ranked)

    @cached_property
    def cursor(self) -> str | None:
        """The place behind the last of these hits: `after=results.cursor` goes on there, in the same order.

        None if there are no hits, or if they are groups, or those of `index.instant`. A string of letters,
        digits, - and _.
        """
        if not self._ranked or (self._found is not None and self._found.groups is not None):
            return None
        from .cursor import Place, written

        score, doc = self._ranked[-1]
        order = ""
        keys: tuple[int | str | None, ...] | None = (_core.sortable(score),)
        if self._found is not None and self._found.order:
            order, keys = self._found.order, self._found.keys
        return written(Place(order, keys, doc, self._searcher.document_id(doc)))

    @property
    def facets(self) -> FacetResults:
        """What `facets=` asked for, by name: a Counts, a Summary or a DistinctCount each."""
        return {} if self._found is None else self._found.facets

    @property
    def groups(self) -> list[HitGroup]:
        """What `group_by=` asked for, in the order of the groups' best hits; these hits are the best ones."""
        if self._found is None or self._found.groups is None:
            return []
        groups = self._found.groups
        ranked = [hit for _, _, hits in groups for hit in hits]
        everything = (self._searcher, self.query, self.plan, self._prepared, ranked, self.elapsed_ms)
        all_hits = iter(Results(*everything, self.timeout))  # they are fetched and marked together
        return [HitGroup(value, total, [next(all_hits) for _ in hits]) for value, total, hits in groups]

    @property
    def dropped(self) -> list[str]:
        """The stopwords of the query that were left out."""
        return self.plan.dropped

    @property
    def notes(self) -> tuple[str, ...]:
        """What of the query was not understood, and what it was read as: a sentence each."""
        return self.plan.notes

    @property
    def instead(self) -> Suggestion | None:
        """What `index.instant` searched for in place of the text, as `index.suggest` has it: its `query`, and
        why; None if it searched for the text itself."""
        return self.plan.instead

    @property
    def expanded(self) -> dict[str, float]:
        """The words that `expand` added to the query, each with the factor of its score, the best first."""
        return {word: factor for word, factor, _ in self.plan.expanded}

    @property
    def has_missing_words(self) -> bool:
        """Whether a word of the query is in hardly any document, so that `index.suggest` may know better."""
        return self._searcher.misses_words(self.plan)

    def explain(self, document_id: DocumentId) -> Explanation | None:
        """What the query's score of that document is made of, whether or not it is among these hits.

        0 if it does not match; None if the index has no such document.
        """
        return self._searcher.explained(self.plan, id_of(document_id))

    def _explained(self, doc: int) -> Explanation:
        found = self._searcher.explained(self.plan, self._searcher.document_id(doc))
        assert found is not None, "a hit is a document of its snapshot"
        return found

    def marks_of(self, field: str) -> list[Mark]:
        """What the query marks in a field."""
        if field not in self._marks:
            self._marks[field] = self._searcher.marks(self.plan, field)
        return self._marks[field]

    # ---- for other programs

    def to_dicts(self) -> list[dict[str, Any]]:
        """Each hit as `hit.to_dict()` has it: what json can write."""
        return [hit.to_dict() for hit in self]

    def to_arrow(self) -> pyarrow.Table:
        """The hits as a table of pyarrow: id, _score, and a column for each stored field of the schema.

        Dates are timestamps in UTC, a field of which a hit has several values is a column of lists, and what
        a document lacks is null. ModuleNotFoundError, which says what to install, without pyarrow.
        """
        from .tables import to_arrow

        return to_arrow(self._rows(), self._searcher.schema)

    def to_pandas(self) -> pandas.DataFrame:
        """The same as a DataFrame of pandas."""
        from .tables import to_pandas

        return to_pandas(self._rows(), self._searcher.schema)

    def to_polars(self) -> polars.DataFrame:
        """The same as a DataFrame of polars."""
        from .tables import to_polars

        return to_polars(self._rows(), self._searcher.schema)

    def _rows(self) -> Iterator[dict[str, Any]]:
        """For tables: the hits with what their documents have."""
        return ({ID: hit.id, "_score": hit.score, **hit.fields} for hit in self)

    def _repr_html_(self) -> str:
        """What a notebook shows: the hits with their marked fragments."""
        from .notebook import page

        shown = len(self)
        try:
            total = max(self.total, shown)
        except SearchTimeout:
            total = shown
        hits = (
            f"{shown:,} of {total:,} hits" if total > shown else "1 hit" if shown == 1 else f"{shown:,} hits"
        )
        said = [f"{str(self.query)[:200]} — {hits} in {self.elapsed_ms:.1f} ms", *self.notes]
        return page(self, said, self._searcher.schema)

    def __copy__(self) -> Results:
        twin = object.__new__(Results)  # not as a pickle has it, without the index
        vars(twin).update(vars(self))
        return twin

    def __deepcopy__(self, memo: object) -> Results:
        return self.__copy__()  # nothing of it changes

    def __repr__(self) -> str:
        return f"<Results: {len(self)} hits in {self.elapsed_ms:.1f} ms>"


class HitGroup(Record):
    """The matches with one value of a field. value: that one; None: those without any. hits: its best.

    total: how many they are.
    """

    value: Any
    total: int
    hits: list[Hit]
