"""What the query tests share: one schema, and query texts that are full of syntax, well formed and not."""

from __future__ import annotations

import pytest
from hypothesis import strategies as st

from searchlib.schema import Boolean, Date, Keyword, Number, Schema, Text

SCHEMA = Schema(title=Text(), body=Text(), year=Number(), published=Date(), tag=Keyword(), old=Boolean())

_WORDS = [
    "a",
    "лес",
    "U.S.",
    "re-established",
    "don't",
    "3,14",
    "AND",
    "OR",
    "NOT",
    "ANDNOT",
    "ANDMAYBE",
    "and",
]
_SYNTAX = ["(", ")", '"', *"+-*?~^:\\[]{}<>=", " ", "  ", "\n", "TO", "^2", "^0.5", "~2", "*:*"]
_FIELDS = [
    "title:",
    "body:",
    "year:",
    "id:",
    "year:[1 TO 2}",
    "year:>=5",
    "https://a.b?c",
    ":-)",
    "12:30",
    "C:\\",
]
_ESCAPES = [r"\*", r"\?", r"\~", r"\^2", "**", "!", ".", "'", "//"]
_STRANGE = ["«", "»", "…", "\0", "\x1b[31m", "\u202e", "\ud800", "é", "e\u0301", "😀", "\u2028"]
PIECES = [*_WORDS, *_SYNTAX, *_FIELDS, *_ESCAPES, *_STRANGE]

query_texts = st.one_of(
    st.lists(st.sampled_from(PIECES), max_size=25).map("".join),
    st.lists(st.sampled_from(PIECES), max_size=25).map(" ".join),
    st.text(max_size=40),
)


@pytest.fixture
def schema() -> Schema:
    return SCHEMA
