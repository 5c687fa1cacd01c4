"""JSON by the compiled parts of the standard library's json, without the modules around them: these load re,
and compile patterns, before a byte is read.

What the compiled parts refuse is left to json, whose errors are known.
"""

from __future__ import annotations

from .lean import TYPE_CHECKING, lru_cache

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, ClassVar, NoReturn

_SPACES = " \t\n\r"


def loads(text: str | bytes) -> Any:
    """json.loads of a string, or of UTF-8."""
    if isinstance(text, bytes):
        text = text.decode()
    scan = _scanner()
    try:
        value, end = scan(text, len(text) - len(text.lstrip(_SPACES))) if scan is not None else (None, -1)
    except StopIteration:  # nothing begins there
        end = -1
    if end < 0 or text[end:].strip(_SPACES):
        import json

        return json.loads(text)
    return value


def dumps(
    value: Any,
    *,
    ensure_ascii: bool = True,
    default: Callable[[Any], Any] | None = None,
    sort_keys: bool = False,
) -> str:
    """json.dumps, in one line."""
    try:
        from _json import encode_basestring, encode_basestring_ascii, make_encoder
    except ImportError:  # another Python, which has them elsewhere
        import json

        return json.dumps(value, ensure_ascii=ensure_ascii, default=default, sort_keys=sort_keys)
    strings = encode_basestring_ascii if ensure_ascii else encode_basestring
    encode = make_encoder({}, default or _refuse, strings, None, ": ", ", ", sort_keys, False, True)
    return "".join(encode(value, 0))


def _refuse(value: object) -> NoReturn:
    raise TypeError(f"no JSON for {type(value).__name__}")


class _Rules:
    """What a json.JSONDecoder() tells the scanner."""

    strict = True
    memo: ClassVar[dict[str, str]] = {}
    object_hook = object_pairs_hook = None
    parse_float, parse_int, parse_constant = float, int, float


@lru_cache(maxsize=1)
def _scanner() -> Callable[[str, int], tuple[Any, int]] | None:
    try:
        from _json import make_scanner
    except ImportError:
        return None
    rules: Any = _Rules
    return make_scanner(rules)
