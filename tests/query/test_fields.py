"""Which names before a colon are fields, and which are errors; the plain ones are in test_parser.py."""

from __future__ import annotations

import pytest

from searchlib.errors import UnknownFieldError
from searchlib.query import Phrase, Word, parse
from searchlib.schema import Schema, Text

from .conftest import SCHEMA


@pytest.mark.parametrize(
    "text",
    [
        "titel:a",
        "titel:(a b)",
        'titel:"a b"',
        "titel:[1 TO 2]",
        "titel:>5",
        "titel:*",
        "a -titel:b",
        "(titel:a)",
    ],
)
def test_a_misspelt_field_is_an_error_that_lists_the_fields(text: str) -> None:
    with pytest.raises(
        UnknownFieldError, match=r"'titel'.*id, title, body, year, published, tag, old"
    ) as caught:
        parse(text, SCHEMA, strict=True)
    assert caught.value.position == text.index("titel")


def test_a_field_in_the_wrong_case_is_suggested() -> None:
    with pytest.raises(UnknownFieldError, match="did you mean title"):
        parse("a Title:b", SCHEMA, strict=True)


def test_names_count_as_fields_if_they_look_like_the_schemas_own() -> None:
    russian = Schema(заголовок=Text(), Text=Text())
    assert parse("заголовок:лес", russian) == Word("лес", "заголовок")
    for text in ("загаловок:лес", "Titel:a"):
        with pytest.raises(UnknownFieldError):
            parse(text, russian, strict=True)


def test_the_advice_of_the_error_works() -> None:
    assert parse(r"titel\:a", SCHEMA) == Word("titel:a")
    assert parse('"titel:a"', SCHEMA) == Phrase("titel:a")
