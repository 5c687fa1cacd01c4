"""A plain query from the arguments to the exit code, without click, whose import takes longer than the rest.

It reads what most queries are made of. Whatever else stands in the arguments, and all that is wrong in them,
is left to click, whose answer on the same arguments is the same: a test draws both.
"""

from __future__ import annotations

import os

from ..lean import TYPE_CHECKING
from . import commands, errors, places

if TYPE_CHECKING:
    from typing import Any

_FLAGS = {
    "--count": "count",
    "-c": "count",
    "--cross-script": "cross_script",
    "--cursor": "cursor",
    "--explain": "explain",
    "--json": "as_json",
    "--names": "names",
    "-l": "names",
    "--quiet": "quiet",
    "-q": "quiet",
    "--strict": "strict",
}
_TEXTS = {"--index": "index_path", "-i": "index_path", "--sort": "sort", "--after": "after"}
_LISTS = {
    "--facet": "facets",
    "--field": "fields",
    "-f": "fields",
    "--fields": "shown",
    "--filter": "filters",
}
_NUMBERS = {
    "--context": ("context", 1),
    "--fragments": ("fragments", 0),
    "--limit": ("limit", 0),
    "-n": ("limit", 0),
    "--offset": ("offset", 0),
}
_MAX_DIGITS = 9


def answered(arguments: list[str]) -> int | None:
    """The exit code of a plain query; None if the arguments are another thing, which is left alone."""
    asked = read(arguments)
    if asked is None:
        return None
    errors.prepare_streams()
    is_named = asked["index_path"] is not None
    with errors.warnings_as_lines():
        try:
            if not is_named:
                asked["index_path"] = places.default_index()
                if not asked.get("quiet"):
                    from .announcing import announce

                    announce(asked["index_path"])
            from .searching import answer

            return answer(**asked)
        except BaseException as error:
            return errors.report(error, asked["index_path"], "query")


def read(arguments: list[str]) -> dict[str, Any] | None:
    """What `searching.answer` is asked, but for defaults; None if that is not for sure what click reads.

    Its `index_path` is None where nothing names the index.
    """
    if places.COMPLETION in os.environ or not arguments:
        return None
    if arguments[0] == "query":
        arguments = arguments[1:]
    elif not commands.is_search(arguments) or commands.nearest(arguments[0]) is not None:
        return None
    asked: dict[str, Any] = {}
    words: list[str] = []
    left = iter(arguments)
    for argument in left:
        if argument == "--":
            words += left
        elif argument[:1] != "-" or argument == "-":
            words.append(argument)
        elif not _take(argument, left, asked):
            return None
    path = asked.get("index_path", os.environ.get(places.VARIABLE) or None)
    if not words or path == "":
        return None
    return {**asked, "text": tuple(words), "index_path": path}


def _take(argument: str, left: Any, asked: dict[str, Any]) -> bool:
    """Read one option into `asked`; False if it is not one of these, or not as they are written."""
    if argument in _FLAGS:
        asked[_FLAGS[argument]] = True
        return True
    name, value = argument, None
    if argument.startswith("--"):
        name, equals, rest = argument.partition("=")
        value = rest if equals else None
    elif len(argument) > 2:
        name, value = argument[:2], argument[2:]
    if name not in _TEXTS and name not in _LISTS and name not in _NUMBERS:
        return False
    if value is None:
        value = next(left, None)
        if value is None:
            return False
    if name in _TEXTS:
        asked[_TEXTS[name]] = value
    elif name in _LISTS:
        asked[_LISTS[name]] = (*asked.get(_LISTS[name], ()), value)
    else:
        key, least = _NUMBERS[name]
        if not (value.isascii() and value.isdigit()) or len(value) > _MAX_DIGITS or int(value) < least:
            return False
        asked[key] = int(value)
    return True
