"""Hit → marked fragments: where a query's marks stand in a text, and the text with them marked. No I/O, no
index."""

from .formatters import SEPARATOR, Ansi, Formatter, Html, Plain, join, mark, one_line, printable
from .fragments import Fragment
from .matches import Mark, PhraseMatch, Span, WordMatch

__all__ = [
    "SEPARATOR",
    "Ansi",
    "Formatter",
    "Fragment",
    "Html",
    "Mark",
    "PhraseMatch",
    "Plain",
    "Span",
    "WordMatch",
    "join",
    "mark",
    "one_line",
    "printable",
]
