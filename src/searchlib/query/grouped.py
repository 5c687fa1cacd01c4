"""Numbers whose thousands stand apart, in a query: 1 000 000 is one number, in text and as a value.

As in texts (core/text/scanner.hpp), one space of these joins groups of three digits. What the number is for,
the lexer knows.
"""

from __future__ import annotations

import re

_SPACES = "[ \u00a0\u2007\u2009\u202f]"
# Compiled where they are used.
_GROUP_SPACE = _SPACES + "(?=\\d\\d\\d(?![^\\W_]))"
_NUMBER = "[\\W_]*\\d{1,3}"
_AFTER_HYPHEN = "[-\u058a\u05be\u2010-\u2013\u2212\ufe63\uff0d]\\d{1,3}\\Z"
# A run ends at a space, a parenthesis or a quote that no backslash makes plain. Nothing follows the loop, so
# it never backtracks.
RUN = re.compile(r"(?:[^\s()\"\\]+|\\[()\"\\]?)+")
RUN_OF_FIELD = re.compile(r"(?:[^\s()\"\\]+|\\(?:[()\"\\]|\s(?=\S))?)+")
"""The same behind the name of a field, where a value may have spaces: city:New\\ York."""

VALUE = rf"[-+]?\d{{1,3}}(?:{_SPACES}\d{{3}}){{1,100}}(?![^\W_])(?:\.\d{{1,50}})?"
"""A whole number or a decimal with such spaces, where an end of a range may stand."""


def end_of_groups(text: str, start: int, end: int) -> int:
    """Where the run text[start:end] ends, with the digits that spaces join to it."""
    part = start
    while space := re.compile(_GROUP_SPACE).match(text, end):
        is_number = re.compile(_NUMBER).fullmatch(text, part, end)
        if not is_number and not re.compile(_AFTER_HYPHEN).search(text, max(part, end - 4), end):
            return end
        run = RUN.match(text, space.end())
        assert run is not None  # three digits
        part, end = run.span()
    return end
