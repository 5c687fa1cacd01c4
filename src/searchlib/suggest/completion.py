"""Completion: how the last word of a text may go on, by the forms that documents hold.

The most frequent form is the first.
"""

from __future__ import annotations

import re

from ..records import Record
from .vocabulary import Vocabulary

_WORD = re.compile(r"[\w'’-]+")


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


def complete(text: str, vocabulary: Vocabulary, limit: int) -> list[Completion]:
    """Completions of the text's last word; none after a space, or if no form begins so."""
    last = _WORD.match(text[::-1])  # from the end: a search from the start tries each letter of each word
    if last is None or limit <= 0:
        return []
    at = len(text) - last.end()
    before = text[:at]
    return [
        Completion(before + word, word, num_docs)
        for word, num_docs in vocabulary.native.complete(text[at:], limit)
    ]
