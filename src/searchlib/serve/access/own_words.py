"""What is told of words to a key with a filter: those that it typed, and those of documents that it sees."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from ..._core import fold_case
from ...analysis.languages import dictionaries
from ...search.score import Explanation

if TYPE_CHECKING:
    from ...search.searcher import Searcher
    from ...search.understanding import QueryPart

_NO_MATCH, _WITHOUT, _IDF = "no match", "without ", "idf of "


def is_in_dictionary(word: str) -> bool:
    """Whether a dictionary has a word, so that it tells of no document."""
    folded = fold_case(word)
    return any(language.knows(folded) for language in dictionaries())


def own_words(part: QueryPart) -> QueryPart:
    """Without what the index has and its documents that are seen have not."""
    parts = tuple(own_words(each) for each in part.parts)
    if part.kind == "variants":
        parts = tuple(each for each in parts if not each.reason or each.num_docs != 0)
    lemmas = () if part.kind == "pattern" else part.lemmas
    return part.replace(parts=parts, lemmas=lemmas)


def own_explanation(told: Explanation) -> Explanation:
    """Without what the document has not, which may be words of others, and without numbers of the index."""
    parts = tuple(own_explanation(each) for each in told.parts if not each.description.startswith(_NO_MATCH))
    return told.replace(description=_own_description(told.description), parts=parts)


def _own_description(said: str) -> str:
    if said.startswith(_NO_MATCH):
        return _NO_MATCH
    if said.startswith(_WITHOUT):
        return "without what is excluded"
    return said.rpartition(", df ")[0] or said if said.startswith(_IDF) else said


class OwnSearcher:
    """What results ask of their searcher, with explanations of own words."""

    def __init__(self, searcher: Any, sees: Callable[[str], bool]) -> None:
        self._searcher: Searcher = searcher
        self._sees = sees

    def __getattr__(self, name: str) -> Any:
        if name == "_searcher":  # not there yet, while it is copied
            raise AttributeError(name)
        return getattr(self._searcher, name)

    def __len__(self) -> int:
        return len(self._searcher)

    def explained(self, plan: Any, document_id: str) -> Explanation | None:
        """As Searcher.explained has it; None for a document that is not seen."""
        if not self._sees(document_id):
            return None
        found = self._searcher.explained(plan, document_id)
        return None if found is None else own_explanation(found)
