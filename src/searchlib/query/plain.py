"""Plain: text that is words and nothing else, whatever it looks like. A title, a question, a test
collection's topic.

`what is NOT anime` excludes nothing there, `re:zero` names no field, and quotes, brackets, stars and signs
are punctuation. What belongs together in running text does so here: numbers with spaces, initials,
abbreviations. No schema is known, so that a text means the same in every index.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..schema import Schema, Text
from . import grouped, writing
from .fields import NAME, may_name
from .lexer import Lexer
from .limits import Limits
from .nodes import Empty, Node, Or, Phrase, Word
from .operands import is_searchable

_RUN = re.compile(r'[^\s()"]+')
_ANY_SCHEMA = Schema(text=Text())
"""What the lexer asks of a schema, it asks of fields that are named."""


class Plain(str):
    """A text whose words are searched for, without operators: `index.search(Plain("what is NOT anime"))`.

    It is a string like others, and can be given wherever a query can: to `search`, `search_many`, `explain`
    and `suggest`. Use it for what nobody typed as a query. AND, OR and NOT are the words and, or, not;
    `name:value` is two words; phrases, patterns, ranges, boosts and signs have no meaning.
    """

    __slots__ = ()


def plain_tree(text: str, limits: Limits | None = None) -> Node:
    """Any of the words of a text; Empty if there is none. Raises QueryTooComplex."""
    limits = limits or Limits()
    limits.check_length(len(text))
    limits.check_words(text)
    words: list[Node] = []
    for word in _PlainLexer(text).words():
        words.append(word)
        limits.check_clauses(len(words), word.start)
    if not words:
        return Empty(start=0, end=len(text))
    return words[0] if len(words) == 1 else Or(tuple(words), start=words[0].start, end=words[-1].end)


class _PlainLexer(Lexer):
    def __init__(self, text: str) -> None:
        super().__init__(text, _ANY_SCHEMA)

    def words(self) -> Iterator[Node]:
        """The words, in order, and as phrases what people write with spaces inside."""
        text = self._text
        while (start := self._skip_space()) < len(text):
            whole = self._wholes.get(start)
            run = _RUN.match(text, start)
            self._at = whole or (run.end() if run else start + 1)
            if whole is not None:
                if is_searchable(text[start:whole]):
                    yield Phrase(text[start:whole], start=start, end=whole)
            elif run is not None:
                yield from self._plain_run(start, run.end())

    def _plain_run(self, start: int, end: int) -> Iterator[Word]:
        text = self._text
        if text[end - 1].isdecimal() and end + 3 < len(text):
            self._at = end = grouped.end_of_groups(text, start, end)
        name = NAME.match(text, start, end)
        if name is not None and may_name(name[1], text, name.end()):
            yield Word(_said(name[1]), start=start, end=name.end() - 1)
            start = name.end()
        if is_searchable(text[start:end]):
            said = _said(text[start:end])
            yield Word(said, start=start, end=end, stands_for=self._readings.get(start, ()))


def _said(word: str) -> str:
    """An operator, which stands in capitals, is no acronym."""
    return word.lower() if word in writing.OPERATORS else word
