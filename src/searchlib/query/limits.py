"""How large a query may be. The parser and the bridge to whoosh check it; nothing else here."""

from __future__ import annotations

import re

from ..errors import QueryTooComplex
from ..records import Record


class Limits(Record):
    """Sizes that a query may reach; one more is QueryTooComplex.

    length: code points of the query string.
    clauses: words, phrases, ranges and so on, wherever they stand.
    words: those within phrases too, and the parts of what is joined by punctuation (`a-b`, `a;b`).
    groups: opening parentheses.
    depth: levels of the finished tree, so that whatever walks it may recurse. Parentheses that add no level
        (`((((a))))`, `(a (b (c)))`) do not count.
    patterns: prefixes, wildcards and fuzzy words; each may meet any word of an index. pattern_length: letters
        of one, wildcards among them.
    """

    length: int = 1_000_000
    clauses: int = 10_000
    words: int = 20_000
    groups: int = 200_000
    depth: int = 100
    patterns: int = 20
    pattern_length: int = 256

    def check_length(self, length: int) -> None:
        if length > self.length:
            raise QueryTooComplex(
                f"a query has at most {self.length:,} characters, this one has {length:,}; shorten it"
            )

    def check_words(self, text: str) -> None:
        """Of a query, or of one phrase or joined word of a tree. A rough count: runs of letters."""
        if len(text) < 2 * self.words:  # each but the last has something after it
            return
        count = sum(1 for _ in re.finditer(r"\w+", text))
        if count > self.words:
            raise QueryTooComplex(
                f"a query has at most {self.words:,} words, those of phrases too, this one has {count:,}; "
                "split it"
            )

    def check_clauses(self, count: int, position: int | None = None) -> None:
        if count > self.clauses:
            raise QueryTooComplex(
                f"a query has at most {self.clauses:,} words, this one goes on{_at(position)}; split it",
                position,
            )

    def check_groups(self, count: int, position: int | None = None) -> None:
        if count > self.groups:
            raise QueryTooComplex(
                f"a query has at most {self.groups:,} parentheses, this one goes on{_at(position)}",
                position,
            )

    def check_depth(self, depth: int, position: int | None = None) -> None:
        if depth > self.depth:
            raise QueryTooComplex(
                f"a query nests at most {self.depth} levels deep, this one goes deeper{_at(position)}; "
                "take out parentheses",
                position,
            )


def _at(position: int | None) -> str:
    return "" if position is None else f" at character {position + 1:,}"
