"""String → query tree: a query and a schema come in, frozen nodes go out. No I/O and no analysis here."""

from .limits import Limits
from .nodes import (
    And,
    Clauses,
    Empty,
    Everything,
    Fuzzy,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Range,
    Wildcard,
    Word,
)
from .parser import parse

__all__ = [
    "And",
    "Clauses",
    "Empty",
    "Everything",
    "Fuzzy",
    "Limits",
    "Node",
    "Not",
    "Or",
    "Phrase",
    "Prefix",
    "Range",
    "Wildcard",
    "Word",
    "parse",
]
