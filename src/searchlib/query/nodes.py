"""The query tree: what the parser makes of a string and the planner makes postings plans of.

Nodes are frozen, carry the words as typed (never analysed), and are written as text that parses back to the
same tree. They know neither schema nor index. `start` and `end` are code points of the query string and take
no part in equality: they cover the operand as written, without its sign, its field's name and its boost.
"""

from __future__ import annotations

from ..lean import TYPE_CHECKING
from ..records import Record
from . import writing

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any, ClassVar, TypeAlias


class Base(Record, kw_only=True, uncompared=("start", "end")):
    """What all nodes share: a factor of the score (0 to 1,000,000) and the span of the source."""

    boost: float = 1.0
    start: int = 0
    end: int = 0

    @property
    def children(self) -> tuple[Node, ...]:
        """The nodes directly below, in the order in which they are scored; () for a leaf."""
        return ()

    @property
    def wanted(self) -> tuple[Node, ...]:
        """Those of them that a match may have: all but what is excluded."""
        return self.children

    def walk(self) -> Iterator[Node]:
        """This node and all below it, parents first, without recursion."""
        pending: list[Any] = [self]
        while pending:
            node = pending.pop()
            yield node
            pending.extend(reversed(node.children))

    def to_text(self) -> str:
        """The node in the query language. `parse` gives an equal tree back for every tree that it made."""
        return writing.boosted(self._body(), self.boost, bool(self.children))

    def __str__(self) -> str:
        return self.to_text()

    def _body(self) -> str:
        return ""

    def _operand(self) -> str:
        """The text as part of a larger query: in parentheses where it would otherwise fall apart."""
        text = self.to_text()
        return f"({text})" if self.children and self.boost == 1.0 else text


class Empty(Base):
    """A query without a word in it: it asks nothing and matches nothing."""


class Everything(Base):
    """`*:*`: every document; `field:*`: every document that has a value in the field."""

    field: str | None = None

    def _body(self) -> str:
        return f"{self.field or '*'}:*"


class Word(Base, uncompared=("stands_for", "becomes")):
    """A word as typed. Analysis may find none, one or several tokens in it: «!», лес, re-established.

    field None, here and below, means the default fields. stands_for: the words that it stands for in its
    place, which take no part in equality: «сантиметр» for the «см» of «10 см». becomes: nor do the words that
    it is found by as well, as one that somebody is typing: токаев and токарь for «тока».
    """

    text: str
    field: str | None = None
    stands_for: tuple[str, ...] = ()
    becomes: tuple[str, ...] = ()

    def _body(self) -> str:
        return writing.in_field(self.field, writing.word(self.text, self.field is not None))


class Phrase(Base):
    """`"police forces"~2`: the words in order, with at most `slop` extra positions between first and last."""

    text: str
    field: str | None = None
    slop: int = 0

    def _body(self) -> str:
        return writing.in_field(self.field, writing.phrase(self.text, self.slop))


class Prefix(Base):
    """`лес*`: surface forms that begin so."""

    text: str
    field: str | None = None

    def _body(self) -> str:
        return writing.in_field(self.field, writing.prefix(self.text, self.field is not None) + "*")


class Wildcard(Base):
    r"""`с?ло`, `*лес*`: surface forms of that pattern.

    pattern: `*` stands for any run of characters, `?` for exactly one; a backslash makes `*`, `?` and itself
        literal. It is kept as the parser writes it: one star for several, and no other lone backslash.
    """

    pattern: str
    field: str | None = None

    def __post_init__(self) -> None:
        if "**" in self.pattern or "\\" in self.pattern:
            parts: list[str] = []
            for part in writing.parts_of_pattern(self.pattern):
                if part != "*" or parts[-1:] != ["*"]:
                    parts.append("\\\\" if part == "\\" else part)
            vars(self)["pattern"] = "".join(parts)

    def _body(self) -> str:
        return writing.in_field(self.field, writing.pattern(self.pattern, self.field is not None))


class Fuzzy(Base):
    """`слво~`, `wrod~2`: surface forms at most `distance` edits away (1 or 2)."""

    text: str
    field: str | None = None
    distance: int = 1

    def _body(self) -> str:
        suffix = "~" if self.distance == 1 else f"~{self.distance}"
        return writing.in_field(self.field, writing.prefix(self.text, self.field is not None) + suffix)


class Range(Base):
    """`year:[1991 TO 2001}`, `year:>=1991`: values between two ends, as typed; None is an open end."""

    field: str
    low: str | None = None
    high: str | None = None
    includes_low: bool = True
    includes_high: bool = True

    def _body(self) -> str:
        ends = writing.span(self.low, self.high, self.includes_low, self.includes_high)
        return writing.in_field(self.field, ends)


class _Joined(Base):
    """What an operator between its operands says. operator: the word; kind: what `Index.explain` calls it."""

    operator: ClassVar[writing.Binary]
    kind: ClassVar[str]
    operands: tuple[Node, ...]

    @property
    def children(self) -> tuple[Node, ...]:
        return self.operands

    def _body(self) -> str:
        return f" {self.operator} ".join(_negatable(operand) for operand in self.operands)


class And(_Joined):
    """`a AND b`: documents that match every operand; their scores are added."""

    operator = "AND"
    kind = "all"


class Or(_Joined):
    """`a b`, `a OR b`: documents that match an operand or more; the scores of those are added."""

    operator = "OR"
    kind = "any"


class Not(Base):
    """`NOT a`: every document that does not match the operand; it adds nothing to a score."""

    operand: Node

    @property
    def children(self) -> tuple[Node, ...]:
        return (self.operand,)

    @property
    def wanted(self) -> tuple[Node, ...]:
        return ()

    def _body(self) -> str:
        return f"NOT {self.operand._operand()}"


class Clauses(Base):
    """`+a b -c`, and what ANDNOT and ANDMAYBE say: documents that match all of required and none of excluded.

    optional adds to the score; where nothing is required, one of it must match; where there is nothing but
    excluded, every other document matches. A word that is directly in required or excluded was asked for by
    the user and is no stopword.
    """

    required: tuple[Node, ...] = ()
    optional: tuple[Node, ...] = ()
    excluded: tuple[Node, ...] = ()

    @property
    def children(self) -> tuple[Node, ...]:
        return self.required + self.optional + self.excluded

    @property
    def wanted(self) -> tuple[Node, ...]:
        return self.required + self.optional

    def _body(self) -> str:
        signed = [("+", node) for node in self.required] + [("", node) for node in self.optional]
        signed += [("-", node) for node in self.excluded]
        return writing.side_by_side([sign + node._operand() for sign, node in signed])


class Variant(Record):
    """What may stand for a node at a lower weight (0 to 1), and why.

    Reasons are "name", "synonym", "translation", "keyboard layout", "written apart", "written together".
    """

    node: Word | Phrase
    weight: float
    reason: str

    @property
    def label(self) -> str:
        """What it is, for `explain`: "name лукашенко"."""
        return f"{self.reason}{', ' if ' ' in self.reason else ' '}{self.node.text}"


class Variants(Base):
    """A node, or something that may stand for it, whichever scores more. Only expansion makes it.

    As text it is the alternatives with their weights as boosts.
    """

    node: Node
    variants: tuple[Variant, ...]

    @property
    def children(self) -> tuple[Node, ...]:
        return (self.node, *(variant.node for variant in self.variants))

    def _body(self) -> str:
        weighted = (
            writing.boosted(v.node._body(), v.node.boost * v.weight, bool(v.node.children))
            for v in self.variants
        )
        return " OR ".join([_negatable(self.node), *weighted])


Joined: TypeAlias = And | Or
Leaf: TypeAlias = Word | Phrase | Prefix | Wildcard | Fuzzy | Range | Everything | Empty
Node: TypeAlias = Leaf | Joined | Not | Clauses | Variants
"""Any of them. Whoever tells them apart ends with assert_never: mypy finds what it forgot."""


def _negatable(node: Node) -> str:
    # NOT binds tighter than AND and OR: `a AND NOT b` needs no parentheses.
    return node.to_text() if isinstance(node, Not) else node._operand()
