"""How many tokens a text costs a language model, estimated; and what of a text a budget has room for.

Each character has a price, so that the price of a text is the sum of its parts' and an answer can be filled
up to a budget, part by part. The prices were fitted to three tokenizers on English, Russian and JSON;
docs/mcp.md has what came of it.
"""

from __future__ import annotations

import json
from collections import Counter
from functools import lru_cache
from typing import Any

# In hundredths of a token.
_LOWER, _UPPER, _DIGIT, _SPACE, _CONTROL, _SIGN = 28, 50, 80, 10, 100, 60
_CYRILLIC_LOWER, _CYRILLIC_UPPER = 62, 90
_BYTE = 80
"""Of any other character, a byte of its UTF-8: no tokenizer makes more tokens than bytes."""

TOKEN = 100
DEAREST = _DIGIT
"""Of what cursors are made of."""


@lru_cache(maxsize=4096)
def price_of(character: str) -> int:
    """Hundredths of a token of one character."""
    if character.isascii():
        if character.isalpha():
            return _LOWER if character.islower() else _UPPER
        if character.isdigit():
            return _DIGIT
        return _SPACE if character == " " else _CONTROL if character < " " else _SIGN
    if "\u0400" <= character <= "\u052f":
        return _CYRILLIC_LOWER if character.islower() else _CYRILLIC_UPPER
    return _BYTE * len(character.encode("utf-8", "surrogatepass"))


def price(text: str) -> int:
    """Hundredths of a token of a text."""
    return sum(price_of(character) * number for character, number in Counter(text).items())


def num_tokens(text: str) -> int:
    """The estimate: about as many tokens as a model's tokenizer makes, and rather more than fewer."""
    return -(-price(text) // TOKEN)


def as_json(value: Any) -> str:
    """The JSON of an answer, as the model gets it: without spaces, letters as they are."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def price_of_json(value: Any) -> int:
    """Hundredths of a token of a value as JSON, and of the comma behind it."""
    return price(as_json(value)) + _SIGN


@lru_cache(maxsize=4096)
def _price_in_json(character: str) -> int:
    return price(as_json(character)[1:-1])


def fitting(text: str, start: int, room: int) -> int:
    """The end of the longest text[start:end] that costs no more than that as JSON. room: hundredths."""
    end = start
    for character in text[start : start + max(room, 0) // _SPACE]:
        room -= _price_in_json(character)
        if room < 0:
            break
        end += 1
    return end
