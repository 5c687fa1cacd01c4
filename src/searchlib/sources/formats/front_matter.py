"""The fields that stand above a text: YAML between lines of ---, TOML between lines of +++, or a JSON object.

What begins so and is no such block is text. YAML's values come as strings, as they are written: which of them
are dates or numbers is told as in tables. The parsers are loaded when a file has such a block.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable
from datetime import date, time
from typing import Any

from ...schema import ID

_KEY = {
    "---": re.compile(r"""["']?\w[\w. -]*["']?[ \t]*:(?:[ \t]|$)"""),
    "+++": re.compile(r"""["']?[\w.-]+["']?[ \t]*=|\["""),
}
_MORE = re.compile(r"[ \t#\]}]|-[ \t]|$")  # a value that goes on, a comment, an item of a list
_TITLE = re.compile(r"title[ \t]*[:=][ \t]*(.*\S)")
_MAX_CHARACTERS = 256 * 1024
_MAX_NATIVE = 4 * 1024
"""libyaml's caller is as deep as what is nested; a block of so many characters cannot exhaust the stack."""

_RESERVED = {ID: "own_id", "body": "front_body"}


def split(text: str, say: Callable[[str], object] = lambda _: None) -> tuple[dict[str, Any], str]:
    """The fields of a leading block, and the text that follows it. say: is told of a block that is broken.

    A document's id is its path, whatever the block says; what it says is own_id.
    """
    if text.startswith("{"):
        fields, rest = _json(text)
    else:
        fields, rest = _fenced(text, say)
    return {_RESERVED.get(name.lower(), name): value for name, value in fields.items() if name}, rest


def _fenced(text: str, say: Callable[[str], object]) -> tuple[dict[str, Any], str]:
    """A --- line may as well be a rule: only a block of keys and values is one, and it begins at once."""
    if not text.startswith(("---", "+++")):
        return {}, text
    lines = text.split("\n")
    fence = lines[0].rstrip()
    key = _KEY.get(fence) if "".join(lines[1:2]).strip() else None
    num_keys = 0
    for number, line in enumerate(lines[1:] if key else (), 1):
        if line.rstrip() in (fence, "..."):
            if not num_keys:
                return {}, text
            return _parsed(fence, lines[1:number], say), "\n".join(lines[number + 1 :])
        assert key is not None
        if key.match(line):
            num_keys += 1
        elif not _MORE.match(line) or (line.strip() and not num_keys and not line.startswith("#")):
            break
    return {}, text


def _parsed(fence: str, lines: list[str], say: Callable[[str], object]) -> dict[str, Any]:
    """The fields; of a block that cannot be read the title at the least."""
    block = "\n".join(lines)
    try:
        if len(block) > _MAX_CHARACTERS:
            raise ValueError("it is too long")
        found = _yaml(block) if fence == "---" else _toml(block)
        if isinstance(found, dict):
            return {str(name): value for name, value in found.items()}
        reason = "it has no keys"
    except (ValueError, RecursionError) as error:
        reason = "it is nested too deeply" if isinstance(error, RecursionError) else str(error)
    say(f"its front matter cannot be read: {reason.splitlines()[0]}; only its title is taken")
    title = next((match.group(1) for line in lines if (match := _TITLE.match(line))), "")
    return {"title": title.strip("\"'")} if title else {}


def _yaml(block: str) -> Any:
    """What a block of YAML says, every scalar a string. ValueError."""
    import yaml

    class Plain(yaml.BaseLoader):  # type: ignore[misc]
        """Without aliases: ten of them can stand for a thousand million values."""

        def compose_node(self, parent: Any, index: Any) -> Any:
            if self.check_event(yaml.AliasEvent):
                raise yaml.YAMLError("it has aliases (*), which are not read")
            return super().compose_node(parent, index)

    native = getattr(yaml, "CBaseLoader", None)
    loader = native if native is not None and "*" not in block and len(block) <= _MAX_NATIVE else Plain
    try:
        return _plain(yaml.load(block, loader))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f" in line {mark.line + 2}" if mark is not None else ""
        raise ValueError(f"{getattr(error, 'problem', None) or error}{where}") from None


def _toml(block: str) -> Any:
    """ValueError."""
    if sys.version_info >= (3, 11):
        import tomllib
    else:
        import tomli as tomllib
    return _plain(tomllib.loads(block))


def _json(text: str) -> tuple[dict[str, Any], str]:
    """An object that begins a file of text, and ends with its line."""
    if text[1:2] not in ("\n", '"', " ", "\t"):
        return {}, text
    try:
        found, end = json.JSONDecoder().raw_decode(text[:_MAX_CHARACTERS])
    except (ValueError, RecursionError):
        return {}, text
    rest = text[end:]
    if not found or not rest.partition("\n")[1] or rest.partition("\n")[0].strip():
        return {}, text
    return found, rest.partition("\n")[2]


def _plain(value: Any) -> Any:
    """Without what YAML writes for nothing; dates and times as they are written."""
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, date | time):
        return value.isoformat()
    return None if value in ("~", "null") else value
