"""What a query string is made of: the lexer reads it, the grammar joins it. And the note on what is open."""

from __future__ import annotations

from typing import Literal, NamedTuple, TypeAlias, get_args

from . import writing
from .nodes import Node, Word


class Operand(NamedTuple):
    """A node with its sign (`+`, `-` or none).

    is_bare: a `*` on its own, which may be a stray star of plain text. depth: the levels of its tree.
    compares: it was written with < or >.
    """

    node: Node
    sign: str = ""
    is_bare: bool = False
    is_negated: bool = False
    depth: int = 1
    compares: bool = False


class Operator(NamedTuple):
    """One of writing.OPERATORS; `word` is what it is where it can be no operator."""

    name: writing.Operator
    word: Word


class Open(NamedTuple):
    sign: str
    start: int


class Close(NamedTuple):
    boost: float


Token: TypeAlias = Operand | Operator | Open | Close


Opener: TypeAlias = Literal["a parenthesis", "a quotation mark", "a range"]


def unclosed(what: Opener, reading: str) -> str:
    """The note on what is not closed. reading: what was made of it."""
    return f"{what} is not closed: {reading}"


def is_of_unclosed(note: str) -> bool:
    """Whether a note is one of these: of a text that is being typed it says nothing yet."""
    return any(note.startswith(unclosed(what, "")) for what in get_args(Opener))
