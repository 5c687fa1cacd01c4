"""searchlib query --open: the best hit in an editor or a pager, at the line where it matches.

A document that came from a text file is opened as that file. Of others the text is shown as it is stored: an
editor shows nothing of an archive, nor of an office document.
"""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
import tempfile
from typing import TYPE_CHECKING

from .errors import FAILED, SUCCESS, Misuse, say

if TYPE_CHECKING:
    from searchlib import Hit, Index

_AT_COLON = {"code": ["--goto"], "codium": ["--goto"], "cursor": ["--goto"], "subl": [], "zed": [], "hx": []}
"""Editors that take file:line, with what stands before it; all others take +line."""

_MAX_BYTES = 64 << 20
_SAMPLE_BYTES = 8192


def open_hit(index: Index, hit: Hit) -> int:
    """Open it and wait until the program ends."""
    if not sys.stdout.isatty():
        raise Misuse("--open needs a terminal; without one, -l prints the ids, and `searchlib show` a text")
    import searchlib

    place = _place(index, hit)
    is_far = hasattr(index, "url")  # a server's, whose files are others than those of that name here
    path = None if is_far else searchlib.source_of(index, hit.id)
    if path is not None and _is_text(path):
        editor = os.environ.get("VISUAL") or os.environ.get("EDITOR")
        return _start(editor or _pager(), path, _line_in_file(path, *place))
    text, line = _whole_text(hit, place[0])
    with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8", errors="replace") as file:
        file.write(text)
        file.flush()
        return _start(_pager(), file.name, line)


def _is_text(path: str) -> bool:
    """Whether a file is there, and an editor can show it."""
    try:
        if not os.path.isfile(path):  # noqa: PTH113
            return False
        with open(path, "rb") as file:  # noqa: PTH123
            start = file.read(_SAMPLE_BYTES)
    except OSError:
        return True  # the editor will say why not
    return b"\0" not in start or start.startswith((b"\xff\xfe", b"\xfe\xff"))


def command_line(program: str, path: str, line: int) -> list[str]:
    """How the program is started so that it shows that line."""
    words = shlex.split(program) or ["less"]
    name = os.path.basename(words[0])  # noqa: PTH119
    if name in _AT_COLON:
        return [*words, *_AT_COLON[name], f"{path}:{line}"]
    return [*words, f"+{line}", path]


def _pager() -> str:
    return os.environ.get("PAGER") or "less"


def _start(program: str, path: str, line: int) -> int:
    command = command_line(program, path, line)
    try:
        done = subprocess.run(command, check=False)
    except OSError as error:
        say(f"error: {command[0]} cannot be started: {error.strerror}; set EDITOR or PAGER")
        return FAILED
    return SUCCESS if done.returncode == 0 else FAILED


def _place(index: Index, hit: Hit) -> tuple[str, str, int]:
    """The line of the best fragment's first match, the match, and the number of the line in its field."""
    titles = index.schema.title_fields
    names = sorted(index.schema.text_fields, key=lambda name: name in titles)
    for name in names:
        for fragment in hit.fragments(name, 1):
            for span in fragment.spans[:1]:
                text = hit.text(name)
                begin = text.rfind("\n", 0, span.start) + 1
                end = text.find("\n", span.end)
                line = text[begin : end if end >= 0 else len(text)]
                return line, text[span.start : span.end], text.count("\n", 0, span.start) + 1
    return "", "", 1


def _line_in_file(path: str, line: str, match: str, number: int) -> int:
    """The line of a file in which that of a text stands: the same line, or else one that has the match."""
    try:
        with open(path, "rb") as file:  # noqa: PTH123
            data = file.read(_MAX_BYTES)
    except OSError:
        return number
    encodings = ("utf-8", "cp1251", "utf-16")
    lines: list[str] = []
    for encoding in encodings:
        lines = data.decode(encoding, "replace").splitlines()
        wanted = [at for at, found in enumerate(lines, 1) if line.strip() and line.strip() in found]
        wanted = wanted or [at for at, found in enumerate(lines, 1) if match and match in found]
        if wanted:
            return min(wanted, key=lambda at: abs(at - number))
    return min(number, max(len(lines), 1))


def _whole_text(hit: Hit, wanted: str) -> tuple[str, int]:
    """All stored texts, and the line of the match among them."""
    from searchlib.highlight import printable

    from .hits import value_text

    lines = [f"id: {hit.id}"]
    for name, value in hit.fields.items():
        text = printable(value if isinstance(value, str) else value_text(value))
        lines += (f"{name}:" + ("\n" if "\n" in text.strip() else " ") + text.rstrip()).split("\n")
    wanted = printable(wanted).strip()
    at = next((number for number, line in enumerate(lines, 1) if wanted and wanted in line), 1)
    return "\n".join(lines) + "\n", at
