"""A text that somebody is typing, as it is understood: its last word may go on, and an operator at its end
joins nothing yet.

Trees go out, of what asks for all words and for some of them. Nothing is searched for here.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from .. import _core
from ..query import nodes
from ..query.tokens import is_of_unclosed
from ..records import Record
from ..suggest.missing import RATIO
from ..suggest.suggestions import Suggestion
from .begun import LastWord, digits_apart, last_words, with_last_word, without, without_operator
from .continuations import Continuation, Continuations
from .short_beginnings import is_short, num_telling, right_behind
from .tiers import all_of

if TYPE_CHECKING:
    from ..suggest.vocabulary import VocabularyOf
    from .mending import Mending
    from .scope import FieldScope

MAX_DOCS_OF_SOME = 10_000
"""Where only some of the words are asked for, the last one goes on in all its ways if these are in no more
documents together; else in the first one alone."""


MAX_TYPED_WORDS = 32
"""A text of more words was pasted, and is searched for as any other."""


class Reading(Record):
    """A text as it is understood.

    typed: the tree that asks for all words, as they stand; None where the last one is none. required: the
    same, where the last word may go on. any: what asks for some of the words; None if there is one.
    """

    typed: nodes.Node | None
    required: nodes.Node
    any: nodes.Node | None
    notes: tuple[str, ...]
    instead: Suggestion | None = None


class Reader:
    """Reads texts for the fields of one scope."""

    def __init__(
        self,
        scope: FieldScope,
        vocabulary_of: VocabularyOf,
        continuations: Continuations,
        mending: Mending,
    ) -> None:
        self._scope, self._vocabulary_of, self._continuations = scope, vocabulary_of, continuations
        self._mending = mending

    def read(self, text: str, mends: bool) -> Reading:
        """What a text asks for. mends: whether words may stand for others."""
        notes: list[str] = []
        tree = self._tree(text, notes)
        if len(text.split(None, MAX_TYPED_WORDS)) > MAX_TYPED_WORDS:
            return Reading(None, tree, None, tuple(notes))
        whole_number, tree = tree, digits_apart(text, tree) or tree
        last, continuations = self._last_word(text, tree)
        if mends and (instead := self._mending.mended(text, tree, last)) is not None:
            reading = self.read(instead.query, False)
            said = f"{_typed(instead)}: nothing is found, or next to nothing; this is for «{instead.query}»"
            return reading.replace(notes=(said, *reading.notes), instead=instead)
        if isinstance(tree, nodes.Empty) and not notes:
            notes.append("there is no word in the query to search for")
        if last is not None and is_short(last, continuations, self._df(last)) and not self._is_stopword(last):
            rest = without(tree, last)
            if num_telling(rest, self._scope.is_stopword):
                return self._read_short(text, rest, last).replace(notes=tuple(notes))
        whole = opened = tree
        is_whole = False
        if last is not None:
            forms = [one.form for one in continuations]
            is_whole = not forms or self._is_whole(last, continuations)
            first, others = (last.text, forms) if is_whole else (forms[0], forms[1:])
            whole = opened = with_last_word(tree, last, first)
            if others:
                opened = with_last_word(tree, last, first, others)
        required = self._all_of(opened)
        is_dear = sum(one.num_docs for one in continuations) > MAX_DOCS_OF_SOME
        typed = all_of(whole) if is_whole and opened is not whole else None
        return Reading(
            typed=typed if whole_number is tree else all_of(whole_number),
            required=required,
            any=None if required is opened else whole if is_dear else opened,
            notes=tuple(notes),
        )

    def _read_short(self, text: str, rest: nodes.Node, last: LastWord) -> Reading:
        """What the other words ask for; where the last one stands behind them comes first."""
        required = self._all_of(rest)
        behind = right_behind(text, rest, last) if self._is_itself(last) else None
        return Reading(
            typed=None if behind is None else nodes.And((required, behind)),
            required=required,
            any=None if required is rest else rest,
            notes=(),
        )

    def _is_itself(self, last: LastWord) -> bool:
        """Whether documents hold it as a word that is short for no other: «е» may be «есть»."""
        vocabulary = self._vocabulary_of(last.field)
        if vocabulary is None or not vocabulary.form_df(last.text):
            return False
        return set(vocabulary.lemmas(last.text)) == {_core.match_key(last.text)}

    def _df(self, last: LastWord) -> int:
        vocabulary = self._vocabulary_of(last.field)
        return 0 if vocabulary is None else vocabulary.form_df(last.text)

    def _all_of(self, tree: nodes.Node) -> nodes.Node:
        """What asks for all words; one alone, beside function words, finds its relatives as ever."""
        return tree if num_telling(tree, self._scope.is_stopword) == 1 else all_of(tree)

    def _is_stopword(self, last: LastWord) -> bool:
        return self._scope.is_stopword(last.text, last.field)

    def _tree(self, text: str, notes: list[str]) -> nodes.Node:
        from .trees import asked_tree

        tree = asked_tree(text, self._scope.schema, self._scope, False, notes)
        notes[:] = [note for note in notes if not is_of_unclosed(note)]  # it is yet to be typed
        return without_operator(text, tree)

    def _last_word(self, text: str, tree: nodes.Node) -> tuple[LastWord | None, Sequence[Continuation]]:
        """The word that is being typed, the longest that goes on or else is there, and how it goes on."""
        shortest = None
        for last in last_words(text, tree):
            if found := self._continuations.of(last.text, last.field):
                return last, found
            shortest = shortest or last
        return shortest, ()

    def _is_whole(self, last: LastWord, continuations: Sequence[Continuation]) -> bool:
        """Whether what is typed is a word as it stands, rather than a slip for what is far more frequent."""
        if self._is_stopword(last):
            return True
        vocabulary = self._vocabulary_of(last.field)
        if vocabulary is None or not vocabulary.df(last.text):
            return False
        df = vocabulary.form_df(last.text)
        return vocabulary.is_word(last.text) or df * RATIO >= continuations[0].num_docs


def _typed(instead: Suggestion) -> str:
    return ", ".join(f"«{one.typed}»" for one in instead.corrections)
