"""Whether a page can be parsed in good time and memory, told from its tags alone, before it is parsed.

A parser's time grows with the depth of the tree for each tag; each paragraph begins anew all the <b> and
<font> that a page never closes; and attributes of one tag are compared with each other.
"""

from __future__ import annotations

import re

from ...errors import SourceError
from ..word_sets import words_of

_MAX_DEPTH = 2_000  # browsers stop at 512
_MAX_TAGS = 3_000_000
_MAX_REPEATED = 1_000_000
_MAX_ATTRIBUTES = 5_000
_MAX_SCRIPT_WORDS = 30_000  # behind a "<" of a script, where no ">" is
_LONG_TAG = re.compile(r"[^>]{20000,}")
_BEGIN = re.compile(r"<[a-zA-Z]")
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)([^<>]{0,40})")


_NESTS_NOT = words_of(
    "p li dd dt tr td th thead tbody tfoot option optgroup br hr img input meta link area base col embed"
    " param source track wbr html head body"
)
_FORMATTING = words_of("a b big code em font i nobr s small strike strong tt u")
_RESTARTS = words_of("p li dd dt td th div br img input span")


def check(text: str) -> None:
    """Raises SourceError for a page that no browser would show in good time."""
    depth = repeated = num_formatting = 0
    formatting: dict[str, list[str]] = {}
    alike: dict[str, int] = {}
    for num_tags, found in enumerate(_TAG.finditer(text)):  # all at once would take more memory than the page
        closing, tag, rest = found.groups()
        tag = tag.lower()
        if tag in _FORMATTING:
            depth = max(0, depth - 1) if closing else depth + 1
            if not closing:
                kind = tag + rest
                alike[kind] = alike.get(kind, 0) + 1
                num_formatting += alike[kind] <= 3  # of what is alike three are begun anew
                formatting.setdefault(tag, []).append(kind)
            elif formatting.get(tag):
                kind = formatting[tag].pop()
                num_formatting -= alike[kind] <= 3
                alike[kind] -= 1
        elif tag not in _NESTS_NOT:
            depth = max(0, depth - 1) if closing else depth + 1
        if num_formatting > 30 and tag in _RESTARTS:
            repeated += num_formatting
        if depth > _MAX_DEPTH:
            raise SourceError(f"its tags are nested more than {_MAX_DEPTH:,} deep; is this HTML?")
        if num_tags > _MAX_TAGS:
            raise SourceError(f"has more than {_MAX_TAGS:,} tags; split it")
    if repeated > _MAX_REPEATED:
        raise SourceError(
            "has so many tags of <b>, <font> and their like without an end that no browser shows it"
        )
    for found in _LONG_TAG.finditer(text):
        piece = found.group()
        start = _BEGIN.search(piece)
        if start:
            limit = _MAX_SCRIPT_WORDS if "</script" in piece else _MAX_ATTRIBUTES
            if len(_QUOTED.sub("", piece[start.start() :]).split()) > limit:
                raise SourceError(f"has a tag of more than {_MAX_ATTRIBUTES:,} attributes; is this HTML?")
