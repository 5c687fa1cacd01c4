"""What people write as one word or as two: health care and healthcare, policy makers and policymakers.

Whether a query has such words, and the index the other way to write them, is asked of Pairs, which remembers
what it was asked. apart.py puts them into the tree of a query.
"""

from __future__ import annotations

from .. import _core
from ..analysis.languages import dictionaries
from ..analysis.stopwords import is_stopword
from ..forks import cached_property
from ..lean import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from ..analysis.analyzer import Analyzer
    from ..analysis.language import Language
    from ..schema import Schema

MAX_WORDS = 8
"""Of a query or a phrase: in longer ones no words are looked for that may be one."""

_FEWEST_LETTERS, _FEWEST_TOGETHER = 3, 7
_MOST_LETTERS = 64
"""No word has more: what is longer is no two words, and has many places to be cut at."""
_MAX_CUTS = 2
_MAX_KEPT = 50_000
_MAX_FIELDS = 64


def is_piece(word: str) -> bool:
    """Whether a word may be a part of one."""
    return (
        _FEWEST_LETTERS <= len(word) <= _MOST_LETTERS
        and word.isascii()
        and word.isalpha()
        and not is_stopword(word.lower())
    )


class Pairs:
    """What the index of a snapshot has of words written together and apart.

    language: which words there are. num_docs: how many documents hold a word, as it is analysed. has_lemma:
    whether some do, as it stands. has_phrase: whether some hold words side by side.
    """

    def __init__(
        self,
        language: Language,
        num_docs: Callable[[str], int],
        has_lemma: Callable[[str], bool],
        has_phrase: Callable[[str], bool],
    ) -> None:
        self._knows, self._written_apart = language.knows, language.written_apart
        self._num_docs, self._has_lemma, self._has_phrase = num_docs, has_lemma, has_phrase
        self._joined: dict[tuple[str, str], str] = {}
        self._apart: dict[str, tuple[str, ...]] = {}

    @cached_property
    def _pairs(self) -> dict[str, str]:
        """What is written both ways, by the word that it makes."""
        pairs = "\n".join(self._written_apart())
        return dict(zip(pairs.replace("_", "").split("\n"), pairs.replace("_", " ").split("\n"), strict=True))

    def joined(self, first: str, second: str) -> str:
        """The word that two make, if the index has it and both are words; "" if not."""
        key = first, second
        found = self._joined.get(key)
        if found is None:
            if len(self._joined) >= _MAX_KEPT:
                self._joined.clear()
            found = self._joined[key] = self._find_joined(first, second)
        return found

    def _find_joined(self, first: str, second: str) -> str:
        if not (is_piece(first) and is_piece(second)) or len(first) + len(second) < _FEWEST_TOGETHER:
            return ""
        word = (first + second).lower()
        # Most pairs make no word of the index, and are turned away without looking into dictionaries.
        if not any(map(self._has_lemma, (word, word[:-1]) if word.endswith("s") else (word,))):
            return ""
        known = self._knows(first.lower()) or not self._knows(word)  # cyber in cybersecurity is no word
        return word if known and self._knows(second.lower()) else ""

    def apart(self, word: str) -> tuple[str, ...]:
        """The pairs of words that one may be made of, if the index has them side by side: what WordNet writes
        both ways, and of a word that no dictionary has, the likeliest cuts."""
        found = self._apart.get(word)
        if found is None:
            if len(self._apart) >= _MAX_KEPT:
                self._apart.clear()
            found = self._apart[word] = tuple(self._find_apart(word))
        return found

    def _find_apart(self, word: str) -> Iterator[str]:
        if (
            not _FEWEST_TOGETHER <= len(word) <= _MOST_LETTERS
            or not word.isascii()
            or not word.isalpha()
            or word.isupper()
        ):
            return
        small = word.lower()
        pairs = [
            pair for form in (small, small.removesuffix("s")) if (pair := self._pairs.get(form)) is not None
        ]
        if not pairs and not self._knows(small):
            cuts = range(_FEWEST_LETTERS, len(small) - _FEWEST_LETTERS + 1)
            halves = ((small[:cut], small[cut:]) for cut in cuts)
            pairs = [
                f"{first} {second}"
                for first, second in halves
                if is_piece(first) and is_piece(second) and self._knows(second)
            ]
            pairs.sort(key=lambda pair: not self._knows(pair.split()[0]))
        there = (pair for pair in pairs if all(map(self._num_docs, pair.split())) and self._has_phrase(pair))
        for number, pair in enumerate(there):
            if number < _MAX_CUTS:
                yield pair

    def is_in(self, words: Sequence[str]) -> bool:
        """Whether some of these words, in this order, may be written the other way."""
        return any(map(self.apart, words)) or (
            len(words) <= MAX_WORDS and any(map(self.joined, words, words[1:]))
        )


class FieldPairs:
    """The pairs of the fields of one snapshot, made when they are first asked for.

    has_phrase: whether a document has words side by side in one of some fields.
    """

    def __init__(
        self,
        schema: Schema,
        analyzers: Mapping[str, Analyzer | None],
        core: _core.Snapshot,
        has_phrase: Callable[[str, Sequence[str]], bool],
    ) -> None:
        self._numbers, self._analyzers, self._core = schema.field_numbers, analyzers, core
        self._has_phrase = has_phrase
        self._made: dict[tuple[str, ...], Pairs | None] = {}

    def of(self, names: Sequence[str]) -> Pairs | None:
        """Those that some fields have; None if none of them has words of a language that knows any."""
        key = tuple(names)
        if key not in self._made:
            if len(self._made) >= _MAX_FIELDS:
                self._made = {}
            self._made[key] = self._make(key)
        return self._made[key]

    def _make(self, names: Sequence[str]) -> Pairs | None:
        texts = {
            self._numbers[name]: analyzer
            for name in names
            if name in self._numbers and (analyzer := self._analyzers[name])
        }
        codes = {code for analyzer in texts.values() for code in analyzer.languages}
        language = next((one for one in dictionaries(codes) if one.writes_apart), None)
        if language is None:
            return None
        fields = {number: one for number, one in texts.items() if language.code in one.languages}
        df = self._core.df

        def num_docs(word: str) -> int:
            return max(df(number, lemma) for number, one in fields.items() for lemma in one.lemmas(word))

        def has_lemma(word: str) -> bool:
            return any(df(number, word) for number in fields)

        return Pairs(language, num_docs, has_lemma, lambda words: self._has_phrase(words, names))
