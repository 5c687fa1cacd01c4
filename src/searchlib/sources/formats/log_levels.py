"""How grave an entry of a log is, from the words and marks by which programs say it.

The first one of a line counts, but of an object of JSON what its own key says: its message may name others.
A word is kept as it stands, in capitals; klog's letters are words.
"""

from __future__ import annotations

import re

_WORD = re.compile(
    r"\b(?:trace|debug|info|notice|warn|warning|err|error|crit|critical|fatal|alert|emerg|emergency|panic"
    r"|отладка|инфо|информация|замечание|предупреждение|ошибка|важно|паника)\b",
    re.IGNORECASE,
)
_KEY = re.compile(
    r"""(?<![\w.-])["']?(?:level|lvl|severity|loglevel|log_level|levelname)["']?\s{0,9}[=:]\s{0,9}["']?\Z""",
    re.IGNORECASE,
)
_BRACKET = re.compile(r"\[(?:\w{1,40}:)?\Z")
_LONGEST_BEFORE = 50
_KLOG = re.compile(r"([IWEF])\d{4} \d\d:\d\d:\d\d\b", re.ASCII)
_OF_KLOG = {"I": "INFO", "W": "WARNING", "E": "ERROR", "F": "FATAL"}


def level_of(head: str) -> str:
    """The level of an entry that begins with this line, such as "ERROR"; "" where none is said."""
    if found := _KLOG.match(head):
        return _OF_KLOG[found[1]]
    words = list(_WORD.finditer(head))
    if head.startswith("{"):
        words = [word for word in words if _KEY.search(_before(word))] or words
    return next((word[0].upper() for word in words if _is_level(word)), "")


def _is_level(word: re.Match[str]) -> bool:
    """Whether a word says how grave it is: in capitals, under a key, in brackets or before a colon."""
    if word[0].isupper():
        return True
    before, after = _before(word), word.string[word.end() : word.end() + 2]
    if after[:1] == "]" and _BRACKET.search(before):
        return True
    if after[:1] == ":" and not after[1:].strip() and before[-1:] not in (".", "-"):
        return True  # as programs begin what they say: "host x: error: no space left"
    return _KEY.search(before) is not None


def _before(word: re.Match[str]) -> str:
    return word.string[max(0, word.start() - _LONGEST_BEFORE) : word.start()]
