"""Which format a dictionary has: told from the names of its files and from its first lines.

Each format is a module: wordnet.py, dictd.py, stardict.py; lines of word, tab, translation are read here.
"""

from __future__ import annotations

import math
import re

from ..errors import SourceError
from .contract import MAX_LINE_CHARS, Dictionary, beside, infinitive, read_file, text_of

_ENDING = re.compile(r"\.(?:ifo|idx(?:\.gz)?|index|dict(?:\.dz)?|syn)$")
_SYNSET = re.compile(r"\d{8}-[nvars]\t")


def read_dictionary(path: str) -> Dictionary:
    """The pairs of a dictionary, by the path of any of its files; SourceError."""
    if ending := _ENDING.search(path):
        stem = path[: ending.start()]
        # .dict belongs to either; a StarDict dictionary has an .ifo.
        if beside(stem, ".ifo"):
            from .stardict import read_stardict

            return read_stardict(stem)
        from .dictd import read_dictd

        return read_dictd(stem)
    text = text_of(read_file(path), path)
    lines = text.splitlines()
    first = next((line for line in lines if line.strip() and not line.startswith("#")), "")
    if _SYNSET.match(first):
        from .wordnet import read_wordnet

        return read_wordnet(lines, path)
    return _read_lines(lines, path)


def _read_lines(lines: list[str], path: str) -> Dictionary:
    dictionary = Dictionary(path)
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.startswith("#"):
            continue
        try:
            dictionary.add(*_parts(line))
        except ValueError as error:
            if isinstance(error, SourceError):
                raise
            raise SourceError(f"{path}, line {number}: {error}") from None
    return dictionary


def _parts(line: str) -> tuple[str, str, float]:
    if len(line) > MAX_LINE_CHARS:
        raise ValueError(f"a line has at most {MAX_LINE_CHARS:,} characters, this one {len(line):,}")
    parts = [part.strip() for part in line.split("\t")]
    if len(parts) not in (2, 3):
        raise ValueError(
            f"expected word, tab, translation, and perhaps a tab and a weight, got {line.strip()[:80]!r}; "
            "other formats are told by their names: .index and .dict, .ifo, Open Multilingual WordNet's .tab"
        )
    if not parts[0] or not parts[1]:
        raise ValueError("a side of the tab is empty")
    weight = 1.0
    if len(parts) == 3:
        try:
            weight = float(parts[2])
        except ValueError:
            weight = math.nan
        if not 0 < weight < math.inf:
            raise ValueError(f"a weight is a number above 0, got {parts[2][:80]!r}")
    return infinitive(parts[0]), infinitive(parts[1]), weight
