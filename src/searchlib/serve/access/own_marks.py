"""What a query marks, for a program with a key that has a filter: words of documents that the key sees.

A pattern is expanded over the index, and names and compounds stand for others that it has. None of those may
be told of that only the documents of others have; in documents that are seen they would mark nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from ...errors import QueryTooComplex
from ...highlight import Mark, PhraseMatch, WordMatch
from ...plan import Filtered, FormPattern, Forms, PlanNode, Word, WordField

if TYPE_CHECKING:
    from ...query.conditions import Fixed
    from ...search.results import Results
    from ...search.searcher import Searcher

MAX_WORDS = 2000
"""Words of all marks that are looked up."""


def keep_own_marks(results: Results, searcher: Searcher, filter: Fixed) -> None:
    """Leave in the results' marks what documents have that the filter lets through; QueryTooComplex."""
    own = _OwnMarks(searcher, filter)
    for field in results.plan.marks.fields():
        results._marks[field] = own.of(field, results.marks_of(field))


class _OwnMarks:
    def __init__(self, searcher: Searcher, filter: Fixed) -> None:
        self._core, self._passes = searcher.core, searcher.passing(filter)
        self._scope = searcher.planner(None, "bm25").scope
        self._left = MAX_WORDS

    def of(self, field: str, marks: Iterable[Mark]) -> list[Mark]:
        kept: list[Mark] = []
        for mark in marks:
            words = mark.words if isinstance(mark, PhraseMatch) else (mark,)
            own = tuple(self._word(field, word) for word in words)
            if all(word.lemmas and word.forms != frozenset() for word in own):
                kept.append(mark.replace(words=own) if isinstance(mark, PhraseMatch) else own[0])
        return kept

    def _word(self, field: str, word: WordMatch) -> WordMatch:
        number = self._scope.number(field)
        exact = [number] if self._scope.is_keyword(field) else []
        lemmas = (each for each in word.lemmas if self._is_there(Word([WordField(number, 1.0, [each])])))
        forms = None
        if word.forms is not None:
            forms = frozenset(
                each
                for each in word.forms
                if self._is_there(Forms(form_pattern(each), [number], exact_fields=exact))
            )
        return WordMatch(frozenset(lemmas), forms)

    def _is_there(self, core: PlanNode) -> bool:
        self._left -= 1
        if self._left < 0:
            raise QueryTooComplex(
                f"what this query marks is looked up among the documents of this key, {MAX_WORDS:,} words at "
                f"most: ask for patterns of more letters, or for the hits of GET …/search"
            )
        return bool(self._core.count(Filtered(core, self._passes)))


def form_pattern(form: str) -> FormPattern:
    """The pattern that a form alone meets."""
    return FormPattern("wildcard", escaped(form), 0)


def escaped(form: str) -> str:
    """A form as a pattern without placeholders."""
    return "".join(f"\\{each}" if each in "\\*?" else each for each in form)
