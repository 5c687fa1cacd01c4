"""Synonyms and translations of who asks, as JSON has them: the lines of a table, and of a dictionary what
the words of one query may be called. A whole dictionary never travels."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from ..analysis.stopwords import bare
from ..errors import QueryError, QueryTooComplex, brief
from ..query import nodes
from ..synonyms.table import MAX_TERMS, MAX_WORDS, Synonyms

if TYPE_CHECKING:
    from ..translations.table import Translations

MAX_SYNONYM_CHARS = 400_000
"""Of a table that is sent with a query: a server reads bodies of a megabyte."""

_Line = tuple[tuple[str, ...], tuple[str, ...]]


def synonyms_as_json(synonyms: Synonyms) -> list[_Line]:
    """The lines of a table; QueryTooComplex for a large one."""
    lines = synonyms.lines
    size = sum(len(term) for sides in lines for side in sides for term in side)
    if size > MAX_SYNONYM_CHARS:
        raise QueryTooComplex(
            f"synonyms that are sent with a query have at most {MAX_SYNONYM_CHARS:,} characters, these have "
            f"{size:,}; send those lines that its words need"
        )
    return lines


def synonyms_of_json(given: Any) -> Synonyms | None:
    """The inverse; QueryError."""
    if given is None:
        return None
    try:
        lines = tuple((tuple(left), tuple(right)) for left, right in given)
    except (TypeError, ValueError):
        raise QueryError(
            f"synonyms are lines of two lists, terms and what stands for them, got {brief(given)}"
        ) from None
    for term in (term for sides in lines for side in sides for term in side):
        if not isinstance(term, str):
            raise QueryError(f"a synonym is a string, got {brief(term)}")
    if any(not 1 <= len(side) <= MAX_TERMS for sides in lines for side in sides):
        raise QueryError(f"a line of synonyms has 1 to {MAX_TERMS} terms on each side")
    return _table(lines)


@lru_cache(maxsize=8)
def _table(lines: tuple[_Line, ...]) -> Synonyms:
    table = Synonyms(lines)
    if table.max_words > MAX_WORDS:
        raise QueryError(f"a term of synonyms has at most {MAX_WORDS} words, one has {table.max_words}")
    return table


# ---- translations


def translations_as_json(translations: Translations, tree: nodes.Node) -> dict[str, Any]:
    """What a dictionary has of the words of a query, and of those that stand side by side."""
    most = translations.max_words
    terms = {text: translations.of(text) for text in dict.fromkeys(_texts(tree, most))}
    return {"max_words": most, "terms": {text: found for text, found in terms.items() if found}}


def _texts(tree: nodes.Node, most: int) -> Iterator[str]:
    for node in tree.walk():
        if isinstance(node, nodes.Word):
            yield bare(node.text)
        elif isinstance(node, nodes.Joined):
            yield from _side_by_side(node.operands, most)
        elif isinstance(node, nodes.Clauses):
            yield from _side_by_side(node.optional, most)


def _side_by_side(operands: Iterable[nodes.Node], most: int) -> Iterator[str]:
    words = [bare(one.text) if isinstance(one, nodes.Word) else None for one in operands]
    for at in range(len(words)):
        for end in range(at + 2, min(at + most, len(words)) + 1):
            run = [word for word in words[at:end] if word is not None]
            if len(run) == end - at:
                yield " ".join(run)


class SentTranslations:
    """What was sent of a dictionary; it answers as Translations do."""

    def __init__(self, max_words: int, terms: dict[str, list[tuple[str, float]]]) -> None:
        self.max_words, self._terms = max_words, terms

    def of(self, text: str) -> list[tuple[str, float]]:
        """What a word, or several, may be translated as, with probabilities."""
        return self._terms.get(text, [])

    def __len__(self) -> int:
        return max(len(self._terms), 1)  # no words of it are a dictionary, too


def translations_of_json(given: Any) -> SentTranslations | None:
    """The inverse; QueryError."""
    if given is None:
        return None
    if isinstance(given, dict) and set(given) == {"max_words", "terms"} and isinstance(given["terms"], dict):
        most, terms = given["max_words"], given["terms"]
        if isinstance(most, int) and not isinstance(most, bool) and 0 <= most <= 100:
            return SentTranslations(most, {text: list(map(_pair, found)) for text, found in terms.items()})
    raise QueryError(
        'translations are {"max_words": 2, "terms": {"word": [["слово", 0.5]]}}, got ' + brief(given)
    )


def _pair(given: Any) -> tuple[str, float]:
    if isinstance(given, (list, tuple)) and len(given) == 2:
        term, probability = given
        is_number = isinstance(probability, (int, float)) and not isinstance(probability, bool)
        if isinstance(term, str) and is_number and 0 < probability <= 1:
            return term, float(probability)
    raise QueryError(f"a translation is a word and how probable it is, above 0 to 1, got {brief(given)}")
