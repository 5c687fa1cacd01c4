"""What the core evaluates: a tree of typed nodes, made by the planner. Plain data: no grammar, no schema.

The core reads the nodes by their attributes (core/bind_plan.cpp). Whoever asks what a plan says writes a
Visitor: a family of nodes that it forgets is an error of mypy's, and a TypeError when it is made.
"""

from __future__ import annotations

from abc import ABC, abstractmethod

from .errors import assert_never
from .lean import TYPE_CHECKING, Generic, TypeVar
from .records import Record, Slotted

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import ClassVar, TypeAlias

T = TypeVar("T")


class FormPattern(Record):
    """Surface forms that a query asks for. kind: "prefix", "wildcard" or "fuzzy"; distance: in edits."""

    kind: str
    text: str
    distance: int


class WordField(Slotted):
    """A word in one field: its lemmas there, whose places count by the field's weight.

    related: lemmas of the same root. form: that was asked for, for signals; "" where there are no others.
    """

    __slots__ = ("field", "form", "lemmas", "related", "weight")

    def __init__(
        self, field: int, weight: float, lemmas: Sequence[str], related: Sequence[str] = (), form: str = ""
    ) -> None:
        self.field, self.weight, self.lemmas, self.related, self.form = field, weight, lemmas, related, form


class PhraseField(Slotted):
    """A phrase in one field, whose matches count by its weight. words: the lemmas of each.

    offsets: of each word, counted in words and what stands between them: (0, 1) for two that follow each
        other, however many positions the first one takes, (0, 3) for two with a gap of two.
    divides: whether the field's words have parts, so that "node.js" takes two positions.
    """

    __slots__ = ("divides", "field", "offsets", "weight", "words")

    def __init__(
        self,
        field: int,
        weight: float,
        offsets: Sequence[int],
        words: Sequence[Sequence[str]],
        divides: bool = True,
    ) -> None:
        self.field, self.weight, self.offsets, self.words = field, weight, offsets, words
        self.divides = divides


# ---- nodes. kind: the core's name of it (core/search/plan.hpp)


class _Node(Slotted):
    __slots__ = ()
    kind: ClassVar[str]

    def __init_subclass__(cls, *, kind: str) -> None:
        super().__init_subclass__()
        cls.kind = kind


class _Constant(_Node, kind=""):
    """What gives all its documents one score. title: which documents they are, for `explain`."""

    __slots__ = ()
    title: ClassVar[str]

    def __init_subclass__(cls, *, kind: str, title: str) -> None:
        super().__init_subclass__(kind=kind)
        cls.title = title


class Nothing(_Constant, kind="nothing", title="nothing"):
    """No document."""

    __slots__ = ()


class All(_Constant, kind="all", title="every document"):
    """Every live document."""

    __slots__ = ("score",)

    def __init__(self, score: float = 1.0) -> None:
        self.score = score


class Docs(_Constant, kind="docs", title="a value"):
    """The documents listed for each segment, ascending."""

    __slots__ = ("by_segment", "score")

    def __init__(self, by_segment: Sequence[Sequence[int]], score: float = 1.0) -> None:
        self.by_segment, self.score = by_segment, score


class InRange(_Constant, kind="in_range", title="a value"):
    """Documents with a value in one of some ranges in a column.

    column: the field's place among those that have one. ranges: the least and the greatest key of each
        (kinds/base.py), ascending, no two of which meet.
    """

    __slots__ = ("column", "ranges", "score")

    def __init__(self, column: int, ranges: Sequence[tuple[int, int]], score: float = 1.0) -> None:
        self.column, self.ranges, self.score = column, ranges, score


class InStrings(_Constant, kind="in_strings", title="a value"):
    """Documents with a string between two others, in the order of their bytes; None is an open end."""

    __slots__ = ("column", "high", "includes_high", "includes_low", "low", "score")

    def __init__(
        self,
        column: int,
        low: str | None,
        high: str | None,
        includes_low: bool = True,
        includes_high: bool = True,
        score: float = 1.0,
    ) -> None:
        self.column, self.low, self.high, self.score = column, low, high, score
        self.includes_low, self.includes_high = includes_low, includes_high


class InSet(_Constant, kind="in_set", title="a value"):
    """Documents that have one of some strings in a column."""

    __slots__ = ("column", "score", "strings")

    def __init__(self, column: int, strings: Sequence[str], score: float = 1.0) -> None:
        self.column, self.strings, self.score = column, strings, score


class Has(_Constant, kind="has", title="documents with a value"):
    """Documents with a value in a searched field."""

    __slots__ = ("field", "score")

    def __init__(self, field: int, score: float = 1.0) -> None:
        self.field, self.score = field, score


class Forms(_Node, kind="forms"):
    """Documents with a surface form in one of the fields that a pattern meets, all at one score.

    exact_fields: those of the fields whose forms are compared as they are, not by their match keys.
    """

    __slots__ = ("exact_fields", "fields", "pattern", "score")

    def __init__(
        self,
        pattern: FormPattern,
        fields: Sequence[int],
        score: float = 1.0,
        exact_fields: Sequence[int] = (),
    ) -> None:
        self.pattern, self.fields, self.score = pattern, fields, score
        self.exact_fields = exact_fields


class Word(_Node, kind="word"):
    """A word over its fields, which are added up before they saturate (docs/ranking.md).

    related: the weight of related lemmas; 0: none count.

    signals: names and weights of what else the core counts of a word (core/search/signals.hpp).
    """

    __slots__ = ("fields", "related", "signals")

    def __init__(
        self, fields: Sequence[WordField], related: float = 0.0, signals: Sequence[tuple[str, float]] = ()
    ) -> None:
        self.fields, self.related, self.signals = fields, related, signals


class Phrase(_Node, kind="phrase"):
    """A phrase over its fields, as a word. slop: how many positions more than its own it may cover."""

    __slots__ = ("fields", "slop")

    def __init__(self, fields: Sequence[PhraseField], slop: int = 0) -> None:
        self.fields, self.slop = fields, slop


class Boost(_Node, kind="boost"):
    """A node times a factor. reason: what it stands for a word as, for `explain`; "" for the user's boost."""

    __slots__ = ("child", "factor", "reason")

    def __init__(self, factor: float, child: PlanNode, reason: str = "") -> None:
        self.factor, self.child, self.reason = factor, child, reason


class _Combination(_Node, kind=""):
    """What combines others. title: how, for `explain`. alternatives: whether these stand for one another."""

    __slots__ = ("children",)
    title: ClassVar[str]
    alternatives: ClassVar[bool]

    def __init_subclass__(cls, *, kind: str, title: str, alternatives: bool) -> None:
        super().__init_subclass__(kind=kind)
        cls.title, cls.alternatives = title, alternatives

    def __init__(self, children: Sequence[PlanNode]) -> None:
        self.children = children

    @property
    def wanted(self) -> Sequence[PlanNode]:
        """The children that a match's score may come from."""
        return self.children

    @property
    def excluded(self) -> Sequence[PlanNode]:
        """The others: no match has one of them."""
        return ()


class And(_Combination, kind="and", title="sum of all", alternatives=False):
    """All of the children match."""

    __slots__ = ()


class Or(_Combination, kind="or", title="sum of those that match", alternatives=False):
    """One or more of the children match."""

    __slots__ = ()


class Max(_Combination, kind="max", title="the best of", alternatives=True):
    """The best of the children that match."""

    __slots__ = ()


class Not(_Combination, kind="not", title="", alternatives=False):
    """A node without the documents of another."""

    __slots__ = ()

    def __init__(self, wanted: PlanNode, excluded: PlanNode) -> None:
        self.children = (wanted, excluded)

    @property
    def wanted(self) -> Sequence[PlanNode]:
        return self.children[:1]

    @property
    def excluded(self) -> Sequence[PlanNode]:
        return self.children[1:]


class Maybe(_Combination, kind="maybe", title="required, plus what else matches", alternatives=False):
    """A node, plus another where that matches."""

    __slots__ = ()

    def __init__(self, required: PlanNode, optional: PlanNode) -> None:
        self.children = (required, optional)


class Raised(_Combination, kind="raised", title="raised by values", alternatives=False):
    """A node whose scores values in columns raise: times 1 + the sum of weight · s, s from 0 to 1.

    raises: of each ("recency" or "static", the field's place among those that have a column, weight,
        half-life in microseconds or pivot, the key of now): core/search/column_signals.hpp.
    """

    __slots__ = ("raises",)

    def __init__(self, child: PlanNode, raises: Sequence[tuple[str, int, float, float, int]]) -> None:
        self.children, self.raises = (child,), raises


class Filtered(_Combination, kind="filter", title="what the filter lets through", alternatives=False):
    """A node where another matches too, which adds nothing to its score.

    passes: a node, or the core's FilterPlan that was made of one before.
    """

    __slots__ = ()

    def __init__(self, query: PlanNode, passes: object) -> None:
        self.children = (query, passes)  # type: ignore[assignment]

    @property
    def wanted(self) -> Sequence[PlanNode]:
        return self.children[:1]


Constant: TypeAlias = Nothing | All | Docs | InRange | InStrings | InSet | Has
Combination: TypeAlias = And | Or | Max | Not | Maybe | Filtered | Raised
PlanNode: TypeAlias = Word | Combination | Phrase | Boost | Forms | Constant


class Visitor(ABC, Generic[T]):
    """What a reader makes of each family of nodes; `visit` chooses."""

    def visit(self, node: PlanNode) -> T:
        """What becomes of a node; QueryError if it is none."""
        if isinstance(node, Word):
            return self.word(node)
        if isinstance(node, _Combination):
            return self.combination(node)
        if isinstance(node, Phrase):
            return self.phrase(node)
        if isinstance(node, Boost):
            return self.boost(node)
        if isinstance(node, Forms):
            return self.forms(node)
        if isinstance(node, _Constant):
            return self.constant(node)
        return assert_never(node)

    @abstractmethod
    def word(self, node: Word) -> T: ...
    @abstractmethod
    def combination(self, node: Combination) -> T: ...
    @abstractmethod
    def phrase(self, node: Phrase) -> T: ...
    @abstractmethod
    def boost(self, node: Boost) -> T: ...
    @abstractmethod
    def forms(self, node: Forms) -> T: ...
    @abstractmethod
    def constant(self, node: Constant) -> T: ...
