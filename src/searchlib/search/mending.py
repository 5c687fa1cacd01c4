"""What a text that somebody is typing was meant to be, where a word of it finds nothing, or next to nothing.

What is to be searched for in its place goes out. The work is bounded: a word costs one walk through the
vocabulary, or two, and is remembered. Nothing is searched for here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

from ..query import nodes
from ..suggest.corrections import Correction, SynonymsOf
from ..suggest.keyboard import swapped
from ..suggest.left_alone import left_alone
from ..suggest.missing import FEW_DOCS, RATIO
from ..suggest.places import places
from ..suggest.quick import near_beginning, quick_correction
from ..suggest.suggestions import Suggestion, rewritten
from ..suggest.vocabulary import MAX_LETTERS, Vocabulary, VocabularyOf
from .begun import LastWord, last_leaf, without
from .continuations import Continuations
from .short_beginnings import MAX_LETTERS as SHORT

MAX_MENDED = 3
"""Words of one text; each costs a walk through the vocabulary the first time."""

_MAX_KEPT = 5_000
_MIN_LAYOUT_LETTERS = 2
_UNKNOWN: Any = object()
_ENDING = ".,;:!?'\")"  # what may follow a word: «ыныеуью» is system.


_Correct: TypeAlias = Callable[[str, Vocabulary, SynonymsOf], "Correction | None"]


def _begun(word: str, vocabulary: Vocabulary, synonyms: SynonymsOf) -> Correction | None:
    """What a word was meant to be that is being typed: as far as that, or as a whole."""
    return near_beginning(word, vocabulary) or quick_correction(word, vocabulary, synonyms)


class _Asked:
    """The words of one text that are looked for: MAX_MENDED; others are remembered, or left alone."""

    def __init__(
        self, kept: dict[tuple[str, int, _Correct], Correction | None], synonyms: SynonymsOf
    ) -> None:
        self._kept, self._synonyms, self._num_left = kept, synonyms, MAX_MENDED

    def corrections(self, word: str, vocabulary: Vocabulary, synonyms: SynonymsOf) -> Sequence[Correction]:
        found = self.correction(word, vocabulary, quick_correction)
        return [found] if found is not None else []

    def correction(self, word: str, vocabulary: Vocabulary, correct: _Correct) -> Correction | None:
        key = word, id(vocabulary), correct
        known: Correction | None = self._kept.get(key, _UNKNOWN)
        if known is not _UNKNOWN:
            return known
        if self._num_left == 0:
            return None
        self._num_left -= 1
        found = correct(word, vocabulary, self._synonyms)
        if len(self._kept) >= _MAX_KEPT:
            self._kept.clear()
        self._kept[key] = found
        return found


class Mending:
    """That of the fields of one scope; what was asked for once is kept."""

    def __init__(
        self, vocabulary_of: VocabularyOf, continuations: Continuations, synonyms: SynonymsOf
    ) -> None:
        self._vocabulary_of, self._continuations, self._synonyms = vocabulary_of, continuations, synonyms
        self._kept: dict[tuple[str, int, _Correct], Correction | None] = {}

    def mended(self, text: str, tree: nodes.Node, last: LastWord | None) -> Suggestion | None:
        """What was meant; None if all words are there, or nothing like them is.

        last: the word that is being typed, which is there if something begins so.
        """
        asked = _Asked(self._kept, self._synonyms)
        rest = tree if last is None else without(tree, last)
        found = places(text, rest, self._vocabulary_of, self._synonyms, asked.corrections)
        missing = [place for place in found if place.options]
        chosen = [place.options[0] for place in missing]
        query = rewritten(text, missing, chosen)
        end = self._last(text, tree, last, asked)
        if end is None and missing and missing[-1].options[0].reason == "keyboard layout":
            end = self._short_last(text, tree, missing[-1].end)
        if end is not None:
            query = query[: len(query) - len(end.typed)] + end.meant
            chosen.append(end)
        if not chosen:
            return None
        return Suggestion(query, tuple(chosen), sum(one.score for one in chosen))

    # ---- the word that is being typed

    def _last(self, text: str, tree: nodes.Node, last: LastWord | None, asked: _Asked) -> Correction | None:
        leaf = last_leaf(text, tree)
        if leaf is None:
            return None
        vocabulary = self._vocabulary_of(leaf.field)
        if vocabulary is None:
            return None
        num_docs = 0
        if last is not None:
            num_docs = sum(one.num_docs for one in self._continuations.of(last.text, leaf.field))
            if num_docs > FEW_DOCS or (num_docs and vocabulary.is_word(last.text)):
                return None
        found = self._other_layout(text[leaf.start :], leaf.field)
        if found is None and last is not None and not any(one.end > last.start for one in left_alone(text)):
            found = asked.correction(last.text, vocabulary, _begun)
        return found if found is not None and found.num_docs >= RATIO * num_docs else None

    def _short_last(self, text: str, tree: nodes.Node, end: int) -> Correction | None:
        """The last word, right behind one of the other layout: a letter or two are of that, too."""
        leaf = last_leaf(text, tree)
        if leaf is None or not 0 < len(text) - leaf.start <= SHORT or text[end : leaf.start].strip():
            return None
        run = text[leaf.start :]
        found, other = self._other_layout(run, leaf.field, 1), swapped(run)
        vocabulary = self._vocabulary_of(leaf.field)
        if found is None and other is not None and vocabulary is not None and vocabulary.is_word(other):
            return Correction(run, other, "keyboard layout", 0, 0.0)  # a function word
        return found

    def _other_layout(
        self, run: str, field: str | None, least: int = _MIN_LAYOUT_LETTERS
    ) -> Correction | None:
        """What the keys so far say under the other layout, if something begins so. least: letters."""
        if not least <= len(run) <= MAX_LETTERS:
            return None
        other = swapped(run)
        if other is None:
            return None
        found = self._continuations.of(other, field) or self._continuations.of(other.rstrip(_ENDING), field)
        if not found:
            return None
        return Correction(run, other, "keyboard layout", sum(one.num_docs for one in found), 0.0)
