"""The words within a line of AsciiDoc: links, macros, notes, marks, and attributes that are put in.

Every pattern here runs in linear time on any input.
"""

from __future__ import annotations

import re

from .inline import unescaped, without_entities

Attributes = dict[str, str]

_MAX_VALUE = 10_000
_OWN = {
    "nbsp": "\u00a0", "zwsp": "\u200b", "wj": "\u2060", "apos": "'", "quot": '"', "lsquo": "‘", "rsquo": "’",
    "ldquo": "“", "rdquo": "”", "deg": "°", "plus": "+", "brvbar": "¦", "vbar": "|", "amp": "&", "lt": "<",
    "gt": ">", "startsb": "[", "endsb": "]", "caret": "^", "asterisk": "*", "tilde": "~", "backslash": "\\",
    "backtick": "`", "two-colons": "::", "two-semicolons": ";;", "cpp": "C++", "cxx": "C++", "pp": "++",
    "blank": "", "empty": "", "sp": " ",
}  # fmt: skip
_REFERENCE = re.compile(r"\{([\w-]+)\}")
_SET = re.compile(r"\{(?:set|counter2?):[^{}]*\}")
_LINK = re.compile(r"(?:link:|xref:|mailto:|(?=https?://|ftp://|irc://))([^\s\[\]<>]+)\[([^\[\]]*)\]")
_CROSS = re.compile(r"<<([^<>,]+)(?:,[ \t]*([^<>]*))?>>")
_ANCHOR = re.compile(r"\[\[[^\[\]]*\]\]|anchor:[\w-]+\[[^\[\]]*\]")
_PICTURE = re.compile(r"\b(?:image|icon)::?[^\s\[\]]*\[([^\[\]]*)\]")
_NOTE = re.compile(r"footnote(?:ref)?:[\w-]*\[([^\[\]]*)\]")
_MENU = re.compile(r"\bmenu:([^\[\]]*)\[([^\[\]]*)\]")
_MACRO = re.compile(r"\b(?:kbd|btn|stem|latexmath|asciimath|pass|indexterm2):[a-z,]*\[([^\[\]]*)\]")
_UNSEEN = re.compile(r"indexterm:\[[^\[\]]*\]|\(\(\([^()]*\)\)\)")
_TERM = re.compile(r"\(\(([^()]+)\)\)")
_ROLE = re.compile(r"\[[^\[\]\n]*\](?=[#*_`])")
_DOUBLE = re.compile(r"(\*\*|__|``|##)(?=\S)([^*_`#\n]+)\1")
_SINGLE = re.compile(r"(?<![\w&;:}*_`#])([*_`#])(?=[^\s*_`#])([^\n*_`#]*[^\s*_`#])\1(?![\w*_`#])")
_RAISED = re.compile(r"\^([^\s^]+)\^|~([^\s~]+)~")
_PASS = re.compile(r"(\+{3}|\+{2}|\${2})(?=\S)([^+$\n]+)\1|(?<![\w+])`?\+(?=\S)([^+\n]+)\+`?(?![\w+])")
_DIGITS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def readable(line: str, attributes: Attributes) -> str:
    """The words of a line. attributes: what stands in it as {name}."""
    line = line.rstrip(" \t")
    line = line[:-2] if line.endswith(" +") else line
    if "{" in line:
        line = _with_values(line, attributes)
    if "+" not in line and "$" not in line:
        return unescaped(line, _words)
    pieces: list[str] = []
    end = 0
    for match in _PASS.finditer(line):
        pieces += (unescaped(line[end : match.start()], _words), match[2] or match[3])
        end = match.end()
    return "".join([*pieces, unescaped(line[end:], _words)])


def _with_values(line: str, attributes: Attributes) -> str:
    def value(match: re.Match[str]) -> str:
        name = match[1].lower()
        found = attributes.get(name, _OWN.get(name))
        return match[0] if found is None else found

    replaced = _REFERENCE.sub(value, _SET.sub("", line))
    return replaced if len(replaced) <= _MAX_VALUE + len(line) else line


def _words(text: str) -> str:
    if "[" in text:
        text = _LINK.sub(_shown, _UNSEEN.sub("", _ANCHOR.sub("", text)))
        text = _NOTE.sub(r" (\1)", _PICTURE.sub(lambda match: _first(match[1]), text))
        text = _MENU.sub(_chosen, _MACRO.sub(lambda match: match[1].strip("\"'"), text))
        text = _ROLE.sub("", text)
    if "<<" in text:
        text = _CROSS.sub(lambda match: match[2] or match[1].lstrip("#"), text)
    if "((" in text:
        text = _TERM.sub(r"\1", _UNSEEN.sub("", text))
    for _ in range(2):  # one within another: *_both_*
        text = _SINGLE.sub(r"\2", _DOUBLE.sub(r"\2", text))
    if "^" in text or "~" in text:
        text = _RAISED.sub(lambda match: (match[1] or "").translate(_DIGITS) or match[2], text)
    return without_entities(text)


def _shown(match: re.Match[str]) -> str:
    """The words of a link, else its address."""
    words = match[2]
    if ",role=" in words or ",window=" in words or words.endswith("^"):
        words = words.partition(",role=")[0].partition(",window=")[0].rstrip("^")
    return words.strip("\"'") or match[1]


def _first(arguments: str) -> str:
    """What is said of a picture."""
    first = arguments.split(",")[0].strip()
    return "" if "=" in first else first.strip("\"'")


def _chosen(match: re.Match[str]) -> str:
    return f"{match[1]} {match[2]}".replace(">", " ").strip()
