"""The terms of a field, walked in order over all segments: which there are, and in how many documents.

They are read a few hundred at a time, so that who wants the first ones of a million waits for no more.
"""

from __future__ import annotations

from collections.abc import Iterator

from .. import _core
from ..records import Record

_BATCH = 256


class TermStatistics(Record):
    """A term of a field, and where it stands.

    term: a lemma, or a keyword's value, as it is stored; num_docs: the live documents that hold it;
    num_places: how often it stands in them; None where that was not asked for.
    """

    term: str
    num_docs: int
    num_places: int | None = None

    def __str__(self) -> str:
        return self.term


def terms(core: _core.Snapshot, field: int, prefix: str, places: bool) -> Iterator[TermStatistics]:
    """Those that begin with a prefix, in the order of their UTF-8 bytes; a term that only deleted documents
    hold is left out."""
    try:
        prefix.encode()
    except UnicodeEncodeError:  # no term has lone surrogates
        return
    walk = core.terms(field, prefix, places)
    while batch := walk.next(_BATCH):
        for term, num_docs, num_places in batch:
            yield TermStatistics(term, num_docs, num_places if places else None)
