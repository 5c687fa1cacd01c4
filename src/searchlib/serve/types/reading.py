"""What came with a request, as the type of its operation: a body of JSON, a query string.

What does not fit is a Problem of status 400, which says where, and what could stand there.
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import unquote

import msgspec

from ..problems import ProblemError
from .expecting import with_what_there_is

_ESCAPED = re.compile(rb"(?:%[0-9A-Fa-f]{2})+")


def bad_request(detail: str) -> ProblemError:
    """The refusal of what is not as its type has it."""
    return ProblemError(400, "BadRequest", "The request is not as it must be", detail)


def decoded(body: bytes, kind: Any) -> Any:
    """The body as that type; a 400 which says where in it what was expected."""
    try:
        return msgspec.json.decode(body, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        pass  # what is wrong is said below
    if not body.strip():
        raise ProblemError(400, "BadRequest", "The body is empty", "expected a JSON object, {} at least")
    given: Any = None
    try:  # to JSON, and to its schemas, 3.0 is an integer
        given = msgspec.json.decode(body)
        return msgspec.convert(_integral(given), kind)
    except msgspec.ValidationError as error:
        raise bad_request(with_what_there_is(str(error), kind, given)) from None
    except RecursionError:
        raise ProblemError(400, "BadJson", "The body cannot be read", "it is nested too deeply") from None
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise ProblemError(400, "BadJson", "The body is not JSON", str(error)) from None


def _integral(value: Any) -> Any:
    """The same with whole numbers as integers, however they are written."""
    if isinstance(value, float):
        return int(value) if value.is_integer() and abs(value) < 2**53 else value
    if isinstance(value, list):
        return [_integral(each) for each in value]
    return {name: _integral(each) for name, each in value.items()} if isinstance(value, dict) else value


def query_of(query_string: bytes, kind: type) -> Any:
    """The query string as that type: names that come several times are lists."""
    given: dict[str, Any] = {}
    lists = _lists_of(kind)
    for name, value in parameters(query_string):
        if name in lists:
            given.setdefault(name, []).append(value)
        elif name in given:
            raise bad_request(f"{name!r:.100} stands twice")
        else:
            given[name] = value
    try:
        return msgspec.convert(given, kind, strict=False)
    except msgspec.ValidationError as error:
        raise bad_request(with_what_there_is(str(error), kind, given)) from None


def parameters(query_string: bytes) -> list[tuple[str, str]]:
    """Names and values, as HTML's forms write them: what urllib.parse.parse_qsl says, in less of its time."""
    found = []
    for piece in query_string.split(b"&"):
        if piece:
            name, _, value = piece.partition(b"=")
            found.append((_unescaped(name), _unescaped(value)))
    return found


def _unescaped(text: bytes) -> str:
    text = text.replace(b"+", b" ")
    if b"%" not in text:
        return text.decode("latin-1")
    if not text.isascii():  # our own connections let no such letters through
        return unquote(text.decode("latin-1"))
    return _ESCAPED.sub(_bytes_of, text).decode("utf-8", "replace")


def _bytes_of(found: re.Match[bytes]) -> bytes:
    return bytes.fromhex(found[0].replace(b"%", b"").decode())


def _lists_of(kind: type) -> frozenset[str]:
    """The parameters that are lists."""
    found = _LISTS.get(kind)
    if found is None:
        schema = msgspec.json.schema_components([kind], ref_template="#/{name}")[1][kind.__name__]
        found = frozenset(name for name, of in schema["properties"].items() if _is_list(of))
        _LISTS[kind] = found
    return found


_LISTS: dict[type, frozenset[str]] = {}


def _is_list(schema: dict[str, Any]) -> bool:
    return schema.get("type") == "array" or any(_is_list(one) for one in schema.get("anyOf", ()))
