"""Completion: how the last word of a text may go on, by the forms that documents hold.

The most frequent form is the first. What joiners tie to the word before (alex@ex) goes on only as a
whole that stands in a document.
"""

from __future__ import annotations

import heapq
import re
from collections.abc import Iterable, Iterator

from ..query.writing import phrase, word
from ..records import Record
from .vocabulary import Vocabulary

# From its last letter to its first. A search from the start would try each letter of each word.
_WHOLE = re.compile(r"[+#]*[\w'’./@_-]+")
_GROUPS = re.compile(r"\d{1,3}(?:[ \u00a0\u202f]\d{3})*[ \u00a0\u202f]\d{1,3}(?!\w)")  # backwards: 1 000 00
_NAMED = re.compile(r"(?:^|[\s(+-])([^\W\d]\w*):([^\s()\"]*)\Z")
JOINERS = "'’./@_-"
"""What may stand inside a word, or before it."""

_MOST = 2**31
"""Completions that the core counts to."""


class Completion(Record):
    """How a text may go on.

    text: what was typed, with its last word completed; word: that word, as the index compares it; num_docs:
    how many documents hold it in this form.
    """

    text: str
    word: str
    num_docs: int

    def __str__(self) -> str:
        return self.text


def field_before(text: str) -> tuple[str, int]:
    """The name before the colon in the text's last word, `title:par`, and where its value begins; else ""."""
    found = _NAMED.search(text)
    return (found[1], found.start(2)) if found else ("", 0)


def complete_values(
    text: str, at: int, found: Iterable[tuple[str, int, int]], limit: int
) -> list[Completion]:
    """Completions of a text by a field's values, as the core has them, which begin as it does from `at`."""
    best = heapq.nsmallest(limit, found, key=lambda one: (-one[1], one[0].encode()))
    return [Completion(text[:at] + _as_value(term), term, num_docs) for term, num_docs, _ in best]


def _as_value(term: str) -> str:
    """A value behind its field, as a query has it."""
    escaped = word(term, has_field=True)
    return escaped if escaped == term and not re.search(r"\s", term) else phrase(term)


def complete(text: str, vocabulary: Vocabulary, limit: int) -> list[Completion]:
    """Completions of the text's last word; none after a space, or if no form begins so."""
    if limit <= 0:
        return []
    for at in starts_of_last_word(text):
        found = vocabulary.native.complete(text[at:], min(limit, _MOST))
        if found:
            return [Completion(text[:at] + form, form, num_docs) for form, num_docs in found]
    return []


def starts_of_last_word(text: str) -> Iterator[int]:
    """Where the last word may begin, the longest first.

    A joiner before a word may be part of it (.net), or none (-word). A number may go on behind a space.
    """
    last = _WHOLE.match(text[::-1])
    if last is None:
        return
    at = len(text) - last.end()
    groups = _GROUPS.match(text[::-1])
    if groups is not None and len(text) - groups.end() < at:
        yield len(text) - groups.end()
    begin = at + len(text[at:]) - len(text[at:].lstrip(JOINERS))
    if begin < len(text):
        yield from dict.fromkeys((at, begin))
