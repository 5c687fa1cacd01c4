"""Makes the file of WordNet's synsets from its files: `python tools/wordnet_synsets.py --out FILE`.

Of each synset it has the words, and how often SemCor's annotators met each in it, so that dictionaries by
synset (Open Multilingual WordNet) have an English side. Parts of speech begin with a line of their letter; a
line is the distance to the synset before, a tab, and the words, each with | and its count if there is one.
All of it is packed by zstandard. The same input gives the same bytes.

Synsets go by where they stand in Princeton's files. Debian mended two of them (its patches 20_adj.all_fix and
20_verb.social_fix), which moved what stands behind: of 33,716 Russian words of one such dictionary, 5,348
found no synset any more, and some a wrong one. DEBIAN undoes that.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

import zstandard

WORDNET = Path("/usr/share/wordnet")
PARTS = {"n": "noun", "v": "verb", "a": "adj", "r": "adv"}
_LEVEL = 19

DEBIAN = {
    # A space was missing in the gloss of "laid, set": what follows is one byte further on.
    "a": (1681307, None, 1),
    # "inhibit" became a kind of "suppress", not of "restrain": a pointer of 18 bytes moved to the former.
    "v": (612841, 2422681, 18),
}
"""By part of speech: behind which synset of Debian's, up to which one, all is how many bytes further on."""

_DEBIANS_ADJECTIVES = 3_155_427
"""Bytes of that file; Princeton's has one less."""


def synsets(folder: Path, part: str) -> Iterator[tuple[int, list[tuple[str, int]]]]:
    """Each synset by Princeton's offset, in order: its words, and the count of each."""
    path = folder / f"data.{PARTS[part]}"
    counts = _counts(folder, part)
    is_debians = (folder / "data.adj").stat().st_size == _DEBIANS_ADJECTIVES
    first, last, shift = DEBIAN.get(part, (0, 0, 0))
    for line in path.read_text("ascii").splitlines():
        if line.startswith("  "):
            continue  # the licence
        offset, _, _, count, *rest = line.split()
        at = int(offset)
        # An adjective's place in a sentence stands behind it: galore(ip).
        words = [word.partition("(")[0] for word in rest[: 2 * int(count, 16) : 2]]
        moved = is_debians and first < at and (last is None or at <= last)
        yield at - shift * moved, [(word, counts.get((at, word.lower()), 0)) for word in words]


def _counts(folder: Path, part: str) -> dict[tuple[int, str], int]:
    """By a synset's own offset in these files, and the word."""
    found = {}
    types = {"n": "1", "v": "2", "a": "35", "r": "4"}[part]
    for line in (folder / "index.sense").read_text("ascii").splitlines():
        key, offset, _, count = line.split()
        word, _, sense = key.partition("%")
        if sense[0] in types and count != "0":
            found[int(offset), word] = int(count)
    return found


def encode(folder: Path) -> bytes:
    """The file."""
    lines = []
    for part in PARTS:
        lines.append(part)
        before = 0
        for offset, words in synsets(folder, part):
            if offset <= before:
                raise ValueError(f"data.{PARTS[part]}: synset {offset} stands behind {before}")
            named = " ".join(f"{word}|{count}" if count else word for word, count in words)
            lines.append(f"{offset - before}\t{named}")
            before = offset
    return zstandard.ZstdCompressor(level=_LEVEL).compress("\n".join(lines).encode("ascii"))


def main(arguments: list[str] | None = None) -> int:
    """Writes the file."""
    parser = argparse.ArgumentParser(description="Build the file of WordNet's synsets.")
    parser.add_argument("--out", type=Path, required=True, help="the file to write")
    parser.add_argument("--wordnet", type=Path, default=WORDNET, help=f"WordNet's files (default {WORDNET})")
    options = parser.parse_args(arguments)
    needed = [*(f"data.{name}" for name in PARTS.values()), "index.sense"]
    if missing := [name for name in needed if not (options.wordnet / name).is_file()]:
        print(
            f"{options.wordnet} lacks {', '.join(missing)}; "
            "on Debian: apt-get install wordnet-base wordnet-sense-index",
            file=sys.stderr,
        )
        return 2
    content = encode(options.wordnet)
    options.out.write_bytes(content)
    print(f"{options.out}: {len(content):,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
