"""Hit → marked fragments: where a query's marks stand in a text, and the text with them marked. No I/O, no
index."""

from .formatters import SEPARATOR, Ansi, Formatter, Html, Plain, join, mark, one_line, printable
from .fragments import Fragment, fragments
from .matches import Finder, Mark, Occurrence, PhraseMatch, Span, WordMatch
from .spans import spans

__all__ = [
    "SEPARATOR",
    "Ansi",
    "Finder",
    "Formatter",
    "Fragment",
    "Html",
    "Mark",
    "Occurrence",
    "PhraseMatch",
    "Plain",
    "Span",
    "WordMatch",
    "fragments",
    "join",
    "mark",
    "one_line",
    "printable",
    "spans",
]
