"""Completion: how the last word of a text may go on, by the forms that documents hold.

A text as typed so far and a Vocabulary come in, Completions go out, the most frequent first.
"""

from __future__ import annotations

import re

from ..records import Record
from .vocabulary import Vocabulary

_LAST_WORD = re.compile(r"[\w'’-]+\Z")


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
    last = _LAST_WORD.search(text)
    if last is None or limit <= 0:
        return []
    before = text[: last.start()]
    return [
        Completion(before + word, word, num_docs)
        for word, num_docs in vocabulary.lexicon.complete(last.group(), limit)
    ]
