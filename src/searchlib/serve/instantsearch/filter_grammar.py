"""A filter as these front ends write it becomes a filter of searchlib.

    filter = and ("OR" and)*        and = not ("AND" not)*        not = "NOT"* (condition | "(" filter ")")
    condition = field ("=" | "!=" | ">" | ">=" | "<" | "<=") value | field value "TO" value
              | field ["NOT"] ("IN" "[" values "]" | "EXISTS" | "STARTS WITH" value)
              | field "IS" ["NOT"] ("NULL" | "EMPTY")

A list joins its filters by AND, a list within it by OR. What a condition means in an index is said by
conditions.py; here are operators alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeAlias

from ...errors import QueryError
from ...query.conditions import AllOf, AnyOf, Filter, NoneOf
from .filter_tokens import Token, tokens_of

Ask: TypeAlias = Callable[[str, str, Sequence[str]], Filter]
"""A condition of a field: its name, the operator, the values as they are written."""

MAX_DEPTH = 60
"""Parentheses and NOTs within one another."""

_COMPARISONS = ("=", "!=", ">", ">=", "<", "<=")
_RESERVED = ("AND", "OR", "NOT", "IN", "TO", "EXISTS", "IS", "NULL", "EMPTY", "CONTAINS", "STARTS", "WITH")
_GEO = ("_geoRadius", "_geoBoundingBox", "_geoPolygon", "_geoPoint", "_geo")


def filter_of(given: Any, ask: Ask) -> Filter | None:
    """A filter in any of its forms; None where nothing is asked. QueryError says what was expected."""
    if given is None or given == "" or given == []:
        return None
    if isinstance(given, str):
        return _parsed(given, ask)
    if not isinstance(given, list):
        raise QueryError(f"a filter is a string or a list, got {type(given).__name__}")
    parts: list[Filter] = []
    for each in given:
        if isinstance(each, list):
            if not all(isinstance(one, str) for one in each):
                raise QueryError("a list within a filter's list has strings alone, which are joined by OR")
            choices = [found for one in each if (found := _parsed(one, ask)) is not None]
            if choices:
                parts.append(_joined(AnyOf, choices))
        elif isinstance(each, str):
            if (found := _parsed(each, ask)) is not None:
                parts.append(found)
        else:
            raise QueryError(f"a filter's list has strings and lists of strings, got {type(each).__name__}")
    return _joined(AllOf, parts) if parts else None


def _parsed(text: str, ask: Ask) -> Filter | None:
    return _Parser(tokens_of(text), ask).whole() if text.strip() else None


def _joined(join: type[AllOf | AnyOf], parts: list[Filter]) -> Filter:
    return parts[0] if len(parts) == 1 else join(tuple(parts))


class _Parser:
    """One filter. _next: the token that is not taken yet."""

    def __init__(self, tokens: Iterator[Token], ask: Ask) -> None:
        self._tokens, self._ask, self._depth = tokens, ask, 0
        self._next = next(tokens)

    def whole(self) -> Filter:
        found = self._or()
        if self._next.kind != "end":
            raise self._wrong("AND, OR or the end")
        return found

    def _take(self) -> Token:
        token = self._next
        self._next = next(self._tokens, token)  # the end stays
        return token

    def _takes_word(self, *words: str) -> bool:
        if not self._next.is_word(*words):
            return False
        self._take()
        return True

    def _wrong(self, expected: str) -> QueryError:
        token = self._next
        return QueryError(
            f"the filter has {token} at character {token.start + 1}, where {expected} was expected"
        )

    def _or(self) -> Filter:
        parts = [self._and()]
        while self._takes_word("OR"):
            parts.append(self._and())
        return _joined(AnyOf, parts)

    def _and(self) -> Filter:
        parts = [self._not()]
        while self._takes_word("AND"):
            parts.append(self._not())
        return _joined(AllOf, parts)

    def _not(self) -> Filter:
        if not (self._next.is_word("NOT") or self._next.is_sign("(")):
            return self._condition()
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise QueryError(f"a filter has at most {MAX_DEPTH} parentheses and NOTs within one another")
        if self._takes_word("NOT"):
            found: Filter = NoneOf(self._not())
        else:
            self._take()
            found = self._or()
            if not self._next.is_sign(")"):
                raise self._wrong("a closing parenthesis")
            self._take()
        self._depth -= 1
        return found

    def _condition(self) -> Filter:
        if self._next.is_word(*_GEO):
            raise QueryError(
                f"{self._next.text} asks for places on the globe, which searchlib has no fields for"
            )
        field = self._value("the name of a field")
        token = self._next
        if token.is_sign(*_COMPARISONS):
            self._take()
            value = self._value("a value")
            if token.text == "!=":
                return NoneOf(self._ask(field, "=", [value]))
            return self._ask(field, token.text, [value])
        if self._takes_word("IS"):
            negated = self._takes_word("NOT")
            if not self._takes_word("NULL", "EMPTY"):
                raise self._wrong("NULL or EMPTY")
            exists = self._ask(field, "EXISTS", [])
            return exists if negated else NoneOf(exists)
        negated = self._takes_word("NOT")
        found = self._after_field(field, negated)
        return NoneOf(found) if negated else found

    def _after_field(self, field: str, negated: bool) -> Filter:
        if self._takes_word("EXISTS"):
            return self._ask(field, "EXISTS", [])
        if self._takes_word("IN"):
            return self._ask(field, "IN", self._list())
        if self._takes_word("STARTS"):
            if not self._takes_word("WITH"):
                raise self._wrong("WITH")
            return self._ask(field, "STARTS WITH", [self._value("a beginning")])
        if self._next.is_word("CONTAINS"):
            raise QueryError(
                "CONTAINS is not known here: search for the words, or ask for what STARTS WITH them"
            )
        if negated:
            raise self._wrong("IN, EXISTS or STARTS WITH")
        if self._next.kind not in ("word", "quoted") or self._next.is_word(*_RESERVED):
            raise self._wrong(f"one of {' '.join(_COMPARISONS)}, TO, IN, NOT IN, EXISTS, IS or STARTS WITH")
        low = self._value("a value")
        if not self._takes_word("TO"):
            raise self._wrong("TO")
        return self._ask(field, "TO", [low, self._value("the end of the range")])

    def _list(self) -> list[str]:
        if not self._next.is_sign("["):
            raise self._wrong("[")
        self._take()
        values: list[str] = []
        while not self._next.is_sign("]"):
            values.append(self._value("a value or ]"))
            if self._next.is_sign(","):
                self._take()
            elif not self._next.is_sign("]"):
                raise self._wrong("a comma or ]")
        self._take()
        return values

    def _value(self, expected: str) -> str:
        token = self._next
        if token.kind not in ("word", "quoted"):
            raise self._wrong(expected)
        if token.is_word(*_RESERVED):
            raise QueryError(
                f"{token.text} at character {token.start + 1} of the filter is an operator, where {expected} "
                f"was expected; put it into quotes if it is one"
            )
        return self._take().text
