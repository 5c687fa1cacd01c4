"""Open Multilingual WordNet's .tab: words of a language by the synsets of Princeton WordNet 3.0.

    00181781-n	rus:lemma	выборы

The English words of each synset come with searchlib (data/synsets.zst, made by tools/wordnet_synsets.py), so
that the file of the other language is all that is needed.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterable, Sequence

from ..errors import SourceError
from .contract import MAX_LINE_CHARS, Dictionary

SYNSETS = os.path.join(os.path.dirname(__file__), "data", "synsets.zst")  # noqa: PTH118, PTH120
_MAX_SYNSETS_BYTES = 16_000_000
_PARTS = {"s": "a"}
"""Satellites are adjectives to the English side."""

_UNSEEN = 0.5
"""The count of a word in a sense in which SemCor's annotators never met it."""


def read_wordnet(lines: Sequence[str], path: str) -> Dictionary:
    """Each English word of a synset with each word of the other language.

    From English, a pair weighs as much as the word is used in that sense, divided among the translations;
    back, each sense weighs alike, divided among its English words as they are used.
    """
    dictionary = Dictionary(path)
    words: dict[str, dict[str, None]] = defaultdict(dict)
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.startswith("#"):
            continue
        if len(line) > MAX_LINE_CHARS:
            raise SourceError(f"{path}, line {number}: a line has at most {MAX_LINE_CHARS:,} characters")
        synset, _, rest = line.partition("\t")
        kind, _, word = rest.partition("\t")
        if not word or not (kind == "lemma" or kind.endswith(":lemma") or "lemma" in kind.split(":")):
            dictionary.left_out["lines of definitions and examples"] += 1
        else:
            words[f"{synset[:8]}-{_PARTS.get(synset[9:], synset[9:])}"][word.strip()] = None
    english = synsets(words)
    if 2 * len(english) < len(words):
        raise SourceError(
            f"{path}: of {len(words):,} synsets, {len(words) - len(english):,} are none of WordNet 3.0; "
            "take a file for that version, as Open Multilingual WordNet has them"
        )
    if missing := len(words) - len(english):
        dictionary.left_out["synsets that WordNet 3.0 lacks"] += missing
    weights: dict[tuple[str, str], list[float]] = {}  # there and back
    for synset, senses in english.items():
        others = words[synset]
        total = sum([count or _UNSEEN for _, count in senses])
        for word, count in senses:
            there, back = (count or _UNSEEN) / len(others), (count or _UNSEEN) / total
            for other in others:
                pair = word, other
                if pair in weights:
                    both = weights[pair]
                    both[0] += there
                    both[1] += back
                else:
                    weights[pair] = [there, back]
    for (word, other), (there, back) in weights.items():
        dictionary.add(word, other.replace("_", " "), there, back)
    return dictionary


def synsets(wanted: Iterable[str]) -> dict[str, list[tuple[str, int]]]:
    """Of the synsets that are wanted ("00181781-n"): the English words, and how often each means that."""
    import zstandard

    try:
        with open(SYNSETS, "rb") as file:  # noqa: PTH123
            packed = file.read()
        text = zstandard.ZstdDecompressor().decompress(packed, max_output_size=_MAX_SYNSETS_BYTES).decode()
    except (OSError, ValueError, zstandard.ZstdError) as error:
        raise SourceError(f"{SYNSETS}: {error}; reinstall searchlib") from error
    offsets: dict[str, set[int]] = defaultdict(set)
    for name in wanted:
        if name[:8].isdecimal():
            offsets[name[9:]].add(int(name[:8]))
    found: dict[str, list[tuple[str, int]]] = {}
    part, offset, here = "", 0, offsets[""]
    for line in text.splitlines():
        step, tab, words = line.partition("\t")
        if not tab:
            part, offset, here = step, 0, offsets[step]
            continue
        offset += int(step)
        if offset in here:
            senses = (word.partition("|") for word in words.split(" "))
            found[f"{offset:08}-{part}"] = [
                (word.replace("_", " "), int(count or 0)) for word, _, count in senses
            ]
    return found
