"""What the fields of a schema are to a query: their numbers in the core, weights, analyzers and stopwords.

Whoever plans asks here about a field, or about a text in one. No query is known: it stands below all that
knows one.
"""

from __future__ import annotations

from .. import _core
from ..analysis.analyzer import Analyzer, Token
from ..analysis.languages import dictionaries
from ..analysis.stopwords import is_among, is_stopword
from ..arguments import listed
from ..errors import QueryError
from ..lean import TYPE_CHECKING
from ..schema import ID, Keyword, Schema, Text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import TypeAlias

_LONG_TEXT = 10_000
"""Characters of one word or phrase: only a tree made by hand has more that nobody has checked yet."""

_MAX_KEPT_WHOLES = 20_000

RelativeFinder: TypeAlias = "Callable[[int, Sequence[str], Sequence[str]], list[str]]"
"""The lemmas of a field, by its number, that are akin to one of these, as the given languages have it."""


class FieldScope:
    """The fields of one schema, and which of them a query searches that names none: the given ones, or those
    that the schema says.

    find_relatives: needed for words of one root.
    """

    def __init__(
        self,
        schema: Schema,
        analyzers: Mapping[str, Analyzer | None],
        find_relatives: RelativeFinder | None = None,
        default_fields: Sequence[str] | None = None,
    ) -> None:
        self._schema, self._analyzers, self._find_relatives = schema, analyzers, find_relatives
        self._numbers = schema.field_numbers
        self._wholes: dict[tuple[str, str], tuple[str, ...]] = {}
        self._default_fields = (
            schema.default_fields if default_fields is None else self._given(default_fields)
        )

    def _given(self, fields: Sequence[str]) -> tuple[str, ...]:
        """The fields that a caller wants searched, if they can be."""
        if isinstance(fields, str):
            raise QueryError(f"fields is a list of names, got the string {fields!r}; write [{fields!r}]")
        if not isinstance(fields, (list, tuple)):
            fields = listed("fields", fields, "a list of names")
        if not fields:
            raise QueryError("fields is None for the default ones, or names at least one, got an empty list")
        for name in fields:
            self._schema.field(name)
            if name not in self._numbers:
                raise QueryError(
                    f"field {name!r} is a {self._schema[name].kind} and has no words; "
                    f"search it by value: {name}:value or {name}:[a TO b]"
                )
        return tuple(fields)

    @property
    def schema(self) -> Schema:
        """Whose fields they are."""
        return self._schema

    def of(self, fields: Sequence[str]) -> FieldScope:
        """The same, for queries that search these fields; QueryError if they cannot be searched."""
        return FieldScope(self._schema, self._analyzers, self._find_relatives, fields)

    def fields_of(self, name: str | None) -> tuple[str, ...]:
        """The fields that a word searches: the one that it names, or the default ones for None."""
        if name is None:
            return self._default_fields
        if name != ID:
            self._schema.field(name)
        return (name,)

    def number(self, name: str) -> int:
        """The core's number of a searched field."""
        return self._numbers[name]

    def weight(self, name: str) -> float:
        """What a place in the field counts: its boost."""
        field = self._schema[name]
        return field.boost if isinstance(field, Text) else 1.0

    def is_searched(self, name: str) -> bool:
        """Whether the field has terms, rather than a column."""
        return name in self._numbers

    def is_keyword(self, name: str) -> bool:
        """Whether the field's values are taken whole."""
        return isinstance(self._schema.get(name), Keyword)

    def minds_case(self, name: str) -> bool:
        """Whether capitals and small letters are different ones in the field's values."""
        field = self._schema.get(name)
        return isinstance(field, Keyword) and not field.fold

    def keyword(self, name: str, text: str) -> str:
        """A value of a Keyword field as its dictionary has it."""
        return text if self.minds_case(name) else _core.keyword_key(text)

    def is_stopword(self, word: str, name: str | None = None) -> bool:
        """Whether a word is one of the little words of the languages of the field, or of the default ones.

        A keyword is a value (lang:no is Norwegian), and a field without languages has no little words.
        """
        codes: set[str] = set()
        for field in map(self._schema.get, self.fields_of(name)):  # ids are in no schema
            if not isinstance(field, Text):
                continue
            if field.stopwords is None:
                codes.update(field.languages)
            elif is_among(word, field.stopwords):
                return True
        return bool(codes) and is_stopword(word, frozenset(codes))

    def has_text(self, name: str | None) -> bool:
        """Whether the field, or each of the default ones, is running text."""
        return all(isinstance(self._schema.get(field), Text) for field in self.fields_of(name))

    def knows(self, word: str) -> bool:
        """Whether a dictionary of the default fields' languages has a word in small letters."""
        fields = (self._schema.get(name) for name in self._default_fields)
        codes = {code for field in fields if isinstance(field, Text) for code in field.languages}
        return any(language.knows(word) for language in dictionaries(codes))

    def tokens(self, name: str, text: str) -> list[Token]:
        """The tokens of a query's text as that field analyses it."""
        analyzer = self._analyzers[name]
        assert analyzer is not None
        if len(text) > _LONG_TEXT:
            from ..query.limits import Limits

            Limits().check_length(len(text))
            Limits().check_words(text)
        return analyzer.asked(text)

    def whole(self, name: str, word: str) -> tuple[str, ...]:
        """The lemmas of a word that is one word to the field; none if it is several. They are remembered."""
        found = self._wholes.get((name, word))
        if found is None:
            if self.is_keyword(name):
                found = (self.keyword(name, word),)
            else:
                tokens = self.tokens(name, word)
                is_one = bool(tokens) and tokens[0].start == 0 and tokens[0].end == len(word)
                found = tokens[0].lemmas if is_one else ()
            if len(self._wholes) >= _MAX_KEPT_WHOLES:
                self._wholes = {}
            self._wholes[name, word] = found
        return found

    def abbreviation(self, name: str, text: str, words: Sequence[str]) -> Token:
        """The token of a text that stands for these words: theirs are its lemmas, and its own.

        A field without languages, or of another script's, takes the text as it is.
        """
        tokens = self.tokens(name, text)
        first = tokens[0]
        analyzer = self._analyzers[name]
        assert analyzer is not None
        if not analyzer.reads(first.text):
            return first
        found = [lemma for word in words for token in analyzer.tokens(word) for lemma in token.lemmas]
        own = analyzer.lemmas_alone(first.text)
        return first._replace(lemmas=tuple(dict.fromkeys((*found, *own))))

    def divides(self, name: str) -> bool:
        """Whether words of the field have parts: node.js, getUserName."""
        analyzer = self._analyzers[name]
        return analyzer is not None and analyzer.parts

    def form(self, name: str, word: str) -> str:
        """A word as the field's lexicon has it; "" where there are no other forms to tell it from."""
        analyzer = self._analyzers[name]
        return "" if analyzer is None else analyzer.core.analyze(word)[0]

    def related(self, name: str, lemmas: Sequence[str]) -> list[str]:
        """Words of the same root, as the field's languages have them."""
        analyzer, find = self._analyzers[name], self._find_relatives
        if analyzer is None or find is None:
            return []
        return find(self.number(name), analyzer.languages, lemmas)
