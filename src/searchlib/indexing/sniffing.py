"""The format of a file by its first bytes, where its name does not tell, or tells less than they.

Bytes come in, a format's name goes out. JSON Lines are often called .json, and an array of objects .jsonl.
Nothing is read here but what was handed over.
"""

from __future__ import annotations

import json

from .encodings import detect

SAMPLE_BYTES = 1024 * 1024
"""So many bytes are looked at."""


def lines_or_whole(format: str, sample: bytes, encoding: str) -> str:
    """Whether a JSON file is one value ("json") or one a line ("jsonl"); another format stays what it is."""
    if format not in ("json", "jsonl"):
        return format
    start = sample.decode(encoding, "replace").lstrip("\ufeff \t\r\n")
    if format == "json":
        return "jsonl" if start[:1] == "{" and _is_first_of_lines(start) else "json"
    if start[:1] != "[":
        return "jsonl"
    if len(sample) < SAMPLE_BYTES:
        return "json" if _is_json(start, list) else "jsonl"
    return "json" if start.partition("\n")[0].strip() in ("[", "[{") else "jsonl"


def sniff(sample: bytes, encoding: str | None) -> str:
    """The format of standard input, or of a file whose name does not tell."""
    if encoding is None:
        encoding = detect(sample, complete=len(sample) < SAMPLE_BYTES, by_row=True)[0]
    start = sample.decode(encoding, "replace").lstrip("\ufeff \t\r\n")
    if start[:1] == "[" and _is_json(start, list):
        return "json"
    if start[:1] == "{":
        if _is_first_of_lines(start):
            return "jsonl"
        return "json" if _is_json(start) else "text"  # one object alone may wrap a list
    if start[:9].lower() == "<!doctype" or start[:5].lower() == "<html":
        return "html"
    return "text"


def _is_first_of_lines(text: str) -> bool:
    """Whether the first line is an object, and more follow."""
    first, _, more = text.partition("\n")
    return bool(more.strip()) and _is_json_line(first)


def _is_json_line(line: str) -> bool:
    try:
        json.loads(line)
        return True
    except (ValueError, RecursionError):
        return False


def _is_json(text: str, kind: type = dict) -> bool:
    """Whether it is one object, or an array with objects in it."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return False
    if isinstance(value, list):
        return kind is list and any(isinstance(item, dict) for item in value)
    return isinstance(value, kind)
