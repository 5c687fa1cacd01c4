"""JSON files: an array of objects, an object that wraps one, or one object, read whole.

Its rows are counted, for they have no lines. Nothing is known of schemas.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import TextIO

from .contract import ENTRIES, MAX_ROW_CHARACTERS, SURROGATE, Content, Row
from .json_lines import is_jsonl
from .json_value import HALF, explain, has_surrogate, parse_leniently, row_of
from .telegram_signs import is_telegram
from .wrapped import rows_of

_LONG = 100_000  # characters: fewer are the whole text
_CUT = 16  # in the middle of a number or a word, the error is said to be before it


def read(content: Content) -> Iterator[Row]:
    """The rows of a .json file."""
    records = None if content.records in ENTRIES else content.records
    return read_json(content.lines(), records, content.say, content.refuse)


def other_than_named(start: str, complete: bool) -> str | None:
    """ "jsonl" for a file called .json that is an object a line; "telegram" for an export of chats."""
    if is_telegram(start):
        return "telegram"
    return "jsonl" if is_jsonl(start) else None


def is_json(start: str) -> bool:
    """Whether a text is an object, or an array with objects in it; one object a line is another format."""
    if start[:1] not in ("{", "["):
        return False
    try:
        value = json.loads(start)
    except json.JSONDecodeError as error:  # right up to where a long text was cut
        at_end = error.pos >= len(start) - _CUT or error.msg.startswith("Unterminated string")
        return len(start) >= _LONG and at_end and error.msg != "Extra data"
    except (ValueError, RecursionError):
        return False
    return isinstance(value, dict) or any(isinstance(item, dict) for item in value)


def read_json(
    stream: TextIO,
    records: str | None = None,
    say: Callable[[str], object] = lambda _: None,
    refuse: Callable[[str], object] = lambda _: None,
) -> Iterator[Row]:
    """A JSON file: an array of objects, an object that wraps one, or one object; it is read whole.

    Its rows are counted, not its lines. records: the dotted path of the array, "." for the object as it is.
    say is given what was chosen, and what lies beside it; refuse, which other rows there are.
    """
    text = stream.read(MAX_ROW_CHARACTERS + 1)
    if len(text) > MAX_ROW_CHARACTERS:
        yield Row(1, None, "too big to be read whole; make it .jsonl: `jq -c '.[]' file.json > file.jsonl`")
        return
    try:
        value = parse_leniently(text)
    except (ValueError, RecursionError) as error:
        yield Row(getattr(error, "lineno", 1), None, f"not valid JSON: {explain(error)}")
        return
    try:
        found = rows_of(value, records)
    except ValueError as error:
        yield Row(1, None, str(error))
        return
    if found.notice:
        say(found.notice)
    if found.unread:
        refuse(found.unread)
    doubtful = "\\u" in text or bool(not text.isascii() and SURROGATE.search(text))
    for number, item in enumerate(found.rows, 1):
        yield Row(number, None, HALF) if doubtful and has_surrogate(item) else row_of(number, item)
